"""The part of the world that a map shows, and how shapes are cut at its edges."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple, Self

from sitrep.charts.layers import Point

SMALLEST_SPAN = 0.12  # degrees: a map of one village shows its surroundings


class Frame(NamedTuple):
    """The part of the world shown, in degrees, and the picture's size in points."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    @classmethod
    def around(cls, xs: Sequence[float], ys: Sequence[float], width: float, height: float) -> Self:
        """Room around points; longitudes shrunk so that a kilometre is one in both directions."""
        x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        shrink = max(math.cos(math.radians(y)), 0.05)
        wide = max(max(xs) - min(xs), SMALLEST_SPAN) * 1.5 * shrink
        tall = max(max(max(ys) - min(ys), SMALLEST_SPAN) * 1.3, wide * height / width)
        wide = tall * width / height / shrink
        return cls(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2, width, height)

    def at(self, longitude: float, latitude: float) -> Point:
        """Where a place stands in the picture, in points."""
        x = (longitude - self.west) / (self.east - self.west) * self.width
        return Point(x, (latitude - self.south) / (self.north - self.south) * self.height)

    def cut(self, ring: Sequence[tuple[float, float]]) -> list[Point]:
        """The part of a ring within the frame, in points; empty where there is none.

        By Sutherland and Hodgman (1974): cut at one edge after the other.
        """
        corners = [self.at(*place) for place in ring]
        for axis, edge, sign in ((0, 0, 1), (0, self.width, -1), (1, 0, 1), (1, self.height, -1)):
            corners = _cut_at(corners, axis, edge, sign)
        return corners


def _cut_at(corners: list[Point], axis: int, edge: float, sign: int) -> list[Point]:
    """What of a ring lies on one side of a straight edge; `sign` 1 for the greater side."""

    def inside(corner: Point) -> bool:
        return (corner[axis] - edge) * sign >= 0

    out = []
    for before, corner in zip([*corners[-1:], *corners[:-1]], corners, strict=True):
        if inside(before) != inside(corner):
            share = (edge - before[axis]) / (corner[axis] - before[axis])
            out.append(Point(*(a + (b - a) * share for a, b in zip(before, corner, strict=True))))
        if inside(corner):
            out.append(corner)
    return out


def size_and_middle(ring: Sequence[Point]) -> tuple[float, Point]:
    """The size of a ring in square points, and the middle of its area."""
    turns = [
        (a.x * b.y - b.x * a.y, a, b) for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True)
    ]
    twice = sum(turn for turn, *_ in turns)
    if not twice:
        return 0.0, Point(0.0, 0.0)

    def middle(of: Callable[[Point], float]) -> float:
        return sum((of(a) + of(b)) * turn for turn, a, b in turns) / (3 * twice)

    return abs(twice) / 2, Point(middle(lambda p: p.x), middle(lambda p: p.y))
