"""What is imported when: a cold report is made in little more than the time of its imports."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from types import ModuleType
from typing import Any

# What the cells of a report need, in the order of cost.
NOTEBOOK_MODULES = (
    "pandas",
    "matplotlib.font_manager",
    "IPython.core.interactiveshell",
    "duckdb",
    "sitrep.display",
    "sitrep.issue",
    "sitrep.charts",
    "sitrep.maps",
    "sitrep.tables",
    "sitrep.sentences",
    "sitrep.run.cells",
)
# What turns an executed notebook into files.
OUTPUT_MODULES = (
    "papermill",
    "sitrep.document",
    "sitrep.html.render",
    "sitrep.pdf.render",
    "sitrep.run.executed",
    "sitrep.run.manifest",
    "typst",
    "pikepdf",
    "pypdfium2",
    "PIL.JpegImagePlugin",
)
# What jsonschema imports, if it is there, to check formats.
_FORMATS = (
    "fqdn", "isoduration", "jsonpointer", "rfc3339_validator", "rfc3986_validator",
    "rfc3987_syntax", "uri_template", "webcolors",
)  # fmt: skip


def one_thread_for_algebra() -> None:
    """Keep numpy from starting threads at its import: forking a process that has some is not safe.

    To be called before numpy is imported. The sums of a report are too small for more.
    """
    for library in ("OPENBLAS", "MKL", "OMP"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


def skip_formats() -> None:
    """Keep jsonschema from importing what checks formats such as "iri" or "color".

    One of these comes with JupyterLab and builds a grammar for two seconds. No notebook's
    schema names a format, and jsonschema does without what cannot be imported. To be called
    before nbformat, nbconvert or papermill are imported; what is there is left there.
    """
    for module in _FORMATS:
        sys.modules.setdefault(module, None)  # type: ignore[arg-type]


class _PutOff(ModuleType):
    """Stands for a module until something of it is used, and imports it then."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def put_off(module: str) -> None:
    """Let importing `module` cost nothing until something of it is used.

    papermill fetches notebooks from the web by requests, whose import is a fifth of its own.
    """
    sys.modules.setdefault(module, _PutOff(module))


@contextmanager
def without_arrow() -> Iterator[None]:
    """Let pandas be imported as if pyarrow, which `sitrep.cluster` needs, were not there.

    Where it is there pandas imports it too: a sixth more time, 40 MB, and text that is held in
    another way. Afterwards whoever asks for it finds it.
    """
    hidden = "pyarrow" not in sys.modules
    if hidden:
        sys.modules["pyarrow"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            sys.modules.pop("pyarrow", None)


def warm_up(modules: tuple[str, ...]) -> None:
    """Import `modules` before they are needed.

    What fails here is left alone: it fails again where it is needed, in the cell or the
    exporter that needs it, and is reported there. Garbage is not looked for meanwhile, nor
    ever among what was imported: imports make little, and looking takes a quarter of their
    time, or a twentieth of a report's where it is only put off to the end of them.
    """
    skip_formats()
    put_off("requests")
    collecting = gc.isenabled()
    gc.disable()
    with without_arrow():
        for module in modules:
            with suppress(Exception):
                import_module(module)
    gc.freeze()
    if collecting:
        gc.enable()


def collect_seldom() -> None:
    """Look for garbage seldom: a report makes little, and lives a second."""
    gc.set_threshold(50_000, 20, 20)
