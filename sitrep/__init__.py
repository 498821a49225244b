"""Weekly situation reports of casualties and displacement, from a CSV of incidents.

Nothing heavy is imported here: the command line answers a mistyped week before
pandas has been loaded.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(shell: "InteractiveShell") -> None:
    """Let a notebook show what the report will hold (``%load_ext sitrep``)."""
    from sitrep import display

    display.install(shell)


def __getattr__(name: str) -> Any:
    """Give notebooks ``from sitrep import open_issue, charts, ...`` without importing it all."""
    import importlib

    if name == "open_issue":
        from sitrep.issue import open_issue

        return open_issue
    if name in {"charts", "maps", "tables", "sentences", "explore", "weeks"}:
        return importlib.import_module(f"sitrep.{name}")
    raise AttributeError(f"module 'sitrep' has no attribute {name!r}")
