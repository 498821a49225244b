"""Sex and age of the killed and injured, in classes that add up."""

from sitrep import measures as m
from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.issue import Issue
from sitrep.language import spoken
from sitrep.tables.cells import MARKS, Group, number_of, who_labels, withheld_note
from sitrep.words import capital, cell


@spoken
def who(issue: Issue) -> Table | Paragraph:
    """Fine classes of the killed and the injured, this week and in the year to date."""
    measures = [name for name in ("killed", "injured") if issue.has(name)]
    if not any(len(who_labels(issue, name)) > 1 for name in measures):
        return note("")
    spans = {"this week": issue.week, "year to date": issue.periods.year_label}
    rows = [
        Row(
            (
                capital(part),
                *(
                    cell(number_of(issue, measure, span, Group(m.SEX_AGE, part)))
                    for measure in measures
                    for span in spans.values()
                ),
            )
        )
        for part in m.SEX_AGE_PARTS
    ]
    totals = (cell(issue.numbers.get(name, span)) for name in measures for span in spans.values())
    rows.append(Row(("Total", *totals), strong=True, rule=True))
    heads = [Column(f"{measure} {span}") for measure in measures for span in spans]
    return Table(
        (Column("Recorded as", "left"), *heads),
        tuple(rows),
        notes=(f"{MARKS}.", *withheld_note(issue)),
    )
