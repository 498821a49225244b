"""Corrections to a PDF of a language written from right to left.

Typst draws the pieces of a line, and the words of a piece, from left to right; a vowel sign,
drawn apart from its letter, brings the letter along a second time. What is read aloud or
copied would be neither in order nor right. Nothing that can be seen changes.

What is corrected is text that Typst writes, in the one shape in which it writes it: other
content stays as it is.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4,})>")
# What a glyph, or a letter with its sign, is said to be.
_SAID = re.compile(rb"/Span<</ActualText<FEFF([0-9A-F]+)>>>BDC([^\n]*\n)")
_RUNS_LEFT = re.compile(rb"/ReversedChars|ActualText<FEFF0[67]")
# A piece: its number, its place on the page, its font, and its glyphs if they are few.
_PIECE = re.compile(
    rb"/MCID (\d+)[^>]*>>BDC\s*q 1 0 0 -1 ([\d.]+) ([\d.]+) cm[^\n]*\n"
    rb"BT(?:/Span<<[^>]*>+BDC)?(?:/ReversedChars BMC)? 0 Tr(/f\d+) [^\n]*?Tm([^\n]{0,32})T[jJ]\n"
    rb"|/MCID (\d+)[^>]*>>BDC\s*q 1 0 0 -1 ([\d.]+) ([\d.]+) cm"
)
# The words of one piece, drawn one by one from left to right, each at a place of its own.
_WORD = re.compile(
    rb"(?:/Span<<[^>]*>+BDC)?(?:/ReversedChars BMC)? 0 Tr/f[^\n]*?T[jJ]\n?(?:EMC\n?)*"
)
_WORDS = re.compile(rb"(?<=\nBT)(?:%s){2,}(?=ET\n)" % _WORD.pattern)
# Arabic presentation forms: one character for two letters that are drawn as one.
_PRESENTATION_FORMS = range(0xFB50, 0xFEFD)
_SAME_LINE = 4.0  # points: baselines of two lines are further apart
# Elements that hold lines of words; others hold blocks, in the order of reading already.
_LINES = frozenset(
    ("/P", "/Span", "/Strong", "/Em", "/H1", "/H2", "/H3", "/LBody", "/Lbl", "/TH", "/TD", "/Link")
)

Place = tuple[int, float, float]  # page, downwards, from the right
Places = dict[tuple[Any, int], Place]  # by page and number of the piece


def correct_right_to_left(document: "pikepdf.Pdf") -> None:
    """Put the pieces of each line in the order of reading, and each letter once."""
    widths: dict[Any, set[int]] = {}
    places: Places = {}
    for number, page in enumerate(document.pages):
        fonts: dict[str, Any] = dict(page.Resources.Font.items())
        for font in fonts.values():
            if font.objgen not in widths and "/ToUnicode" in font:
                widths[font.objgen] = _widths(font)
                _correct_letters(font.ToUnicode, widths[font.objgen])
        content = page.Contents.read_bytes()
        wide = {name: widths.get(font.objgen, set()) for name, font in fonts.items()}
        for mcid, down, right in _pieces(content, wide):
            places[page.objgen, mcid] = (number, down, right)
        content = _WORDS.sub(_turned, content)
        page.Contents.write(_SAID.sub(_without_signs, content))
    _order(document.Root.StructTreeRoot, places)


def _widths(font: Any) -> set[int]:
    """The glyphs that have a width: vowel signs have none."""
    ranges = list(font.DescendantFonts[0].get("/W", ()))
    wide: set[int] = set()
    for first, last, width in zip(ranges[::3], ranges[1::3], ranges[2::3], strict=True):
        if width:
            wide |= set(range(int(first), int(last) + 1))
    return wide


def _correct_letters(cmap: Any, wide: set[int]) -> None:
    """Let a glyph say its letter without signs, or its sign without the letter."""

    def corrected(entry: re.Match[bytes]) -> bytes:
        glyph, text = entry[1], _text(entry[2])
        if len(text) > 1:
            is_letter = int(glyph, 16) in wide
            own = (c for c in text if bool(unicodedata.combining(c)) != is_letter)
            text = "".join(own) or text
            # In one character, two letters cannot be turned round by whoever copies them.
            text = _together().get(text, text)
        return b"<%s> <%s>" % (glyph, text.encode("utf-16-be").hex().upper().encode())

    cmap.write(_MAPPED.sub(corrected, cmap.read_bytes()))


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")


@cache
def _together() -> dict[str, str]:
    """Two letters to the one character that Unicode has for both."""
    forms = [chr(point) for point in reversed(_PRESENTATION_FORMS)]
    pairs = {unicodedata.normalize("NFKC", form): form for form in forms}
    return {letters: form for letters, form in pairs.items() if len(letters) > 1}


def _without_signs(span: re.Match[bytes]) -> bytes:
    """A letter and its sign that are drawn apart say now themselves what they are."""
    text = _text(span[1])
    signed = len(text) > 1 and any(unicodedata.combining(character) for character in text)
    apart = span[2].count(b"(") == 1
    return b"/Span BMC" + span[2] if signed and apart else span[0]


def _turned(words: re.Match[bytes]) -> bytes:
    """The same words, the last first, where they are of letters that run from the right."""
    if not _RUNS_LEFT.search(words[0]):
        return words[0]
    found = _WORD.findall(words[0])
    return b"".join(word.rstrip() + b"\n" for word in reversed(found))


def _pieces(content: bytes, wide: dict[str, set[int]]) -> Iterator[tuple[int, float, float]]:
    """Each piece of a page, its place downwards and from the right.

    A sign is drawn before its letter, which begins the next piece: it comes after that.
    """
    down = right = 0.0
    for found in reversed(list(_PIECE.finditer(content))):
        mcid, x, y = found.groups()[:3] if found[1] else found.groups()[5:]
        if found[1] and _is_sign(found[5], wide.get(found[4].decode(), set())):
            right += 0.001
        else:
            down, right = -float(y), -float(x)
        yield int(mcid), down, right


def _is_sign(shown: bytes, wide: set[int]) -> bool:
    import pikepdf

    if not wide:
        return False
    operand = pikepdf.Object.parse(shown)
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    glyphs = [int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2)]
    return not wide.intersection(glyphs)


def _order(element: Any, places: Places, page: Any = None) -> Place | None:
    """Sort what an element holds by line and from the right; returns where it begins.

    An element that holds a picture or other things without a place stays as it is.
    """
    import pikepdf

    page = element.get("/Pg", page)
    content: Any = element.get("/K", [])
    kids = list(content) if isinstance(content, pikepdf.Array) else [content]
    placed = [(_place(kid, places, page), kid) for kid in kids]
    known = [(at, kid) for at, kid in placed if at is not None]
    if len(known) < len(kids) or str(element.get("/S", "")) not in _LINES:
        return min((at for at, _ in known), default=None)
    lines = _lines([at for at, _ in known])
    ordered = sorted(known, key=lambda item: (lines[item[0]], item[0][2]))
    element.K = pikepdf.Array([kid for _, kid in ordered])
    return ordered[0][0] if ordered else None


def _place(kid: Any, places: Places, page: Any) -> Place | None:
    import pikepdf

    if not isinstance(kid, pikepdf.Dictionary):
        return places.get((page.objgen, int(kid)))
    if "/MCID" in kid:
        return places.get((kid.get("/Pg", page).objgen, int(kid.MCID)))
    return _order(kid, places, page) if "/S" in kid else None


def _lines(places: list[Place]) -> dict[Place, int]:
    """The number of the line that each place lies on."""
    numbered: dict[Place, int] = {}
    line = 0
    last: Place | None = None
    for at in sorted(set(places)):
        if last and (at[0] != last[0] or at[1] - last[1] > _SAME_LINE):
            line += 1
        numbered[at], last = line, at
    return numbered
