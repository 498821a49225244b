"""What changed since the last published issue, in words, and the lines as a file."""

import csv
import io

import pandas as pd

from sitrep.archive.ledger import AREA
from sitrep.archive.revisions import HEADLINES
from sitrep.blocks import Attachment, Paragraph, Run, note
from sitrep.issue import Issue
from sitrep.words import capital, day, plural, spelled


def revisions(issue: Issue) -> Paragraph:
    """How many records were added, changed and deleted since the last issue, or why none can be
    counted."""
    found = issue.revisions
    if not found.archive.issues:
        return note(
            "No issue of these data has been published yet, so there is none to compare with: "
            "weeks are compared as they are counted today, and those still filling up compare low."
        )
    if found.since is None or found.ledger is None:
        return note(
            "The issues published so far are of other data: none of their incidents is in this "
            "file, so nothing is compared with them."
        )
    counts = [_records(found.ledger.count(outcome), outcome) for outcome in ("added", "changed")]
    deleted = _records(found.ledger.count("deleted"), "deleted")
    last = found.since
    text = (
        f"Since issue {last.number} ({last.week}, published on {day(last.published_on)}), up to "
        f"the end of that week: {counts[0]}, {counts[1]} and {deleted}."
    )
    if not found.same_rules:
        text += (
            " The numbers of that issue were counted by other settings than today's; its records "
            "are compared by today's."
        )
    return Paragraph((Run(capital(text)),))


def _records(count: int, outcome: str) -> str:
    return f"{'no' if not count else spelled(count)} {plural(count, 'record', 'records')} {outcome}"


def revisions_file(issue: Issue) -> Attachment | Paragraph:
    """Every line of the ledger as a CSV, with totals but no finer cells."""
    ledger = issue.revisions.ledger
    if ledger is None or not len(ledger):
        return note("")
    names = ["week", AREA, *HEADLINES]
    columns = ["incident_id", "outcome", "kind", "reason",
               *(f"{name}_{end}" for name in names for end in ("before", "after"))]  # fmt: skip
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*columns, "fields"])
    for line in ledger.lines[[*columns, "fields"]].itertuples(index=False):
        writer.writerow([*map(_plain, line[:-1]), ";".join(line[-1])])
    return Attachment(
        name="revisions.csv",
        media_type="text/csv",
        description="Every record that is new, other or gone since the last published issue",
        text=text.getvalue(),
    )


def _plain(value: object) -> str:
    """A cell of the file: days as ISO, whole numbers without a point, a formula as text."""
    if value is None or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
