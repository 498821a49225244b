"""Sex and age of the killed and injured, in classes that add up."""

from sitrep import measures as m
from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.issue import Issue
from sitrep.language import capital, named, say, spoken
from sitrep.tables.cells import Group, marks_note, notes, number_of, who_labels, withheld_note
from sitrep.words import cell


@spoken
def who(issue: Issue) -> Table | Paragraph:
    """Fine classes of the killed and the injured, this week and in the year to date."""
    measures = [name for name in ("killed", "injured") if issue.has(name)]
    if not any(len(who_labels(issue, name)) > 1 for name in measures):
        return note("")
    spans = (issue.week, issue.periods.year_label)
    rows = [
        Row(
            (
                capital(named(part)),
                *(
                    cell(number_of(issue, measure, span, Group(m.SEX_AGE, part)))
                    for measure in measures
                    for span in spans
                ),
            )
        )
        for part in m.SEX_AGE_PARTS
    ]
    totals = (cell(issue.numbers.get(name, span)) for name in measures for span in spans)
    rows.append(Row((say("table_total"), *totals), strong=True, rule=True))
    heads = [
        head
        for measure in measures
        for head in (say(f"table_this_week_{measure}"), say(f"table_year_to_date_{measure}"))
    ]
    return Table(
        (Column(say("table_recorded_as"), "left"), *map(Column, heads)),
        tuple(rows),
        notes=notes(marks_note(rows), withheld_note(issue)),
    )
