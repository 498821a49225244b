"""Incidents by attack type: this week against the mean of the four weeks before."""

import math
from collections.abc import Sequence

from sitrep import measures as m
from sitrep.blocks import Chart, Paragraph, Row, Table, note
from sitrep.charts.canvas import Canvas, caption, greatest
from sitrep.charts.drawn import table_of
from sitrep.charts.layers import Point
from sitrep.charts.rows import named_rows
from sitrep.issue import Issue
from sitrep.language import named, say, spoken
from sitrep.words import NOT_COVERED, capital, figure, mean_figure


@spoken
def attacks(issue: Issue) -> Chart | Paragraph:
    """Incidents by attack type: this week against the mean of the four weeks before."""
    if not issue.names("attack"):
        return note(say("chart_attacks_none"))
    if issue.by_day:
        return note(say("by_day_no_incidents"))
    periods, numbers = issue.periods, issue.numbers
    groups = dict.fromkeys(
        (*numbers.groups("incidents", issue.week, "attack"),
         *numbers.groups("incidents_mean", periods.four_label, "attack"))
    )  # fmt: skip
    pairs = []
    covered = numbers.get("incidents_mean", periods.four_label) is not None
    for group in groups:
        number = numbers.get("incidents", issue.week, breakdown="attack", group=group)
        mean = numbers.get("incidents_mean", periods.four_label, breakdown="attack", group=group)
        # A type that no incident of those weeks was of has none recorded, if the data cover them.
        before = (mean.value if mean else 0.0) if covered else math.nan
        pairs.append((group, number.value if number else 0.0, before))
    pairs = sorted(pairs, key=lambda row: (row[0] == m.NOT_RECORDED, -row[1], -row[2]))[:8]
    return Chart(
        title=say("chart_attacks"),
        subtitle=say("chart_attacks_compared") if covered else say("table_this_week"),
        svg=_dumbbells(pairs).svg("attacks"),
        alt=" ".join(_said(*pair) for pair in pairs) or say("chart_attacks_no_incidents"),
        caption=caption(issue, "incidents", notes=[say("chart_attacks_note")] if covered else []),
        table=_table(issue, pairs),
    )


def _said(group: str, value: float, mean: float) -> str:
    if math.isnan(mean):
        return say("chart_attacks_alt_this", name=named(group), value=value)
    return say("chart_attacks_alt", name=named(group), value=value, mean=mean_figure(mean))


def _table(issue: Issue, pairs: Sequence[tuple[str, float, float]]) -> Table:
    heads = (say("table_attack"), say("table_this_week"), say("table_four_week_mean"))
    rows = [
        Row(
            (
                capital(named(group)),
                figure(value),
                NOT_COVERED if math.isnan(mean) else mean_figure(mean),
            )
        )
        for group, value, mean in pairs
    ]
    return table_of(issue, heads, rows)


def _dumbbells(pairs: Sequence[tuple[str, float, float]]) -> Canvas:
    top = max(greatest(value for pair in pairs for value in pair[1:]), 1)
    canvas, x, places = named_rows([capital(named(group)) for group, *_ in pairs], top=top)
    rows = list(zip(pairs, places, strict=True))
    values = [Point(x(value), up) for (_, value, _), up in rows]
    means = [Point(x(mean), up) for (_, _, mean), up in rows]
    rods = [rod for rod in zip(values, means, strict=True) if not math.isnan(rod[1].x)]
    canvas.lines(rods, "outline", width=1.5)
    ends = [mean for _, mean in rods]
    canvas.circles(ends, [2.3] * len(ends), fill="paper", edge="muted", edge_width=1)
    canvas.circles(values, [2.6] * len(values), fill="accent")
    return canvas
