"""Text that the embedded fonts can set.

PDF/UA refuses a character without a glyph, and a report must not stop because of one bad
cell: such characters become U+FFFD and are counted. This changes nothing else of the text.
"""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sitrep.style import font_files

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# In the fonts, but refused by PDF/A (NUL, byte order mark).
_REFUSED = {0x0000, 0xFEFF}
# Overrides would turn the text after the cell around; isolates and marks are harmless.
_OVERRIDES = set(range(0x202A, 0x202F))
# Ask for another shape of the character before, which the fonts do not have.
_VARIATIONS = set(range(0xFE00, 0xFE10))
# Zero width: part of the letter before them, as its marks are.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
# XML 1.0 has no escape for these: one of them anywhere makes an SVG unreadable.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Longer than a SHA-256 in hexadecimal; such a word would run out of its column.
_LONG_WORD = re.compile(r"\S{65,}")
_PIECE = 24


@cache
def coverage() -> tuple[frozenset[int], ...]:
    """Code points that each of the report's font families has a glyph for.

    Only what all files of a family have counts, as text may become italic.
    """
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    families: dict[Path, frozenset[int]] = {}
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            points = frozenset(font.getBestCmap()) - _REFUSED
        families[path.parent] = families.get(path.parent, points) & points
    return tuple(families.values())


@cache
def _families(character: str) -> frozenset[int]:
    """Positions in `coverage()` of the families that have the character."""
    point = ord(character)
    return frozenset(index for index, points in enumerate(coverage()) if point in points)


@cache
def _printable(character: str) -> str:
    if character.isspace():
        # A tab has no glyph, and a new line would break the line it stands in.
        return character if _families(character) and character.isprintable() else " "
    if ord(character) in _OVERRIDES | _VARIATIONS:
        return ""
    if not _families(character) or unicodedata.category(character) in ("Cc", "Cs", "Co"):
        return REPLACEMENT
    return character


@cache
def _joins_the_letter(character: str) -> bool:
    return unicodedata.category(character).startswith("M") or character in _JOINERS


def _characters(text: str) -> Iterator[tuple[str, str]]:
    """Each character with what is printed for it.

    A letter and its marks come from one font: marks that the letter's font does not have
    are left out.
    """
    base: frozenset[int] = frozenset()
    for character in text:
        printed = _printable(character)
        if _joins_the_letter(character) and printed == character:
            shared = base & _families(character)
            printed = character if shared else ""
            base = shared or base
        elif printed:
            base = _families(printed)
        yield character, printed


def printable(text: str) -> str:
    """The text with what cannot be printed replaced, and with breaks allowed in endless words."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(printed for _, printed in _characters(text))
    return _LONG_WORD.sub(_with_breaks, text) if len(text) > 64 else text


def _with_breaks(word: re.Match[str]) -> str:
    text = word.group()
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return "\N{ZERO WIDTH SPACE}".join(pieces)


def clean(value: Any) -> tuple[Any, Counter[str]]:
    """A copy of JSON-like data that Typst can set, and the characters that were replaced.

    Pictures (``svg``, ``logo``) lose what XML cannot hold; addresses (``href``) are
    percent-encoded; every other text is made printable.
    """
    replaced: Counter[str] = Counter()

    def walk(value: Any, key: str) -> Any:
        if isinstance(value, dict):
            return {name: walk(item, name) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [walk(item, key) for item in value]
        if not isinstance(value, str):
            return value
        if key in ("svg", "logo"):
            return _NOT_XML.sub("", value)
        if key == "href":
            return quote(value.encode("utf-8", "replace"), safe=string.punctuation)
        if not value.isascii() or not value.isprintable():
            replaced.update(
                character
                for character, printed in _characters(value)
                if printed != character and not character.isspace()
            )
        return printable(value)

    return walk(value, ""), replaced


def describe(replaced: Counter[str]) -> str:
    """``"U+1F44D thumbs up sign (2), U+0000 (1)"``, the most frequent first, ten at most."""
    return ", ".join(
        f"U+{ord(character):04X} {unicodedata.name(character, '').lower()}".rstrip() + f" ({count})"
        for character, count in sorted(replaced.items(), key=lambda item: (-item[1], item[0]))[:10]
    )
