"""A PDF as its tags tell it: what a program that reads aloud is given, and in which order.

Knows as much of PDF as the reports use: fonts of two bytes a glyph with a table of their
letters, marked content within one page, and text set in one piece or in several.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4,})>")


@dataclass
class Element:
    """A structure element: its kind, its attributes, and elements and texts in order."""

    kind: str
    node: Any
    lang: str
    kids: "list[Element | Text]" = field(default_factory=list)

    def walk(self) -> "Iterator[Element]":
        """This element and those in it, in the order of reading."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def all(self, *kinds: str) -> "list[Element]":
        return [element for element in self.walk() if element.kind in kinds]

    def elements(self, *kinds: str) -> "list[Element]":
        return [k for k in self.kids if isinstance(k, Element) and (not kinds or k.kind in kinds)]

    def texts(self) -> "Iterator[Text]":
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.texts()
            else:
                yield kid

    @property
    def text(self) -> str:
        return "".join(text.text for text in self.texts())

    @property
    def scope(self) -> str:
        attributes = self.node.get("/A", [])
        each = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
        return next((str(a.Scope) for a in each if "/Scope" in a), "")


@dataclass(frozen=True)
class Text:
    """What one piece of marked content says, and in which language."""

    text: str
    lang: str


def tree(document: pikepdf.Pdf) -> Element:
    """The tags of a document, with their texts."""
    pages = {page.objgen: _contents(page) for page in document.pages}
    root = document.Root.StructTreeRoot
    return _element(root.K if not isinstance(root.K, pikepdf.Array) else root.K[0], pages, None,
                    str(document.Root.Lang))  # fmt: skip


def _element(node: Any, pages: Any, page: Any, lang: str) -> Element:
    page = node.get("/Pg", page)
    lang = str(node.get("/Lang", lang))
    element = Element(str(node.S).lstrip("/"), node, lang)
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            element.kids.append(_element(kid, pages, page, lang))
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" not in kid:
            continue  # the annotation of a link
        else:
            marked = isinstance(kid, pikepdf.Dictionary)
            where = kid.get("/Pg", page) if marked else page
            text, own = pages[where.objgen].get(int(kid.MCID if marked else kid), ("", ""))
            element.kids.append(Text(text, own or lang))
    return element


def _contents(page: Any) -> dict[int, tuple[str, str]]:
    """Each piece of marked content of a page: what it says, and its language if it has one."""
    fonts = {
        name: _letters(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()
    }
    said: dict[int, tuple[str, str]] = {}
    font: dict[bytes, str] = {}
    stack: list[tuple[int | None, str | None, bool]] = []  # piece, its words, turned round
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
            mcid, words = operands[1].get("/MCID"), operands[1].get("/ActualText")
            if mcid is not None:
                said[int(mcid)] = ("", str(operands[1].get("/Lang", "")))
            inner = any(held is not None for _, held, _ in stack)
            stack.append((
                int(mcid) if mcid is not None else None,
                "" if words is not None else None, False,
            ))  # fmt: skip
            if words is not None and not inner:
                _say(said, stack, str(words))
        elif name in ("BMC", "BDC"):
            stack.append((None, None, str(operands[0]) == "/ReversedChars"))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and not any(words is not None for _, words, _ in stack):
            shown = operands[0] if name == "TJ" else [operands[0]]
            codes = b"".join(bytes(s) for s in shown if isinstance(s, pikepdf.String))
            glyphs = [font.get(codes[at : at + 2], "") for at in range(0, len(codes), 2)]
            turned = any(each for _, _, each in stack)
            _say(said, stack, "".join(reversed(glyphs) if turned else glyphs))
    return said


def _say(said: Any, stack: Any, text: str) -> None:
    for mcid, _, _ in reversed(stack):
        if mcid is not None:
            said[mcid] = (said[mcid][0] + text, said[mcid][1])
            return


def _letters(font: Any) -> dict[bytes, str]:
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _PAIR.findall(font.ToUnicode.read_bytes())
    }
