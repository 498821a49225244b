"""What all charts are drawn on, and the words under them.

A `Canvas` is a matplotlib figure measured in points, without axes: an axis and its
ticks cost more to set up than everything that a chart here draws.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from matplotlib.artist import Artist
from matplotlib.collections import EllipseCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D

from sitrep.figures import figure_svg, use_house_style
from sitrep.issue import Issue
from sitrep.style import colours
from sitrep.words import figure, joined, plural

FULL = 499.0  # points: the text width of an A4 page with margins of 17 mm
HALF = 238.0  # points: half of that, less the gutter of 8 mm
TEXT = 7.5  # points: the size of words in charts, as in sitrep.mplstyle
ARABIC = "\u0590"  # before it Unicode has Latin, Greek and Cyrillic, with their accents
DIGIT = 4.3  # points: the width of a digit of that size

DEEP = {"casualties": "accent", "displacement": "displacement_area", "ink": "ink"}
PALE = {"casualties": "accent_pale", "displacement": "displacement_pale", "ink": "muted"}


class Box(NamedTuple):
    """Left, bottom, right, top, in points."""

    left: float
    bottom: float
    right: float
    top: float


class Point(NamedTuple):
    x: float
    y: float


class Scale(NamedTuple):
    """From values between `low` and `high` to points between `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


class Canvas:
    """An empty picture in the house style; colours are names of `colours.toml`."""

    def __init__(self, width: float, height: float) -> None:
        use_house_style()
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / 72, height / 72))
        self._points = Affine2D().scale(1 / 72) + self.figure.dpi_scale_trans
        self._layer = 0

    def boxes(self, boxes: Iterable[Box], shades: Sequence[str]) -> None:
        """Filled rectangles, a shade for each or one for all: one outline for each shade."""
        drawn = list(boxes)
        each = shades if len(shades) == len(drawn) else list(shades) * len(drawn)
        for shade in dict.fromkeys(each):
            corners = [
                [(b.left, b.bottom), (b.left, b.top), (b.right, b.top), (b.right, b.bottom)]
                for b, own in zip(drawn, each, strict=True)
                if own == shade
            ]
            self._path(corners, closed=True, facecolor=colours()[shade], edgecolor="none")

    def lines(
        self, lines: Sequence[Sequence[tuple[float, float]]], shade: str, *, width: float
    ) -> None:
        """Lines through points, `width` points wide; cut at the picture's edge."""
        look = {"facecolor": "none", "edgecolor": colours()[shade], "linewidth": width}
        self._path(lines, closed=False, **look)

    def circles(
        self,
        centres: Sequence[Point],
        radii: Sequence[float],
        *,
        fill: str,
        edge: str = "paper",
        edge_width: float = 0.5,
        alpha: float = 1.0,
    ) -> None:
        """Circles of given radii in points; `fill` may be ``none``."""
        across = [2 * radius for radius in radii]
        self._add(
            EllipseCollection(
                across, across, [0] * len(across), units="points",
                offsets=[tuple(centre) for centre in centres], offset_transform=self._points,
                facecolors=fill if fill == "none" else colours()[fill],
                edgecolors=colours()[edge], linewidths=edge_width, alpha=alpha,
            ),
        )  # fmt: skip

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        align: Literal["left", "center", "right"] = "left",
        upright: Literal["baseline", "center", "top", "bottom"] = "center",
        size: float = TEXT,
        shade: str = "ink",
    ) -> None:
        self._layer += 1
        self.figure.text(
            x, y, words, ha=align, va=upright, fontsize=size, color=colours()[shade],
            transform=self._points, zorder=self._layer, family=_family(words),
        )  # fmt: skip

    def svg(self, name: str) -> str:
        """The picture; two of one page need two names."""
        return figure_svg(self.figure, name=name)

    def _path(
        self, strokes: Sequence[Sequence[tuple[float, float]]], *, closed: bool, **look: Any
    ) -> None:
        """Many strokes as one path: an artist for each would cost more than all the rest."""
        corners = [(*stroke, stroke[0]) if closed else stroke for stroke in strokes if stroke]
        if not corners:
            return
        last = Path.CLOSEPOLY if closed else Path.LINETO
        codes = [
            code
            for stroke in corners
            for code in (Path.MOVETO, *[Path.LINETO] * (len(stroke) - 2), last)
        ]
        path = Path([point for stroke in corners for point in stroke], codes)
        self._add(PathPatch(path, capstyle="butt", transform=self._points, **look))

    def _add(self, artist: Artist) -> None:
        """Over what was drawn before."""
        self._layer += 1
        artist.set_zorder(self._layer)
        self.figure.add_artist(artist)


def _family(words: str) -> str | None:
    """Noto Sans alone for letters that it is known to have; looking for others takes time."""
    return "Noto Sans" if max(words, default="") < ARABIC else None


def bars(
    canvas: Canvas, values: Sequence[float], shades: Sequence[str], *, x: Scale, y: Scale
) -> None:
    """Upright bars, one for each value; a value that is not known has none."""
    known = [0.0 if math.isnan(value) else value for value in values]
    canvas.boxes(
        [Box(x(n - 0.4), y(0), x(n + 0.4), y(value)) for n, value in enumerate(known)], shades
    )


def ticks(top: float, *, most: int) -> list[int]:
    """At most so many round whole numbers from 0 to `top`."""
    steps = MaxNLocator(most, integer=True).tick_values(0, max(top, 1))
    return [int(step) for step in steps if 0 <= step <= max(top, 1)]


def grid(
    canvas: Canvas,
    steps: Sequence[int],
    *,
    y: Scale,
    left: float,
    right: float,
    named: bool = True,
) -> None:
    """A light line at each step above zero; their figures at the left if they are `named`."""
    canvas.lines([[(left, y(step)), (right, y(step))] for step in steps[1:]], "grid", width=0.5)
    for step in steps if named else ():
        canvas.text(left - 4, y(step), figure(step), align="right", shade="muted")


def baseline(canvas: Canvas, *, y: Scale, left: float, right: float) -> None:
    """The line at zero, over the feet of the bars."""
    canvas.lines([[(left, y(0)), (right, y(0))]], "muted", width=0.6)


def greatest(values: Iterable[float]) -> float:
    """The greatest known value; 0 if none is known."""
    return max((value for value in values if not math.isnan(value)), default=0.0)


def or_none(value: float) -> str:
    """A figure in alternative text."""
    return "no figure" if math.isnan(value) else figure(value)


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
