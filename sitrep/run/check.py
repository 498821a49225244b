"""``sitrep check``: what is wrong with the data, row by row, without making a report."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.commands import command
from sitrep.run.plan import Request, shown
from sitrep.run.progress import Progress
from sitrep.run.reading import read_rows, refuse_too_many, rejected_file, summary
from sitrep.run.release import write_whole
from sitrep.settings import Settings

if TYPE_CHECKING:
    from sitrep.checking import Checked
    from sitrep.incidents import Store

LINES = 50


def check(settings: Settings, *, asked: Request) -> Iterator[str]:
    """Lines of text: what was found in rows, the summary, the layout, the days, and the page.

    Raises
    ------
    UsageError, DataError
        Where no report can be made of the data; after the lines, if there are any.
    """
    from sitrep.incidents.findings import read_findings

    for path in pages(settings):  # those of another file would be taken for this one's
        path.unlink(missing_ok=True)
    store = read_rows(settings, progress=Progress())
    findings = read_findings(store.findings)
    yield from (f"{finding} ({finding.outcome})" for finding in islice(findings, LINES))
    if rest := sum(1 for _ in findings):
        yield f"and {rest:,} more, in {shown(rejected_file(settings))}"
    yield from summary(store, settings)
    yield from _layout(store, settings.counting.week_start)
    if store.first_date and store.last_date:
        yield f"days: {store.first_date} to {store.last_date}, frozen on {store.frozen_on}"
    for file in write_pages(store, settings).files:
        if file.other_sheets:
            others = ", ".join(map(repr, file.other_sheets))
            yield f"sheet: {file.sheet!r} of {file.name} is read; not read: {others}"
    yield f"page: {', and as CSV '.join(shown(path) for path in pages(settings))}"
    refuse_too_many(store, settings, strict=asked.strict)
    if asked.data and store.rows_used:
        yield f"next: {command('report', asked.data, profile=asked.profile, sheet=asked.sheet)}"


def _layout(store: "Store", week_start: str) -> Iterator[str]:
    """The layout, what its numbers mean, and whether its own weeks are those of the report."""
    profile = store.profile
    names = f", the names of its columns in line {store.header_line}" if store.header_line else ""
    yield f"layout: {profile.title} ({profile.name}){names}"
    if profile.lacks:
        yield f"it does not hold: {', '.join(profile.lacks)}"
    yield from (f"note: {note}" for note in profile.notes)
    if profile.week_start not in ("", week_start):
        yield (
            f"note: its own weeks begin on {profile.week_start.capitalize()}, this report's on "
            f"{week_start.capitalize()} (counting.week_start in sitrep.toml)"
        )


def pages(settings: Settings) -> tuple[Path, Path]:
    """Where the page of a check is written, and the same as CSV."""
    page = settings.resolve(settings.files.check)
    return page, page.with_suffix(".csv")


def write_pages(store: "Store", settings: Settings) -> "Checked":
    """Write both; each is there whole or not at all. Gives what they were made from."""
    from sitrep.checking import as_csv, document, open_check
    from sitrep.html.render import render_html

    checked = open_check(store, settings)
    page, listing = pages(settings)
    write_whole(page, render_html(document(checked)).encode())
    write_whole(listing, as_csv(checked).encode())
    return checked
