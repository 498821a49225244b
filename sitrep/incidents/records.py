"""The careful way to split a file into rows: Python's csv, one row at a time.

Taken where lines and rows are not the same: line breaks inside cells, blank lines, rows
that do not fit the header. Leaves a plain copy in which every row fits, is one line and
carries the line it began on, and says what became of the others.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sitrep.errors import DataError
from sitrep.incidents.findings import EMPTY, TOTAL, Finding, Outcome
from sitrep.incidents.layout import Layout
from sitrep.incidents.total_rows import is_label

# A longer cell is taken for a quotation mark that was never closed.
LONGEST_CELL = 100_000

_TOO_MANY = (
    "has more cells than the header has columns; a number such as 1,867 or a text with the "
    "separator in it must stand in quotation marks"
)
_TOO_FEW = "has fewer cells than the header has columns; was the row cut in two?"
_STRAY_QUOTE = (
    "has text after a closing quotation mark; write a quotation mark inside a cell as two"
)


@dataclass
class Records:
    """How many rows were copied, and what became of those that do not fit the header."""

    copied: int = 0
    others: list[Finding] = field(default_factory=list)


def copy_records(
    path: Path, *, layout: Layout, target: Path, shown: str, unread: tuple[int, ...] = ()
) -> Records:
    """Write the rows of a UTF-8 file that fit its header to `target`, their line first.

    Of the columns `unread` nothing is written but whether a cell is blank.

    Raises
    ------
    DataError
        A quotation mark that is never closed: everything after it would be one cell.
    """
    found = Records()
    width, padded = len(layout.names), 0
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        with (
            path.open(encoding="utf-8-sig", newline="") as source,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            writer = csv.writer(copy, lineterminator="\n", quoting=csv.QUOTE_ALL)
            for line, cells, fault in _records(source, layout.separator, shown):
                if line < layout.first_line or (not cells and not fault):
                    continue
                if len(cells) > width:
                    padded = padded or _padded(path, layout, shown)
                    cells = cells[:width] if len(cells) == padded else cells
                fault = fault or _misfit(cells, width)
                if fault:
                    outcome: Outcome = "set aside" if fault in (EMPTY, TOTAL) else "rejected"
                    found.others.append(Finding(shown, line, "", "", outcome, fault))
                else:
                    for n in unread:
                        cells[n] = cells[n] and "1"
                    writer.writerow([line, *map(on_one_line, cells)])
                    found.copied += 1
    finally:
        csv.field_size_limit(before)
    return found


def _records(
    source: Iterator[str], separator: str, shown: str
) -> Iterator[tuple[int, list[str], str]]:
    """The first line of each row, its cells, and what stops it from being one."""
    reader = csv.reader(source, delimiter=separator, strict=True)
    while True:
        first = reader.line_num + 1
        try:
            yield first, next(reader), ""
        except StopIteration:
            return
        except csv.Error as error:
            if "after" not in str(error):
                raise DataError(
                    f"{shown}, line {first}: a quotation mark is opened in this row and never "
                    "closed, so that everything after it would be one cell; close it, or take "
                    "it out"
                ) from None
            last = reader.line_num
            over = f" (the row runs from line {first} to line {last})" if last > first else ""
            yield first, [], _STRAY_QUOTE + over


def on_one_line(cell: str) -> str:
    """`cell` with a space for each of its line breaks."""
    return re.sub(r"[\r\n]+", " ", cell) if "\n" in cell or "\r" in cell else cell


def _misfit(cells: list[str], width: int) -> str:
    """Why a row does not fit a header of `width` columns; nothing where it does."""
    if len(cells) == width:
        return ""
    if not any(cell.strip() for cell in cells):
        return EMPTY
    if any(map(is_label, cells)):
        return TOTAL
    return _TOO_FEW if len(cells) < width else _TOO_MANY


def _padded(path: Path, layout: Layout, shown: str) -> int:
    """The width of every row, where a spreadsheet has put blank cells after all of them.

    One row with a blank cell too many is not that: it may be a number written ``1,867``
    without quotation marks, with every cell after it in the wrong column.
    """
    width = len(layout.names)
    with path.open(encoding="utf-8-sig", newline="") as source:
        rows = (
            cells
            for line, cells, _ in _records(source, layout.separator, shown)
            if line >= layout.first_line and any(cell.strip() for cell in cells)
        )
        widths = {
            width if any(cell.strip() for cell in cells[width:]) else len(cells) for cells in rows
        }
    return widths.pop() if len(widths) == 1 else width
