"""The headline numbers, each with its range, change, sources and a sparkline."""

import math
from collections.abc import Sequence

from sitrep import measures as m
from sitrep.blocks import KeyFigure, KeyFigures
from sitrep.charts.canvas import DEEP, bars, canvas, or_none
from sitrep.figures import figure_svg
from sitrep.issue import Issue
from sitrep.numbers import MISSING
from sitrep.style import colours
from sitrep.words import capital, change, figure, low_high, plural

SPARK_WEEKS = 16


def key_figures(issue: Issue) -> KeyFigures:
    """The headline numbers with their ranges, changes, sources and sixteen weeks."""
    shown = [
        "killed",
        *(n for n in ("injured", "displaced") if issue.has(n)),
        "incidents",
        "places",
    ]
    return KeyFigures(tuple(_key_figure(issue, measure) for measure in shown))


def _key_figure(issue: Issue, measure: str) -> KeyFigure:
    kind, week = m.MEASURES[measure], issue.week
    number = issue.numbers.get(measure, week) or MISSING
    weeks = issue.periods.charted[-SPARK_WEEKS:]
    values = [issue.numbers.value(measure, each) for each in weeks]
    label = kind.label_for(issue.victims)
    return KeyFigure(
        label=capital(label),
        value=figure(number.value),
        range=low_high(number),
        change=change(issue.numbers.get(f"{measure}_change", week)),
        sources=_sources(issue, measure),
        tone=kind.tone,
        svg=_sparkline(values, kind.tone, measure),
        alt=(
            f"Small bars of {label} in each of the {len(weeks)} weeks to {week}: "
            f"{', '.join(map(or_none, values))}."
        ),
    )


def _sources(issue: Issue, measure: str) -> str:
    """How many sources gave the figure; named where it is one."""
    names = issue.sources("incidents" if measure == "places" else measure)
    if len(names) == 1:
        return names[0]
    return f"{figure(len(names))} {plural(len(names), 'source', 'sources')}"


def _sparkline(values: Sequence[float], tone: str, name: str) -> str:
    fig = canvas(92, 20)
    axes = fig.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    palette = colours()
    bars(axes, values, [palette["settled"]] * (len(values) - 1) + [palette[DEEP[tone]]])
    top = max([value for value in values if not math.isnan(value)], default=0)
    axes.set_xlim(len(values) - SPARK_WEEKS - 0.5, len(values) - 0.5)
    axes.set_ylim(0, max(top, 1))
    return figure_svg(fig, name=f"spark {name}")
