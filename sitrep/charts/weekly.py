"""Bars of one measure over the weeks.

One grammar for all of them: settled weeks grey, weeks still filling up tinted on a
wash, this week in the colour of the measure and labelled, the mean of the four weeks
before as a short line over those weeks.
"""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sitrep import measures as m
from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import DEEP, FULL, HALF, PALE, axes_in, bars, canvas, caption, or_none
from sitrep.figures import figure_svg
from sitrep.issue import Issue
from sitrep.style import colours
from sitrep.weeks import Week
from sitrep.words import capital, figure, mean_figure

DIGIT = 4.3  # points: the width of a digit at 7.5 points
HEADROOM = 1.2  # of the highest bar: room for the label of this week


def weekly(
    issue: Issue, measure: str, *, width: float = FULL, height: float = 80
) -> Chart | Paragraph:
    """Bars of a measure over the charted weeks; `width` and `height` in points.

    A note instead where no record carries the measure.
    """
    kind = m.MEASURES[measure]
    if not issue.has(measure):
        return note(f"No record carries a figure of {kind.label_for(issue.victims)}.")
    weeks = issue.periods.charted
    values = [issue.numbers.value(measure, week) for week in weeks]
    fig = canvas(width, height)
    most = max((value for value in values if not math.isnan(value)), default=0)
    axes = axes_in(fig, left=DIGIT * len(figure(most)) + 8, right=2, top=10, bottom=15)
    _week_bars(axes, issue, weeks, values, kind.tone)
    mean = issue.numbers.get(f"{measure}_mean", issue.periods.four_label)
    if mean and mean.known:
        last = len(weeks) - 1
        axes.plot([last - 4.45, last - 0.55], [mean.value] * 2, color=colours()["ink"], lw=1)
    _label_this_week(axes, len(weeks) - 1, values[-1])
    week_axis(axes, weeks, step=8 if width > HALF else 16)
    label = kind.label_for(issue.victims)
    recorded = " recorded" if measure == "incidents" else ""
    span = f", {weeks[0]} to {weeks[-1]}" if width > HALF else ""
    notes = _notes(issue, weeks, values) if width > HALF else []
    return Chart(
        title=f"{capital(label)}{recorded} each week{span}",
        subtitle=f"line: four-week mean, {mean_figure(mean.value)}" if mean else "",
        svg=figure_svg(fig, name=f"weekly {measure}"),
        alt=_alt(issue, label, weeks, values, mean.value if mean else math.nan),
        caption=caption(issue, measure, notes=notes),
    )


def _week_bars(
    axes: Axes, issue: Issue, weeks: Sequence[Week], values: Sequence[float], tone: str
) -> None:
    palette = colours()
    provisional = [issue.periods.provisional(week) for week in weeks]
    shades = [palette[PALE[tone]] if late else palette["settled"] for late in provisional]
    shades[-1] = palette[DEEP[tone]]
    bars(axes, values, shades)
    if any(provisional):
        first = provisional.index(True)
        axes.axvspan(first - 0.5, len(weeks) - 0.5, color=palette["wash"], zorder=0, lw=0)
        axes.annotate(
            "still filling up", (len(weeks) - 0.5, 1), xycoords=("data", "axes fraction"),
            xytext=(0, 9), textcoords="offset points", ha="right", va="top", fontsize=6.5,
            color=palette["muted"], annotation_clip=False,
        )  # fmt: skip
    for position, value in enumerate(values):
        if math.isnan(value):
            axes.text(position, 0, "–", ha="center", va="bottom", color=palette["muted"])
    top = max([value for value in values if not math.isnan(value)], default=0)
    axes.set_xlim(-0.75, len(weeks) - 0.25)
    axes.set_ylim(0, max(top, 1) * HEADROOM)


def _label_this_week(axes: Axes, position: float, value: float) -> None:
    axes.annotate(
        figure(value), (position, 0 if math.isnan(value) else value), xytext=(0.4 * 8, 1.5),
        textcoords="offset points", ha="right", va="bottom", fontsize=8.5, zorder=4,
        annotation_clip=False,
    )  # fmt: skip


def week_axis(axes: Axes, weeks: Sequence[Week], *, step: int = 8) -> None:
    """Every eighth week back from this one; the year at the first tick of each year."""
    ticks = list(range((len(weeks) - 1) % step, len(weeks), step)) or [0]
    labels, year = [], 0
    for tick in ticks:
        week = weeks[tick]
        labels.append(str(week) if week.year != year else f"W{week.number:02d}")
        year = week.year
    axes.set_xticks(ticks, labels)
    if axes.get_xticklabels():
        axes.get_xticklabels()[-1].set_horizontalalignment("right" if len(ticks) > 1 else "center")
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True, min_n_ticks=1))
    axes.yaxis.set_major_formatter(lambda value, _: figure(value))


def _alt(
    issue: Issue, label: str, weeks: Sequence[Week], values: Sequence[float], mean: float
) -> str:
    known = [(value, week) for value, week in zip(values, weeks, strict=True) if value == value]
    text = f"Bar chart of {label} recorded each week from {weeks[0]} to {weeks[-1]}. "
    text += f"In {weeks[-1]}: {or_none(values[-1])}."
    if not math.isnan(mean):
        text += f" The mean of the four weeks before was {mean_figure(mean)}."
    if known:
        value, week = max(known, key=lambda pair: (pair[0], pair[1]))
        text += f" The highest week was {week} with {figure(value)}."
    return text


def _notes(issue: Issue, weeks: Sequence[Week], values: Sequence[float]) -> list[str]:
    notes = ["Grey: weeks whose count has settled."] if _settled(issue, weeks) else []
    if any(math.isnan(value) for value in values):
        notes.append("–: incidents recorded, none with a figure.")
    return notes


def _settled(issue: Issue, weeks: Sequence[Week]) -> bool:
    return any(not issue.periods.provisional(week) for week in weeks[:-1])
