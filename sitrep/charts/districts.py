"""Small multiples on one scale: a district each."""

import math
from collections.abc import Sequence

from sitrep import measures as m
from sitrep import words
from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import (
    DIGIT,
    FULL,
    Canvas,
    Scale,
    bars,
    baseline,
    caption,
    greatest,
    grid,
    or_none,
    ticks,
)
from sitrep.charts.weekly import BOTTOM, week_names
from sitrep.issue import Issue
from sitrep.language import named, say, spoken
from sitrep.weeks import Week
from sitrep.words import figure

DISTRICTS_SHOWN = 6
ACROSS = 3  # panels in a line
PANEL, GAP = 66.0, 10.0  # points: the height of a panel, and the gap between two


@spoken
def districts(issue: Issue) -> Chart | Paragraph:
    """Small multiples on one scale: the districts with most killed this year."""
    periods, measure = issue.periods, "killed"
    sized = largest(issue, measure)[:DISTRICTS_SHOWN]
    label = words.measure(measure, issue.victims)
    if not sized:
        return note(say("chart_districts_none", label=label))
    weeks = periods.charted
    rows = {
        group: [_in_district(issue, measure, week, group) for week in weeks] for group, _ in sized
    }
    return Chart(
        title=say("chart_districts", label=label, first=str(weeks[0]), last=str(weeks[-1])),
        subtitle=say("chart_districts_shown"),
        svg=_multiples(rows, weeks).svg("districts"),
        alt=say("chart_districts_alt", label=label, totals=named_totals(sized)),
        caption=caption(issue, measure),
    )


def largest(issue: Issue, measure: str) -> list[tuple[str, float]]:
    """The districts with any recorded this year and how many, those with most first."""
    year = issue.periods.year_label
    sized = (
        (-issue.numbers.value(measure, year, breakdown="admin2", group=group), group)
        for group in issue.numbers.groups(measure, year, "admin2")
        if group != m.NOT_RECORDED
    )
    return [(group, -size) for size, group in sorted(sized) if size < 0]


def named_totals(sized: Sequence[tuple[str, float]]) -> list[str]:
    """Districts with their totals, in words."""
    return [say("chart_name_and_figure", name=named(name), figure=size) for name, size in sized]


def _in_district(issue: Issue, measure: str, week: Week, group: str) -> float:
    """A district without records in a week has none recorded."""
    number = issue.numbers.get(measure, week, breakdown="admin2", group=group)
    return number.value if number else 0.0


def _multiples(rows: dict[str, list[float]], weeks: Sequence[Week]) -> Canvas:
    """A panel a district, three in a line, all on one scale."""
    lines = math.ceil(len(rows) / ACROSS)
    canvas = Canvas(FULL, BOTTOM + lines * PANEL)
    top = max(greatest(value for values in rows.values() for value in values), 1)
    left = DIGIT * len(figure(top)) + 8
    wide = (FULL - left - GAP * (ACROSS - 1)) / ACROSS
    for index, (group, values) in enumerate(rows.items()):
        line, column = divmod(index, ACROSS)
        start = left + column * (wide + GAP)
        foot = canvas.height - (line + 1) * PANEL + 6
        x = Scale(-0.75, len(values) - 0.25, start, start + wide)
        y = Scale(0, top, foot, foot + PANEL - 22)
        steps = ticks(top, most=3)
        grid(canvas, steps, y=y, left=start, right=start + wide, named=column == 0)
        shades = ["settled"] * (len(values) - 1) + ["accent"]
        bars(canvas, values, shades, x=x, y=y)
        baseline(canvas, y=y, left=start, right=start + wide)
        canvas.text(start, foot + PANEL - 13, named(group))
        this = say("chart_this_week", figure=or_none(values[-1]))
        canvas.text(start + wide, foot + PANEL - 13, this, align="right", size=7, shade="muted")
        if index + ACROSS >= len(rows):
            week_names(canvas, weeks, x=x, step=max(len(weeks) // 2, 1), up=foot - BOTTOM)
    return canvas
