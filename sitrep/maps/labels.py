"""Where labels go, so that none covers a circle or another label. All in points."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Self

LETTER = 3.75  # the mean width of a letter at 7 points
LINE = 9.5  # the height of a line at 7 points, with air
MARGIN = 1.0


class Box(NamedTuple):
    """Left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Self) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def within(self, width: float, height: float) -> bool:
        return (
            min(self.left, self.bottom) > MARGIN
            and self.right < width - MARGIN
            and self.top < height - MARGIN
        )


class Circle(NamedTuple):
    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        return Box(
            self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius
        )


class Label(NamedTuple):
    """An offset from the circle's middle, and which side of the text stands there."""

    dx: float
    dy: float
    align: Literal["left", "center", "right"]


def place_labels(
    texts: Sequence[str], circles: Sequence[Circle], *, width: float, height: float
) -> list[Label | None]:
    """A place for each text beside the circle of the same number, first come first served.

    A label that fits on no side is None: the table beside the map has its place.
    """
    taken = [circle.box for circle in circles]
    placed: list[Label | None] = []
    for text, circle in zip(texts, circles, strict=False):
        fitting = (
            (label, box)
            for label in _sides(circle.radius)
            if (box := _box(text, circle, label)).within(width, height)
            and not any(box.overlaps(other) for other in taken)
        )
        found = next(fitting, None)
        placed.append(found[0] if found else None)
        if found:
            taken.append(found[1])
    return placed


def _box(text: str, circle: Circle, label: Label) -> Box:
    long = LETTER * len(text)
    shift = {"left": 0.0, "right": long, "center": long / 2}[label.align]
    left, middle = circle.x + label.dx - shift, circle.y + label.dy
    return Box(left, middle - LINE / 2, left + long, middle + LINE / 2)


def _sides(radius: float) -> list[Label]:
    """Right, left, above, below, then the corners, then further up and down."""
    gap = radius + 2.5
    near = gap * 0.72
    sides = [
        Label(gap, 0, "left"),
        Label(-gap, 0, "right"),
        Label(0, gap + 3, "center"),
        Label(0, -gap - 3, "center"),
    ]
    for right, up in ((near, near + 2), (gap, 8.0)):
        for dy in (up, -up):
            sides += [Label(right, dy, "left"), Label(-right, dy, "right")]
    return sides
