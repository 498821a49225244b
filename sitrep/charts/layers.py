"""What a picture is made of, as data, and how each draws itself on a sheet.

Everything is measured in points from the lower left corner; shades are names of
`colours.toml`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, Self

from sitrep.drawing.letters import UNITS, line
from sitrep.drawing.sheet import Sheet


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

# Shades too pale to be made out on paper or in the dark theme (WCAG 2.2, 1.4.11), and what the
# line around a box of each is drawn in. Not of `wash`, which is a ground.
OUTLINED = {
    "settled": "outline",
    "accent_pale": "accent",
    "accent_mid": "accent",
    "displacement_pale": "displacement",
    "unknown": "muted",
    "grid": "outline",
}
OUTLINE = 0.5  # points


@dataclass(frozen=True)
class Shapes:
    """Filled rings with a shade each."""

    rings: Sequence[Stroke]
    shades: Sequence[str]

    def draw(self, sheet: Sheet) -> None:
        """One outline for each shade: one for each ring would cost more than all the rest."""
        for shade in dict.fromkeys(self.shades):
            rings = [r for r, own in zip(self.rings, self.shades, strict=True) if own == shade]
            sheet.fill(rings, shade)

    def mirrored(self, width: float) -> Self:
        """As in a mirror, in a picture of that width; so with every layer."""
        return replace(self, rings=[[(width - x, y) for x, y in ring] for ring in self.rings])


def corners(box: Box) -> Stroke:
    """The ring of a box."""
    left, bottom, right, top = box
    return [(left, bottom), (left, top), (right, top), (right, bottom)]


def _within(box: Box) -> Box:
    """What is left of a box once the half of a line around it has room in it."""
    across = min(OUTLINE, box.right - box.left) / 2
    up = min(OUTLINE, box.top - box.bottom) / 2
    return Box(box.left + across, box.bottom + up, box.right - across, box.top - up)


@dataclass(frozen=True)
class Boxes:
    """Filled rectangles with a shade each."""

    boxes: Sequence[Box]
    shades: Sequence[str]

    def draw(self, sheet: Sheet) -> None:
        """One outline for each shade; its line lies within, so that no bar grows by it."""
        for shade in dict.fromkeys(self.shades):
            boxes = [b for b, own in zip(self.boxes, self.shades, strict=True) if own == shade]
            edge = OUTLINED.get(shade, "")
            if edge:
                boxes = [_within(box) for box in boxes if box.bottom < box.top]
            sheet.fill(map(corners, boxes), shade, edge=edge, width=OUTLINE)

    def mirrored(self, width: float) -> Self:
        turned = [Box(width - b.right, b.bottom, width - b.left, b.top) for b in self.boxes]
        return replace(self, boxes=turned)


@dataclass(frozen=True)
class Lines:
    """Lines through points."""

    lines: Sequence[Stroke]
    shade: str
    width: float

    def draw(self, sheet: Sheet) -> None:
        sheet.stroke(self.lines, self.shade, width=self.width)

    def mirrored(self, width: float) -> Self:
        return replace(self, lines=[[(width - x, y) for x, y in each] for each in self.lines])


@dataclass(frozen=True)
class Circles:
    """Circles; hollow without `fill`."""

    centres: Sequence[Point]
    radii: Sequence[float]
    fill: str
    edge: str
    width: float
    alpha: float

    def draw(self, sheet: Sheet) -> None:
        for centre, radius in zip(self.centres, self.radii, strict=True):
            sheet.circle(
                centre, radius, fill=self.fill, edge=self.edge, width=self.width, alpha=self.alpha
            )

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

    def draw(self, sheet: Sheet) -> None:
        words, scale = line(" ".join(self.words.split())), self.size / UNITS
        # One height for all lines, that of letters that reach far: else they would not stand level.
        tall = line("lp")
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[self.align]
        foot = {
            "baseline": 0.0,
            "center": (tall.top + tall.bottom) / 2,
            "bottom": tall.bottom,
        }[self.upright]
        x, y = self.x - share * words.width * scale, self.y - foot * scale
        sheet.words(words, x, y, self.shade, scale=scale)

    def mirrored(self, width: float) -> Self:
        """The place is mirrored, and which end of the words stands there; not the letters."""
        return replace(self, x=width - self.x, align=_ACROSS[self.align])


Layer = Shapes | Boxes | Lines | Circles | Words


def width_of(words: str, size: float) -> float:
    """How wide a line of words is at a size of type, in points."""
    return line(" ".join(words.split())).width * size / UNITS
