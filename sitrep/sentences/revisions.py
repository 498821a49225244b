"""What changed since the last published issue, in words, and the lines as a file."""

import csv
import io
import re

import pandas as pd

from sitrep.archive.ledger import ADDED, AREA, CHANGED, DELETED
from sitrep.archive.revisions import HEADLINES
from sitrep.blocks import Attachment, Paragraph, note
from sitrep.issue import Issue
from sitrep.language import runs, say, spaced, spoken
from sitrep.spreadsheets import safe

_SEX_AGE = re.compile(r"^(killed|injured)_(?:women|men|children|girls|boys)$")


@spoken
def revisions(issue: Issue) -> Paragraph:
    """How many records were added, changed and deleted since the last issue, or why none can be
    counted."""
    found = issue.revisions
    if not found.archive.issues:
        return note(say("nothing_published"))
    if found.since is None or found.ledger is None:
        return note(say("published_of_other_data"))
    last = found.since
    sentence = runs(
        "revised",
        number=last.number,
        week=last.week,
        day=last.published_on,
        outcomes=[_records(found.ledger.count(outcome), outcome)
                  for outcome in (ADDED, CHANGED, DELETED)],
    )  # fmt: skip
    return Paragraph(spaced(sentence, () if found.same_rules else runs("revised_by_other_rules")))


def _records(count: int, outcome: str) -> str:
    return say(f"records_{outcome}", records=count) if count else say(f"none_{outcome}")


@spoken
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
        writer.writerow([*map(_plain, line[:-1]), ";".join(_fields(line[-1], issue.edition))])
    return Attachment(
        name="revisions.csv",
        media_type="text/csv",
        description=say("revisions_file"),
        text=text.getvalue(),
    )


def _fields(names: tuple[str, ...], edition: str) -> tuple[str, ...]:
    """The columns that differ; which class of sex and age did is not public."""
    if edition != "public":
        return names
    return tuple(dict.fromkeys(_SEX_AGE.sub(r"\1_sex_age", name) for name in names))


def _plain(value: object) -> str:
    """A cell of the file: days as ISO, whole numbers without a point, a formula as text."""
    if value is None or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    if isinstance(value, float):
        return f"{value:g}"
    return safe(str(value))
