"""For how many of this week's incidents each field is filled."""

from matplotlib.collections import PolyCollection

from sitrep.blocks import Chart
from sitrep.charts.canvas import HALF, axes_in, canvas, caption
from sitrep.figures import figure_svg
from sitrep.issue import Issue
from sitrep.style import colours
from sitrep.words import capital, figure


def completeness(issue: Issue) -> Chart:
    """For how many of this week's incidents each field is filled."""
    numbers, week = issue.numbers, issue.week
    fields = [
        (group, numbers.value("filled", week, breakdown="field", group=group))
        for group in numbers.groups("filled", week, "field")
    ]
    total = numbers.value("incidents", week)
    palette = colours()
    fig = canvas(HALF, 4 + 13 * len(fields))
    axes = axes_in(fig, left=104, right=46, top=1, bottom=3)
    axes.set_axis_off()
    axes.set_xlim(0, max(total, 1))
    axes.set_ylim(len(fields) - 0.5, -0.5)
    for row, (group, filled) in enumerate(fields):
        whole = [(0, row - 0.3), (0, row + 0.3), (total, row + 0.3), (total, row - 0.3)]
        part = [(0, row - 0.3), (0, row + 0.3), (filled, row + 0.3), (filled, row - 0.3)]
        axes.add_collection(PolyCollection([whole], facecolors=[palette["unknown"]]))
        axes.add_collection(PolyCollection([part], facecolors=[palette["muted"]]))
        axes.text(-0.02 * max(total, 1), row, capital(group), ha="right", va="center")
        axes.text(max(total, 1) * 1.02, row, f"{figure(filled)} of {figure(total)}", va="center")
    return Chart(
        title="Incidents of this week with each field filled",
        subtitle="",
        svg=figure_svg(fig, name="completeness"),
        alt=". ".join(f"{capital(group)}: {figure(filled)} of {figure(total)}"
                      for group, filled in fields) + ".",
        caption=caption(issue, notes=["Pale: not recorded."]),
    )  # fmt: skip
