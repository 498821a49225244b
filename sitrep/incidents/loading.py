"""The typed table as pandas columns."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any

from sitrep.errors import UsageError, nearest
from sitrep.incidents.database import connected
from sitrep.incidents.sql import listed
from sitrep.incidents.store import Store, known_columns
from sitrep.incidents.table import COLUMNS, VALIDITY

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from duckdb import DuckDBPyConnection

_CASTS = {"date": "TIMESTAMP", "count": "DOUBLE", "decimal": "DOUBLE"}
_KINDS = {column.name: column.kind for column in COLUMNS}
_ORDER = "place_in_the_file"
FEW = 20_000  # rows


def load(
    store: Store,
    columns: Sequence[str],
    *,
    include_set_aside: bool,
    first: date | None = None,
    last: date | None = None,
    where: str = "true",
    database: "DuckDBPyConnection | None" = None,
) -> "pd.DataFrame":
    """See `Store.load`."""
    known = known_columns()
    for name in columns:
        if name not in known:
            raise UsageError(f"the incident table has no column {name!r}{nearest(name, known)}")
    conditions = [f"({where})", *([] if include_set_aside else ["set_aside IS NULL"])]
    conditions += [f"date >= DATE '{first}'"] if first else []
    conditions += [f"date <= DATE '{last}'"] if last else []
    rows = f"FROM ({store.rows}) WHERE {' AND '.join(conditions)}"
    few = store.rows_used + store.rows_set_aside <= FEW
    return load_rows(rows, columns, few=few, database=database)


def load_in_turn(
    store: Store,
    columns: Sequence[str],
    stretches: Iterable[tuple[date, date]],
    *,
    where: str = "true",
    database: "DuckDBPyConnection | None" = None,
) -> "Iterator[pd.DataFrame]":
    """See `Store.load_in_turn`."""
    loaded = (
        store.load(columns, first=first, last=last, where=where, database=database)
        for first, last in stretches
    )
    with ThreadPoolExecutor(1) as beside:
        following = beside.submit(next, loaded, None)
        while (table := following.result()) is not None:
            following = beside.submit(next, loaded, None)
            yield table


def ids(
    store: Store, lines: Iterable[int], *, database: "DuckDBPyConnection | None" = None
) -> dict[int, str]:
    """See `Store.ids`."""
    asked = (
        f"FROM ({store.rows}) SELECT line, incident_id WHERE line IN (SELECT unnest($1::BIGINT[]))"
    )
    with connected(database) as connection:
        return dict(connection.execute(asked, [[int(line) for line in lines]]).fetchall())


def load_rows(
    rows: str,
    columns: Sequence[str],
    *,
    few: bool = False,
    database: "DuckDBPyConnection | None" = None,
) -> "pd.DataFrame":
    """Columns of `rows`, the end of a SQL query with a column ``line``, in the order of lines.

    `few`: whether they are so few that texts may be told apart here. The types by which DuckDB
    does it take longer to make than all the rest, but millions of texts never reach Python.
    """
    with connected(database) as connection:
        return load_rows_through(connection, rows, columns, few=few)


def load_rows_through(
    connection: "DuckDBPyConnection", rows: str, columns: Sequence[str], *, few: bool = False
) -> "pd.DataFrame":
    """As `load_rows`, through a connection that knows what `rows` speaks of."""
    frame = (_few if few else _many)(connection, columns, rows)
    # Rows come in order unless DuckDB joins the other way round; sorting them there takes longer
    # than all the rest.
    order = frame.pop(_ORDER)
    if order.is_monotonic_increasing:
        return frame
    return frame.iloc[order.argsort()].reset_index(drop=True)


def _many(connection: "DuckDBPyConnection", columns: Sequence[str], rows: str) -> "pd.DataFrame":
    _make_types(connection, [name for name in columns if _is_text(name)], rows)
    read = ", ".join(_column(name) for name in columns)
    frame: pd.DataFrame = connection.execute(f"SELECT {read}, line AS {_ORDER} {rows}").df()
    return frame


def _few(connection: "DuckDBPyConnection", columns: Sequence[str], rows: str) -> "pd.DataFrame":
    import pandas as pd

    read = ", ".join(as_pandas(name) for name in columns)
    found: dict[str, Any] = connection.execute(
        f"SELECT {read}, line AS {_ORDER} {rows}"
    ).fetchnumpy()
    return pd.DataFrame(
        {
            name: _categories(cells) if _is_text(name) else _blanks_filled(cells)
            for name, cells in found.items()
        },
        copy=False,
    )


def _categories(cells: Any) -> "pd.Categorical":
    """Texts as DuckDB gives those of a type: their values in order, none of them blank."""
    import numpy as np
    import pandas as pd

    texts = np.array(cells.tolist(), dtype=object)  # None where blank
    codes, known = pd.factorize(texts, sort=True)
    values = pd.Index(known, dtype="str" if len(known) else object)
    return pd.Categorical.from_codes(codes, values, ordered=True)


def _blanks_filled(cells: Any) -> "np.ndarray[Any, Any]":
    import numpy as np

    blank = np.datetime64("NaT") if cells.dtype.kind == "M" else np.nan
    return np.asarray(cells.filled(blank) if np.ma.is_masked(cells) else cells)


def _is_text(name: str) -> bool:
    return name not in ("line", _ORDER, *VALIDITY) and _KINDS.get(name, "text") not in _CASTS


def _make_types(connection: "DuckDBPyConnection", names: Sequence[str], rows: str) -> None:
    """A type of its own values for each text column: pandas gets them as categories.

    ``list(DISTINCT …)`` of so many columns would take twice as long, a list of all their
    values the memory of the rows.
    """
    if not names:
        return
    distinct = ", ".join(f"list_sort(map_keys(histogram({name})))" for name in names)
    (found,) = connection.sql(f"SELECT {distinct} {rows}").fetchall()
    connection.execute(
        ";".join(
            f"DROP TYPE IF EXISTS as_{name}; "
            f"CREATE TEMP TYPE as_{name} AS ENUM ({listed(values or ())})"
            for name, values in zip(names, found, strict=True)
        )
    )


def _column(name: str) -> str:
    """SQL for one column as pandas should get it."""
    if _is_text(name):
        return f"CAST({name} AS as_{name}) AS {name}"
    return as_pandas(name)


def as_pandas(name: str) -> str:
    """SQL for one column, of the type that pandas is to have, but for text."""
    cast = _CASTS.get(_KINDS.get(name, ""))
    return f"CAST({name} AS {cast}) AS {name}" if cast else name
