"""Incidents by attack type: this week against the mean of the four weeks before."""

from collections.abc import Sequence

from sitrep import measures as m
from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import HALF, Canvas, Scale, caption, greatest, ticks
from sitrep.charts.layers import Point
from sitrep.issue import Issue
from sitrep.words import capital, figure, mean_figure

LEFT = 84.0  # points: room for the names of attacks
ROW, BOTTOM = 15.0, 15.0  # points


def attacks(issue: Issue) -> Chart | Paragraph:
    """Incidents by attack type: this week against the mean of the four weeks before."""
    if not issue.names("attack"):
        return note("No record of this year names a type of attack.")
    periods, numbers = issue.periods, issue.numbers
    groups = dict.fromkeys(
        (*numbers.groups("incidents", issue.week, "attack"),
         *numbers.groups("incidents_mean", periods.four_label, "attack"))
    )  # fmt: skip
    pairs = []
    for group in groups:
        number = numbers.get("incidents", issue.week, breakdown="attack", group=group)
        mean = numbers.get("incidents_mean", periods.four_label, breakdown="attack", group=group)
        pairs.append((group, number.value if number else 0.0, mean.value if mean else 0.0))
    pairs = sorted(pairs, key=lambda row: (row[0] == m.NOT_RECORDED, -row[1], -row[2]))[:8]
    return Chart(
        title="Incidents by attack type",
        subtitle="this week, and four-week mean",
        svg=_dumbbells(pairs).svg("attacks"),
        alt=". ".join(
            f"{capital(group)}: {figure(value)} this week, mean {mean_figure(mean)}"
            for group, value, mean in pairs
        )
        + "." if pairs else "No incidents were recorded.",
        caption=caption(issue, "incidents", notes=["Filled: this week. Hollow: mean."]),
    )  # fmt: skip


def _dumbbells(pairs: Sequence[tuple[str, float, float]]) -> Canvas:
    canvas = Canvas(HALF, BOTTOM + ROW * len(pairs) + 4)
    top = max(greatest(value for pair in pairs for value in pair[1:]), 1)
    x = Scale(0, top, LEFT, HALF - 10)
    places = [canvas.height - 4 - ROW * (row + 0.5) for row in range(len(pairs))]
    for step in ticks(top, most=5):
        canvas.lines([[(x(step), BOTTOM), (x(step), canvas.height - 2)]], "grid", width=0.5)
        canvas.text(x(step), 5, figure(step), align="center", shade="muted")
    rods = [
        [(x(value), at), (x(mean), at)] for (_, value, mean), at in zip(pairs, places, strict=True)
    ]
    canvas.lines(rods, "settled", width=2)
    dots = {"means": [rod[1] for rod in rods], "values": [rod[0] for rod in rods]}
    canvas.circles(
        [Point(*dot) for dot in dots["means"]], [2.3] * len(rods), fill="paper", edge="muted",
        edge_width=1,
    )  # fmt: skip
    canvas.circles([Point(*dot) for dot in dots["values"]], [2.6] * len(rods), fill="accent")
    for (group, *_), at in zip(pairs, places, strict=True):
        canvas.text(LEFT - 8, at, capital(group), align="right")
    return canvas
