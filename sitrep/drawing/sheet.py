"""A picture being drawn, as an SVG element.

Written by hand, for a picture here is of three kinds of element, and of letters that many
lines share: matplotlib's renderer takes as long to import and to draw as all the rest of a chart.
"""

from collections.abc import Iterable, Sequence

from sitrep.drawing.letters import Line
from sitrep.style import colours


class Sheet:
    """A picture of `width` by `height` points, measured from its lower left corner.

    Shades are names of `colours.toml`. What is drawn later lies above.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._letters: dict[str, str] = {}
        self._drawn: list[str] = []

    def fill(
        self,
        outlines: Iterable[Sequence[tuple[float, float]]],
        shade: str,
        *,
        edge: str = "",
        width: float = 0,
    ) -> None:
        """Areas within outlines that close by themselves; a line along each if there is an edge."""
        path = "".join(f"{self._path(each)}Z" for each in outlines)
        line = f' stroke="{colours()[edge]}" stroke-width="{_short(width)}"' if edge else ""
        self._drawn.append(f'<path d="{path}" fill="{colours()[shade]}"{line}/>')

    def stroke(
        self, lines: Iterable[Sequence[tuple[float, float]]], shade: str, *, width: float
    ) -> None:
        """Lines through points."""
        path = "".join(self._path(each) for each in lines)
        edge = f'stroke="{colours()[shade]}" stroke-width="{_short(width)}"'
        self._drawn.append(f'<path d="{path}" fill="none" {edge} stroke-linejoin="round"/>')

    def circle(
        self,
        centre: tuple[float, float],
        radius: float,
        *,
        fill: str,
        edge: str,
        width: float,
        alpha: float,
    ) -> None:
        """A circle, hollow without `fill`, without a line round it if there is no `edge`."""
        parts = [f'r="{_short(radius)}" fill="{colours()[fill] if fill else "none"}"']
        if edge:
            parts.append(f'stroke="{colours()[edge]}" stroke-width="{_short(width)}"')
        if alpha < 1:
            parts.append(f'opacity="{_short(alpha)}"')
        x, y = self._place(*centre)
        self._drawn.append(f'<circle cx="{x}" cy="{y}" {" ".join(parts)}/>')

    def words(self, line: Line, x: float, y: float, shade: str, *, scale: float) -> None:
        """A line of letters that begins at a point; `scale` is points to a unit of letters."""
        used = []
        for letter, right, up in line.letters:
            self._letters[letter.name] = letter.outline
            at = f' x="{_short(right)}"' if right else ""
            at += f' y="{_short(up)}"' if up else ""
            used.append(f'<use xlink:href="#{letter.name}"{at}/>')
        start, foot = self._place(x, y)
        move = f"translate({start} {foot}) scale({scale:.6f} {-scale:.6f})"
        self._drawn.append(f'<g fill="{colours()[shade]}" transform="{move}">{"".join(used)}</g>')

    def svg(self, name: str) -> str:
        """The picture as an ``<svg>`` element, the same text for the same picture."""
        outlines = (f'<path id="{name}" d="{d}"/>' for name, d in self._letters.items())
        letters = f"<defs>{''.join(outlines)}</defs>" if self._letters else ""
        width, height = _short(self.width), _short(self.height)
        size = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'id="{name.replace(" ", "-")}" {size}>{letters}{"".join(self._drawn)}</svg>'
        )

    def _path(self, points: Sequence[tuple[float, float]]) -> str:
        places = (" ".join(self._place(*point)) for point in points)
        return f"M{'L'.join(places)}"

    def _place(self, x: float, y: float) -> tuple[str, str]:
        """A point as SVG has it, from the upper left corner."""
        return _short(x), _short(self.height - y)


def _short(value: float) -> str:
    """To a hundredth: no eye and no printer sees more."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
