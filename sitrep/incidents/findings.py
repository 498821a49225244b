"""What was found wrong with rows: one finding a cell, in words that say what to do."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from sitrep.spreadsheets import safe

# A cell that begins as a formula would, in bytes that csv wrote
_MAY_RUN = re.compile(rb"""(?m)(?:^|,)"?[ ]*[=+\-@\t\r]""")

Outcome = Literal["rejected", "set aside", "flagged"]

COPY = "copy of a row already read"
HXL = "row of HXL tags"
ABOVE = "row above the names of the columns"
EMPTY = "empty row"
TOTAL = "row of totals"
DISCOUNTED = "discounted"
HIDDEN = "stands in a hidden row of the sheet; it is counted like any other"
IMPRECISE = "date too imprecise for a week"


@dataclass(frozen=True)
class Finding:
    """One cell (or a whole row, where `column` is blank) and what became of its row.

    ``rejected``: the row is not used. ``set aside``: counted apart. ``flagged``: used, and
    listed for a person to look at. `reason` reads on after the cell.
    """

    file: str
    line: int
    column: str
    value: str
    outcome: Outcome
    reason: str

    @property
    def kind(self) -> str:
        """What findings are counted by: the column and the reason, without the cell."""
        return f"{self.column} {self.reason}" if self.column else self.reason

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}"
        if not self.column:
            return f"{where}: {self.reason}"
        cell = f"{self.value!r} " if self.value else ""
        return f"{where}, column {self.column}: {cell}{self.reason}"


def write_findings(findings: Iterable[Finding], *, path: Path) -> None:
    """Write `findings` as CSV, in the order given."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Finding))
        writer.writerows((f.file, f.line, f.column, f.value, f.outcome, f.reason) for f in findings)


def for_people(path: Path) -> bytes:
    """What `write_findings` wrote, for a spreadsheet: no cell of the data is run as a formula."""
    content = path.read_bytes()
    if not _MAY_RUN.search(content):
        return content
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    with path.open(encoding="utf-8", newline="") as file:
        writer.writerows(map(safe, row) for row in csv.reader(file))
    return text.getvalue().encode()


def read_findings(path: Path) -> Iterator[Finding]:
    """The findings in a file that `write_findings` wrote, one by one."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Finding(**{**row, "line": int(row["line"])})  # type: ignore[arg-type]
