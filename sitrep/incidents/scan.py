"""One pass over the bytes of a file, before anything is read from it.

Finds what the file is (text, and in which encoding), and what the reading can be spared:
cleaning, and line breaks inside cells. Nothing is guessed from the rows.
"""

import codecs
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sitrep.errors import DataError
from sitrep.incidents.known import LARGE
from sitrep.incidents.pieces import LargePiece, Piece, SmallPiece

SEPARATORS = (",", ";", "\t")
CHUNK = 1024 * 1024
THREADS = 2  # in which the parts of a large file are looked through
LONGEST_LINE = 32 * CHUNK  # a longer one is no row of a table

# Control characters, byte order marks, bidi embeddings, overrides and isolates: invisible, and
# able to turn the text around them. The joiners and marks that Arabic needs, U+200C to U+200F,
# stay. Line breaks and tabs are white space, not controls.
UNWANTED = "\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ufeff"
_UNWANTED = re.compile(f"[{UNWANTED}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SUBSTITUTE = "\x1a"

_MAGIC = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet (.xls), or one with a password",
    b"\x1f\x8b": "a compressed file",
    b"PAR1": "a Parquet file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
    b"{\\rtf": "a text document",
    b"<!DOCTYPE": "a web page",
    b"<html": "a web page",
}


@dataclass(frozen=True)
class Scan:
    """What is true of a whole file of UTF-8 text, or of a part of one.

    `lines` counts lines that a line break ends, and the last one without; `pairs` those that
    end with a carriage return and a line feed. `plain` is true where every line is a row, as far
    as can be told without parsing: no line break inside a cell, one kind of line end. `clean`:
    no character that is taken out, everything in Unicode NFC. `ascii`: nothing beyond ASCII.
    `tabs`, `quotes`: how many there are. `hashes`: there are some. Of a plain file, `trimmed`: no
    cell begins or ends with a blank, as far as can be told; `separators`: how many of each kind
    stand outside quotation marks.
    """

    lines: int = 0
    pairs: int = 0
    plain: bool = True
    clean: bool = True
    ascii: bool = True
    tabs: int = 0
    quotes: int = 0
    hashes: bool = False
    trimmed: bool = True
    separators: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Scan") -> "Scan":
        return Scan(
            lines=self.lines + other.lines,
            pairs=self.pairs + other.pairs,
            plain=self.plain and other.plain,
            clean=self.clean and other.clean,
            ascii=self.ascii and other.ascii,
            tabs=self.tabs + other.tabs,
            quotes=self.quotes + other.quotes,
            hashes=self.hashes or other.hashes,
            trimmed=self.trimmed and other.trimmed,
            separators=self.separators + other.separators,
        )

    def has_tabs_in_cells(self, separator: str) -> bool:
        """Whether a tab is part of a cell, in a plain file whose cells `separator` parts."""
        return self.tabs > (self.separators["\t"] if separator == "\t" else 0)


@dataclass(frozen=True)
class _Part:
    """Whole lines of a file: their bytes, and how much stands in them and before them."""

    text: bytes
    piece: Piece
    lines: int
    quotes: int
    lines_before: int
    quotes_before: int


class _SurrogatesError(Exception):
    """UTF-8 but for lone halves of surrogate pairs, as some exporters write."""


def prepare(path: Path, *, encoding: str, shown: str, folder: Path) -> tuple[Path, Scan]:
    """`path`, or a copy of it in UTF-8 in `folder`, with the scan of what is to be read.

    Raises
    ------
    DataError
        A file that is not text, or not in the encoding that is declared (UTF-8 unless
        one is): the message names the line.
    """
    with path.open("rb") as file:
        head = file.read(65536)
    bom = _encoding_by_mark(head)
    if not bom:
        _refuse_binary(head, encoding, shown)
    encoding = bom or encoding or "utf-8"
    if codecs.lookup(encoding).name in ("utf-8", "utf-8-sig", "ascii"):
        try:
            return path, scan(path, shown=shown)
        except _SurrogatesError:
            encoding = "utf-8"
    copy = folder / "input.csv"
    transcode(path, encoding=encoding, target=copy, shown=shown)
    return copy, scan(copy, shown=shown)


def scan(path: Path, *, shown: str) -> Scan:
    """Read all of `path` once; raises DataError at the first byte that is not UTF-8."""
    with path.open("rb") as file:
        return _scanned(file, large=path.stat().st_size > LARGE, shown=shown)


def separators(path: Path, found: Scan, separator: str, *, skip: int) -> int:
    """How many separators stand outside quotation marks, in a file whose rows are lines.

    DuckDB takes no notice of one blank cell too many at the end of a row, which is what
    becomes of ``1,867`` without quotation marks: so they are counted. The first `skip`
    lines are not.
    """
    with path.open("rb") as file:
        above = BytesIO(b"".join(file.readline() for _ in range(skip)))
    return (
        found.separators[separator]
        - _scanned(above, large=False, shown=path.name).separators[separator]
    )


def _scanned(file: BinaryIO, *, large: bool, shown: str) -> Scan:
    piece_of = LargePiece if large else SmallPiece
    look = partial(_look, piece_of=piece_of, shown=shown)
    parts = _parts(file, piece_of, shown)
    found = sum(_in_threads(look, parts) if large else map(look, parts), Scan())
    one_kind = found.pairs in (0, found.lines, found.lines - 1)
    return replace(found, plain=found.plain and one_kind and found.quotes % 2 == 0)


def _in_threads(look: Callable[[_Part], Scan], parts: Iterable[_Part]) -> Iterator[Scan]:
    """Look at parts side by side, as NumPy lets threads; few of them are in memory at once."""
    with ThreadPoolExecutor(THREADS) as pool:
        waiting: deque[Future[Scan]] = deque()
        for part in parts:
            waiting.append(pool.submit(look, part))
            if len(waiting) > 2 * THREADS:
                yield waiting.popleft().result()
        yield from (each.result() for each in waiting)


def _parts(file: BinaryIO, piece_of: Callable[[bytes], Piece], shown: str) -> Iterator[_Part]:
    lines = quotes = 0
    for text in _chunks(file):
        if len(text) > LONGEST_LINE:
            raise DataError(
                f"{shown}: there are lines of more than {LONGEST_LINE // CHUNK} megabytes, so "
                "this is no table with a row a line; export it again as CSV (UTF-8)"
            )
        piece = piece_of(text)
        here = piece.count(b"\n") + (not text.endswith(b"\n")), piece.count(b'"')
        yield _Part(text, piece, *here, lines, quotes)
        lines, quotes = lines + here[0], quotes + here[1]


def _look(part: _Part, *, piece_of: Callable[[bytes], Piece], shown: str) -> Scan:
    """What is true of one part of the file."""
    text, piece = part.text, part.piece
    controls = piece.controls()
    returns = piece.count(b"\r") if controls else 0
    pairs = text.count(b"\r\n") if returns else 0
    is_ascii = text.isascii()
    is_clean = is_ascii or _is_clean(_decoded(part, shown), part)
    found = Scan(
        lines=part.lines,
        pairs=pairs,
        plain=pairs == returns,
        clean=is_clean and controls == returns,
        ascii=is_ascii,
        tabs=piece.count(b"\t"),
        quotes=part.quotes,
        hashes=b"#" in text,
    )
    return found + _between_quotes(part, piece_of) if found.plain else found


def transcode(path: Path, *, encoding: str, target: Path, shown: str) -> None:
    """Write `path` as UTF-8, a piece at a time; raises DataError where it is not `encoding`.

    Lone halves of surrogate pairs become a control character, to be cleaned and listed.
    """
    unicode = codecs.lookup(encoding).name.startswith("utf")
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass" if unicode else "strict")
    line = 1
    with path.open("rb") as source, target.open("wb") as copy:
        while chunk := source.read(CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                line += codecs.decode(error.object[: error.start], encoding, "ignore").count("\n")
                raise DataError(
                    f"{shown}, line {line}: a character that does not exist in {encoding}; "
                    "declare the encoding that the file was saved in, or save it as UTF-8"
                ) from None
            line += text.count("\n")
            copy.write(_SURROGATE.sub(_SUBSTITUTE, text).encode())
        if decoder.getstate()[0]:
            raise DataError(f"{shown}, line {line}: the file ends in the middle of a character")


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    """Pieces that end with a line, where lines are of any reasonable length."""
    while chunk := file.read(CHUNK):
        yield chunk + file.readline(LONGEST_LINE)


def _decoded(part: _Part, shown: str) -> str:
    try:
        return part.text.decode()
    except UnicodeDecodeError as error:
        try:
            part.text.decode(errors="surrogatepass")
        except UnicodeDecodeError:
            line = part.lines_before + part.text.count(b"\n", 0, error.start) + 1
            raise DataError(
                f"{shown}, line {line}: the text is not UTF-8; save the file as UTF-8, or declare "
                'how it was saved: encoding = "cp1256" (Arabic Windows) or "cp1252" (Western '
                "Windows) in sitrep.toml"
            ) from None
        raise _SurrogatesError from None


def _is_clean(text: str, part: _Part) -> bool:
    text = text if part.lines_before else text.removeprefix("\ufeff")
    return unicodedata.is_normalized("NFC", text) and not _UNWANTED.search(text)


def _between_quotes(part: _Part, piece_of: Callable[[bytes], Piece]) -> Scan:
    """Look for line breaks inside cells, and at the ends of cells.

    A line break after an odd number of quotation marks is inside a cell.
    """
    # Parted by a letter, which ends no cell.
    inside = b"x".join(part.piece.quoted(opened=part.quotes_before % 2 == 1))
    within = piece_of(inside)
    ends = part.piece.blanks_beside_ends() - within.blanks_beside_ends()
    counts = {mark: part.piece.count(mark.encode()) for mark in SEPARATORS}
    return Scan(
        plain=b"\n" not in inside and b"\r" not in inside,
        trimmed=not (ends or part.text.startswith(b" ") or part.text.endswith(b" ")),
        separators=Counter({m: n - within.count(m.encode()) for m, n in counts.items()}),
    )


def _encoding_by_mark(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    # UTF-32 is not looked for: no spreadsheet writes it.
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""


def _refuse_binary(head: bytes, encoding: str, shown: str) -> None:
    for magic, what in _MAGIC.items():
        if head.lstrip()[: len(magic)] == magic:
            raise DataError(
                f"{shown}: this is {what}, not a CSV; save the table as .xlsx or CSV (UTF-8)"
            )
    if b"\x00" in head and not encoding.lower().startswith(("utf-16", "utf_16", "utf16")):
        raise DataError(
            f"{shown}: this is not text (it holds NUL bytes); export the table as CSV (UTF-8), "
            'or declare encoding = "utf-16-le" in sitrep.toml if it is UTF-16'
        )
