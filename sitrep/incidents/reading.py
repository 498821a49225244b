"""Reading one file of incidents, or opening what an earlier run made of it."""

import hashlib
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sitrep.errors import DataError, UsageError
from sitrep.incidents.findings import Finding, read_findings
from sitrep.incidents.input import Input, check_input
from sitrep.incidents.known import sha256_of, state_of, takes_long
from sitrep.incidents.profiles import Profile, find_profile
from sitrep.incidents.store import Store, open_store
from sitrep.incidents.tidying import remember, tidy


def read(
    given: Input,
    *,
    store: Path,
    strict: bool = False,
    on_progress: Callable[[float], None] | None = None,
) -> Store:
    """Read and check one file of incidents, or open what an earlier run made of it.

    Parameters
    ----------
    given
        The file, and what is known of it.
    store
        The folder that stores are kept in. A store is named after the bytes of the file,
        the profile, the options, and this package's own code: it is never out of date.
    strict
        Whether one rejected row is one too many.
    on_progress
        Called now and then, from another thread, with the share that is done, while a file
        is read that was not read before.

    Raises
    ------
    DataError
        The file cannot be used at all; under `strict`, also its first rejected row.
    UsageError
        A profile, an encoding or a date format that does not exist.
    """
    check_input(given)
    named = find_profile(given.profile, root=given.root) if given.profile else None
    before = state_of(given.file)

    def folder_of(sha256: str) -> Path:
        return store / _key(sha256, given, named)

    sha256 = "" if takes_long(given.file, memory=store) else sha256_of(given.file, memory=store)
    found = open_store(folder_of(sha256)) if sha256 else None
    if found is None:
        # Loaded where it is needed: a file that was read before should open at once.
        from sitrep.incidents.building import build

        found = build(
            given, named, sha256=sha256, store=store, folder_of=folder_of, on_progress=on_progress
        )
        if state_of(given.file) != before:
            shutil.rmtree(found.folder, ignore_errors=True)
            raise DataError(
                f"{given.shown}: the file was written to while it was read; wait until it is "
                "whole, and begin again"
            )
        tidy(store, file=given.file, sha256=found.sha256, code=_code_version())
    remember(found, file=given.file, code=_code_version())
    if strict and found.rows_rejected:
        raise DataError(str(_first_rejected(found)))
    return found


def read_together(
    given: tuple[Input, ...],
    *,
    store: Path,
    strict: bool = False,
    on_progress: Callable[[float], None] | None = None,
) -> Store:
    """What `read` makes of a file; of several, one table in which each counts its claim.

    Raises
    ------
    DataError, UsageError
        As `read`; also for one file that is named twice, and files that cannot be one table
        (`joining.join`).
    """
    for n, each in enumerate(given):
        if any(_is_same(each, other) for other in given[:n]):
            raise UsageError(
                f"{each.shown} is named for displacement too, or twice: one file needs no second "
                "one; take it out of [data.displacement] or [[data.inputs]] in the settings"
            )
    stores = [read(each, store=store, strict=strict, on_progress=on_progress) for each in given]
    if len(stores) == 1:
        return stores[0]
    from sitrep.incidents.joining import join

    claims = [each.claim for each in given]
    joined = join(list(zip(stores, claims, strict=True)), store=store)
    remember(joined, file=given[0].file, code=_code_version())
    return joined


def _is_same(one: Input, other: Input) -> bool:
    """Whether two inputs are one file; two sheets of a workbook that are named are two."""
    sheets = one.sheet and other.sheet and one.sheet != other.sheet
    return one.file.resolve() == other.file.resolve() and not sheets


def _first_rejected(store: Store) -> Finding:
    return next(found for found in read_findings(store.findings) if found.outcome == "rejected")


def _key(sha256: str, given: Input, named: Profile | None) -> str:
    parts = (
        sha256,
        _code_version(),
        given.shown,
        repr(named),
        given.encoding,
        repr((given.date_formats, given.drop_columns, given.thousands, given.sheet)),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


@cache
def _code_version() -> str:
    """A hash of this package's own files, profiles included."""
    here = Path(__file__).parent
    files = sorted([*here.glob("*.py"), *here.glob("profiles/*.toml")])
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
