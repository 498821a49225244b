"""Which bytes a file holds: its SHA-256, and for a large file remembered from the last run.

Hashing two gigabytes takes seconds, so that of a large file is kept beside the stores, with
all that the file system says of the file: device, inode, size, the times of its content and
of its entry. Any writing changes the time of the entry, which no program can set. It is
believed only where both times lay well before the hashing began: a file written in the same
tick of the clock as it was read would look unchanged.
"""

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path

LARGE = 64 * 1024 * 1024  # bytes; less is hashed in a twentieth of a second
SETTLED = 3_000_000_000  # nanoseconds; the coarsest file systems tell times by two seconds


def sha256_of(file: Path, *, memory: Path, large: int = LARGE) -> str:
    """The SHA-256 of a file's bytes, from the folder `memory` where it can be trusted."""
    if file.stat().st_size < large:
        return _hashed(file)
    state = state_of(file)
    if known := _remembered(file, memory, state):
        return known
    began = time.time_ns()
    sha256 = _hashed(file)
    settled = began - max(state["written"], state["changed"]) > SETTLED
    if settled and state_of(file) == state:
        _keep(_kept(file, memory), {"path": str(file.resolve()), "state": state, "sha256": sha256})
    return sha256


def takes_long(file: Path, *, memory: Path, large: int = LARGE) -> bool:
    """Whether `sha256_of` must read all of a large file."""
    return file.stat().st_size >= large and not _remembered(file, memory, state_of(file))


def _remembered(file: Path, memory: Path, state: dict[str, int]) -> str:
    """The SHA-256 that was kept of a file in the same state; empty where none was."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads(_kept(file, memory).read_text(encoding="utf-8"))
        if known["state"] == state:
            return str(known["sha256"])
    return ""


def _kept(file: Path, memory: Path) -> Path:
    return memory / f"known-{hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:16]}.json"


def _hashed(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def state_of(file: Path) -> dict[str, int]:
    """What the file system says of a file; two that are the same are of the same bytes.

    But for a file that was written twice within a tick of the clock: see above.
    """
    found = file.stat()
    return {
        "device": found.st_dev,
        "inode": found.st_ino,
        "size": found.st_size,
        "written": found.st_mtime_ns,
        "changed": found.st_ctime_ns,
    }


def _keep(target: Path, known: dict[str, object]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(known), encoding="utf-8")
    part.replace(target)
