"""What all charts share: sizes, empty axes, bars, captions."""

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from sitrep.figures import use_house_style
from sitrep.issue import Issue
from sitrep.words import figure, joined, plural

FULL = 499.0  # points: the text width of an A4 page with margins of 17 mm
HALF = 238.0  # points: half of that, less the gutter of 8 mm

DEEP = {"casualties": "accent", "displacement": "displacement_area", "ink": "ink"}
PALE = {"casualties": "accent_pale", "displacement": "displacement_pale", "ink": "muted"}


def canvas(width: float, height: float) -> Figure:
    """An empty figure in the house style, sized in points."""
    use_house_style()
    return Figure(figsize=(width / 72, height / 72))


def axes_in(
    fig: Figure, *, left: float, right: float, top: float, bottom: float, **options: Any
) -> Axes:
    """Axes with margins in points, so that the same space holds the labels at every size."""
    width, height = fig.get_size_inches() * 72
    across, up = width - left - right, height - top - bottom
    rect = (left / width, bottom / height, across / width, up / height)
    return fig.add_axes(rect, **options)


def caption(issue: Issue, *measures: str, notes: Sequence[str] = ()) -> str:
    """Notes, sources, and that the data are illustrative where they are."""
    names = list(dict.fromkeys(name for measure in measures for name in issue.sources(measure)))
    parts = list(notes)
    if names:
        parts.append(f"{plural(len(names), 'Source', 'Sources')}: {joined(names)}.")
    if credit := issue.store.profile.credit:
        parts.append(f"Data: {credit}.")
    if issue.settings.data.illustrative:
        published = str(issue.week) in issue.settings.data.published_weeks
        parts.append(
            "Illustrative data, but for the totals of this week." if published
            else "Illustrative data."
        )  # fmt: skip
    return " ".join(parts)


def bars(axes: Axes, values: Sequence[float], shades: Sequence[str], *, width: float = 0.8) -> None:
    """Upright bars as one collection: an artist for each would cost more than all the rest."""
    half = width / 2
    shapes = [
        [(x - half, 0), (x - half, y), (x + half, y), (x + half, 0)]
        for x, y in enumerate(0 if math.isnan(value) else value for value in values)
    ]
    axes.add_collection(
        PolyCollection(shapes, facecolors=list(shades), edgecolors="none", zorder=2)
    )


def or_none(value: float) -> str:
    """A figure in alternative text."""
    return "no figure" if math.isnan(value) else figure(value)
