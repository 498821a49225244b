"""What all charts are drawn on, and the words under them.

A `Canvas` draws straight on matplotlib's SVG renderer, in points from the lower left
corner. Figures and axes cost more, to import and to set up, than all that is drawn here.
"""

import io
import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Literal, NamedTuple

from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import IdentityTransform

from sitrep.figures import drawn_svg
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
        self.width, self.height = width, height
        self._drawn: list[Callable[[RendererSVG], None]] = []

    def boxes(self, boxes: Iterable[Box], shades: Sequence[str]) -> None:
        """Filled rectangles, a shade for each or one for all: one outline for each shade."""
        drawn = list(boxes)
        each = shades if len(shades) == len(drawn) else list(shades) * len(drawn)
        for shade in dict.fromkeys(each):
            own = [box for box, its in zip(drawn, each, strict=True) if its == shade]
            corners = [
                [(b.left, b.bottom), (b.left, b.top), (b.right, b.top), (b.right, b.bottom)]
                for b in own
            ]
            if corners:
                self._stroke(_path(corners, closed=True), fill=shade)

    def lines(
        self, lines: Sequence[Sequence[tuple[float, float]]], shade: str, *, width: float
    ) -> None:
        """Lines through points, `width` points wide; cut at the picture's edge."""
        if lines:
            self._stroke(_path(lines, closed=False), edge=shade, width=width)

    def circles(
        self,
        centres: Sequence[Point],
        radii: Sequence[float],
        *,
        fill: str = "",
        edge: str = "paper",
        edge_width: float = 0.5,
        alpha: float = 1.0,
    ) -> None:
        """Circles of given radii in points; hollow without `fill`."""
        for centre, radius in zip(centres, radii, strict=True):
            circle = Path.circle(centre, radius)
            self._stroke(circle, fill=fill, edge=edge, width=edge_width, alpha=alpha)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        align: Literal["left", "center", "right"] = "left",
        upright: Literal["baseline", "center", "bottom"] = "center",
        size: float = TEXT,
        shade: str = "ink",
    ) -> None:
        """One line of words; `upright` says which part of the line stands at `y`."""

        def draw(renderer: RendererSVG) -> None:
            font = _font(size, max(words, default="") < ARABIC)
            height, descent = _line(font)
            share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
            back = share * _measured(renderer, words, font)[0] if share else 0.0
            foot = {"baseline": 0.0, "center": descent - height / 2, "bottom": descent}[upright]
            pen = renderer.new_gc()
            pen.set_foreground(colours()[shade])
            renderer.draw_text(pen, x - back, self.height - y - foot, words, font, 0, False)  # type: ignore[no-untyped-call]

        self._drawn.append(draw)

    def svg(self, name: str) -> str:
        """The picture; two of one page need two names."""

        def draw(renderer: RendererSVG) -> None:
            for each in self._drawn:
                each(renderer)

        return drawn_svg(draw, width=self.width, height=self.height, name=name)

    def _stroke(
        self, path: Path, *, fill: str = "", edge: str = "", width: float = 0, alpha: float = 1
    ) -> None:
        """Fill and outline a path; an empty shade is none."""

        def draw(renderer: RendererSVG) -> None:
            pen = renderer.new_gc()
            pen.set_linewidth(width if edge else 0)
            pen.set_capstyle("butt")
            pen.set_alpha(alpha)
            if edge:
                pen.set_foreground(colours()[edge])
            inside = to_rgba(colours()[fill], alpha) if fill else None
            renderer.draw_path(pen, path, IdentityTransform(), inside)  # type: ignore[no-untyped-call]

        self._drawn.append(draw)


def _path(strokes: Sequence[Sequence[tuple[float, float]]], *, closed: bool) -> Path:
    """Many strokes as one path: one for each would cost more than all the rest."""
    each = [(*stroke, stroke[0]) if closed else stroke for stroke in strokes if stroke]
    last = Path.CLOSEPOLY if closed else Path.LINETO
    codes = [
        code for stroke in each for code in (Path.MOVETO, *[Path.LINETO] * (len(stroke) - 2), last)
    ]
    return Path([corner for stroke in each for corner in stroke], codes)


@cache
def _font(size: float, latin: bool) -> FontProperties:
    """Noto Sans alone for letters that it has: looking for others takes time."""
    return FontProperties(family=["Noto Sans"] if latin else None, size=size)


@cache
def _line(font: FontProperties) -> tuple[float, float]:
    """How high a line of words stands, and how far below its foot it hangs."""
    _, height, descent = _measured(RendererSVG(1, 1, io.StringIO()), "lp", font)  # type: ignore[no-untyped-call]
    return height, descent


def _measured(
    renderer: RendererSVG, words: str, font: FontProperties
) -> tuple[float, float, float]:
    """Width, height and descent of words, in points."""
    size: tuple[float, float, float] = renderer.get_text_width_height_descent(  # type: ignore[no-untyped-call]
        words, font, False
    )
    return size


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
