"""Looking through a public report, file by file, for what must not be in it.

The package never puts it there: notes are not kept, protected sources are renamed, points are
drawn and not written. This second look is for what an analyst's own cell shows, and for
defects. It knows words and figures, not meaning: a note that is told in other words, a note of
fewer words than `FEWEST`, and what stands in a picture pass.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.areas import OWN_POINT, SHELTERED
from sitrep.errors import ReportError
from sitrep.incidents.database import connected

if TYPE_CHECKING:
    from sitrep.incidents import Store
    from sitrep.settings import Settings

FEWEST, MOST = 4, 6  # words of a note that are looked for: its first ones
PICTURES = (".jpg", ".png")
NOTE, SOURCE = "a note", "the name of a protected source"

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W_]+")
_DECIMAL = re.compile(r"(?<![\d.])\d{1,3}\.\d{3,}(?!\d)")
# Drawings and pictures inside a file: most of it, without a word.
_DRAWN = re.compile(r"""data:[^"'\s)]+| d=\\?"[^"]*\"|<(?:use|circle|g)\b[^>]*>""")


@dataclass(frozen=True)
class Secrets:
    """What is looked for: words in a row with what they are, and points that are too exact."""

    phrases: Mapping[Words, str]
    points: frozenset[tuple[str, str]]


def secrets_of(store: "Store", settings: "Settings") -> Secrets:
    """The secrets of one file of incidents."""
    from sitrep.incidents import Input
    from sitrep.incidents.notes import read_notes

    notes = (
        _words(note)[:MOST] for given in Input.from_settings(settings) for note in read_notes(given)
    )
    sources = map(_words, settings.counting.protected_sources)
    phrases = {words: NOTE for words in notes if len(words) >= FEWEST}
    phrases |= {words: SOURCE for words in sources if words}
    return Secrets(phrases, _points(store))


class Inspection:
    """The second look, at each file once; without secrets at none.

    Files can be looked through as soon as they are made; in the end all of a folder are.
    `secrets` is called at the first of them.
    """

    def __init__(self, secrets: Callable[[], Secrets | None]) -> None:
        self._find = secrets
        self._passed: dict[str, bytes] = {}

    @cached_property
    def secrets(self) -> Secrets | None:
        return self._find()

    def look(self, name: str, content: bytes) -> None:
        """Raise ReportError if a file holds any of the secrets."""
        if not self.secrets or Path(name).suffix in PICTURES or self._passed.get(name) == content:
            return
        for found in _found(_text(name, content), self.secrets):
            raise ReportError(
                f"{name} would hold {found}, which is not for the public: take it out of "
                "the notebook or the settings, or make the internal edition, "
                "EDITION=internal; the earlier report is as it was"
            )
        self._passed[name] = content

    def finish(self, folder: Path) -> None:
        """Raise ReportError at the first file of `folder` that holds any of them."""
        for path in sorted(folder.iterdir()):
            self.look(path.name, path.read_bytes())


def _found(text: str, secrets: Secrets) -> Iterable[str]:
    words, lengths = _words(text), sorted({len(phrase) for phrase in secrets.phrases})
    first = {phrase[0] for phrase in secrets.phrases}
    for start in (n for n, word in enumerate(words) if word in first):
        for row in (words[start : start + length] for length in lengths):
            if row in secrets.phrases:
                yield f"{secrets.phrases[row]} ({' '.join(row)})"
    figures = set(_DECIMAL.findall(text))
    if any(figures.issuperset(point) for point in secrets.points):
        yield "the exact point of a place that is known only nearly, or must not be found"


def _words(text: str) -> Words:
    return tuple(_WORD.findall(text.casefold()))


def _text(name: str, content: bytes) -> str:
    """What can be read in a file; of a PDF, its pages: what is attached lies in the folder too."""
    if name.endswith(".pdf"):
        import pypdfium2

        with closing(pypdfium2.PdfDocument(content)) as document:
            pages = [page.get_textpage().get_text_bounded() for page in document]
        return " ".join(pages).replace("\ufffe", "")
    text = _DRAWN.sub(" ", content.decode(errors="replace"))
    if not name.endswith(".html"):
        return text
    return unescape(f"{re.sub(r'<[^>]*>', ' ', text)} {text}")  # alternative text is in the tags


def _points(store: "Store") -> frozenset[tuple[str, str]]:
    """Points finer than a hundredth of a degree that the public edition does not show."""
    sheltered = " OR ".join(
        f"coalesce({column}, '') ILIKE '%{kind}%'" for column in ("target", "place")
        for kind in SHELTERED
    )  # fmt: skip
    query = f"""
        SELECT DISTINCT latitude::VARCHAR, longitude::VARCHAR FROM ({store.rows})
        WHERE round(latitude, 2) != latitude AND round(longitude, 2) != longitude
        AND (place_precision IS DISTINCT FROM '{OWN_POINT[0]}' OR {sheltered})
    """  # noqa: S608  of this project's own words
    with connected() as connection:
        return frozenset(connection.execute(query).fetchall())
