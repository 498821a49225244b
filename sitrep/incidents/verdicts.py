"""What becomes of each row, and the counts that say so.

Takes the table of the first pass. Rows with something to look at are looked at again;
rows with the same incident_id are told apart; what changes is written beside the table.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.incidents.findings import COPY, DISCOUNTED, IMPRECISE, Finding, write_findings
from sitrep.incidents.query import Plan, no_rows, second_pass
from sitrep.incidents.relation import CHANGED_ROWS, cast_rows, valid_rows
from sitrep.incidents.shapes import PERSON
from sitrep.incidents.sql import listed, literal
from sitrep.incidents.store import CHANGES, FINDINGS, TABLE, Store, StoredProfile
from sitrep.incidents.table import KEPT

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DIFFERING = (
    "stands on rows that differ; none of them is used: keep the right one, or give the others "
    "ids of their own"
)
# Findings of a row are listed in the order of the columns; those over several rows come last.
_LAST = 10_000


@dataclass(frozen=True)
class Pass:
    """The table of the first pass: `rows` rows in the order of the file.

    `first_line` is the line of the first row where every line is a row, else 0 and the
    table has a column ``line``; `header_line` is that of the names. `findings` are rows, one
    each, that never reached the table, rejected as malformed or set aside; and, flagged,
    remarks on rows that did, and columns to look at. `absent` are the columns that the table
    does not have.
    """

    plan: Plan
    table: Path
    shown: str
    rows: int
    first_line: int
    header_line: int
    findings: list[Finding]
    absent: tuple[str, ...] = ()


def conclude(
    connection: "DuckDBPyConnection", cast: Pass, *, built: Path, sha256: str, file_name: str
) -> None:
    """Write the store of a file whose rows were cast: table, findings, summary."""
    connection.execute(
        "CREATE VIEW cast_rows AS "
        + cast_rows(cast.table, first_line=cast.first_line, absent=cast.absent)
    )
    _look_again(connection, cast)
    if not cast.plan.profile.group or cast.plan.profile.columns["incident_id"].source:
        _tell_repeated_apart(connection, cast)
    if cast.plan.profile.shape:
        cast = _reshape(connection, cast)
    _list_set_aside(connection)
    cast.table.rename(built / TABLE)
    connection.execute(f"COPY ({CHANGED_ROWS}) TO {literal(str(built / CHANGES))} (FORMAT parquet)")
    write_findings(_listed(connection, cast.shown), path=built / FINDINGS)
    _summary(connection, cast, built, sha256, file_name).save()


def _look_again(connection: "DuckDBPyConnection", cast: Pass) -> None:
    """Fill ``found`` with what is wrong cell by cell, and ``no_rows``."""
    connection.execute(
        "CREATE TEMP TABLE found (line BIGINT, place INTEGER, name VARCHAR, value VARCHAR, "
        "outcome VARCHAR, reason VARCHAR); "
        "CREATE TEMP TABLE no_rows (line BIGINT, reason VARCHAR); "
        "CREATE TEMP TABLE copies (line BIGINT, reason VARCHAR); "
        "CREATE TEMP TABLE elsewhere (line BIGINT); "
        "CREATE TEMP VIEW left_out AS SELECT line FROM found WHERE outcome = 'rejected' "
        "UNION SELECT line FROM no_rows UNION SELECT line FROM elsewhere"
    )
    connection.execute(
        "INSERT INTO found SELECT unnest($1::BIGINT[]), 0, unnest($2::VARCHAR[]), '', "
        "unnest($3::VARCHAR[]), unnest($4::VARCHAR[])",
        [
            [finding.line for finding in cast.findings],
            [finding.column for finding in cast.findings],
            [finding.outcome for finding in cast.findings],
            [finding.reason for finding in cast.findings],
        ],
    )
    if not _one(connection, "SELECT count(*) FROM cast_rows WHERE raw IS NOT NULL")[0]:
        return
    rows = "SELECT line, raw FROM cast_rows WHERE raw IS NOT NULL"
    connection.execute(f"INSERT INTO found {second_pass(cast.plan, rows)}")
    connection.execute(f"INSERT INTO no_rows {no_rows(cast.plan, rows)}")


def _tell_repeated_apart(connection: "DuckDBPyConnection", cast: Pass) -> None:
    """Fill ``copies``, and reject rows that differ under one incident_id.

    Rows that do not count in this layout are not looked at.
    """
    reasons = [keep.reason for keep in cast.plan.profile.keep]
    counts = f"coalesce(set_aside NOT IN ({listed(reasons)}), true)" if reasons else "true"
    connection.execute(
        "CREATE TEMP TABLE suspected AS SELECT hash(incident_id) AS hashed FROM cast_rows "
        "WHERE incident_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
    )
    if not _one(connection, "SELECT count(*) FROM suspected")[0]:
        return
    row = ", ".join(column.name for column in KEPT)
    connection.execute(f"""
        CREATE TEMP TABLE usable AS SELECT line, incident_id FROM cast_rows
            WHERE hash(incident_id) IN (FROM suspected)
            AND line NOT IN (FROM left_out) AND {counts};
        CREATE TEMP TABLE repeated AS
            WITH ids AS (SELECT incident_id FROM usable GROUP BY 1 HAVING count(*) > 1)
            SELECT line, incident_id, row({row}) AS cells FROM cast_rows
            SEMI JOIN usable USING (line) SEMI JOIN ids USING (incident_id);
        CREATE TEMP TABLE judged AS
            SELECT incident_id, min(line) AS first_line, count(DISTINCT cells) = 1 AS same
            FROM repeated GROUP BY 1;
        INSERT INTO copies SELECT line, {literal(COPY)}
            FROM repeated JOIN judged USING (incident_id) WHERE same AND line <> first_line;
        INSERT INTO found SELECT line, {_LAST}, 'incident_id', incident_id, 'rejected',
            {literal(_DIFFERING)} FROM repeated JOIN judged USING (incident_id) WHERE NOT same;
        INSERT INTO found SELECT line, {_LAST}, 'incident_id', incident_id, 'set aside',
            {literal(COPY)} FROM repeated SEMI JOIN copies USING (line);
    """)


def _reshape(connection: "DuckDBPyConnection", cast: Pass) -> Pass:
    """Incidents in the place of rows that are days or people; `cast` with their table.

    Rows that are not in it any more are in ``elsewhere``, and listed in ``found``.
    """
    from sitrep.incidents.grouping import group
    from sitrep.incidents.increments import take_increments

    table = cast.table.with_name("reshaped.parquet")
    reshape = take_increments if cast.plan.profile.cumulative else group
    reshape(connection, cast.plan, target=table)
    reshaped = replace(cast, table=table, first_line=0, absent=())
    connection.execute(f"CREATE OR REPLACE VIEW cast_rows AS {cast_rows(table, first_line=0)}")
    return reshaped


def _list_set_aside(connection: "DuckDBPyConnection") -> None:
    """List rows that are counted apart, and drop remarks on rows that are not used anyway.

    A person who is counted on the row of another is used.
    """
    connection.execute(f"""
        INSERT INTO found SELECT line, 0, '', '', 'set aside', reason FROM no_rows;
        INSERT INTO found SELECT line, {_LAST},
                CASE WHEN set_aside = {literal(DISCOUNTED)} THEN 'status'
                     WHEN set_aside <> {literal(IMPRECISE)} THEN ''
                     WHEN date_precision IN ('month', 'year') THEN 'date_precision'
                     ELSE 'date_end' END AS name,
                CASE name WHEN 'date_precision' THEN date_precision
                     WHEN 'date_end' THEN CAST(date_end AS VARCHAR) ELSE '' END,
                'set aside', set_aside
            FROM cast_rows WHERE set_aside IS NOT NULL
            AND line NOT IN (FROM left_out) AND line NOT IN (SELECT line FROM copies);
        DELETE FROM found WHERE outcome = 'flagged'
            AND line IN (FROM left_out UNION SELECT line FROM copies)
            AND line NOT IN (SELECT line FROM found WHERE reason = {literal(PERSON)});
    """)


def _listed(connection: "DuckDBPyConnection", shown: str) -> Iterator[Finding]:
    cursor = connection.execute(
        "SELECT line, name, coalesce(value, ''), outcome, reason FROM found "
        "ORDER BY line, place, name, reason"
    )
    while rows := cursor.fetchmany(10_000):
        for line, name, value, outcome, reason in rows:
            yield Finding(shown, line, name, value, outcome, reason)


def _summary(
    connection: "DuckDBPyConnection",
    cast: Pass,
    built: Path,
    sha256: str,
    file_name: str,
) -> Store:
    rows = valid_rows(
        built / TABLE, built / CHANGES, first_line=cast.first_line, absent=cast.absent
    )
    connection.execute(f"CREATE VIEW valid_rows AS {rows}")
    kind = "CASE WHEN name = '' THEN reason ELSE name || ' ' || reason END"
    rejected = _counts(
        connection,
        f"SELECT first({kind} ORDER BY place, name, reason) AS kind FROM found "
        "WHERE outcome = 'rejected' GROUP BY line",
    )
    flagged = _counts(connection, f"SELECT {kind} AS kind FROM found WHERE outcome = 'flagged'")
    apart = _counts(
        connection, "SELECT DISTINCT line, reason AS kind FROM found WHERE outcome = 'set aside'"
    )
    used, first, last, *filled = _used(connection)
    # A running total speaks of every day up to its own, however long the last was ago.
    days = "date, reported_on, updated_on" + (", date_end" if cast.plan.profile.cumulative else "")
    frozen_on = _one(connection, f"SELECT max(greatest({days})) FROM valid_rows")
    store = Store(
        folder=built,
        profile=StoredProfile.of(cast.plan.profile),
        sha256=sha256,
        file_name=file_name,
        rows_read=cast.rows + sum(found.outcome != "flagged" for found in cast.findings),
        rows_used=used,
        rows_set_aside=sum(apart.values()),
        rows_rejected=sum(rejected.values()),
        set_aside=apart,
        rejected=rejected,
        flagged=flagged,
        first_date=first,
        last_date=last,
        frozen_on=frozen_on[0],
        completeness=dict(zip((column.name for column in KEPT), filled, strict=True)),
        first_line=cast.first_line,
        header_line=cast.header_line,
        table_size=(built / TABLE).stat().st_size,
        absent=cast.absent,
    )
    assert store.rows_read == store.rows_used + store.rows_set_aside + store.rows_rejected
    return store


def _used(connection: "DuckDBPyConnection") -> tuple[Any, ...]:
    """Of the rows used: how many, the first and last day, and what is not blank by column."""
    filled = ", ".join(f"count({column.name})" for column in KEPT)
    return _one(
        connection,
        f"SELECT count(*), min(date), max(date), {filled} FROM valid_rows WHERE set_aside IS NULL",
    )


def _counts(connection: "DuckDBPyConnection", rows: str) -> dict[str, int]:
    """How often each ``kind`` occurs, most often first."""
    return dict(
        connection.execute(
            f"SELECT kind, count(*) FROM ({rows}) GROUP BY kind ORDER BY count(*) DESC, kind"
        ).fetchall()
    )


def _one(connection: "DuckDBPyConnection", sql: str) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = connection.execute(sql).fetchone()
    assert row is not None
    return row
