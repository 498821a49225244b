"""One pass over the bytes of a file, before anything is read from it.

Finds what the file is (text, and in which encoding), and what the reading can be spared:
cleaning, and line breaks inside cells. Nothing is guessed from the rows.
"""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sitrep.errors import DataError
from sitrep.incidents.known import LARGE
from sitrep.incidents.pieces import LargePiece, Piece, SmallPiece

SEPARATORS = (",", ";", "\t")
CHUNK = 1024 * 1024
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


@dataclass
class Scan:
    """What is true of a whole file of UTF-8 text.

    `lines` counts lines that a line break ends, and the last one without. `plain` is
    true where every line is a row, as far as can be told without parsing: no line break
    inside a cell, one kind of line end. `clean`: no character that is taken out,
    everything in Unicode NFC. `ascii`: nothing beyond ASCII. `tabs`: how many there are.
    `hashes`: there are some. Of a plain file, `trimmed`: no cell begins or ends with a blank,
    as far as can be told; `separators`: how many of each kind stand outside quotation marks.
    """

    lines: int = 0
    plain: bool = True
    clean: bool = True
    ascii: bool = True
    tabs: int = 0
    hashes: bool = False
    trimmed: bool = True
    separators: Counter[str] = field(default_factory=Counter)

    def has_tabs_in_cells(self, separator: str) -> bool:
        """Whether a tab is part of a cell, in a plain file whose cells `separator` parts."""
        return self.tabs > (self.separators["\t"] if separator == "\t" else 0)


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
    found = Scan()
    quotes = pairs = 0
    piece_of = LargePiece if path.stat().st_size > LARGE else SmallPiece
    with path.open("rb") as file:
        for chunk in _chunks(file):
            if len(chunk) > LONGEST_LINE:
                raise DataError(
                    f"{shown}: there are lines of more than {LONGEST_LINE // CHUNK} megabytes, so "
                    "this is no table with a row a line; export it again as CSV (UTF-8)"
                )
            if not chunk.isascii():
                found.ascii = False
                _scan_text(_decoded(chunk, found.lines, shown), found)
            found.hashes = found.hashes or b"#" in chunk
            piece = piece_of(chunk)
            found.tabs += piece.count(b"\t")
            if controls := piece.controls():
                returns = piece.count(b"\r")
                ended = chunk.count(b"\r\n") if returns else 0
                pairs += ended
                found.plain = found.plain and ended == returns
                found.clean = found.clean and controls == returns
            if found.plain:
                quotes = _look_between_quotes(chunk, quotes, found, piece_of)
            found.lines += piece.count(b"\n") + (not chunk.endswith(b"\n"))
    if pairs not in (0, found.lines, found.lines - 1) or quotes % 2:
        found.plain = False
    return found


def separators(path: Path, found: Scan, separator: str, *, skip: int) -> int:
    """How many separators stand outside quotation marks, in a file whose rows are lines.

    DuckDB takes no notice of one blank cell too many at the end of a row, which is what
    becomes of ``1,867`` without quotation marks: so they are counted. The first `skip`
    lines are not.
    """
    with path.open("rb") as file:
        head = b"".join(file.readline() for _ in range(skip))
    above = Scan()
    _look_between_quotes(head, 0, above, SmallPiece)
    return found.separators[separator] - above.separators[separator]


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


def _decoded(chunk: bytes, lines: int, shown: str) -> str:
    try:
        return chunk.decode()
    except UnicodeDecodeError as error:
        try:
            chunk.decode(errors="surrogatepass")
        except UnicodeDecodeError:
            line = lines + chunk.count(b"\n", 0, error.start) + 1
            raise DataError(
                f"{shown}, line {line}: the text is not UTF-8; save the file as UTF-8, or declare "
                'how it was saved: encoding = "cp1256" (Arabic Windows) or "cp1252" (Western '
                "Windows) in sitrep.toml"
            ) from None
        raise _SurrogatesError from None


def _scan_text(text: str, found: Scan) -> None:
    text = text.removeprefix("\ufeff") if not found.lines else text
    if found.clean:
        found.clean = unicodedata.is_normalized("NFC", text) and not _UNWANTED.search(text)


def _look_between_quotes(
    chunk: bytes, before: int, found: Scan, piece_of: Callable[[bytes], Piece]
) -> int:
    """Look for line breaks inside cells, and at the ends of cells; the quotation marks so far.

    A line break after an odd number of them is inside a cell.
    """
    piece = piece_of(chunk)
    # Parted by a letter, which ends no cell.
    inside = b"x".join(piece.quoted(opened=before % 2 == 1))
    within = piece_of(inside)
    found.plain = b"\n" not in inside and b"\r" not in inside
    if found.trimmed:
        ends = piece.blanks_beside_ends() - within.blanks_beside_ends()
        found.trimmed = not (ends or chunk.startswith(b" ") or chunk.endswith(b" "))
    for separator in SEPARATORS:
        mark = separator.encode()
        found.separators[separator] += piece.count(mark) - within.count(mark)
    return before + piece.count(b'"')


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
