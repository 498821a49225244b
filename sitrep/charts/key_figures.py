"""The headline numbers, each with its range, change, sources and a sparkline."""

from collections.abc import Sequence

from sitrep import measures as m
from sitrep import words
from sitrep.blocks import KeyFigure, KeyFigures
from sitrep.charts.canvas import DEEP, Canvas, Scale, bars, greatest, listed, lowest, or_none
from sitrep.issue import Issue
from sitrep.language import named, say, spoken
from sitrep.numbers import MISSING
from sitrep.words import capital, change, change_by_first_count, figure, low_high

SPARK_WEEKS = 16
SPARK_WIDTH, SPARK_HEIGHT = 92.0, 20.0  # points


@spoken
def key_figures(issue: Issue) -> KeyFigures:
    """The headline numbers with their ranges, changes, sources and sixteen weeks."""
    shown: tuple[str, ...] = ("killed", "injured", "displaced", "incidents", "places")
    if issue.of_displacement_alone:
        shown = ("displaced", "returned", "stock", "households")
    given = [name for name in shown if name == "killed" or issue.has(name)]
    return KeyFigures(tuple(_key_figure(issue, measure) for measure in given))


def _key_figure(issue: Issue, measure: str) -> KeyFigure:
    kind, week = m.MEASURES[measure], issue.week
    number = issue.numbers.get(measure, week) or MISSING
    weeks = issue.periods.charted[-SPARK_WEEKS:]
    values = [issue.numbers.value(measure, each) for each in weeks]
    label = words.measure(measure, issue.victims)
    return KeyFigure(
        label=capital(label),
        value=figure(number.value),
        range=low_high(number),
        change=_change(issue, measure),
        sources=_sources(issue, measure),
        tone=kind.tone,
        svg=_sparkline(values, kind.tone, measure),
        alt=say(
            "chart_spark_alt", label=label, weeks=len(weeks), last=str(week),
            values=listed(map(or_none, values)),
        ),
    )  # fmt: skip


def _change(issue: Issue, measure: str) -> str:
    """First count against first count where the archive holds it, else today's counts."""
    first = issue.numbers.get(f"{measure}_first_change", issue.week)
    if first is not None:
        return change_by_first_count(first)
    return change(issue.numbers.get(f"{measure}_change", issue.week))


def _sources(issue: Issue, measure: str) -> str:
    """How many sources gave the figure; named where it is one.

    Of stock, returns and households the numbers do not say who gave them.
    """
    if measure in ("stock", "returned", "households"):
        return ""
    names = issue.sources("incidents" if measure == "places" else measure)
    if len(names) == 1:
        return named(names[0])
    return say("chart_sources_counted", sources=len(names))


def _sparkline(values: Sequence[float], tone: str, name: str) -> str:
    """The last weeks as small bars, this one in the colour of the measure."""
    canvas = Canvas(SPARK_WIDTH, SPARK_HEIGHT)
    x = Scale(len(values) - SPARK_WEEKS - 0.5, len(values) - 0.5, 0, SPARK_WIDTH)
    y = Scale(lowest(values), max(greatest(values), 1), 0, SPARK_HEIGHT)
    bars(canvas, values, ["settled"] * (len(values) - 1) + [DEEP[tone]], x=x, y=y)
    return canvas.svg(f"spark {name}")
