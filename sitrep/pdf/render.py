"""A document of blocks set as a PDF.

The blocks reach Typst as data, never as source: no text can be taken for markup. The same
document gives the same bytes.
"""

import json
import logging
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sitrep.blocks import Document
from sitrep.errors import ReportError
from sitrep.language import ENGLISH, LANGUAGES, say, speaking
from sitrep.pdf.glyphs import clean, coverage, describe
from sitrep.pdf.tags import correct_tags
from sitrep.style import colours, font_files

_HERE = Path(__file__).parent
# PDF/A asks for a date; a document without one must not get the clock's.
_NO_DATE = date(1970, 1, 1)
_NO_TITLE = "–"
_DEEPEST_HEADING = 3
_ARABIC = re.compile(r"\\u06[234]")  # as JSON writes its letters

_logger = logging.getLogger(__name__)


def render_pdf(document: Document) -> bytes:
    """The document as PDF/A-3a and PDF/UA-1, tagged, with bookmarks and its attachments.

    Characters that no font of the report covers are replaced, and logged as a warning. A
    document without a title of its own, in a masthead or a heading of level 1, gets one. A
    date that is missing or not ISO becomes 1 January 1970.

    Typst leaves threads behind: a process forked after this call cannot call it again.

    Raises
    ------
    ReportError
        When Typst cannot set the document, say because of a picture that is not an SVG.
    """
    import typst

    data, replaced = clean(_shown(document))
    if replaced:
        _logger.warning(
            "%d characters that no font of the report has were replaced or left out: %s",
            replaced.total(),
            describe(replaced),
        )
    report = {
        **_prepared(data),
        **_language(document),
        "attachments": _attachments(document),
        "colours": colours(document.accent),
    }
    written = json.dumps(report)
    try:
        pdf = typst.compile(
            str(_HERE / "report.typ"),
            root=str(_HERE),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"report": written, "foreign": _foreign(report, written)},
            pdf_standards=["a-3a", "ua-1"],
        )
    except typst.TypstError as error:
        raise ReportError(f"the PDF could not be set: {error}") from error
    return correct_tags(
        pdf, right_to_left=report["right-to-left"], to_numbers=report["numbers-of-chart"]
    )


def warm_up() -> None:
    """Load libraries and fonts, so that this can happen while the notebook runs.

    Starts no threads: a process may still be forked after it, unlike after `render_pdf`.
    """
    import pikepdf  # noqa: F401

    _fonts()
    coverage()


@cache
def _fonts() -> Any:
    import typst

    folders = sorted({str(path.parent) for path in font_files()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _shown(document: Document) -> dict[str, Any]:
    """The document but for what is not set: the text of its attachments, the tables of charts."""
    attached: list[str] = []

    def walk(part: dict[str, Any]) -> dict[str, Any]:
        if part["kind"] == "columns":
            return {**part, "parts": [[walk(inner) for inner in each] for each in part["parts"]]}
        if part["kind"] == "chart":
            return {**part, "table": None}
        if part["kind"] != "attachment":
            return part
        attached.append(part["name"])
        return {**part, "text": "", "first": attached.count(part["name"]) == 1}

    blocks = [walk(part) for part in document.blocks]
    return {
        "lang": document.lang,
        "title": document.title,
        "author": document.author,
        "description": document.description,
        "date": document.date,
        "footer": document.footer,
        "blocks": blocks,
        "attached": attached,
    }


def _prepared(data: dict[str, Any]) -> dict[str, Any]:
    """The metadata as Typst wants them, and the blocks with a sound outline."""
    title = data["title"].strip() or _NO_TITLE
    blocks = _outlined(data["blocks"], title=title)
    sections = [part["text"] for part in _headings(blocks) if part["level"] == 2]
    language = data["lang"].split("-")[0].lower()
    try:
        day = date.fromisoformat(data["date"][:10])
    except ValueError:
        day = _NO_DATE
    return {
        **data,
        "lang": language if re.fullmatch("[a-z]{2,3}", language) else "en",
        "title": title,
        "author": [data["author"]] if data["author"] else [],
        "keywords": [title, *dict.fromkeys(sections)],
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "blocks": blocks,
    }


def _language(document: Document) -> dict[str, Any]:
    """The direction of the page, and the words that it says itself."""
    language = LANGUAGES.get(document.lang.split("-")[0].lower(), ENGLISH)
    with speaking(language):
        words = {
            "page-of-pages": say("page_of_pages", page="{page}", pages="{pages}"),
            "numbers": say("page_numbers_short"),
            "numbers-of-chart": say("page_numbers"),
        }
    return {
        "right-to-left": language.right_to_left,
        "digits": document.digits,
        "paper": "us-letter" if document.paper == "letter" else "a4",
        **words,
    }


def _foreign(report: dict[str, Any], written: str) -> str:
    """The language of names in letters that the document's own does not have, if there are any.

    In Arabic these are names that stand in the data as English writes them.
    """
    if report["right-to-left"]:
        return "en"
    return "ar" if _ARABIC.search(written) else ""


def _attachments(document: Document) -> list[dict[str, str]]:
    """The attached files as they are: a later file of the same name is left out."""
    files: dict[str, dict[str, str]] = {}
    for part in document.attachments:
        name = clean(Path(part["name"]).name)[0]
        text = part["text"].encode("utf-8", "replace").decode()
        about = clean(part["description"])[0]
        file = {"name": name, "media_type": part["media_type"], "description": about, "text": text}
        files.setdefault(name, file)
    return list(files.values())


def _headings(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in blocks:
        if part["kind"] == "heading":
            yield part
        for inner in part.get("parts", ()):
            yield from _headings(inner)


def _outlined(blocks: list[dict[str, Any]], *, title: str) -> list[dict[str, Any]]:
    """The blocks with headings that are not empty, begin at level 1 and skip none.

    PDF/UA asks for this. A masthead holds a heading of level 1.
    """
    level = 0

    def walk(part: dict[str, Any]) -> list[dict[str, Any]]:
        nonlocal level
        if part["kind"] == "masthead":
            level = 1
            return [{**part, "title": part["title"].strip() or title}]
        if part["kind"] == "heading":
            if not part["text"].strip():
                return []
            level = min(part["level"], level + 1, _DEEPEST_HEADING)
            return [{**part, "level": level}]
        if part["kind"] == "columns":
            return [{**part, "parts": [walk_all(each) for each in part["parts"]]}]
        return [part]

    def walk_all(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [kept for part in parts for kept in walk(part)]

    titled = any(part["kind"] == "masthead" for part in blocks) or any(
        part["level"] == 1 for part in _headings(blocks)
    )
    first = {"kind": "heading", "level": 1, "text": title}
    return walk_all(blocks if titled else [first, *blocks])
