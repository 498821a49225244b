"""Releasing a report: it appears whole or not at all, and the earlier one stays until then.

A report is written into a folder beside its place, named ``.2021-W23.new-<process>``, and
takes that place by renaming. The folder that stood there is ``.2021-W23.old`` for the
moment between two renames; a run that finds one puts it back. A report's folder is never
open to two writers: they are kept apart by a lock on the folder of all reports.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitrep.errors import ReportError

try:
    import fcntl
except ImportError:  # Windows: no folder can be locked, so unfinished folders are kept
    fcntl = None  # type: ignore[assignment]

_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def release(target: Path) -> Iterator[Path]:
    """Give an empty folder to write into, which takes the place of `target` at the end.

    Whatever is raised in between, `target` stays as it was and the folder is removed.

    Raises
    ------
    ReportError
        The disk is full, or a folder cannot be written.
    """
    staging = target.with_name(f".{target.name}.new-{os.getpid()}")
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        tidy(target.parent)
        with locked(target.parent):
            shutil.rmtree(staging, ignore_errors=True)  # of a dead process with this number
            staging.mkdir()
            mark = _open_folder(staging)  # locked as long as this process lives
        try:
            yield staging
            with locked(target.parent):
                _swap(staging, target)
        finally:
            if mark is not None:
                os.close(mark)
            shutil.rmtree(staging, ignore_errors=True)


def tidy(out: Path) -> None:
    """Undo what runs that were killed have left in the folder of reports."""
    with locked(out):
        for old in out.glob(".*.old"):
            target = old.with_name(old.name.removeprefix(".").removesuffix(".old"))
            if target.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(target)
        for staging in out.glob(".*.new-*"):
            with suppress(OSError):
                mark = _open_folder(staging)
                if mark is not None:
                    os.close(mark)
                    shutil.rmtree(staging, ignore_errors=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is never seen half-written.

    Raises
    ------
    ReportError
        The disk is full, or the file cannot be written.
    """
    staging = path.with_name(f".{path.name}.new-{os.getpid()}")
    with disk_errors(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            staging.write_bytes(content)
            staging.replace(path)
        finally:
            staging.unlink(missing_ok=True)


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Say in one sentence what the disk refuses, and what to do."""
    try:
        yield
    except OSError as error:
        shown = error.filename or path
        if error.errno in _FULL:
            reason = f"the disk that holds {path.parent} is full: make room"
        elif isinstance(error, PermissionError):
            reason = f"{shown} cannot be written: close what has it open, or ask for the right"
        else:
            reason = f"{shown} cannot be written ({error.strerror or error})"
        raise ReportError(f"{reason} and run it again; the earlier report is as it was") from error


def _swap(staging: Path, target: Path) -> None:
    old = target.with_name(f".{target.name}.old")
    if target.exists():
        target.rename(old)
    try:
        staging.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def locked(folder: Path, *, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Wait until no other process is at work in `folder`; `on_wait` is called before waiting."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _open_folder(folder: Path) -> int | None:
    """A lock on the folder itself; OSError where a living process holds it."""
    if fcntl is None:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle
