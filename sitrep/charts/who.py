"""Women, men, children and those of whom it is not recorded, as parts of one whole."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from sitrep import measures as m
from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import HALF, axes_in, canvas, caption
from sitrep.figures import figure_svg
from sitrep.issue import Issue
from sitrep.style import colours
from sitrep.tables.cells import who_labels
from sitrep.words import capital, figure, joined

LETTER = 4.1  # points: the mean width of a letter at 7 points
BAR = HALF - 36  # points: the length of a bar
GAP = 0.004  # of the whole, between two parts


def who(issue: Issue) -> Chart | Paragraph:
    """Parts of a whole as one bar each for the killed and the injured; unknown shown pale."""
    measures = [name for name in ("killed", "injured") if issue.numbers.value(name, issue.week) > 0]
    if not any(len(who_labels(issue, name)) > 1 for name in measures):
        known = "No record of this year names sex or age." if measures else ""
        return note(known or "No casualties were recorded in this week.")
    fig = canvas(HALF, 8 + 44 * len(measures))
    axes = axes_in(fig, left=34, right=2, top=2, bottom=2)
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(len(measures) + 0.1, 0)
    texts = [_whole(axes, issue, measure, row) for row, measure in enumerate(measures)]
    both = joined(measures)
    return Chart(
        title=f"{capital(issue.victims)} {both}, by sex and age as recorded",
        subtitle="",
        svg=figure_svg(fig, name="who"),
        alt=" ".join(texts),
        caption=caption(issue, *measures),
    )


_SHADES = {
    m.WOMEN: "accent",
    m.CHILDREN: "accent_mid",
    m.MEN: "accent_pale",
    m.REMAINDER: "unknown",
}
# In the picture a part has the room of its own width only.
_SHORT = {m.REMAINDER: "men, or not recorded", m.REMAINDER_MEN_KNOWN: "not recorded"}


def _whole(axes: Axes, issue: Issue, measure: str, row: int) -> str:
    """One bar of the parts of `measure`; returns it in words."""
    total = issue.numbers.value(measure, issue.week)
    labels = dict(who_labels(issue, measure))
    parts = [
        (group, labels.get(group, group), value)
        for group in (m.WOMEN, m.CHILDREN, m.MEN, m.REMAINDER)
        if (value := issue.numbers.value(measure, issue.week, breakdown=m.WHO, group=group)) > 0
    ]
    axes.text(-0.02, row + 0.62, measure, ha="right", va="center")
    ends = np.cumsum([value / total for *_, value in parts])
    for (group, *_), start, end in zip(parts, [0.0, *ends], ends, strict=False):
        _part(axes, (start, end - GAP), row, colours()[_SHADES[group]])
    texts = [f"{figure(value)} {_SHORT.get(label, label)}" for _, label, value in parts]
    for text, (x, below) in zip(texts, spread([0.0, *ends[:-1]], texts), strict=True):
        axes.text(x, row + (0.99 if below else 0.28), text, va="center", fontsize=7)
    phrases = [f"{figure(value)} {label}" for _, label, value in parts]
    return f"Of {figure(total)} {measure}: {joined(phrases)}."


def spread(starts: Sequence[float], texts: Sequence[str]) -> list[tuple[float, bool]]:
    """Where labels stand, as parts of the whole: each from the start of its part if it can.

    Labels stand above the bar, or below it where the one before is in the way; one that
    would run over the end is moved back, one that would run into another moved on.
    """
    free = {False: 0.0, True: 0.0}
    out = []
    for start, text in zip(starts, texts, strict=True):
        width = LETTER * len(text) / BAR
        wanted = max(min(start, 1 - width), 0.0)
        below = free[False] > wanted and free[True] < free[False]
        x = max(wanted, free[below])
        free[below] = x + width + 0.02
        out.append((x, below))
    return out


def _part(axes: Axes, ends: tuple[float, float], row: int, colour: str) -> None:
    left, right = ends
    top, bottom = row + 0.42, row + 0.82
    shape = [(left, top), (left, bottom), (right, bottom), (right, top)]
    axes.add_collection(PolyCollection([shape], facecolors=[colour]))
