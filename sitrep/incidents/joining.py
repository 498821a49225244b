"""Two files as one table: casualties from the one, displacement from the other.

Each is read and checked by itself, under its own layout. Every measure comes from one file:
what the other file says of it is listed and counted nowhere, since two files that describe the
same flight would count its people twice.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.errors import DataError
from sitrep.incidents.findings import Finding, write_findings
from sitrep.incidents.sql import literal
from sitrep.incidents.store import (
    CHANGES,
    FINDINGS,
    TABLE,
    Store,
    StoredProfile,
    open_store,
    release,
)
from sitrep.incidents.table import KEPT, VALIDITY

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What a file that does not count a thing says of it all the same.
DISPLACEMENT = (
    "displaced",
    "displaced_low",
    "displaced_high",
    "displaced_households",
    "displacement_kind",
    "destination_admin2",
)
CASUALTIES = tuple(
    column.name
    for column in KEPT
    if column.name.startswith(("killed", "injured", "combatants_killed"))
)
OF_DISPLACEMENT_ALONE = "displacement is counted from another file"
OF_NO_DISPLACEMENT = "no figure of displacement, which is all that this file is read for"
NOT_COUNTED = "is counted from another file; the figure is not used"
_FLED = "(displaced IS NOT NULL OR displaced_households IS NOT NULL)"
_HURT = "(killed IS NOT NULL OR injured IS NOT NULL)"
_AND = " + "


def join(casualties: Store, displacement: Store, *, store: Path) -> Store:
    """The table of both files, made once and kept in the folder `store`.

    Lines of the second file are counted on from the last of the first, and its ids begin with
    the name of its layout, so that none is in both.
    """
    key = f"{casualties.folder.name} {displacement.folder.name}"
    folder = store / hashlib.sha256(key.encode()).hexdigest()[:32]
    found = open_store(folder)
    if found is None:
        work = Path(tempfile.mkdtemp(prefix=".joining-", dir=store))
        try:
            built = work / "built"
            built.mkdir()
            _build(casualties, displacement, built)
            release(built, folder)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        found = open_store(folder)
    if found is None:
        raise DataError(f"{folder}: what was read cannot be read back; is the disk full?")
    return found


def _build(casualties: Store, displacement: Store, built: Path) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW first AS {casualties.rows}")
        connection.execute(f"CREATE VIEW second AS {displacement.rows}")
        last = _one(connection, "SELECT coalesce(max(line), 0) FROM first")
        prefix = literal(f"{displacement.profile.name}:")
        connection.execute(
            f"COPY (SELECT *, NULL::VARCHAR AS raw FROM ("
            f"{_part('first', DISPLACEMENT, f'{_FLED} AND NOT {_HURT}', OF_DISPLACEMENT_ALONE)} "
            "UNION ALL BY NAME SELECT * REPLACE "
            f"(line + {last} AS line, {prefix} || incident_id AS incident_id) FROM ("
            f"{_part('second', CASUALTIES, f'NOT {_FLED}', OF_NO_DISPLACEMENT)})) ORDER BY line) "
            f"TO {literal(str(built / TABLE))} (FORMAT parquet, COMPRESSION lz4_raw)"
        )
        connection.execute(
            "COPY (SELECT NULL::BIGINT AS line, NULL::VARCHAR AS set_aside WHERE false) "
            f"TO {literal(str(built / CHANGES))} (FORMAT parquet)"
        )
        more = [
            *_apart(connection, casualties, "first", f"{_FLED} AND NOT {_HURT}",
                    "displaced", OF_DISPLACEMENT_ALONE),
            *_apart(connection, displacement, "second", f"NOT {_FLED}", "", OF_NO_DISPLACEMENT),
            *_unused(connection, casualties, "first", ("displaced", "displaced_households"), _HURT),
            *_unused(connection, displacement, "second", ("killed", "injured"), _FLED),
        ]  # fmt: skip
        filled = _filled(connection, built / TABLE)
    findings = chain(casualties.listed(), displacement.listed(), more)
    write_findings(findings, path=built / FINDINGS)
    _summary(casualties, displacement, more, filled, built).save()


def _part(view: str, blank: tuple[str, ...], apart: str, reason: str) -> str:
    """The rows of one file without what it does not count; those left with nothing set aside."""
    kinds = {column.name: column.kind for column in KEPT}
    blanks = [f"NULL::{_TYPES.get(kinds[name], 'VARCHAR')} AS {name}" for name in blank]
    aside = f"coalesce(set_aside, CASE WHEN {apart} THEN {literal(reason)} END) AS set_aside"
    columns = ", ".join((*(c.name for c in KEPT), *VALIDITY, "set_aside", "line"))
    return f"SELECT * REPLACE ({', '.join((*blanks, aside))}) FROM (SELECT {columns} FROM {view})"


_TYPES = {"count": "INTEGER"}


def _apart(
    connection: "DuckDBPyConnection", store: Store, view: str, which: str, column: str, reason: str
) -> Iterator[Finding]:
    """A finding for each used row that counts nothing any more."""
    value = f"coalesce({column}::VARCHAR, '')" if column else "''"
    rows = connection.execute(
        f"SELECT line, {value} FROM {view} WHERE set_aside IS NULL AND {which} ORDER BY line"
    ).fetchall()
    for line, cell in rows:
        yield Finding(_shown(store), line, column, cell, "set aside", reason)


def _unused(
    connection: "DuckDBPyConnection", store: Store, view: str, columns: tuple[str, ...], which: str
) -> Iterator[Finding]:
    """A finding for each figure of a used row that the other file counts."""
    for column in columns:
        rows = connection.execute(
            f"SELECT line, {column}::VARCHAR FROM {view} "
            f"WHERE set_aside IS NULL AND {which} AND {column} IS NOT NULL ORDER BY line"
        ).fetchall()
        for line, cell in rows:
            yield Finding(_shown(store), line, column, cell, "flagged", NOT_COUNTED)


def _shown(store: Store) -> str:
    """The file as its own findings call it."""
    first = next(iter(store.listed()), None)
    return first.file if first else store.file_name


def _summary(
    one: Store, other: Store, more: list[Finding], filled: dict[str, int], built: Path
) -> Store:
    """The counts of both, and what has come to be set aside."""
    apart = Counter(found.reason for found in more if found.outcome == "set aside")
    flagged = Counter(found.kind for found in more if found.outcome == "flagged")
    summary = Store(
        folder=built,
        profile=_profile(one.profile, other.profile),
        sha256=_AND.join((one.sha256, other.sha256)),
        file_name=_AND.join((one.file_name, other.file_name)),
        rows_read=one.rows_read + other.rows_read,
        rows_used=one.rows_used + other.rows_used - apart.total(),
        rows_set_aside=one.rows_set_aside + other.rows_set_aside + apart.total(),
        rows_rejected=one.rows_rejected + other.rows_rejected,
        set_aside=_added(one.set_aside, other.set_aside, apart),
        rejected=_added(one.rejected, other.rejected),
        flagged=_added(one.flagged, other.flagged, flagged),
        # The weeks in which both were kept: of later ones one file knows nothing yet.
        first_date=one.first_date,
        last_date=max(filter(None, (one.last_date, other.last_date)), default=None),
        frozen_on=min(filter(None, (one.frozen_on, other.frozen_on)), default=None),
        completeness=filled,
        first_line=0,
        header_line=0,
        table_size=(built / TABLE).stat().st_size,
    )
    assert summary.rows_read == (summary.rows_used + summary.rows_set_aside + summary.rows_rejected)
    return summary


def _filled(connection: "DuckDBPyConnection", table: Path) -> dict[str, int]:
    """How many cells of the rows used are not blank, by column."""
    names = [column.name for column in KEPT]
    counts = connection.execute(
        f"SELECT {', '.join(f'count({name})' for name in names)} "
        f"FROM read_parquet({literal(str(table))}) WHERE set_aside IS NULL"
    ).fetchone()
    assert counts is not None
    return dict(zip(names, counts, strict=True))


def _profile(one: StoredProfile, other: StoredProfile) -> StoredProfile:
    return StoredProfile(
        name=f"{one.name}-{other.name}",
        title=_AND.join(dict.fromkeys((one.title, other.title))),
        victims=one.victims,
        credit="; ".join(dict.fromkeys(filter(None, (one.credit, other.credit)))),
        lacks=tuple(phrase for phrase in one.lacks if phrase != "displacement"),
        notes=tuple(dict.fromkeys((*one.notes, *other.notes))),
        week_start=one.week_start,
        holds_casualties=one.holds_casualties,
    )


def _added(*counts: dict[str, int]) -> dict[str, int]:
    """Counts by reason of all, most often first."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))


def _one(connection: "DuckDBPyConnection", sql: str) -> int:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return int(row[0])
