"""papermill's engine of this project, and running a notebook without papermill.

A notebook runs in a process of its own (`sitrep.run.process`), in an IPython shell
without Jupyter's kernel and messages: the same outputs as far as a report sees, in a
fraction of the time. nbclient's engine stays the reference that tests compare it with.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.run.process import NotebookProcess, prewarm

if TYPE_CHECKING:
    from nbformat import NotebookNode


def __getattr__(name: str) -> Any:
    """Give papermill ``SitrepEngine`` by its entry point.

    The class needs papermill, which looks for this entry point while it is itself being
    imported: so it is imported first, and only when the class is asked for.
    """
    if name == "SitrepEngine":
        import papermill.engines  # noqa: F401

        from sitrep.run.managed import SitrepEngine

        return SitrepEngine
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def register() -> None:
    """Make the engine known to papermill as "sitrep", installed or not."""
    from papermill.engines import papermill_engines

    from sitrep.run.managed import SitrepEngine

    papermill_engines.register("sitrep", SitrepEngine)


def execute(nb: "NotebookNode", *, cwd: Path) -> "NotebookNode":
    """A copy of the notebook `nb` with the outputs of its cells, run in the folder `cwd`.

    The parameters are those written in the notebook. The first cell that fails is the
    last that runs, and has an error output.

    Raises
    ------
    ReportError
        The notebook's process crashed.
    """
    import copy

    executed = copy.deepcopy(nb)
    for cell in code_cells(executed):
        cell.outputs, cell.execution_count = [], None
    with prewarm(cwd) as process:
        for _ in run_cells(executed, process):
            pass
    return executed


def code_cells(nb: "NotebookNode") -> list[Any]:
    """The cells that nbclient would run: code, not blank, not tagged to be skipped."""
    return [
        cell
        for cell in nb.cells
        if cell.cell_type == "code"
        and cell.source.strip()
        and "skip-execution" not in cell.metadata.get("tags", ())
    ]


def run_cells(
    nb: "NotebookNode", process: NotebookProcess, *, meanwhile: Callable[[], None] | None = None
) -> Iterator[tuple[Any, bool | None]]:
    """Run the cells of `nb` in order, filling in outputs and counts; stop after a failure.

    Yields ``(cell, None)`` before and ``(cell, succeeded)`` after each. `meanwhile` is
    called once, while the cells run: what is still to be imported here.
    """
    from nbformat import from_dict

    cells = code_cells(nb)
    if not cells:
        return
    process.begin([cell.source for cell in cells])
    if meanwhile:
        meanwhile()
    for number, cell in enumerate(cells, start=1):
        yield cell, None
        ran = process.finish(cell.source)
        cell.execution_count = number
        cell.outputs = [from_dict(output) for output in ran.outputs]  # type: ignore[no-untyped-call]
        yield cell, ran.succeeded
        if not ran.succeeded:
            return
