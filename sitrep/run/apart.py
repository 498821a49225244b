"""A function in a process of its own: with its own threads, and killed without harm."""

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from sitrep.errors import ReportError, SitrepError
from sitrep.run.process import start_method


@contextmanager
def in_a_process(function: Callable[..., Any], *args: Any) -> Iterator[Callable[[], Any]]:
    """Begin `function` in a process of its own; gives a function that waits for its result."""
    pipe, process = start(function, *args)

    def result() -> Any:
        found = result_of(pipe, process)
        if isinstance(found, BaseException):
            raise found
        return found

    try:
        yield result
    finally:
        stop(process)


def start(function: Callable[..., Any], *args: Any) -> tuple[Connection, BaseProcess]:
    context = multiprocessing.get_context(start_method())
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, function, *args))  # type: ignore[attr-defined]
    process.start()
    there.close()
    return here, process


def _work(pipe: Connection, function: Callable[..., Any], *args: Any) -> None:
    try:
        pipe.send(function(*args))
    except SitrepError as error:
        pipe.send(error)
    except KeyboardInterrupt:
        pipe.send(ReportError("was stopped"))
    except Exception as error:  # a defect: the others go on, and this one keeps its traceback
        traceback.print_exc()
        pipe.send(ReportError(f"failed with {type(error).__name__}: {error}"))


def result_of(pipe: Any, process: BaseProcess) -> Any:
    try:
        found = pipe.recv()
    except EOFError:
        process.join()
        found = ReportError(f"its process ended (exit code {process.exitcode})")
    pipe.close()
    process.join()
    return found


def stop(process: BaseProcess) -> None:
    """Interrupt a process, so that it removes what it has half done."""
    if process.is_alive() and process.pid:
        if os.name == "posix":
            os.kill(process.pid, signal.SIGINT)
        process.join(5)
        process.kill()
    process.join()
