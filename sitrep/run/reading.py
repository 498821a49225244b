"""Reading the data of a report, and saying what became of its rows."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.errors import DataError
from sitrep.run.plan import Plan, shown
from sitrep.run.progress import Progress
from sitrep.run.release import disk_errors, write_whole
from sitrep.settings import Settings

if TYPE_CHECKING:
    from sitrep.incidents import Store
    from sitrep.run.inspection import Secrets


def read_all(plan: Plan, quiet: bool = True) -> "Iterator[Store | Secrets | None]":
    """The data of `plan`, as `read_data` gives them; then what its edition must not hold.

    One after the other, since a report can be begun without the second. For a process of its
    own: unless `quiet`, it says itself how far it has come.
    """
    from sitrep.run.inspection import secrets_of

    progress = Progress(quiet=quiet)
    store = read_data(plan.settings, strict=plan.request.strict, progress=progress)
    yield store
    yield secrets_of(store, plan.settings) if plan.edition == "public" else None


def read_data(
    settings: Settings, *, strict: bool = False, progress: Progress | None = None
) -> "Store":
    """The checked data, with what was rejected or set aside written to its file.

    `strict` allows no rejected row at all.

    Raises
    ------
    UsageError, DataError
        Input that cannot be used, or of which too large a share was rejected.
    """
    store = read_rows(settings, progress=progress)
    refuse_too_many(store, settings, strict=strict)
    return store


def read_rows(settings: Settings, *, progress: Progress | None = None) -> "Store":
    """The checked data however much of them was rejected, and the file that lists it."""
    from sitrep.incidents import Input, read_together
    from sitrep.incidents.findings import for_people

    folder = settings.resolve(settings.files.store)
    with disk_errors(folder):
        tell = partial(progress.share, "reading") if progress and not progress.quiet else None
        try:
            store = read_together(Input.from_settings(settings), store=folder, on_progress=tell)
        finally:
            if progress:
                progress.close()
    if store.rows_set_aside or store.rows_rejected or store.flagged:
        write_whole(rejected_file(settings), for_people(store.findings))
    else:
        rejected_file(settings).unlink(missing_ok=True)
    return store


def refuse_too_many(store: "Store", settings: Settings, *, strict: bool = False) -> None:
    """Too large a share of rejected rows is a wrong layout, or a report of the wrong numbers.

    Raises
    ------
    DataError
        More rows were rejected than the settings allow; with `strict`, any.
    """
    limit = 0.0 if strict else settings.counting.max_rejected_share
    if not store.rows_read or store.rows_rejected / store.rows_read <= limit:
        return
    reasons = "; ".join(
        f"{count:,} {reason}"
        for reason, count in sorted(store.rejected.items(), key=lambda item: -item[1])[:3]
    )
    allowed = "--strict allows" if strict else f"counting.max_rejected_share = {limit:g} allows"
    raise DataError(
        f"{store.file_name}: {store.rows_rejected:,} of {_rows(store.rows_read)} rejected "
        f"({reasons}), more than {allowed}; they are listed in {shown(rejected_file(settings))}"
    )


def rejected_file(settings: Settings) -> Path:
    """Where the rows that were rejected or set aside are listed."""
    return settings.resolve(settings.files.rejected)


def summary(store: "Store", settings: Settings) -> list[str]:
    """Lines that say what became of the rows, with the reasons."""
    lines = [
        f"{store.file_name}: {_rows(store.rows_read)} read = {store.rows_used:,} used + "
        f"{store.rows_set_aside:,} set aside + {store.rows_rejected:,} rejected"
    ]
    parts = {"set aside": store.set_aside, "rejected": store.rejected, "flagged": store.flagged}
    lines += [
        f"  {count:,} {outcome}: {reason}"
        for outcome, reasons in parts.items()
        for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    ]
    if len(lines) > 1:
        lines.append(f"  row by row in {shown(rejected_file(settings))}")
    return lines


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
