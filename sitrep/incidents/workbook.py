"""One sheet of an .xlsx, written out as the CSV that is then read like any other.

Row n of the sheet is line n of the copy, so that messages name the row that a person
sees. Cells become the text that they hold, whatever format they are shown in.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.errors import DataError, UsageError, nearest
from sitrep.incidents.headers import TOP, header_row
from sitrep.incidents.package import Look, Sheet, check_package, look
from sitrep.incidents.profiles import Profile, normalised
from sitrep.incidents.records import on_one_line
from sitrep.incidents.table import REQUIRED

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_DAMAGED = "the workbook cannot be read; open it in a spreadsheet program and save it again"


def write_sheet(
    path: Path, *, sheet: str, profiles: Sequence[Profile], target: Path, shown: str
) -> Sheet:
    """Write one sheet of the workbook `path` to `target`.

    `sheet` names it; without a name it is the only one that has the columns of one of
    `profiles`, or the only one there is.

    Raises
    ------
    DataError
        A workbook that is damaged or too large; several sheets that could be meant.
    UsageError
        A sheet that is not there.
    """
    check_package(path, shown=shown)
    book = _opened(path, shown)
    name = sheet or _only_fitting(book, path, profiles, shown)
    if name not in book.sheet_names:
        hint = nearest(name, tuple(book.sheet_names)) or f"; there are {_quoted(book.sheet_names)}"
        raise UsageError(f"{shown}: there is no sheet {name!r}{hint}")
    where = f"{shown}, sheet {name}"
    found = look(path, name, shown=where)
    known = _known(profiles)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in _without_end(_texts(_loaded(book, name, where), found, known)):
            writer.writerow(row)
    if not target.stat().st_size:
        raise DataError(f"{where}: the sheet is empty")
    others = tuple(other for other in book.sheet_names if other != name)
    return Sheet(target, where, hidden=tuple(found.hidden), name=name, others=others)


def _opened(path: Path, shown: str) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError, ValueError):
        raise DataError(f"{shown}: {_DAMAGED}") from None


def _loaded(book: "CalamineWorkbook", name: str, shown: str) -> "CalamineSheet":
    from python_calamine import CalamineError

    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError):
        raise DataError(f"{shown}: {_DAMAGED}") from None


def _only_fitting(
    book: "CalamineWorkbook", path: Path, profiles: Sequence[Profile], shown: str
) -> str:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    names = [
        told.name
        for told in book.sheets_metadata
        if told.visible == SheetVisibleEnum.Visible and told.typ == SheetTypeEnum.WorkSheet
    ]
    fitting = [
        name for name in names if len(names) > 1 and _fits(book, path, name, profiles, shown)
    ]
    if len(fitting) == 1 or len(names) == 1:
        return (fitting or names)[0]
    filled = [name for name in names if fitting or _is_filled(_loaded(book, name, shown))]
    if len(filled) == 1:  # beside empty ones, as new workbooks have them
        return filled[0]
    which = (
        "several sheets have the columns of a layout"
        if fitting
        else "several sheets hold a table, and none has the columns of a known layout"
    )
    seen = fitting or filled or names or [""]
    raise DataError(
        f'{shown}: {which}: {_quoted(seen)}; name the one to read: --sheet "{seen[0]}", '
        f'SHEET="{seen[0]}" with make, or sheet = "{seen[0]}" in sitrep.toml or in the profile'
    )


def _is_filled(sheet: "CalamineSheet") -> bool:
    """Whether a sheet can hold a table: two rows or more."""
    return sheet.height > 1


def _fits(
    book: "CalamineWorkbook", path: Path, name: str, profiles: Sequence[Profile], shown: str
) -> bool:
    where = f"{shown}, sheet {name}"
    found = look(path, name, shown=where)
    known = _known(profiles)
    top = list(islice(_texts(_loaded(book, name, where), found, known), TOP))
    names = {normalised(cell) for cell in top[header_row(top, known)]} if top else set()
    return any(needed <= names for needed in map(_needed, profiles) if needed)


def _known(profiles: Iterable[Profile]) -> set[str]:
    return {normalised(name) for profile in profiles for name in profile.sources}


def _needed(profile: Profile) -> set[str]:
    columns = (profile.columns[name] for name in REQUIRED if name in profile.columns)
    return {normalised(c.source) for c in columns if c.source and not c.default}


def _texts(sheet: "CalamineSheet", found: Look, known: set[str]) -> Iterator[list[str]]:
    """Every row as text, as wide as the widest, the header with its merged cells filled."""
    rows = _rows(sheet, found)
    top = list(islice(rows, TOP))
    filled = [_with_merged(top, at, sheet) for at in range(len(top))]
    if top:
        header = header_row(filled, known)
        top[header] = filled[header]
    yield from top
    yield from rows


def _rows(sheet: "CalamineSheet", found: Look) -> Iterator[list[str]]:
    _, left = sheet.start or (0, 0)  # the library leaves out empty columns, but not empty rows
    width = max(found.columns, left + sheet.width)
    broken: dict[int, dict[int, str]] = {}
    for (row, column), text in found.broken.items():
        broken.setdefault(row, {})[column] = text
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [""] * left + [*map(_text, values)]
        cells += [""] * (width - len(cells))
        for column, text in broken.pop(number, {}).items():
            cells[column - 1] = text
        yield cells
    for number in range(sheet.total_height + 1, max(broken, default=0) + 1):
        yield [broken.get(number, {}).get(column, "") for column in range(1, width + 1)]


def _with_merged(top: list[list[str]], at: int, sheet: "CalamineSheet") -> list[str]:
    """A row with the text of merged cells that begin above it and reach down to it."""
    row = list(top[at])
    for (first, left), (last, right) in sheet.merged_cell_ranges or []:
        if first < at <= last and left == right:
            row[left] = row[left] or top[first][left]
    return row


def _without_end(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """`rows` without the empty ones after the last that is not."""
    empty: list[list[str]] = []
    for row in rows:
        empty.append(row)
        if any(row):
            yield from empty
            empty = []


def _text(value: Any) -> str:
    if isinstance(value, str):
        return on_one_line(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: float) -> str:
    """Without the ``.0`` of a whole number.

    One with three decimals gets a fourth: ``1.867`` in a CSV may mean 1867, here it does not.
    """
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)
