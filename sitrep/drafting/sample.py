"""The rows of a file of which nothing is known yet, as text, and how they are written.

Only the separator, the encoding and the header are settled here; see `cells` for what the
columns look like.
"""

import codecs
import csv
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sitrep.drafting.words import is_heading, table, words_of
from sitrep.errors import DataError
from sitrep.incidents.headers import TOP
from sitrep.incidents.input import Input, check_input
from sitrep.incidents.layout import Layout, known_names, possible_layouts
from sitrep.incidents.opened import as_csv
from sitrep.incidents.profiles import normalised
from sitrep.incidents.records import LONGEST_CELL
from sitrep.incidents.scan import UNWANTED, prepare

MOST_ROWS = 100_000  # read for a draft; `sitrep check` reads all of them
_ARABIC = re.compile(r"[\u0621-\u064a]")
_HEAD = 1024 * 1024
_UNWANTED = re.compile(f"[{UNWANTED}]")
# The code pages of Windows in which lists of this field are met, besides UTF-8.
CODE_PAGES = {"cp1256": "Arabic", "cp1254": "Turkish", "cp1252": "Western European"}


@dataclass(frozen=True)
class Row:
    """One row: the line it begins on, and its cells without the white space at their ends."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """The header of a file and its first rows, each as wide as the header.

    `encoding` is blank for UTF-8 and for UTF-16 with a byte order mark; `certain` is whether
    another code page was recognised by its words. `tags` are the cells of a row of HXL tags.
    `whole`: these are all rows that the file has.
    """

    shown: str
    encoding: str
    certain: bool
    separator: str
    headings: tuple[str, ...]
    tags: tuple[str, ...]
    rows: tuple[Row, ...]
    whole: bool
    sheet: str = ""  # of a workbook, where it has several
    other_sheets: tuple[str, ...] = ()


def read_sample(given: Input, *, most: int = MOST_ROWS) -> Sample:
    """The first rows of a file.

    Raises
    ------
    DataError
        A file that is missing, empty, not text, or without a row under its header.
    """
    check_input(given)
    with tempfile.TemporaryDirectory() as work:
        sheet = as_csv(given, None, folder=Path(work))
        encoding, certain = _encoding(sheet.path) if not sheet.encoding else (sheet.encoding, True)
        path, _ = prepare(sheet.path, encoding=encoding, shown=sheet.shown, folder=Path(work))
        layout = _likeliest(path, sheet.shown)
        records = _records(path, layout)
        rows = tuple(islice((row for row in records if any(row.cells)), most + 1))
        tags = _tags(path, layout)
    return Sample(
        shown=given.shown,
        encoding=encoding,
        certain=certain,
        separator=layout.separator,
        headings=tuple(heading.strip() for heading in layout.headings),
        tags=tags,
        rows=rows[:most],
        whole=len(rows) <= most,
        sheet=sheet.name if sheet.others else "",
        other_sheets=sheet.others,
    )


def _likeliest(path: Path, shown: str) -> Layout:
    """The layout under the separator that cuts most rows into as many cells as the header."""
    found = (_headings(path, layout) for layout in possible_layouts(path))
    known = known_names(None).union(*found)
    layouts = [layout for layout in possible_layouts(path, known) if layout.first_line]
    if not layouts:
        raise DataError(f"{shown}: there is no header with a row under it; export the table again")

    def fits(layout: Layout) -> tuple[bool, int, int]:
        widths = [len(cells) for _, cells in islice(_cells(path, layout), 100)]
        return len(layout.names) > 1, widths.count(len(layout.names)), len(layout.names)

    return max(layouts, key=fits)


def _headings(path: Path, layout: Layout) -> set[str]:
    """The (normalised) cells of the row that most likely names the columns.

    A title, a note or a merged heading above it fills few cells: the names are those of the
    row with most words that headings are made of, or else of the first that is half filled.
    """
    top = islice(_cells(path, layout, begin=1), TOP)
    rows = [[cell for cell in cells if cell.strip()] for _, cells in top]
    most = max(map(len, rows), default=0)
    full = [row for row in rows if 2 * len(row) >= most]
    told = [sum(map(is_heading, row)) for row in full]
    at = told.index(max(told)) if max(told, default=0) > 1 else 0
    return set(map(normalised, full[at])) if full else set()


def _records(path: Path, layout: Layout) -> Iterator[Row]:
    width = len(layout.names)
    for line, cells in _cells(path, layout):
        padded = [*cells[:width], *[""] * (width - len(cells))]
        yield Row(line, tuple(_cleaned(cell) for cell in padded))


def _cleaned(cell: str) -> str:
    """A cell as reading it will leave it, as far as profiles see it."""
    text = cell if cell.isascii() else unicodedata.normalize("NFC", _UNWANTED.sub("", cell))
    return re.sub(r"[\t-\r]+", " ", text).strip()


def _cells(path: Path, layout: Layout, *, begin: int = 0) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header; what cannot be split into cells ends them."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader, before = csv.reader(file, delimiter=layout.separator), 0
        try:
            for cells in reader:
                if before + 1 >= (begin or layout.first_line) and cells:
                    yield before + 1, cells
                before = reader.line_num
        except csv.Error:
            return


def _tags(path: Path, layout: Layout) -> tuple[str, ...]:
    if not layout.hxl_line:
        return ()
    _, cells = next(_cells(path, layout, begin=layout.hxl_line))
    return tuple(cells)


def _encoding(path: Path) -> tuple[str, bool]:
    """The encoding to declare, and whether its words say so; blank where none is needed."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in head:
        return "", True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        texts = {page: head.decode(page, "replace") for page in CODE_PAGES}
        # Without an Arabic letter it is no Arabic, though French looks the same in all three.
        likely = "cp1256" if _ARABIC.search(texts["cp1256"]) else "cp1252"
        known = {page: _known_words(text) for page, text in texts.items()}
        first, second, *_ = sorted(
            known, key=lambda page: (known[page], page == likely), reverse=True
        )
        return first, known[first] > known[second]
    return "", True


def _known_words(text: str) -> int:
    """How many different words of the tables beside this module stand in `text`, not in ASCII."""
    words = {word for word in text.replace('"', " ").split() if not word.isascii()}
    ours = _every_word()
    return sum(bool(ours & set(words_of(word))) for word in words)


def _every_word() -> set[str]:
    headings = table("headings")
    phrases = [
        headings["columns"],
        headings["counts"],
        headings["parts"],
        *table("values").values(),
    ]
    return {
        word
        for part in phrases
        for texts in part.values()
        for text in texts
        for word in words_of(text)
    }
