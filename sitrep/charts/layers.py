"""What a picture is made of, as data, and how matplotlib's SVG renderer draws each.

Everything is measured in points from the lower left corner; shades are names of
`colours.toml`. Figures and axes cost more, to import and to set up, than all that is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple, Self

from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import IdentityTransform

from sitrep.figures import use_house_style
from sitrep.style import colours

ARABIC = "\u0590"  # before it Unicode has Latin, Greek and Cyrillic, with their accents


class Box(NamedTuple):
    """Left, bottom, right, top, in points."""

    left: float
    bottom: float
    right: float
    top: float


class Point(NamedTuple):
    x: float
    y: float


Stroke = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Shapes:
    """Filled rings with a shade each."""

    rings: Sequence[Stroke]
    shades: Sequence[str]

    def draw(self, renderer: RendererSVG) -> None:
        """One outline for each shade: one for each ring would cost more than all the rest."""
        for shade in dict.fromkeys(self.shades):
            rings = [r for r, own in zip(self.rings, self.shades, strict=True) if own == shade]
            _draw_path(renderer, _path(rings, closed=True), fill=shade)

    def mirrored(self, width: float) -> Self:
        """As in a mirror, in a picture of that width; so with every layer."""
        return replace(self, rings=[[(width - x, y) for x, y in ring] for ring in self.rings])


@dataclass(frozen=True)
class Boxes:
    """Filled rectangles with a shade each."""

    boxes: Sequence[Box]
    shades: Sequence[str]

    def draw(self, renderer: RendererSVG) -> None:
        corners = [
            [(b.left, b.bottom), (b.left, b.top), (b.right, b.top), (b.right, b.bottom)]
            for b in self.boxes
        ]
        Shapes(corners, self.shades).draw(renderer)

    def mirrored(self, width: float) -> Self:
        turned = [Box(width - b.right, b.bottom, width - b.left, b.top) for b in self.boxes]
        return replace(self, boxes=turned)


@dataclass(frozen=True)
class Lines:
    """Lines through points."""

    lines: Sequence[Stroke]
    shade: str
    width: float

    def draw(self, renderer: RendererSVG) -> None:
        path = _path(self.lines, closed=False)
        _draw_path(renderer, path, edge=self.shade, width=self.width)

    def mirrored(self, width: float) -> Self:
        return replace(self, lines=[[(width - x, y) for x, y in line] for line in self.lines])


@dataclass(frozen=True)
class Circles:
    """Circles; hollow without `fill`."""

    centres: Sequence[Point]
    radii: Sequence[float]
    fill: str
    edge: str
    width: float
    alpha: float

    def draw(self, renderer: RendererSVG) -> None:
        for centre, radius in zip(self.centres, self.radii, strict=True):
            _draw_path(
                renderer, Path.circle(centre, radius), fill=self.fill, edge=self.edge,
                width=self.width, alpha=self.alpha,
            )  # fmt: skip

    def mirrored(self, width: float) -> Self:
        return replace(self, centres=[Point(width - x, y) for x, y in self.centres])


Align = Literal["left", "center", "right"]
_ACROSS: dict[Align, Align] = {"left": "right", "center": "center", "right": "left"}


@dataclass(frozen=True)
class Words:
    """One line of words; `align` and `upright` say which part of it stands at the point."""

    x: float
    y: float
    words: str
    align: Align
    upright: Literal["baseline", "center", "bottom"]
    size: float
    shade: str

    def draw(self, renderer: RendererSVG) -> None:
        words = " ".join(self.words.split())
        font = _font(self.size, max(words, default="") < ARABIC)
        height, descent = _line(font)
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[self.align]
        back = share * _measured(words, font)[0] if share else 0.0
        foot = {"baseline": 0.0, "center": descent - height / 2, "bottom": descent}[self.upright]
        pen = renderer.new_gc()
        pen.set_foreground(colours()[self.shade])
        x, y = self.x - back, renderer.height - self.y - foot
        renderer.draw_text(pen, x, y, words, font, 0, False)  # type: ignore[no-untyped-call]

    def mirrored(self, width: float) -> Self:
        """The place is mirrored, and which end of the words stands there; not the letters."""
        return replace(self, x=width - self.x, align=_ACROSS[self.align])


Layer = Shapes | Boxes | Lines | Circles | Words


def _path(strokes: Sequence[Stroke], *, closed: bool) -> Path:
    """Many strokes as one path."""
    each = [(*stroke, stroke[0]) if closed else stroke for stroke in strokes]
    last = Path.CLOSEPOLY if closed else Path.LINETO
    codes = [
        code for stroke in each for code in (Path.MOVETO, *[Path.LINETO] * (len(stroke) - 2), last)
    ]
    return Path([corner for stroke in each for corner in stroke], codes)


def _draw_path(
    renderer: RendererSVG,
    path: Path,
    *,
    fill: str = "",
    edge: str = "",
    width: float = 0,
    alpha: float = 1,
) -> None:
    """Fill and outline a path; an empty shade is none."""
    pen = renderer.new_gc()
    pen.set_linewidth(width if edge else 0)
    pen.set_capstyle("butt")
    pen.set_alpha(alpha)
    if edge:
        pen.set_foreground(colours()[edge])
    inside = to_rgba(colours()[fill], alpha) if fill else None
    renderer.draw_path(pen, path, IdentityTransform(), inside)  # type: ignore[no-untyped-call]


@cache
def _font(size: float, latin: bool) -> FontProperties:
    """Noto Sans alone for letters that it has: looking for others takes time.

    Words may be measured before anything is drawn: the fonts are loaded here.
    """
    use_house_style()
    return FontProperties(family=["Noto Sans"] if latin else None, size=size)


def width_of(words: str, size: float) -> float:
    """How wide a line of words is at a size of type, in points."""
    line = " ".join(words.split())
    return _measured(line, _font(size, max(line, default="") < ARABIC))[0]


@cache
def _line(font: FontProperties) -> tuple[float, float]:
    """How high a line of words stands, and how far below its foot it hangs."""
    _, height, descent = _measured("lp", font)
    return height, descent


@cache
def _measured(words: str, font: FontProperties) -> tuple[float, float, float]:
    """Width, height and descent of words, in points.

    Shaping them takes most of a chart's time, and every chart has the same steps and weeks.
    """
    size: tuple[float, float, float] = text_to_path.get_text_width_height_descent(
        words, font, False
    )
    return size
