"""Jinja2 as every page here uses it; its compiled templates are kept as Python keeps code.

Compiling takes longer than filling in. What is compiled lies in ``__pycache__`` beside the
templates, with a hash of the text it was made from; where nothing can be written, or Python
is told not to, templates are compiled each time.
"""

import hashlib
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

_OWN = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates, in a folder that may not be writable."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Other options than those of this module would compile the same text to other code."""
        return f"{super().get_cache_key(name, filename)}-{_OWN}"

    def load_bytecode(self, bucket: "Bucket") -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: "Bucket") -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


def environment(*folders: Path) -> Environment:
    """The templates of `folders`, the first of a name; text is escaped, and nothing left out."""
    return Environment(
        loader=FileSystemLoader(folders),
        bytecode_cache=_Compiled(str(folders[-1] / "__pycache__"), "%s.jinja"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
