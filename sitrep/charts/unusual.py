"""This week's incidents beside the range expected, for every series that was tested."""

from collections.abc import Sequence
from typing import NamedTuple

from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import HALF, Canvas, Scale, caption, ticks
from sitrep.charts.layers import Box, Point
from sitrep.issue import Issue
from sitrep.unusual import AREA
from sitrep.words import figure

LEFT = 84.0  # points: room for the names of districts
ROW, BOTTOM = 15.0, 15.0  # points
MOST_SERIES = 10
ALL = "All areas"


class Tested(NamedTuple):
    """A series: its name, this week's incidents, and the range expected."""

    name: str
    recorded: float
    low: float
    high: float


def expected(issue: Issue) -> Chart | Paragraph:
    """Recorded incidents of this week and the range expected, all areas and by district."""
    rows = tested(issue)
    if not rows:
        return note("The data cover too few weeks to say what is expected of one.")
    shown = rows[:MOST_SERIES]
    cut = ["The districts with most incidents expected."] if len(rows) > len(shown) else []
    return Chart(
        title="Incidents recorded, and the range expected",
        subtitle="this week",
        svg=_draw(shown).svg("expected"),
        alt=". ".join(
            f"{row.name}: {figure(row.recorded)} recorded, expected {figure(row.low)} to "
            f"{figure(row.high)}"
            for row in shown
        )
        + ".",
        caption=caption(
            issue, "incidents",
            notes=["Dot: recorded. Bar: where such weeks usually lie.", *cut],
        ),
    )  # fmt: skip


def tested(issue: Issue) -> list[Tested]:
    """The series tested: all areas first, then districts, those with most expected first."""
    numbers, week = issue.numbers, issue.week
    total = numbers.get("incidents_expected", week)
    if total is None:
        return []
    found = []
    for area in numbers.groups("incidents_expected", week, AREA):
        number = numbers.get("incidents_expected", week, breakdown=AREA, group=area)
        count = numbers.get("incidents", week, breakdown=AREA, group=area)
        if number:
            found.append(Tested(area, count.value if count else 0.0, number.low, number.high))
    found.sort(key=lambda row: (-row.high, row.name))
    return [Tested(ALL, numbers.value("incidents", week), total.low, total.high), *found]


def _draw(rows: Sequence[Tested]) -> Canvas:
    canvas = Canvas(HALF, BOTTOM + ROW * len(rows) + 4)
    top = max(1.0, *(row.high for row in rows), *(row.recorded for row in rows))
    x = Scale(0, top, LEFT, HALF - 10)
    places = [canvas.height - 4 - ROW * (row + 0.5) for row in range(len(rows))]
    for step in ticks(top, most=5):
        canvas.lines([[(x(step), BOTTOM), (x(step), canvas.height - 2)]], "grid", width=0.5)
        canvas.text(x(step), 5, figure(step), align="center", shade="muted")
    ranges = [
        Box(x(row.low) - 0.8, at - 2.5, x(row.high) + 0.8, at + 2.5)
        for row, at in zip(rows, places, strict=True)
    ]
    canvas.boxes(ranges, ["settled"])
    dots = [Point(x(row.recorded), at) for row, at in zip(rows, places, strict=True)]
    canvas.circles(dots, [2.8] * len(rows), fill="accent")
    for row, at in zip(rows, places, strict=True):
        canvas.text(LEFT - 8, at, row.name, align="right")
    return canvas
