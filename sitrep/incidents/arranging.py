"""A large table in the order of days, so that a week of it is read without the rest.

Parquet keeps the first and last day of each group of rows. Where the rows of a file come
about in the order of their days, as most do, a week lies in a few groups; where they do
not, the table is sorted once.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.incidents.relation import cast_rows
from sitrep.incidents.sql import literal
from sitrep.incidents.store import LARGE
from sitrep.incidents.verdicts import Pass

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# DuckDB's own size. With fewer rows together, the threads that write wait less for one
# another, but the table of contents of a large file would take longer to read than a week.
ROWS_TOGETHER = 122_880
# A day is to lie in so many groups of rows, on average, and no more.
_GROUPS_A_DAY = 4


def arranged(connection: "DuckDBPyConnection", cast: Pass) -> Pass:
    """The same pass with its table in the order of days, where it is large and is not."""
    if cast.rows <= LARGE or _groups_a_day(connection, cast.table) <= _GROUPS_A_DAY:
        return cast
    target = cast.table.with_name("arranged.parquet")
    rows = cast_rows(cast.table, first_line=cast.first_line)
    connection.execute(
        f"COPY (SELECT * EXCLUDE (file_row_number) FROM ({rows}) ORDER BY date, line) "
        f"TO {literal(str(target))} "
        f"(FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE {ROWS_TOGETHER})"
    )
    cast.table.unlink()
    return replace(cast, table=target, first_line=0)


def _groups_a_day(connection: "DuckDBPyConnection", table: Path) -> float:
    """In how many groups of rows a day of the table's span lies, by what Parquet says of them."""
    (found,) = connection.execute(
        "SELECT sum(ends.last - ends.first + 1) / (max(ends.last) - min(ends.first) + 1) FROM ("
        "SELECT {'first': stats_min_value::DATE, 'last': stats_max_value::DATE} AS ends "
        f"FROM parquet_metadata({literal(str(table))}) "
        "WHERE path_in_schema = 'date' AND stats_min_value IS NOT NULL)"
    ).fetchall()
    return float(found[0] or 0)
