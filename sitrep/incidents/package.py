"""The parts of an .xlsx file that a reader of its values does not tell of.

Errors and formulas without a result, which would pass for blank cells; hidden rows; how
far the cells reach. Looked for in the bytes of the XML, a piece at a time, and before
anything is unpacked into memory: what would not fit is refused.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from sitrep.errors import DataError

# A sheet of a million rows and twenty columns is about as large.
MOST_BYTES = 2**30
MOST_CELLS = 30_000_000
NOT_CALCULATED = "#NOT CALCULATED"
_PIECE = 1024 * 1024
_AS_CSV = "save the table as CSV (UTF-8)"
_DAMAGED = "the workbook is damaged; open it in a spreadsheet program and save it again"
_OTHERS = {
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "content.xml": "an OpenDocument file (.ods)",
}
# What Python's zipfile raises, by the part of an archive that is damaged.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError,
    LookupError, ValueError, OSError,
)  # fmt: skip
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c(?:\s([^>]*?))?(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>(.*?)</(?:\w+:)?v>", re.DOTALL)

Place = tuple[int, int]


@dataclass(frozen=True)
class Sheet:
    """One table as a CSV: where it is, what messages call it, which of its lines are hidden.

    `encoding` is that which is declared, blank for UTF-8 and UTF-16. Of a workbook, `name` is
    that of the sheet, and `others` are sheets that are not read.
    """

    path: Path
    shown: str
    encoding: str = ""
    hidden: tuple[int, ...] = ()
    name: str = ""
    others: tuple[str, ...] = ()


@dataclass
class Look:
    """What is true of one sheet: rows and columns count from 1.

    `broken` has what stands for an error or for a result that was never calculated.
    """

    rows: int = 0
    columns: int = 0
    hidden: list[int] = field(default_factory=list)
    broken: dict[Place, str] = field(default_factory=dict)


def is_package(path: Path) -> bool:
    """Whether a file begins as a ZIP archive does."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def check_package(path: Path, *, shown: str) -> None:
    """Raise DataError unless `path` is a whole .xlsx of a size that can be read.

    Everything is unpacked once, and nothing of it kept: what an archive says of its own
    size is not to be relied on.
    """
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if "xl/workbook.xml" not in names:
                what = next((_OTHERS[name] for name in _OTHERS if name in names), "a ZIP archive")
                raise DataError(
                    f"{shown}: this is {what}, which is not read; save the table as .xlsx or "
                    "CSV (UTF-8)"
                )
            left = MOST_BYTES
            for member in package.infolist():
                for piece in _pieces(package, member.filename):
                    left -= len(piece)
                    if left < 0:
                        raise DataError(
                            f"{shown}: the workbook unpacks to more than a gigabyte, which no "
                            f"table of incidents does; {_AS_CSV}"
                        )
    except _BROKEN:
        raise DataError(f"{shown}: {_DAMAGED}") from None


def look(path: Path, sheet: str, *, shown: str) -> Look:
    """Look through the XML of one sheet; raises DataError where its cells reach too far."""
    found, row = Look(), 0
    with zipfile.ZipFile(path) as package:
        for rows in _whole_rows(package, _part(package, sheet, shown), shown):
            for attributes, cells in rows:
                told = attributes.get("r", "")
                row = int(told) if re.fullmatch("[0-9]{1,7}", told) else row + 1
                if attributes.get("hidden") in ("1", "true"):
                    found.hidden.append(row)
                _look_at(row, cells, found)
            if found.rows * found.columns > MOST_CELLS:
                raise DataError(
                    f"{shown}: the cells reach to row {found.rows:,} and column {found.columns:,}, "
                    f"further than a table of incidents does; {_AS_CSV}"
                )
    return found


def _look_at(row: int, cells: bytes, found: Look) -> None:
    column = 0
    for attributes, content in _CELL.findall(cells):
        told = _attributes(attributes)
        place = _PLACE.fullmatch(told.get("r", ""))
        column = _number(place[1]) if place else column + 1
        row = int(place[2]) if place else row
        if not content:
            continue
        found.rows, found.columns = max(found.rows, row), max(found.columns, column)
        kind = told.get("t")
        if kind == "e" or (kind != "str" and _FORMULA.search(content)):
            value = _VALUE.search(content)
            text = unescape(value[1].decode(errors="replace")).strip() if value else ""
            if kind == "e" or not text:
                found.broken[row, column] = text or NOT_CALCULATED


def _whole_rows(
    package: zipfile.ZipFile, part: str, shown: str
) -> Iterator[list[tuple[dict[str, str], bytes]]]:
    """The rows of a sheet with their attributes and their cells, some at a time."""
    rest = b""
    for piece in _pieces(package, part):
        rest += piece
        end = max(rest.rfind(b"<row"), rest.rfind(b":row"))  # where the last row begins
        if end > 0:
            yield _rows(rest[: end - 1])
            rest = rest[end - 1 :]
        elif len(rest) > 64 * _PIECE:
            raise DataError(f"{shown}: {_DAMAGED}")
    yield _rows(rest)


def _rows(text: bytes) -> list[tuple[dict[str, str], bytes]]:
    _, *found = _ROW.split(text)
    return list(zip(map(_attributes, found[::2]), found[1::2], strict=True))


def _part(package: zipfile.ZipFile, sheet: str, shown: str) -> str:
    """The name of the part that holds a sheet."""
    try:
        book = package.read("xl/workbook.xml")
        relations = package.read("xl/_rels/workbook.xml.rels")
        targets = {
            told["Id"]: told["Target"] for told in map(_attributes, _RELATION.findall(relations))
        }
        for told in map(_attributes, _SHEET.findall(book)):
            if told["name"] == sheet:
                ids = (value for name, value in told.items() if name.endswith(":id"))
                name = posixpath.join("/xl", targets[next(ids)]).lstrip("/")
                return posixpath.normpath(package.getinfo(name).filename)
    except (KeyError, StopIteration):
        pass
    raise DataError(f"{shown}: {_DAMAGED}")


def _attributes(text: bytes) -> dict[str, str]:
    found = re.findall(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""", text.decode(errors="replace"))
    return {name: unescape(one or other) for name, one, other in found}


def _number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _pieces(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with package.open(name) as file:
        while piece := file.read(_PIECE):
            yield piece
