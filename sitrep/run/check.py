"""``sitrep check``: what is wrong with the data, row by row, without making a report."""

from collections.abc import Iterator
from itertools import islice

from sitrep.run.plan import shown
from sitrep.run.reading import read_rows, refuse_too_many, rejected_file, summary
from sitrep.settings import Settings

LINES = 50


def check(settings: Settings, *, strict: bool = False) -> Iterator[str]:
    """Lines of text: what was found in rows, then the summary, the layout and the days covered.

    Raises
    ------
    UsageError, DataError
        Where no report can be made of the data; after the lines, if there are any.
    """
    from sitrep.incidents.findings import read_findings

    store = read_rows(settings)
    findings = read_findings(store.findings)
    yield from (f"{finding} ({finding.outcome})" for finding in islice(findings, LINES))
    if rest := sum(1 for _ in findings):
        yield f"and {rest:,} more, in {shown(rejected_file(settings))}"
    yield from summary(store, settings)
    yield f"layout: {store.profile.title} ({store.profile.name})"
    if store.first_date and store.last_date:
        yield f"days: {store.first_date} to {store.last_date}, frozen on {store.frozen_on}"
    refuse_too_many(store, settings, strict=strict)
