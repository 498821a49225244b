"""Small multiples on one scale: a district each."""

import math
from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sitrep import measures as m
from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import FULL, axes_in, bars, canvas, caption, or_none
from sitrep.charts.weekly import week_axis
from sitrep.figures import figure_svg
from sitrep.issue import Issue
from sitrep.style import colours
from sitrep.weeks import Week
from sitrep.words import capital, figure, joined

DISTRICTS_SHOWN = 6


def districts(issue: Issue) -> Chart | Paragraph:
    """Small multiples on one scale: the districts with most killed this year."""
    numbers, periods = issue.numbers, issue.periods
    year = periods.year_label
    measure = "killed"
    sized = sorted(
        (-numbers.value(measure, year, breakdown="admin2", group=group), group)
        for group in numbers.groups(measure, year, "admin2")
        if group != m.NOT_RECORDED
        and numbers.value(measure, year, breakdown="admin2", group=group) > 0
    )[:DISTRICTS_SHOWN]
    label = m.MEASURES[measure].label_for(issue.victims)
    if not sized:
        return note(f"No {label} were recorded by district this year.")
    weeks = periods.charted
    rows = {
        group: [_in_district(issue, measure, week, group) for week in weeks] for _, group in sized
    }
    span = f"{weeks[0]} to {weeks[-1]}"
    named = [f"{group} {figure(-size)}" for size, group in sized]
    return Chart(
        title=f"{capital(label)} each week by district, {span}",
        subtitle="one scale; the districts with most recorded this year",
        svg=figure_svg(_multiples(issue, rows, weeks), name="districts"),
        alt=f"Small bar charts of {label} each week. Year to date: {joined(named)}.",
        caption=caption(issue, measure),
    )


def _in_district(issue: Issue, measure: str, week: Week, group: str) -> float:
    """A district without records in a week has none recorded."""
    number = issue.numbers.get(measure, week, breakdown="admin2", group=group)
    return number.value if number else 0.0


def _multiples(issue: Issue, rows: dict[str, list[float]], weeks: Sequence[Week]) -> Figure:
    columns = 3
    lines = math.ceil(len(rows) / columns)
    height, gap = 66.0, 10.0
    fig = canvas(FULL, 16 + lines * height)
    cell = (FULL - 24 - gap * (columns - 1)) / columns
    top = max((value for values in rows.values() for value in values if value == value), default=1)
    for index, (group, values) in enumerate(rows.items()):
        line, column = divmod(index, columns)
        left = 24 + column * (cell + gap)
        axes = axes_in(
            fig, left=left, right=FULL - left - cell, top=line * height + 16,
            bottom=16 + (lines - 1 - line) * height,
        )  # fmt: skip
        shades = [colours()["settled"]] * (len(values) - 1) + [colours()["accent"]]
        bars(axes, values, shades)
        axes.set_xlim(-0.75, len(values) - 0.25)
        axes.set_ylim(0, max(top, 1) * 1.05)
        axes.text(0, 1.04, group, transform=axes.transAxes, fontsize=7.5, va="bottom")
        axes.text(1, 1.04, f"this week {or_none(values[-1])}", transform=axes.transAxes,
                  fontsize=7, va="bottom", ha="right", color=colours()["muted"])  # fmt: skip
        week_axis(axes, weeks, step=max(len(weeks) // 2, 1))
        axes.yaxis.set_major_locator(MaxNLocator(3, integer=True, min_n_ticks=1))
        if column:
            axes.tick_params(axis="y", labelleft=False)
        if line < lines - 1 and index + columns < len(rows):
            axes.tick_params(axis="x", labelbottom=False)
    return fig
