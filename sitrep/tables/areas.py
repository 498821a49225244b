"""Where: places and districts of this week, and where the displaced came from and went."""

from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.issue import Issue
from sitrep.language import capital, named, say, spoken
from sitrep.tables.cells import (
    Group,
    area_measures,
    by_size,
    group_cell,
    marks_note,
    mean_cell,
    measure_columns,
    notes,
    number_of,
)
from sitrep.words import cell, placed

MOST_PLACES = 20  # a longer list is cut; numbers.csv has all of it


@spoken
def places(issue: Issue) -> Table | Paragraph:
    """The places of this week, those with most casualties first; nothing where there is none."""
    if not issue.names("place"):
        return note(say("table_none_names_place"))
    measures = area_measures(issue)
    groups = by_size(issue, "place")
    if not groups:
        return note("")
    rows = [
        Row((capital(placed(group)), *(group_cell(issue, n, "place", group) for n in measures)))
        for group in groups[:MOST_PLACES]
    ]
    columns = (Column(say("table_place_and_district"), "left"), *measure_columns(measures))
    cut = say("table_cut_places") if len(groups) > MOST_PLACES else ""
    return Table(columns, tuple(rows), notes=notes(cut))


@spoken
def districts(issue: Issue) -> Table | Paragraph:
    """This week by district, beside last week and the four-week mean; nothing if none has any."""
    if not issue.names("admin2"):
        return note(say("table_none_names_admin2"))
    measures, rows = area_measures(issue), []
    groups = by_size(issue, "admin2")
    if not groups:
        return note("")
    for name in groups[:MOST_PLACES]:
        group = Group("admin2", name)
        rows.append(
            Row(
                (
                    capital(named(name)),
                    *(group_cell(issue, measure, *group) for measure in measures),
                    *(_incidents(issue, group) if issue.has("incidents") else ()),
                )
            )
        )
    columns = (
        Column(say("table_district"), "left"),
        *measure_columns(measures),
        *(map(Column, _incident_heads()) if issue.has("incidents") else ()),
    )
    cut = say("table_cut_districts") if len(groups) > MOST_PLACES else ""
    return Table(columns, tuple(rows), notes=notes(marks_note(rows), cut))


def _incidents(issue: Issue, group: Group) -> tuple[str, str, str]:
    """Incidents of last week, the mean of four, and of the year."""
    periods = issue.periods
    return (
        cell(number_of(issue, "incidents", periods.last, group)),
        mean_cell(number_of(issue, "incidents_mean", periods.four_label, group)),
        cell(number_of(issue, "incidents", periods.year_label, group)),
    )


def _incident_heads() -> tuple[str, str, str]:
    return (
        say("table_incidents_last_week"), say("table_four_week_mean"), say("table_year_to_date")
    )  # fmt: skip


@spoken
def origins(issue: Issue) -> Table | Paragraph:
    """Where people were displaced from this week, and where they went, as far as named."""
    if not issue.has("displaced"):
        return note("")
    numbers, week = issue.numbers, issue.week
    origin = [g for g in by_size(issue, "admin2")
              if numbers.value("displaced", week, breakdown="admin2", group=g) > 0]  # fmt: skip
    arrival = numbers.groups("displaced", week, "destination_admin2")
    groups = dict.fromkeys((*origin, *arrival))
    if not groups:
        return note(say("table_no_new_displacement"))
    rows = tuple(
        Row(
            (
                capital(named(group)),
                group_cell(issue, "displaced", "admin2", group),
                group_cell(issue, "displaced", "destination_admin2", group),
            )
        )
        for group in groups
    )
    columns = (
        Column(say("table_district"), "left"),
        Column(say("table_from_here")),
        Column(say("table_to_here")),
    )
    return Table(columns, rows, title=say("table_origins"))
