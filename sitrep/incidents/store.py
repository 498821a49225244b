"""One file of incidents, read and checked: its typed table and what became of its rows.

A store is a folder that is whole or not there. It is opened without DuckDB and without
pandas; only `Store.load` needs them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.incidents.findings import Finding, read_findings
from sitrep.incidents.profiles import Profile
from sitrep.incidents.relation import valid_rows
from sitrep.incidents.shapes import Rows
from sitrep.incidents.table import KEPT, NAMES, VALIDITY

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

SUMMARY, TABLE, FINDINGS = "store.json", "incidents.parquet", "findings.csv"
CHANGES = "changes.parquet"
SEVERAL = " + "  # between what is of several files
LARGE = 500_000  # rows; fewer are opened whole as fast as in part
DERIVED = (*VALIDITY, "set_aside", "line")


@dataclass(frozen=True)
class StoredProfile:
    """What the rest of the program needs to know of a layout.

    `rows` is what a row of the file is: ``incidents``, ``days`` (of running totals), ``people``.
    """

    name: str
    title: str
    victims: str
    credit: str
    lacks: tuple[str, ...]
    rows: Rows = "incidents"
    notes: tuple[str, ...] = ()
    week_start: str = ""
    holds_casualties: bool = True

    @classmethod
    def of(cls, profile: Profile) -> "StoredProfile":
        """The part of `profile` that is kept."""
        return cls(**{each.name: getattr(profile, each.name) for each in fields(cls)})


@dataclass(frozen=True)
class Store:
    """The result of reading one file.

    rows_read = rows_used + rows_set_aside + rows_rejected. `set_aside` and `rejected` count
    rows by reason, `flagged` counts findings in rows that are used all the same.
    `completeness` counts, of the rows used, the cells that are not blank, a default
    counting as given. `frozen_on` is the latest day that any valid row speaks of. Where
    every line of the file is a row, `first_line` is that of the first row, else 0;
    `header_line` is the line of the names of the columns, 0 where several files are one.
    `absent` are the columns that the file does not have, nor the table therefore.
    """

    folder: Path
    profile: StoredProfile
    sha256: str
    file_name: str
    rows_read: int
    rows_used: int
    rows_set_aside: int
    rows_rejected: int
    set_aside: dict[str, int]
    rejected: dict[str, int]
    flagged: dict[str, int]
    first_date: date | None
    last_date: date | None
    frozen_on: date | None
    completeness: dict[str, int]
    first_line: int
    header_line: int
    table_size: int
    absent: tuple[str, ...] = ()

    @property
    def is_of_several_files(self) -> bool:
        """Whether it is the table of several files; see `joining`."""
        return SEVERAL in self.sha256

    @property
    def parquet(self) -> Path:
        """Every row that was cast, also those that turned out to be unusable: see `rows`."""
        return self.folder / TABLE

    @property
    def rows(self) -> str:
        """The rows used and set aside, as a SQL query for DuckDB."""
        changes = self.folder / CHANGES
        return valid_rows(self.parquet, changes, first_line=self.first_line, absent=self.absent)

    @property
    def findings(self) -> Path:
        """What was found wrong, as CSV: file, line, column, value, outcome, reason."""
        return self.folder / FINDINGS

    def listed(self) -> Iterable[Finding]:
        """The findings one by one, in the order of the file's lines."""
        return read_findings(self.findings)

    def load(
        self,
        columns: Sequence[str],
        *,
        include_set_aside: bool = False,
        first: date | None = None,
        last: date | None = None,
        where: str = "true",
        database: "DuckDBPyConnection | None" = None,
    ) -> "pd.DataFrame":
        """Some columns of the table, a row an incident, in the order of the file.

        Parameters
        ----------
        columns
            Names of `table.COLUMNS`, ``line``, ``set_aside`` or a validity column such as
            ``killed_parts_valid``.
        include_set_aside
            Whether rows that are counted apart (copies, discounted, imprecise dates) are
            there too; ``set_aside`` then says why, and is missing for rows that are used.
        first, last
            The days whose rows are loaded, both included; without them those before and after.
            Of a large table the rest is not read.
        where
            A condition more, in SQL, of this package's own making.
        database
            A connection to load with, which spares the opening of another.

        Returns
        -------
        pandas.DataFrame
            Dates as datetime64 (NaT where blank), counts and degrees as float64 (NaN
            where blank: not reported, never zero), text as Categorical, validity as bool,
            ``line`` as int64.
        """
        from sitrep.incidents.loading import load

        return load(
            self, columns, include_set_aside=include_set_aside, first=first, last=last,
            where=where, database=database,
        )  # fmt: skip

    def load_in_turn(
        self,
        columns: Sequence[str],
        stretches: Iterable[tuple[date, date]],
        *,
        where: str = "true",
        database: "DuckDBPyConnection | None" = None,
    ) -> "Iterator[pd.DataFrame]":
        """The rows used of one stretch of days after the other, each as `load` gives them.

        While one is worked on the next is loaded, so two are in memory at a time. `stretches`
        are first and last days, both included.
        """
        from sitrep.incidents.loading import load_in_turn

        return load_in_turn(self, columns, stretches, where=where, database=database)

    def ids(
        self, lines: Iterable[int], *, database: "DuckDBPyConnection | None" = None
    ) -> dict[int, str]:
        """The `incident_id` of these lines of the file; `database` as of `load`."""
        from sitrep.incidents.loading import ids

        return ids(self, lines, database=database)

    def save(self) -> None:
        """Write the summary beside the table, as the last file of a store."""
        table = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "folder"}
        text = json.dumps(table, default=_plain, ensure_ascii=False, indent=1)
        (self.folder / SUMMARY).write_text(text + "\n", encoding="utf-8")


def open_store(folder: Path) -> Store | None:
    """The store in `folder`, or None where there is none or it is damaged."""
    try:
        table: dict[str, Any] = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        profile = table.pop("profile")
        table |= {key: _day(table[key]) for key in ("first_date", "last_date", "frozen_on")}
        table["absent"] = tuple(table["absent"])
        lists = {key: tuple(profile[key]) for key in ("lacks", "notes")}
        stored = StoredProfile(**{**profile, **lists})
        store = Store(folder=folder, profile=stored, **table)
        whole = _is_parquet(store.parquet, store.table_size) and store.findings.is_file()
        whole = whole and (folder / CHANGES).is_file()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return store if whole else None


def release(built: Path, folder: Path) -> None:
    """Move a finished store to its place; one that another run has put there stays."""
    try:
        built.rename(folder)
    except OSError:
        if open_store(folder):
            return
        import shutil

        shutil.rmtree(folder, ignore_errors=True)
        built.rename(folder)


def known_columns() -> tuple[str, ...]:
    """What can be loaded."""
    return (*(name for name in NAMES if name in {c.name for c in KEPT}), *DERIVED)


def _is_parquet(path: Path, size: int) -> bool:
    if path.stat().st_size != size:
        return False
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(-4, 2)
        return head == file.read() == b"PAR1"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StoredProfile):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    raise TypeError(f"{type(value).__name__} has no place in a summary")
