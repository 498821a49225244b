"""Incidents by attack type: this week against the mean of the four weeks before."""

from collections.abc import Sequence

from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sitrep import measures as m
from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import HALF, axes_in, canvas, caption
from sitrep.figures import figure_svg
from sitrep.issue import Issue
from sitrep.style import colours
from sitrep.words import capital, figure, mean_figure


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
        svg=figure_svg(_dumbbells(pairs), name="attacks"),
        alt=". ".join(
            f"{capital(group)}: {figure(value)} this week, mean {mean_figure(mean)}"
            for group, value, mean in pairs
        )
        + "." if pairs else "No incidents were recorded.",
        caption=caption(issue, "incidents", notes=["Filled: this week. Hollow: mean."]),
    )  # fmt: skip


def _dumbbells(pairs: Sequence[tuple[str, float, float]]) -> Figure:
    palette = colours()
    fig = canvas(HALF, 24 + 15 * max(len(pairs), 1))
    axes = axes_in(fig, left=78, right=12, top=2, bottom=16)
    rows = range(len(pairs))
    lines = [[(value, row), (mean, row)] for row, (_, value, mean) in enumerate(pairs)]
    axes.add_collection(LineCollection(lines, colors=palette["settled"], linewidths=2, zorder=1))
    axes.scatter([mean for *_, mean in pairs], rows, s=20, facecolor=palette["paper"],
                 edgecolor=palette["muted"], linewidth=1, zorder=3)  # fmt: skip
    axes.scatter([value for _, value, _ in pairs], rows, s=24, color=palette["accent"], zorder=4)
    axes.set_yticks(list(rows), [capital(group) for group, *_ in pairs])
    axes.tick_params(axis="y", labelcolor=palette["ink"])
    axes.set_ylim(len(pairs) - 0.4, -0.6)
    top = max((max(value, mean) for _, value, mean in pairs), default=1)
    axes.set_xlim(-0.03 * max(top, 1), max(top, 1) * 1.05)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    return fig
