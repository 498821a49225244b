"""Several files as one table, each counting what no other counts.

Each is read and checked by itself, under its own layout. What a file says of a thing that
another counts is listed and counted nowhere, since two files that describe the same flight
would count its people twice.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.errors import DataError
from sitrep.incidents.claims import Claim, refuse_shared, spelt_alike
from sitrep.incidents.findings import Finding, write_findings
from sitrep.incidents.joined import filled_cells, summary
from sitrep.incidents.parts import (
    NOT_COUNTED,
    OF_DISPLACEMENT_ALONE,
    OF_NO_DISPLACEMENT,
    Part,
    areas_of,
    part_of,
    refuse_unlike,
)
from sitrep.incidents.sql import literal
from sitrep.incidents.store import CHANGES, FINDINGS, TABLE, Store, open_store, release
from sitrep.incidents.table import KEPT, VALIDITY

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What a file that does not count a thing says of it all the same.
OF_DISPLACEMENT = (
    "displaced",
    "displaced_low",
    "displaced_high",
    "displaced_households",
    "displacement_kind",
    "destination_admin2",
)
OF_CASUALTIES = tuple(
    column.name
    for column in KEPT
    if column.name.startswith(("killed", "injured", "combatants_killed"))
)


def join(files: Sequence[tuple[Store, Claim]], *, store: Path) -> Store:
    """The table of all files, made once and kept in the folder `store`.

    Lines of a further file are counted on from the last of those before, and its ids begin
    with its name, or that of its layout, so that none is in two.

    Raises
    ------
    UsageError, DataError
        Files that cannot be one table: see `claims.refuse_shared` and `parts.refuse_unlike`.
    """
    areas = [areas_of(each) for each, _ in files]
    claims = [claim for _, claim in files]
    parts = [part_of(n, files, areas) for n in range(len(files))]
    names = [part.shown for part in parts]
    refuse_shared(names, claims, areas)
    refuse_unlike(names, parts)
    key = "\0".join(f"{part.store.folder.name} {part.claim!r} {part.reason}" for part in parts)
    folder = store / hashlib.sha256(key.encode()).hexdigest()[:32]
    found = open_store(folder)
    if found is None:
        work = Path(tempfile.mkdtemp(prefix=".joining-", dir=store))
        try:
            built = work / "built"
            built.mkdir()
            _build(parts, built, alike=spelt_alike(claims, areas))
            release(built, folder)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        found = open_store(folder)
    if found is None:
        raise DataError(f"{folder}: what was read cannot be read back; is the disk full?")
    return found


def _build(parts: Sequence[Part], built: Path, *, alike: list[tuple[str, str]]) -> None:
    import duckdb

    with duckdb.connect() as connection:
        tables, more, last = [], [], 0
        for n, part in enumerate(parts):
            connection.execute(f"CREATE VIEW part_{n} AS {part.store.rows}")
            prefix = "" if part.first else f"{literal(part.prefix + ':')} || "
            tables.append(
                f"SELECT * REPLACE (line + {last} AS line, {prefix}incident_id AS incident_id) "
                f"FROM ({_counted(part, f'part_{n}')})"
            )
            last += _one(connection, f"SELECT coalesce(max(line), 0) FROM part_{n}")
            more += [
                *_apart(connection, part, f"part_{n}"),
                *_unused(connection, part, f"part_{n}"),
            ]
        connection.execute(
            f"COPY (SELECT *, NULL::VARCHAR AS raw FROM ({' UNION ALL BY NAME '.join(tables)}) "
            f"ORDER BY line) TO {literal(str(built / TABLE))} "
            "(FORMAT parquet, COMPRESSION lz4_raw)"
        )
        connection.execute(
            "COPY (SELECT NULL::BIGINT AS line, NULL::VARCHAR AS set_aside WHERE false) "
            f"TO {literal(str(built / CHANGES))} (FORMAT parquet)"
        )
        filled = filled_cells(connection, built / TABLE)
    write_findings(chain(*(part.store.listed() for part in parts), more), path=built / FINDINGS)
    summary(parts, more, filled, built, alike=alike).save()


def _counted(part: Part, view: str) -> str:
    """The rows of one file without what it does not count; those left with nothing set aside."""
    blanks = [
        f"CASE WHEN {claimed} THEN {name} END AS {name}"
        for claimed, names in (
            (part.casualties, OF_CASUALTIES),
            (part.displacement, OF_DISPLACEMENT),
        )
        for name in names
    ]
    aside = f"coalesce(set_aside, {part.reason}) AS set_aside"
    columns = ", ".join((*(c.name for c in KEPT), *VALIDITY, "set_aside", "line"))
    return f"SELECT * REPLACE ({', '.join((*blanks, aside))}) FROM (SELECT {columns} FROM {view})"


def _apart(connection: "DuckDBPyConnection", part: Part, view: str) -> Iterator[Finding]:
    """A finding for each used row that counts nothing any more."""
    rows = connection.execute(
        f"SELECT line, admin1, coalesce(displaced::VARCHAR, ''), {part.reason} AS why FROM {view} "
        "WHERE set_aside IS NULL AND why IS NOT NULL ORDER BY line"
    ).fetchall()
    shown = part.shown
    for line, area, displaced, reason in rows:
        column, cell = {
            OF_DISPLACEMENT_ALONE: ("displaced", displaced),
            OF_NO_DISPLACEMENT: ("", ""),
        }.get(reason, ("admin1", area or ""))
        yield Finding(shown, line, column, cell, "set aside", reason)


def _unused(connection: "DuckDBPyConnection", part: Part, view: str) -> Iterator[Finding]:
    """A finding for each figure of a row that counts, but not this figure."""
    shown = part.shown
    for claimed, columns in (
        (part.displacement, ("displaced", "displaced_households")),
        (part.casualties, ("killed", "injured")),
    ):
        for column in columns:
            rows = connection.execute(
                f"SELECT line, {column}::VARCHAR FROM {view} WHERE set_aside IS NULL AND "
                f"{column} IS NOT NULL AND NOT ({claimed}) AND {part.reason} IS NULL ORDER BY line"
            ).fetchall()
            for line, cell in rows:
                yield Finding(shown, line, column, cell, "flagged", NOT_COUNTED)


def _one(connection: "DuckDBPyConnection", sql: str) -> int:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return int(row[0])
