"""A function in a process of its own: with its own threads, and killed without harm."""

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from inspect import isgenerator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from sitrep.errors import ReportError, SitrepError
from sitrep.run.process import start_method


@contextmanager
def in_a_process(function: Callable[..., Any], *args: Any) -> Iterator[Callable[[], Any]]:
    """Begin `function` in a process of its own; gives a function that waits for its result.

    Of a generator it waits for the next of its results.
    """
    pipe, process = start(function, *args)

    def result() -> Any:
        found = _received(pipe, process)
        if isinstance(found, BaseException):
            raise found
        return found

    try:
        yield result
        with suppress(EOFError):  # what nobody has asked for
            while True:
                pipe.recv()
        process.join()
    finally:
        pipe.close()
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
        found = function(*args)
        for each in found if isgenerator(found) else (found,):
            pipe.send(each)
    except SitrepError as error:
        pipe.send(error)
    except KeyboardInterrupt:
        pipe.send(ReportError("was stopped"))
    except Exception as error:  # a defect: the others go on, and this one keeps its traceback
        traceback.print_exc()
        pipe.send(ReportError(f"failed with {type(error).__name__}: {error}"))


def result_of(pipe: Any, process: BaseProcess) -> Any:
    found = _received(pipe, process)
    pipe.close()
    process.join()
    return found


def _received(pipe: Any, process: BaseProcess) -> Any:
    try:
        return pipe.recv()
    except EOFError:
        process.join()
        return ReportError(f"its process ended (exit code {process.exitcode})")


def stop(process: BaseProcess) -> None:
    """Interrupt a process, so that it removes what it has half done."""
    if process.is_alive() and process.pid:
        if os.name == "posix":
            os.kill(process.pid, signal.SIGINT)
        process.join(5)
        process.kill()
    process.join()
