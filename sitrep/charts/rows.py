"""Rows of a chart under names as long as they come: a name that needs it has several lines."""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from sitrep.charts.canvas import HALF, TEXT, Canvas, Scale, ticks
from sitrep.charts.layers import Align, width_of
from sitrep.language import figure, isolated

ROW_NAMES = 84.0  # points: the least room for the names of rows
MOST_NAMES = 0.45  # of the picture's width: the most room for them
ROW, ROWS_FOOT = 15.0, 15.0  # points
LINE = 8.5  # points: from one line of a name to the next
_AIR = 10.0  # points: at both ends of a name, together
_ISOLATES = re.compile("[\u2066-\u2069]")
_PARTS = re.compile(r"\s*[^\s-]*(?:-+|(?=\s|$))")  # a word with the space before it, or half of one


class Named(NamedTuple):
    """Names in lines, the room at their side, and the height of the row of each, in points."""

    lines: list[list[str]]
    room: float
    heights: list[float]

    def places(self, top: float) -> list[float]:
        """The heights of the middle of each row, the first hung from `top`."""
        return [
            top - end + height / 2
            for end, height in zip(accumulate(self.heights), self.heights, strict=True)
        ]


def in_rows(names: Sequence[str], *, width: float, least: float, row: float) -> Named:
    """Names beside a chart of that width; their room, and the height of a row of one line."""
    longest = max((width_of(name, TEXT) + _AIR for name in names), default=0.0)
    room = max(least, min(longest, width * MOST_NAMES))
    lines = [wrapped(name, room - _AIR) for name in names]
    return Named(lines, room, [row + LINE * (len(each) - 1) for each in lines])


def wrapped(name: str, room: float, *, size: float = TEXT) -> list[str]:
    """A name in as few lines as have room, cut between words or after a hyphen.

    Within a word only if it is too long for a line of its own.
    """
    if width_of(name, size) <= room:
        return [name]
    lines = [""]
    for part in filter(None, _PARTS.findall(_ISOLATES.sub("", name).strip())):
        for piece in _pieces(part, room, size):
            if lines[-1] and width_of(lines[-1] + piece, size) > room:
                lines.append("")
            lines[-1] += piece if lines[-1] else piece.lstrip()
    return [isolated(line) for line in lines]


def _pieces(part: str, room: float, size: float) -> list[str]:
    fitting = len(part)
    while fitting > 1 and width_of(part[:fitting].lstrip(), size) > room:
        fitting -= 1
    return (
        [part] if fitting == len(part) else [part[:fitting], *_pieces(part[fitting:], room, size)]
    )


def write(
    canvas: Canvas, lines: Sequence[str], x: float, y: float, *, align: Align = "right"
) -> None:
    """Lines about the height `y`, whose middle stands there."""
    for n, line in enumerate(lines):
        canvas.text(x, y + LINE * ((len(lines) - 1) / 2 - n), line, align=align)


def named_rows(names: Sequence[str], *, top: float) -> tuple[Canvas, Scale, list[float]]:
    """Half a page wide: a row for each name, a grid from 0 to `top`; the rows' heights."""
    named = in_rows(names, width=HALF, least=ROW_NAMES, row=ROW)
    canvas = Canvas(HALF, ROWS_FOOT + sum(named.heights) + 4)
    x = Scale(0, top, named.room, HALF - 10)
    for step in ticks(top, most=5):
        canvas.lines([[(x(step), ROWS_FOOT), (x(step), canvas.height - 2)]], "grid", width=0.5)
        canvas.text(x(step), 5, figure(step), align="center", shade="muted")
    places = named.places(canvas.height - 4)
    for lines, at in zip(named.lines, places, strict=True):
        write(canvas, lines, named.room - 8, at)
    return canvas, x, places
