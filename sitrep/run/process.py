"""A process for one notebook: started early, given its cells later, gone afterwards.

Early, because it imports pandas and matplotlib while the process that started it reads
the data. A process of its own, because every notebook begins with clean state, and
because one that crashes shall not take the report with it.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from sitrep.errors import ReportError
from sitrep.run.imports import NOTEBOOK_MODULES, collect_seldom, warm_up


@dataclass(frozen=True)
class Ran:
    """What became of one cell."""

    outputs: list[dict[str, Any]]
    succeeded: bool


@dataclass(frozen=True)
class NotebookProcess:
    """The far end of the pipe: runs the cells of one notebook, keeping their state."""

    process: BaseProcess
    pipe: Connection

    def begin(self, sources: list[str]) -> None:
        """Start these cells, one after the other up to the first failure; returns at once.

        Once they have run, others may follow: the next language of the same report. They
        begin with no name defined, but what was counted is not counted again.
        """
        with self._alive(sources[0]):
            self.pipe.send(sources)

    def finish(self, source: str) -> Ran:
        """Wait for the next of the cells that were begun.

        Raises
        ------
        ReportError
            The process ended in the middle of the cell.
        """
        with self._alive(source):
            ran: Ran = self.pipe.recv()
            return ran

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()

    @contextmanager
    def _alive(self, source: str) -> Iterator[None]:
        try:
            yield
        except (EOFError, OSError):
            self.process.join(5)
            code = self.process.exitcode
            how = signal.Signals(-code).name if code and code < 0 else f"exit status {code}"
            raise ReportError(
                f"the process that runs the notebook ended ({how}) in the cell that begins "
                f"{first_line(source)!r}: often there was too little memory"
            ) from None


@contextmanager
def prewarm(folder: Path) -> Iterator[NotebookProcess]:
    """Start a process that works in `folder` and imports what cells need; stop it at the end."""
    context = _context()
    here, there = context.Pipe()
    # mypy knows Process of the single contexts only
    process = context.Process(target=_serve, args=(there, here, folder))  # type: ignore[attr-defined]
    process.start()
    there.close()
    notebook_process = NotebookProcess(process, here)
    try:
        yield notebook_process
    finally:
        notebook_process.stop()


def first_line(source: str) -> str:
    """The first line of a cell that is neither blank nor a comment."""
    lines = [line.strip() for line in source.splitlines()]
    return next((line for line in lines if line and not line.startswith("#")), "")


def start_method() -> str:
    """``"fork"`` where it is safe, else ``"spawn"``.

    A fork copies one thread alone, so it is not safe while any other runs, such as those
    of an open DuckDB connection, which Python does not see; nor on macOS, where system
    libraries hold threads. The environment variable SITREP_START names another.
    """
    if wanted := os.environ.get("SITREP_START"):
        return wanted
    can_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return "fork" if can_fork and _threads() == 1 else "spawn"


def _threads() -> int:
    """How many threads this process has: all of them on Linux, elsewhere Python's own."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def _context() -> BaseContext:
    return multiprocessing.get_context(start_method())


def _serve(pipe: Connection, other_end: Connection, folder: Path) -> None:
    """The life of the process: import, run the cells that come, and wait to be stopped."""
    other_end.close()  # else this process would never see that its parent is gone
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    os.dup2(2, 1)  # what a cell's own programs print is not the report's standard output
    warm_up(NOTEBOOK_MODULES)
    collect_seldom()
    from sitrep.issue import count_once
    from sitrep.run.cells import open_shell

    count_once()
    shell = open_shell(folder)
    with suppress(EOFError, OSError):
        while True:  # until the pipe closes
            for number, source in enumerate(pipe.recv(), start=1):
                outputs, succeeded = shell.run(source, number=number)
                pipe.send(Ran(list(outputs), succeeded))
                if not succeeded:
                    break
            shell.reset(new_session=False)  # type: ignore[no-untyped-call]
    os._exit(0)  # threads that a cell has left running are not waited for
