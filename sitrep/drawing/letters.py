"""Lines of words as outlines of letters, shaped by matplotlib's FreeType and Raqm.

Shaping takes most of a chart's time, and charts have weeks and steps in common: so a line is
shaped once, and a letter outlined once. Lengths are in `UNITS` to the size of the type.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

# Private to matplotlib, which is pinned to a minor version: what is public brings TeX along, a
# twentieth of all that a report imports.
from matplotlib import _text_helpers, get_data_path
from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from sitrep.style import font_files

_BEYOND_LATIN = "\u0590"  # before it Unicode has Latin, Greek and Cyrillic, with their accents
_FONTS = ("NotoSans[wdth,wght]", "IBMPlexSansArabic-Regular")
_PIXELS, _PARTS = 100, 64  # of the type's size; and of a pixel, in which outlines are whole numbers
UNITS = _PIXELS * _PARTS
# The codes of matplotlib's paths: SVG's command, and how many points it takes.
_COMMANDS = {1: ("M", 1), 2: ("L", 1), 3: ("Q", 2), 4: ("C", 3), 79: ("Z", 0)}


@dataclass(frozen=True)
class Letter:
    """A letter of a font: its name among all fonts, its outline as SVG has it, its size."""

    name: str
    outline: str
    advance: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Line:
    """Letters with where each stands, to the right of the line's beginning; the line's size."""

    letters: tuple[tuple[Letter, float, float], ...]
    width: float
    bottom: float
    top: float


@cache
def line(words: str) -> Line:
    """The line of `words`; those that are read from the right are set so."""
    font = _font(max(words, default="") < _BEYOND_LATIN)
    letters = tuple(
        (_letter(item.ft_object, item.glyph_index), item.x * _PARTS, item.y * _PARTS)
        for item in _text_helpers.layout(words, font)
    )
    return Line(
        letters,
        width=max((x + letter.advance for letter, x, _ in letters), default=0.0),
        bottom=min((y + letter.bottom for letter, _, y in letters), default=0.0),
        top=max((y + letter.top for letter, _, y in letters), default=0.0),
    )


@cache
def _letter(font: FT2Font, number: Any) -> Letter:
    glyph = font.load_glyph(number, flags=LoadFlags.NO_HINTING)
    vertices, codes = font.get_path()
    _, bottom, _, top = glyph.bbox
    return Letter(
        name=f"{font.postscript_name}-{number:x}",
        outline=_svg((vertices * _PARTS).round().astype(int).tolist(), codes.tolist()),
        # A mark of direction is set as a space that takes no room, and no line ends with another.
        advance=glyph.horiAdvance if len(codes) else 0,
        bottom=bottom,
        top=top,
    )


def _svg(points: list[list[int]], codes: list[int]) -> str:
    parts, at = [], 0
    while at < len(codes):
        command, count = _COMMANDS[codes[at]]
        parts += [command, " ".join(f"{x} {y}" for x, y in points[at : at + count])]
        at += max(count, 1)  # to close takes no point, yet has one
    return "".join(parts)


@cache
def _font(latin: bool) -> FT2Font:
    """Noto Sans alone for letters that it has: looking for others takes time."""
    files = {path.stem: path for path in font_files()}
    own = [files[name] for name in _FONTS]
    others = [*own[1:], Path(get_data_path(), "fonts/ttf/DejaVuSans.ttf")]
    font = get_font([own[0], *([] if latin else others)])
    font.set_size(_PIXELS, 72)
    return font
