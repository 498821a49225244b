"""Where labels go, so that none covers a circle or another label. All in points."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Self

from sitrep.charts.layers import Point

LETTER = 3.75  # the mean width of a letter at 7 points
LINE = 9.5  # the height of a line at 7 points, with air
MARGIN = 1.0
ACROSS = 11  # places tried for a name in either direction of its area


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
            if (box := box_of(text, circle, label)).within(width, height)
            and not any(box.overlaps(other) for other in taken)
        )
        found = next(fitting, None)
        placed.append(found[0] if found else None)
        if found:
            taken.append(found[1])
    return placed


def box_of(text: str, circle: Circle, label: Label) -> Box:
    """The room of a label beside its circle."""
    long = LETTER * len(text)
    shift = {"left": 0.0, "right": long, "center": long / 2}[label.align]
    left, middle = circle.x + label.dx - shift, circle.y + label.dy
    return Box(left, middle - LINE / 2, left + long, middle + LINE / 2)


def place_within(
    text: str,
    ring: Sequence[Point],
    middle: Point,
    taken: Sequence[Box],
    *,
    width: float,
    height: float,
) -> Circle | None:
    """Where the middle of a text stands within a ring: as near to its middle as there is room.

    None where the text would reach into the area beside it, and so name the wrong one.
    """
    xs, ys = [corner.x for corner in ring], [corner.y for corner in ring]
    steps = [(n + 0.5) / ACROSS for n in range(ACROSS)]
    spots = [
        Circle(min(xs) + (max(xs) - min(xs)) * x, min(ys) + (max(ys) - min(ys)) * y, 0)
        for x in steps
        for y in steps
    ]
    nearest = sorted(spots, key=lambda spot: (spot.x - middle.x) ** 2 + (spot.y - middle.y) ** 2)
    for spot in (Circle(*middle, 0), *nearest):
        box = box_of(text, spot, Label(0, 0, "center"))
        corners = [(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
        if (
            box.within(width, height)
            and not any(box.overlaps(other) for other in taken)
            and all(_inside(x, y, ring) for x, y in corners)
        ):
            return spot
    return None


def _inside(x: float, y: float, ring: Sequence[Point]) -> bool:
    """Whether a point lies in a ring: a line from it to the right crosses the ring oddly often."""
    crossed = False
    for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        if (a.y > y) != (b.y > y) and x < a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x):
            crossed = not crossed
    return crossed


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
