"""Where: places and districts of this week, and where the displaced came from and went."""

from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.issue import Issue
from sitrep.language import spoken
from sitrep.tables.cells import (
    MARKS,
    Group,
    area_measures,
    by_size,
    cut_note,
    group_cell,
    mean_cell,
    number_of,
)
from sitrep.words import capital, cell

MOST_PLACES = 20  # a longer list is cut; numbers.csv has all of it


@spoken
def places(issue: Issue) -> Table:
    """The places of this week, those with most casualties first."""
    measures = area_measures(issue)
    groups = by_size(issue, "place")
    rows = [
        Row((capital(group), *(group_cell(issue, n, "place", group) for n in measures)))
        for group in groups[:MOST_PLACES]
    ]
    columns = (Column("Place, district", "left"), *(Column(name) for name in measures))
    return Table(columns, tuple(rows), notes=cut_note(groups, MOST_PLACES, "places"))


@spoken
def districts(issue: Issue) -> Table:
    """This week by district, beside last week and the four-week mean of incidents."""
    measures, periods = area_measures(issue), issue.periods
    rows = []
    groups = by_size(issue, "admin2")
    for name in groups[:MOST_PLACES]:
        group = Group("admin2", name)
        rows.append(
            Row(
                (
                    capital(name),
                    *(group_cell(issue, measure, *group) for measure in measures),
                    cell(number_of(issue, "incidents", periods.last, group)),
                    mean_cell(number_of(issue, "incidents_mean", periods.four_label, group)),
                    cell(number_of(issue, "incidents", periods.year_label, group)),
                )
            )
        )
    before = ("incidents last week", "4-week mean", "year to date")
    columns = (Column("District", "left"), *(Column(n) for n in (*measures, *before)))
    notes = (f"{MARKS}.", *cut_note(groups, MOST_PLACES, "districts"))
    return Table(columns, tuple(rows), notes=notes)


@spoken
def origins(issue: Issue) -> Table | Paragraph:
    """Where people were displaced from this week, and where they went, as far as named."""
    numbers, week = issue.numbers, issue.week
    origin = [g for g in by_size(issue, "admin2")
              if numbers.value("displaced", week, breakdown="admin2", group=g) > 0]  # fmt: skip
    arrival = numbers.groups("displaced", week, "destination_admin2")
    groups = dict.fromkeys((*origin, *arrival))
    if not groups:
        return note("No new displacement was recorded in this week.")
    rows = tuple(
        Row(
            (
                capital(group),
                group_cell(issue, "displaced", "admin2", group),
                group_cell(issue, "displaced", "destination_admin2", group),
            )
        )
        for group in groups
    )
    columns = (Column("District", "left"), Column("from here"), Column("to here"))
    return Table(columns, rows, title="People newly displaced, by district of origin and arrival")
