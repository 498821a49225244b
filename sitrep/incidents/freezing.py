"""The incidents of a published issue, kept as they were: one Parquet file.

Kept are the rows that were used, with every column of the table, up to a day. `notes` are
not part of the typed table, so they are not kept either.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.incidents.database import connected
from sitrep.incidents.sql import literal
from sitrep.incidents.store import Store
from sitrep.incidents.table import KEPT, VALIDITY

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FROZEN = (*(column.name for column in KEPT), *VALIDITY)
# Columns that issues published before they were declared do not have, and what they would hold.
_LATER = {
    "displaced_low": "NULL::INTEGER",
    "displaced_high": "NULL::INTEGER",
    "displaced_range_valid": "true",
}


def freeze(store: Store, path: Path, *, until: date) -> None:
    """Write the used rows dated up to `until`, that day included, in the order of the file."""
    import duckdb

    with duckdb.connect(config={"threads": 1}) as connection:  # one: the same bytes every time
        connection.execute(
            f"COPY (SELECT {', '.join(FROZEN)}, line FROM ({store.rows}) "
            f"WHERE set_aside IS NULL AND date <= {literal(str(until))}::DATE ORDER BY line) "
            f"TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)"
        )


def frozen_rows(path: Path, *, database: "DuckDBPyConnection | None" = None) -> str:
    """The rows of a file that `freeze` wrote, as a SQL query: columns `FROZEN` and ``line``."""
    source = f"read_parquet({literal(str(path))})"
    with connected(database) as connection:
        there = connection.sql(f"FROM {source} LIMIT 0").columns
    added = [f"{value} AS {name}" for name, value in _LATER.items() if name not in there]
    return f"SELECT {', '.join(['*', *added])} FROM {source}"
