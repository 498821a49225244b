"""The typed table as pandas columns."""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sitrep.errors import UsageError, nearest
from sitrep.incidents.sql import literal
from sitrep.incidents.store import Store, known_columns
from sitrep.incidents.table import COLUMNS, VALIDITY

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

_CASTS = {"date": "TIMESTAMP", "count": "DOUBLE", "decimal": "DOUBLE"}


def load(store: Store, columns: Sequence[str], *, include_set_aside: bool) -> "pd.DataFrame":
    """See `Store.load`."""
    import duckdb

    known = known_columns()
    for name in columns:
        if name not in known:
            raise UsageError(f"the incident table has no column {name!r}{nearest(name, known)}")
    where = "true" if include_set_aside else "set_aside IS NULL"
    rows = f"read_parquet({literal(str(store.parquet))}, file_row_number=true) WHERE {where}"
    with duckdb.connect() as connection:
        read = [_column(connection, store, name, rows) for name in columns]
        frame: pd.DataFrame = connection.sql(f"SELECT {', '.join(read)} FROM {rows}").df()
    return frame


def _column(connection: "DuckDBPyConnection", store: Store, name: str, rows: str) -> str:
    """SQL for one column as pandas should get it; text through a type of its own values."""
    if name == "line":
        return f"file_row_number + {store.first_line} AS line" if store.first_line else name
    if name in VALIDITY:
        return name
    kinds = {column.name: column.kind for column in COLUMNS}
    if kind := _CASTS.get(kinds.get(name, "text")):
        return f"CAST({name} AS {kind}) AS {name}"
    values = f"SELECT DISTINCT {name} FROM {rows} AND {name} IS NOT NULL ORDER BY 1"
    connection.execute(f"CREATE OR REPLACE TYPE as_{name} AS ENUM ({values})")
    return f"CAST({name} AS as_{name}) AS {name}"
