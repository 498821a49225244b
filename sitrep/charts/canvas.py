"""What all charts are drawn on, and the words under them."""

import math
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from matplotlib.ticker import MaxNLocator

from sitrep.charts.layers import (
    Align,
    Box,
    Boxes,
    Circles,
    Layer,
    Lines,
    Point,
    Shapes,
    Stroke,
    Words,
)
from sitrep.drawing.sheet import Sheet
from sitrep.issue import Issue
from sitrep.language import in_use, isolated, named, say
from sitrep.words import figure

FULL = 499.0  # points: the text width of an A4 page with margins of 17 mm
HALF = 238.0  # points: half of that, less the gutter of 8 mm
TEXT = 7.5  # points: the size of words in charts, as in sitrep.mplstyle
DIGIT = 4.3  # points: the width of a digit of that size

DEEP = {"casualties": "accent", "displacement": "displacement_area", "ink": "ink"}
PALE = {"casualties": "accent_pale", "displacement": "displacement_pale", "ink": "muted"}


SLANT = 3.5  # points: between two lines of a hatched part
RIGHT_TO_LEFT_MARK = "\u200f"  # Unicode's; takes no room


class Scale(NamedTuple):
    """From values between `low` and `high` to points between `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


class Canvas:
    """An empty picture in the house style; colours are names of `colours.toml`.

    Charts are laid out as English reads. In a language that runs from right to left the canvas
    mirrors what is put on it: time, bars, figures of the axis, and which end of a label stands
    at its point. A map is the same in every language: `mirrored=False`.
    """

    def __init__(self, width: float, height: float, *, mirrored: bool = True) -> None:
        self.width, self.height = width, height
        self.mirrored = mirrored and in_use().right_to_left
        self.layers: list[Layer] = []

    def _put(self, layer: Layer) -> None:
        self.layers.append(layer.mirrored(self.width) if self.mirrored else layer)

    def boxes(self, boxes: Iterable[Box], shades: Sequence[str]) -> None:
        """Filled rectangles, a shade for each or one for all."""
        drawn = list(boxes)
        each = shades if len(shades) == len(drawn) else list(shades) * len(drawn)
        self._put(Boxes(drawn, each))

    def shapes(self, rings: Sequence[Stroke], shades: Sequence[str]) -> None:
        """Filled rings, a shade for each."""
        if rings:
            self._put(Shapes(rings, shades))

    def lines(self, lines: Sequence[Stroke], shade: str, *, width: float) -> None:
        """Lines through points, `width` points wide; cut at the picture's edge."""
        if lines:
            self._put(Lines(lines, shade, width))

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
        self._put(Circles(centres, radii, fill, edge, edge_width, alpha))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        align: Align = "left",
        upright: Literal["baseline", "center", "bottom"] = "center",
        size: float = TEXT,
        shade: str = "ink",
    ) -> None:
        """One line of words."""
        self._put(Words(x, y, _directed(words), align, upright, size, shade))

    def svg(self, name: str) -> str:
        """The picture, under a name of its own."""
        sheet = Sheet(self.width, self.height)
        for layer in self.layers:
            layer.draw(sheet)
        return sheet.svg(name)


def _directed(words: str) -> str:
    """Words that run as the language does; without the mark, as their first letter does."""
    if not in_use().right_to_left or words.isascii():
        return words
    return RIGHT_TO_LEFT_MARK + isolated(words)


def bars(
    canvas: Canvas, values: Sequence[float], shades: Sequence[str], *, x: Scale, y: Scale
) -> None:
    """Upright bars, one for each value; a value that is not known has none."""
    known = [0.0 if math.isnan(value) else value for value in values]
    canvas.boxes(
        [Box(x(n - 0.4), y(0), x(n + 0.4), y(value)) for n, value in enumerate(known)], shades
    )


def hatched(canvas: Canvas, boxes: Iterable[Box], *, shade: str = "muted") -> None:
    """Slanting lines over boxes: what is not recorded, in grey print too."""
    canvas.lines([stroke for box in boxes for stroke in _slants(box)], shade, width=0.5)


def _slants(box: Box) -> list[Stroke]:
    """Lines that rise to the right as far as the box goes."""
    tall = box.top - box.bottom
    slants: list[Stroke] = []
    for n in range(math.ceil((box.right - box.left + tall) / SLANT)):
        start = box.left - tall + n * SLANT
        left, right = max(start, box.left), min(start + tall, box.right)
        if left < right:
            slants.append([(left, box.bottom + left - start), (right, box.bottom + right - start)])
    return slants


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


def lowest(values: Iterable[float]) -> float:
    """Where a scale begins: at zero, or at a value below it, as of totals that were lowered."""
    return min((value for value in values if value < 0), default=0.0)


def or_none(value: float) -> str:
    """A figure in alternative text."""
    return say("chart_no_figure") if math.isnan(value) else figure(value)


def listed(items: Iterable[str]) -> str:
    """Items of a row of figures, in alternative text: with commas alone."""
    return say("chart_comma").join(items)


def caption(issue: Issue, *measures: str, notes: Sequence[str] = ()) -> str:
    """Notes, sources, and that the data are illustrative where they are."""
    names = list(dict.fromkeys(name for measure in measures for name in issue.sources(measure)))
    parts = list(notes)
    if names:
        parts.append(_sources(names))
    if credit := issue.store.profile.credit:
        parts.append(say("chart_credit", credit=named(credit)))
    if issue.settings.data.illustrative:
        published = str(issue.week) in issue.settings.data.published_weeks
        parts.append(
            say("chart_illustrative_published") if published else say("chart_illustrative")
        )
    return " ".join(parts)


def _sources(names: Sequence[str]) -> str:
    return say("chart_sources", number=len(names), sources=[named(name) for name in names])
