"""The engine as papermill knows it. Import it as ``sitrep.run.engine.SitrepEngine``."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from papermill.engines import Engine, NotebookExecutionManager

from sitrep.run.engine import code_cells, run_cells
from sitrep.run.process import NotebookProcess, prewarm


class SitrepEngine(Engine):  # type: ignore[misc]
    """Runs a notebook in a forked process; ``papermill --engine sitrep in.ipynb out.ipynb``."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        process: NotebookProcess | None = None,
        on_cell: Callable[[int, int], None] | None = None,
        meanwhile: Callable[[], None] | None = None,
        **_: Any,
    ) -> None:
        """Run the cells of ``nb_man.nb`` and keep papermill's book of them.

        Parameters
        ----------
        process
            A process that was started early; without one it is started now, in the
            working directory.
        on_cell
            Called after each cell with the numbers of cells done and of all cells.
        meanwhile
            Called once while the cells run.
        """
        total, done = len(code_cells(nb_man.nb)), 0
        position = {id(cell): index for index, cell in enumerate(nb_man.nb.cells)}
        with nullcontext(process) if process else prewarm(Path.cwd()) as running:
            for cell, succeeded in run_cells(nb_man.nb, running, meanwhile=meanwhile):
                index = position[id(cell)]
                if succeeded is None:
                    nb_man.cell_start(cell, index)
                    continue
                if not succeeded:
                    nb_man.cell_exception(cell, index)
                nb_man.cell_complete(cell, index)
                done += 1
                if on_cell:
                    on_cell(done, total)
