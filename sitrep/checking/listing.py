"""The page of a check as CSV: a row a thing, to sort and to keep."""

import csv
import io
from collections.abc import Iterator

from sitrep.checking.opening import Checked
from sitrep.spreadsheets import safe

COLUMNS = ("part", "name", "from", "rows", "detail")
_Line = tuple[str, str, str, int | str, str]


def as_csv(checked: Checked) -> str:
    """Rows by outcome and reason, columns, headings not read, names of places.

    The cells that are wrong stand in another file, row by row.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for lines in (_rows(checked), _columns(checked), _places(checked)):
        writer.writerows([safe(cell) if isinstance(cell, str) else cell for cell in line]
                         for line in lines)  # fmt: skip
    return text.getvalue()


def _rows(checked: Checked) -> Iterator[_Line]:
    store = checked.store
    yield "rows", "read", store.file_name, store.rows_read, ""
    yield "rows", "used", store.file_name, store.rows_used, ""
    parts = {"set aside": store.set_aside, "rejected": store.rejected, "flagged": store.flagged}
    for outcome, reasons in parts.items():
        for reason, count in reasons.items():
            yield "rows", outcome, store.file_name, count, reason


def _columns(checked: Checked) -> Iterator[_Line]:
    for file in checked.files:
        for use in file.uses:
            filled = "" if use.filled is None else use.filled
            cells = (cell if cell == value else f"{cell} -> {value}" for cell, value in use.samples)
            yield "column", use.column.name, use.heading or use.constant, filled, "; ".join(cells)
        for heading in file.unread:
            yield "heading not read", heading, file.name, "", ""
        for heading in file.dropped:
            yield "heading left unread by name", heading, file.name, "", ""


def _places(checked: Checked) -> Iterator[_Line]:
    for one in checked.unmatched:
        yield "not in the boundaries", one.name, one.code, one.rows, "; ".join(one.nearest)
    for pair in checked.pairs:
        (name, other), (rows, more) = pair.names, pair.rows
        yield "spelt nearly alike", name, pair.area, rows, f"{other} ({more} rows)"
