"""How far the record goes: rows, grades, sources."""

from sitrep import measures as m
from sitrep.blocks import Column, Row, Table
from sitrep.issue import Issue
from sitrep.language import figure, named, say, spoken
from sitrep.tables.cells import area_measures, grade_label, group_cell, measure_columns, notes
from sitrep.words import NOT_REPORTED, reason

MOST_SOURCES = 20


@spoken
def rows_read(issue: Issue) -> Table:
    """What became of every row of the file: read = used + set aside + rejected."""
    numbers = issue.numbers

    def counted(outcome: str) -> list[tuple[str, str]]:
        """The reasons of an outcome, and how often each was found."""
        name = f"rows_{outcome}"
        return [
            (reason(each), figure(numbers.value(name, "", breakdown="reason", group=each)))
            for each in numbers.groups(name, "", "reason")
        ]

    def line(outcome: str) -> list[Row]:
        head = (say(f"table_rows_{outcome}"), figure(numbers.value(f"rows_{outcome}", "")))
        return [Row(head, rule=True), *(Row(cells, indent=1) for cells in counted(outcome))]

    rows = [
        Row((say("table_rows_read"), figure(numbers.value("rows_read", ""))), strong=True),
        Row((say("table_rows_used"), figure(numbers.value("rows_used", "")))),
        *line("set_aside"),
        *line("rejected"),
    ]
    rows += [
        Row((say("table_rows_noted", reason=why), times), rule=index == 0)
        for index, (why, times) in enumerate(counted("flagged"))
    ]
    columns = (Column(say("table_rows_of_file"), "left"), Column(say("table_rows")))
    return Table(columns, tuple(rows), notes=(say("table_rows_note"),))


@spoken
def grades(issue: Issue) -> Table:
    """Verification: which grades the totals hold, and what stands beside them."""
    measures = area_measures(issue)
    held = issue.settings.counting.headline_grades
    rows = tuple(
        Row(
            (
                grade_label(grade, held),
                *(group_cell(issue, name, "status", grade) for name in measures),
            )
        )
        for grade in ("confirmed", "reported", "pending")
    )
    columns = (Column(say("table_grade"), "left"), *measure_columns(measures))
    remark = say("table_grades_note", grades=[named(grade) for grade in held])
    return Table(columns, rows, notes=(remark,))


@spoken
def sources(issue: Issue) -> Table:
    """Who reported, this week and this year."""
    numbers, periods = issue.numbers, issue.periods
    measures = ["incidents", "displaced"] if issue.has("displaced") else ["incidents"]
    given = dict.fromkeys(
        group
        for measure in measures
        for group in numbers.groups(measure, periods.year_label, "source")
        if group != m.NOT_RECORDED
    )
    rows = tuple(
        Row(
            (
                named(group),
                *(
                    _by_source(issue, measure, week, group)
                    for measure in measures
                    for week in (issue.week, periods.year_label)
                ),
            )
        )
        for group in list(given)[:MOST_SOURCES]
    )
    heads = [head for name in measures for head in _heads(issue, name)]
    cut = say("table_cut_sources") if len(given) > MOST_SOURCES else ""
    return Table(
        (Column(say("table_source"), "left"), *map(Column, heads)),
        rows,
        notes=notes(say("table_sources_note"), cut),
    )


def _heads(issue: Issue, measure: str) -> tuple[str, str]:
    """Of a source's records this week and this year."""
    if measure == "incidents" and issue.by_day:
        return say("table_this_week_reports"), say("table_this_year_reports")
    return say(f"table_this_week_{measure}"), say(f"table_this_year_{measure}")


def _by_source(issue: Issue, measure: str, week: object, group: str) -> str:
    """Zero incidents of a source that recorded none; a dash where it does not give the measure."""
    number = issue.numbers.get(measure, week, breakdown="source", group=group)
    if number is None or (measure == "displaced" and number.incidents == number.not_reported):
        return figure(0) if measure == "incidents" else NOT_REPORTED
    return figure(number.value)
