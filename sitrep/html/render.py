"""A document as one HTML page, and a single block as HTML for JupyterLab.

Every text is escaped by the template engine and every link target checked; pictures are
``<img>`` elements with their data inside, in which no script runs and nothing is fetched.
"""

import base64
import hashlib
import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.blocks import Document
from sitrep.errors import ReportError
from sitrep.html.anchors import BlockJSON, anchored
from sitrep.html.theme import STYLE_SHEET, style_sheet
from sitrep.html.tongues import with_language
from sitrep.language import ENGLISH, LANGUAGES, Language, in_use, say, speaking
from sitrep.links import published
from sitrep.style import colours

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent
_SVG_TAG = re.compile(r"<svg\b[^>]*>")
_LENGTH = r'\b{name}="([\d.]+)(pt|px|)"'
_COLOUR = re.compile(r"(?<!&)#[0-9a-fA-F]{6}\b")
_RASTER = "<image"
PIXELS_OF_POINT = 4 / 3
# On a telephone a wide chart scrolls instead of shrinking until it cannot be read.
WIDE_PIXELS, WIDE_RATIO = 480, 1.8
# What a telephone shows as a table, and what half an A4 page does; others become a list there.
FEW_COLUMNS, MANY_COLUMNS = 4, 6
LONGEST_VALUE = 9  # characters of a key figure in full size: 1,867,000
MOST_ROWS_UNBROKEN = 25  # on paper
MOST_ROWS_IN_SIGHT = 16  # of a table that is opened under its chart


def render_html(document: Document, *, templates: Path | None = None) -> str:
    """The whole page: the same text for the same document.

    Parameters
    ----------
    document : Document
        Its first block is the masthead (`sitrep.document` sees to that).
    templates : Path, optional
        A folder whose ``report.html.j2``, ``blocks.html.j2`` and ``report.css``, as far as
        they are there, come before our own.

    Raises
    ------
    ReportError
        A block lacks a part that the template needs.
    """
    from jinja2 import TemplateError

    own_sheet = templates / "report.css" if templates else None
    sheet = own_sheet if own_sheet and own_sheet.is_file() else STYLE_SHEET
    style = style_sheet(sheet, document.accent)
    blocks, contents = anchored(document.blocks)
    try:
        with speaking(_language(document.lang)):
            return (
                _environment(templates)
                .get_template("report.html.j2")
                .render(
                    document=document,
                    blocks=blocks,
                    contents=contents,
                    direction="rtl" if in_use().right_to_left else "ltr",
                    style=_trusted(style),
                    style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
                )
            )
    except TemplateError as error:
        raise ReportError(f"the report cannot be set as HTML: {error}") from error


def render_block(block: BlockJSON, *, styled: bool = True) -> str:
    """One block for an output cell of JupyterLab, with the style sheet if no other brings it."""
    macros: Any = _environment(None).get_template("blocks.html.j2").module
    style = f"<style>{style_sheet()}</style>" if styled else ""
    return f'<div class="sitrep">{style}{macros.block(anchored([block])[0][0])}</div>'


@cache
def _environment(templates: Path | None) -> "Environment":
    from sitrep.html.templates import environment as made_of

    environment = made_of(*([templates] if templates else []), TEMPLATES)
    environment.filters["link"] = published
    environment.filters["with_language"] = with_language
    environment.filters["picture"] = picture
    environment.filters["data_uri"] = _data_uri
    environment.globals["say"] = say
    environment.globals["few_columns"] = FEW_COLUMNS
    environment.globals["many_columns"] = MANY_COLUMNS
    environment.globals["longest_value"] = LONGEST_VALUE
    environment.globals["most_rows_unbroken"] = MOST_ROWS_UNBROKEN
    environment.globals["most_rows_in_sight"] = MOST_ROWS_IN_SIGHT
    return environment


def _trusted(text: str) -> str:
    """Text of our own that is not to be escaped."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 (the style sheet of the package or of the user's folder)


def _language(lang: str) -> Language:
    """That of the page's own words: English where we do not speak the document's."""
    return LANGUAGES.get(lang.partition("-")[0].lower(), ENGLISH)


def picture(svg: str) -> dict[str, Any]:
    """What an ``<img>`` needs of an SVG text: source, size in CSS pixels, and its classes.

    ``themed`` pictures are drawn in the project's colours alone and follow the dark theme;
    others stay on white paper. ``wide`` ones scroll on a telephone.
    """
    tag = _SVG_TAG.search(svg)
    if not tag:
        raise ReportError(f"a picture of the report is not SVG: {svg!r:.60}")
    width, height = (_pixels(tag[0], name) for name in ("width", "height"))
    themed = _RASTER not in svg and {c.lower() for c in _COLOUR.findall(svg)} <= {
        *colours().values()
    }
    return {
        "source": _data_uri(svg, "image/svg+xml"),
        "width": width or None,
        "height": height or None,
        "tone": "themed" if themed else "paper",
        "wide": bool(height) and width >= WIDE_PIXELS and width / height >= WIDE_RATIO,
    }


def _pixels(tag: str, name: str) -> int:
    """A length of the SVG's tag in CSS pixels; 0 where it gives none."""
    length = re.search(_LENGTH.format(name=name), tag)
    if not length:
        return 0
    return math.ceil(float(length[1]) * (PIXELS_OF_POINT if length[2] == "pt" else 1))


def _data_uri(text: str, media_type: str) -> str:
    return f"data:{media_type};base64,{base64.b64encode(text.encode()).decode()}"
