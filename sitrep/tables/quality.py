"""How far the record goes: rows, grades, sources."""

from sitrep import measures as m
from sitrep.blocks import Column, Row, Table
from sitrep.issue import Issue
from sitrep.language import spoken
from sitrep.tables.cells import area_measures, cut_note, group_cell
from sitrep.words import NOT_REPORTED, capital, figure, joined

MOST_SOURCES = 20


@spoken
def rows_read(issue: Issue) -> Table:
    """What became of every row of the file: read = used + set aside + rejected."""
    numbers = issue.numbers

    def line(outcome: str, label: str) -> list[Row]:
        reasons = numbers.groups(f"rows_{outcome}", "", "reason")
        head = Row((label, figure(numbers.value(f"rows_{outcome}", ""))), rule=True)
        return [head] + [
            Row(
                (
                    reason,
                    figure(numbers.value(f"rows_{outcome}", "", breakdown="reason", group=reason)),
                ),
                indent=1,
            )
            for reason in reasons
        ]

    rows = [
        Row(("Read", figure(numbers.value("rows_read", ""))), strong=True),
        Row(("Used", figure(numbers.value("rows_used", "")))),
        *line("set_aside", "Set aside"),
        *line("rejected", "Rejected"),
    ]
    flagged = numbers.groups("rows_flagged", "", "reason")
    rows += [
        Row((f"Used, with a note: {reason}",
             figure(numbers.value("rows_flagged", "", breakdown="reason", group=reason))),
            rule=index == 0)
        for index, reason in enumerate(flagged)
    ]  # fmt: skip
    notes = ("Rows of the whole file. Rows read are rows used, set aside and rejected.",)
    return Table((Column("Rows of the file", "left"), Column("rows")), tuple(rows), notes=notes)


@spoken
def grades(issue: Issue) -> Table:
    """Verification: which grades the totals hold, and what stands beside them."""
    measures = area_measures(issue)
    held = issue.settings.counting.headline_grades
    rows = tuple(
        Row(
            (
                f"{capital(grade)}{'' if grade in held else ', not in the totals'}",
                *(group_cell(issue, name, "status", grade) for name in measures),
            )
        )
        for grade in ("confirmed", "reported", "pending")
    )
    columns = (Column("Grade, this week", "left"), *(Column(name) for name in measures))
    return Table(columns, rows, notes=(f"Totals hold the grades {joined(list(held))}.",))


@spoken
def sources(issue: Issue) -> Table:
    """Who reported, this week and this year."""
    numbers, periods = issue.numbers, issue.periods
    measures = ["incidents", "displaced"] if issue.has("displaced") else ["incidents"]
    named = dict.fromkeys(
        group
        for measure in measures
        for group in numbers.groups(measure, periods.year_label, "source")
        if group != m.NOT_RECORDED
    )
    rows = tuple(
        Row(
            (
                group,
                *(
                    _by_source(issue, measure, week, group)
                    for measure in measures
                    for week in (issue.week, periods.year_label)
                ),
            )
        )
        for group in list(named)[:MOST_SOURCES]
    )
    columns = [Column(f"{n} {when}") for n in measures for when in ("this week", "this year")]
    remark = "A record that names several sources stands under each of them."
    cut = cut_note(list(named), MOST_SOURCES, "sources")
    return Table((Column("Source", "left"), *columns), rows, notes=(remark, *cut))


def _by_source(issue: Issue, measure: str, week: object, group: str) -> str:
    """Zero incidents of a source that recorded none; a dash where it does not give the measure."""
    number = issue.numbers.get(measure, week, breakdown="source", group=group)
    if number is None or (measure == "displaced" and number.incidents == number.not_reported):
        return figure(0) if measure == "incidents" else NOT_REPORTED
    return figure(number.value)
