"""This week's incidents beside the range expected, for every series that was tested."""

from collections.abc import Sequence

from sitrep.blocks import Chart, Paragraph, Row, Table, note
from sitrep.charts.canvas import Canvas, caption
from sitrep.charts.drawn import table_of
from sitrep.charts.layers import Box, Point
from sitrep.charts.rows import named_rows
from sitrep.issue import Issue
from sitrep.language import capital, named, say, spoken
from sitrep.unusual import Tested, tested
from sitrep.words import figure, span

MOST_SERIES = 10


@spoken
def expected(issue: Issue) -> Chart | Paragraph:
    """Recorded incidents of this week and the range expected, all areas and by district."""
    rows = tested(issue.numbers, issue.week)
    if issue.by_day:
        return note("")
    if not rows:
        return note(say("chart_expected_none"))
    total, *districts = rows
    shown = [total, *sorted(districts, key=lambda each: (-each.high, each.area))][:MOST_SERIES]
    cut = [say("chart_expected_cut")] if len(rows) > len(shown) else []
    return Chart(
        title=say("chart_expected"),
        subtitle=say("chart_expected_week"),
        svg=_draw(shown).svg("expected"),
        alt=" ".join([*_outside(shown), *map(_said, shown)]),
        caption=caption(issue, "incidents", notes=[say("chart_expected_note"), *cut]),
        table=_table(issue, shown),
    )


def _area(row: Tested) -> str:
    return named(row.area) if row.area else capital(say("all_areas"))


def _outside(series: Sequence[Tested]) -> list[str]:
    """Which series lie above or below what is expected: what the picture shows at a glance."""
    keys = {"above": "chart_expected_alt_above", "below": "chart_expected_alt_below"}
    found: dict[str, list[str]] = {where: [] for where in keys}
    for each in series:
        if each.where in keys:
            found[each.where].append(named(each.area) if each.area else say("all_areas"))
    said = [say(key, areas=found[where]) for where, key in keys.items() if found[where]]
    return said or [say("chart_expected_alt_within")]


def _said(row: Tested) -> str:
    return say(
        "chart_expected_alt", area=_area(row), recorded=row.recorded, low=row.low, high=row.high
    )


def _table(issue: Issue, series: Sequence[Tested]) -> Table:
    heads = (say("table_series"), say("table_series_recorded"), say("chart_expected_range"))
    rows = [Row((_area(each), figure(each.recorded), span(each.low, each.high))) for each in series]
    return table_of(issue, heads, rows)


def _draw(series: Sequence[Tested]) -> Canvas:
    top = max(1.0, *(each.high for each in series), *(each.recorded for each in series))
    canvas, x, places = named_rows([_area(each) for each in series], top=top)
    ranges = [
        Box(x(each.low) - 0.8, at - 2.5, x(each.high) + 0.8, at + 2.5)
        for each, at in zip(series, places, strict=True)
    ]
    canvas.boxes(ranges, ["settled"])
    dots = [Point(x(each.recorded), at) for each, at in zip(series, places, strict=True)]
    canvas.circles(dots, [2.8] * len(series), fill="accent")
    return canvas
