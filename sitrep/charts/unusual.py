"""This week's incidents beside the range expected, for every series that was tested."""

from collections.abc import Sequence

from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import Canvas, caption, named_rows
from sitrep.charts.layers import Box, Point
from sitrep.issue import Issue
from sitrep.language import spoken
from sitrep.unusual import ALL_AREAS, Tested, tested
from sitrep.words import figure

MOST_SERIES = 10


@spoken
def expected(issue: Issue) -> Chart | Paragraph:
    """Recorded incidents of this week and the range expected, all areas and by district."""
    rows = tested(issue.numbers, issue.week)
    if not rows:
        return note("The data cover too few weeks to say what is expected of one.")
    total, *districts = rows
    shown = [total, *sorted(districts, key=lambda each: (-each.high, each.area))][:MOST_SERIES]
    cut = ["The districts with most incidents expected."] if len(rows) > len(shown) else []
    return Chart(
        title="Incidents recorded, and the range expected",
        subtitle="this week",
        svg=_draw(shown).svg("expected"),
        alt=". ".join(
            f"{row.area or ALL_AREAS}: {figure(row.recorded)} recorded, "
            f"expected {figure(row.low)} to {figure(row.high)}"
            for row in shown
        )
        + ".",
        caption=caption(
            issue, "incidents",
            notes=["Dot: recorded. Bar: where such weeks usually lie.", *cut],
        ),
    )  # fmt: skip


def _draw(series: Sequence[Tested]) -> Canvas:
    top = max(1.0, *(each.high for each in series), *(each.recorded for each in series))
    canvas, x, places = named_rows([each.area or ALL_AREAS for each in series], top=top)
    ranges = [
        Box(x(each.low) - 0.8, at - 2.5, x(each.high) + 0.8, at + 2.5)
        for each, at in zip(series, places, strict=True)
    ]
    canvas.boxes(ranges, ["settled"])
    dots = [Point(x(each.recorded), at) for each, at in zip(series, places, strict=True)]
    canvas.circles(dots, [2.8] * len(series), fill="accent")
    return canvas
