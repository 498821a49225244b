"""TOML that a person goes on writing: text and keys escaped, comments that cannot be left.

Whatever stands in a file stays within its quotation marks, or behind its ``#``.
"""

import re
from collections.abc import Iterable

from sitrep.drafting.cells import on_one_line, shown
from sitrep.incidents.toml_keys import written as text

__all__ = ["comment", "key", "on_one_line", "quoted", "text", "texts"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
WIDTH = 98


def key(name: str) -> str:
    """A key, in quotation marks where it needs them."""
    return name if _BARE.fullmatch(name) else text(name)


def texts(values: Iterable[str]) -> str:
    """A list of texts on one line."""
    return f"[{', '.join(map(text, values))}]"


def comment(words: str) -> list[str]:
    """A comment, broken into lines between words."""
    lines = [""]
    for word in on_one_line(words).split():
        if lines[-1] and len(lines[-1]) + len(word) + 3 > WIDTH:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return [f"# {line}" for line in lines if line]


def quoted(value: str) -> str:
    """A text of the file within a comment."""
    return f'"{shown(value)}"'
