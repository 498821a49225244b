"""Weekly series of a table too large for one machine: `sitrep.series` on a Dask cluster.

The table is a folder of Parquet files, on a disk or in object storage. Each worker sums its
own rows with the functions that one machine uses; what comes back is a sum for each week and
group, small, and these are added by the same rule: a sum of blanks is blank. Dask is not
imported by anything else, and need not be installed.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sitrep import series
from sitrep.areas import LEVELS, Aliases
from sitrep.errors import DataError, UsageError
from sitrep.incidents.loading import as_pandas
from sitrep.incidents.sql import literal
from sitrep.incidents.table import KEPT, VALIDITY
from sitrep.places import one_name
from sitrep.records import COLUMNS, exploded, records
from sitrep.settings import CountingSettings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from sitrep.incidents import Store

PARTS = "parts"  # what `weekly` sums instead of a column: classes of sex and age
WAIT = 10  # seconds for a scheduler to answer
_ENDS, _COUNTS = ["value", "low", "high"], ["incidents", "not_reported"]
# Columns of names, and the code that decides which of their spellings are one
_NAMED = {**{level: f"{level}_pcode" for level in LEVELS}, "place": "NULL"}
_MISSING = (
    "Dask is not installed here: in the folder of the project, pip install '.[cluster]' "
    "(uv pip install '.[cluster]' where uv made the environment)"
)


def spread(store: "Store", folder: Path, *, aliases: Aliases | None = None) -> None:
    """Write the rows of a store that are used to `folder`: a Parquet file or more a year.

    Areas and places get one name each, as `places.with_one_name` gives it: by p-code, and by
    the table of `aliases` (`areas.read_aliases`). No worker sees all rows, so none could.

    Sorted by day. Days are written as time stamps and counts as decimals, as pandas holds
    them: days of Parquet's own kind would reach it as Python objects.

    Raises
    ------
    UsageError
        A folder that is there already: two tables in one would be counted together.
    """
    import duckdb

    if folder.exists():
        raise UsageError(f"{folder} is there already: name a new folder for the table")
    names = (*(column.name for column in KEPT), *VALIDITY)
    columns = ", ".join(map(as_pandas, names))
    with duckdb.connect(config={"memory_limit": "750MB"}) as connection:
        rows = f"(SELECT * FROM ({store.rows}) WHERE set_aside IS NULL)"
        joins = " ".join(
            _named(connection, rows, name, code, aliases or {}) for name, code in _NAMED.items()
        )
        chosen = ", ".join(f"named_{name}.chosen AS {name}" for name in _NAMED)
        connection.execute(
            f"COPY (SELECT {columns}, line, year(date) AS year "
            f"FROM (SELECT r.* REPLACE ({chosen}) FROM {rows} AS r {joins}) "
            f"ORDER BY date, line) TO {literal(str(folder))} "
            "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (year))"
        )


def _named(
    connection: "DuckDBPyConnection", rows: str, name: str, code: str, aliases: Aliases
) -> str:
    """The join that finds the one name of `name`; its table is made here."""
    counted = connection.execute(
        f"SELECT {name}, {code}, count(*) FROM {rows} GROUP BY ALL"
    ).fetchall()
    chosen = one_name({(text, own): count for text, own, count in counted}, aliases)
    table = f"named_{name}"
    connection.execute(f"CREATE TEMP TABLE {table} (name VARCHAR, code VARCHAR, chosen VARCHAR)")
    if chosen:
        connection.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?)", [[*pair, one] for pair, one in chosen.items()]
        )
    return (
        f"JOIN {table} ON {table}.name IS NOT DISTINCT FROM r.{name} "
        f"AND {table}.code IS NOT DISTINCT FROM {code if code == 'NULL' else f'r.{code}'}"
    )


def weekly(
    data: str,
    by: str = "",
    *,
    counting: CountingSettings,
    scheduler: str = "",
    only: Iterable[str] = (),
    storage_options: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """`series.weekly` of a folder of Parquet files, however large.

    Parameters
    ----------
    data : the folder that `spread` wrote: a path that all workers see, or an address such as
        ``s3://bucket/incidents`` (with fsspec's package for it, here s3fs, on all of them).
    by : a column of the incident table; ``target`` and ``source`` are split, so that their
        groups overlap.
    counting : week, grades that count, and the factor for households.
    scheduler : ``tcp://…``; without one, processes on this machine.
    storage_options : what fsspec needs for the address, such as a key.

    Returns
    -------
    Columns as of `series.weekly`, by measure, week and name of the group.

    Raises
    ------
    UsageError
        Dask is not installed, or no scheduler answers.
    """
    names = tuple(only) or series.COUNTED
    return _summed(
        data, _weekly, (by, names), counting=counting, scheduler=scheduler,
        storage_options=storage_options,
    )  # fmt: skip


def weekly_parts(
    data: str,
    measure: str,
    *,
    counting: CountingSettings,
    scheduler: str = "",
    storage_options: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """`series.weekly_parts` of a folder of Parquet files; see `weekly`."""
    return _summed(
        data, _weekly_parts, (measure,), counting=counting, scheduler=scheduler,
        storage_options=storage_options,
    )  # fmt: skip


def added(partials: pd.DataFrame) -> pd.DataFrame:
    """One row for each week, measure and group: sums of sums, blank where all of them are."""
    groups = partials.groupby(series.KEYS, sort=True, observed=True)
    sums = groups[_ENDS].sum(min_count=1).join(groups[_COUNTS].sum())
    found = sums.reset_index()[series.COLUMNS]
    place = {name: n for n, name in enumerate(series.COUNTED)}
    order = np.lexsort((found["group"], found["week"], found["measure"].map(place)))
    return found.iloc[order].reset_index(drop=True)


def counted(table: pd.DataFrame, counting: CountingSettings) -> pd.DataFrame:
    """The records of some rows of the incident table that headline totals hold."""
    graded = table[table["status"].isin(counting.headline_grades)]
    return records(graded.reset_index(drop=True), counting=counting)


def _weekly(rows: pd.DataFrame, by: str, names: tuple[str, ...]) -> pd.DataFrame:
    split = exploded(rows, by) if by in ("target", "source") else rows
    return series.weekly(split.reset_index(drop=True), by, only=names)


def _weekly_parts(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    return series.weekly_parts(rows, measure)


def _summed(
    data: str,
    function: Any,
    arguments: tuple[Any, ...],
    *,
    counting: CountingSettings,
    scheduler: str,
    storage_options: Mapping[str, Any] | None,
) -> pd.DataFrame:
    with connected(scheduler):
        import dask
        import dask.dataframe as dd

        with dask.config.set({"dataframe.convert-string": False}):
            try:
                table = dd.read_parquet(
                    data, columns=list(COLUMNS), storage_options=dict(storage_options or {})
                )
            except FileNotFoundError:
                raise DataError(f"{data}: there is no Parquet file; see `cluster.spread`") from None
            partials = table.map_partitions(
                _partial, function, arguments, counting, meta=_nothing(function, arguments)
            ).compute()
    return added(partials)


def _partial(
    table: pd.DataFrame, function: Any, arguments: tuple[Any, ...], counting: CountingSettings
) -> pd.DataFrame:
    """What a worker makes of its rows."""
    found: pd.DataFrame = function(counted(table, counting), *arguments)
    return found.assign(
        group=found["group"].astype(object), measure=found["measure"].astype(object)
    )


def _nothing(function: Any, arguments: tuple[Any, ...]) -> pd.DataFrame:
    """A table like those that workers give back, without a row: Dask asks for one."""
    types = dict.fromkeys(_ENDS, "float64") | dict.fromkeys(_COUNTS, "int64")
    types |= {"week": "datetime64[us]", "measure": "object", "group": "object"}
    return pd.DataFrame({name: pd.Series(dtype=types[name]) for name in series.COLUMNS})


@contextmanager
def connected(scheduler: str) -> Iterator[Any]:
    """A client of the cluster at `scheduler`; of processes on this machine without one.

    Raises
    ------
    UsageError
        Dask is not installed, or nothing answers at that address.
    """
    try:
        from distributed import Client as _Client
        from distributed import LocalCluster
    except ImportError:
        raise UsageError(_MISSING) from None
    client: Any = _Client
    local: Any = LocalCluster
    if not scheduler:
        with local(threads_per_worker=1, dashboard_address=None) as cluster, client(cluster) as own:
            yield own
        return
    try:
        client = client(scheduler, timeout=WAIT)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {scheduler} ({type(error).__name__}); start one with "
            "`dask scheduler`, workers with `dask worker tcp://…`, and name its address"
        ) from None
    with client:
        yield client
