"""Removing stores that nothing can open any more: of files that are gone or hold other bytes."""

import json
import shutil
import time
from contextlib import suppress
from pathlib import Path

from sitrep.incidents.store import SUMMARY, Store

ORIGIN = "origin.json"
# Another run may have opened a store before its file changed: it is left for so long.
UNUSED = 24 * 3600  # seconds


def remember(store: Store, *, file: Path, code: str) -> None:
    """Note beside a store what it was made from, and that it is in use now."""
    origin = store.folder / ORIGIN
    with suppress(OSError):  # a folder that may not be written to is only not tidied
        if not origin.is_file():
            made_from = {"path": str(file.resolve()), "sha256": store.sha256, "code": code}
            origin.write_text(json.dumps(made_from), encoding="utf-8")
        origin.touch()


def tidy(stores: Path, *, file: Path, sha256: str, code: str, unused: int = UNUSED) -> None:
    """Remove what no run can open any more, and has not for `unused` seconds.

    That is the store of a file that is gone, an older store of `file` (whose bytes are
    `sha256` now), one that another version of this package made, what a run that was killed
    left half done, and the remembered hash of a file that is gone.
    """
    limit = time.time() - unused
    for folder in stores.iterdir() if stores.is_dir() else ():
        with suppress(OSError, ValueError, KeyError, TypeError):
            if folder.name.startswith((".reading-", ".joining-")):
                _remove(folder, last_used=folder.stat().st_mtime, limit=limit)
            elif folder.name.startswith("known-") and not _path_in(folder).exists():
                folder.unlink()
            elif (folder / SUMMARY).is_file() and not _is_current(folder, file, sha256, code):
                _remove(folder, last_used=_last_used(folder), limit=limit)


def _path_in(known: Path) -> Path:
    return Path(json.loads(known.read_text(encoding="utf-8"))["path"])


def _is_current(folder: Path, file: Path, sha256: str, code: str) -> bool:
    if not (folder / ORIGIN).is_file():
        return False
    origin = json.loads((folder / ORIGIN).read_text(encoding="utf-8"))
    path = Path(origin["path"])
    same = path != file.resolve() or origin["sha256"] == sha256
    return origin["code"] == code and path.exists() and same


def _last_used(folder: Path) -> float:
    return max(path.stat().st_mtime for path in (folder / ORIGIN, folder / SUMMARY)
               if path.exists())  # fmt: skip


def _remove(folder: Path, *, last_used: float, limit: float) -> None:
    if last_used < limit:
        shutil.rmtree(folder, ignore_errors=True)
