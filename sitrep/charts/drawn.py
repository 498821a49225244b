"""What charts draw, and the tables of it for readers who want its figures or cannot see it.

A table is made from the very numbers that are drawn, and written as all tables are.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple, Self

from sitrep.blocks import Column, Row, Table
from sitrep.issue import Issue
from sitrep.language import isolated, say
from sitrep.numbers import MISSING, Number
from sitrep.tables.cells import marks_note, one_note, withheld_note
from sitrep.weeks import Week
from sitrep.words import (
    NOT_COVERED,
    NOT_REPORTED,
    WITHHELD,
    cell,
    figure,
    low_high,
    mean_figure,
)


class Series(NamedTuple):
    """What is drawn of a measure: its weeks, oldest first, and what stands by each of them."""

    weeks: list[Week]
    numbers: list[Number]
    later: list[Number | None]  # what is expected once late reports are in, if it is printed
    provisional: list[bool]
    mean: float  # of the four weeks before this one

    @classmethod
    def of(cls, issue: Issue, measure: str) -> Self:
        """The charted weeks of an issue."""
        weeks, numbers = issue.periods.charted, issue.numbers
        return cls(
            weeks,
            [numbers.get(measure, week) or MISSING for week in weeks],
            [numbers.get(f"{measure}_nowcast", week) for week in weeks],
            [issue.periods.provisional(week) for week in weeks],
            numbers.value(f"{measure}_mean", issue.periods.four_label),
        )

    @property
    def values(self) -> list[float]:
        return [number.value for number in self.numbers]

    @property
    def filling_up(self) -> Week | None:
        """The first week of which more may yet be recorded."""
        young = (week for week, late in zip(self.weeks, self.provisional, strict=True) if late)
        return next(young, None)

    @property
    def ranges(self) -> dict[int, tuple[float, float]]:
        """Sums of the lowest and of the highest reports, of the weeks where they say more."""
        return {at: (n.low, n.high) for at, n in enumerate(self.numbers) if n.ranged}


def table_of(issue: Issue, heads: Sequence[str], rows: Sequence[Row], note: str = "") -> Table:
    """Rows under their heads; a note says what the marks stand for, where there are any."""
    first, *others = heads
    found = {each for row in rows for each in row.cells}
    said = one_note(
        note,
        marks_note(rows) if found & {NOT_COVERED, NOT_REPORTED} else "",
        withheld_note(issue) if WITHHELD in found else "",
    )
    columns = (Column(first, "left"), *map(Column, others))
    return Table(columns, tuple(rows), notes=said)


def by_week(
    issue: Issue,
    weeks: Sequence[Week],
    columns: Sequence[tuple[str, Sequence[str]]],
    *,
    last: Sequence[Row] = (),
    note: str = "",
) -> Table:
    """A row for each week, the latest first, then `last`.

    `columns` are heads with their cells, in the order of `weeks`.
    """
    heads, cells = zip(*columns, strict=True)
    names = (isolated(str(week)) for week in weeks)
    rows = [Row(each) for each in zip(names, *cells, strict=True)]
    return table_of(issue, (say("table_week"), *heads), [*reversed(rows), *last], note)


def weekly_table(issue: Issue, label: str, drawn: Series) -> Table:
    """A measure by week; ranges, and what is expected later, only where there are any."""
    columns = [(label, [cell(number) for number in drawn.numbers])]
    if drawn.ranges:
        ranges = [low_high(number) for number in drawn.numbers]
        columns.append((say("table_lowest_to_highest"), ranges))
    if any(drawn.later):
        later = [figure(number.value) if number else "" for number in drawn.later]
        columns.append((say("chart_weekly_later"), later))
    last = []
    if not math.isnan(drawn.mean):
        blank = [""] * (len(columns) - 1)
        cells = (say("table_four_week_mean"), mean_figure(drawn.mean), *blank)
        last.append(Row(cells, rule=True))
    young = drawn.filling_up
    note = say("chart_weekly_filling_up", week=str(young)) if young else ""
    return by_week(issue, drawn.weeks, columns, last=last, note=note)
