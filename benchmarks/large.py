"""What is measured of a file of ten million rows: ``python -m benchmarks.large STEP PATH FOLDER``.

Each step is one side of a comparison in `run.py`, or makes the file that all read.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
MEASURES = ("killed", "injured", "displaced")
# As many as in the issue, and no more: two gigabytes in ten million rows.
COLUMNS = """NEW_ID AS incident_id, day AS date, day + late AS reported_on, admin1, admin2, admin3,
    admin2_pcode, place, latitude, longitude, place_precision, attack, target, perpetrator,
    killed, injured, displaced, source, 'https://example.org/reports/' || md5(n || '-' || copy)
    AS source_url, status"""
LOADED = (
    "date", "admin2", "killed", "killed_low", "killed_high", "killed_civilians",
    "killed_range_valid", "injured", "injured_low", "injured_high", "injured_range_valid",
    "combatants_killed", "displaced", "displaced_households", "displacement_kind",
)  # fmt: skip


def make(path: Path, folder: Path, *, rows: int = 10_000_000) -> None:
    """The sample's rows again and again under new ids, over nine years, in the order of days."""
    import duckdb

    part = path.with_suffix(".part")
    source = f"read_csv('{ROOT / 'data' / 'incidents.csv'}', all_varchar=true, header=true)"
    with duckdb.connect(
        config={"memory_limit": "2GB", "temp_directory": str(path.with_suffix(".spill"))}
    ) as connection:
        connection.execute(
            "CREATE TABLE sample AS SELECT *, row_number() OVER () AS n, try_cast(date AS DATE) "
            "AS first, coalesce(try_cast(reported_on AS DATE) - first, 0)::INTEGER AS late "
            f"FROM {source} WHERE first IS NOT NULL"
        )
        (found,) = connection.execute("SELECT count(*) FROM sample").fetchall()
        copies = -(-rows // found[0])
        number = "'NW-' || lpad((row_number() OVER (ORDER BY day, copy, n))::VARCHAR, 9, '0')"
        connection.execute(
            f"COPY (SELECT {COLUMNS.replace('NEW_ID', number)} FROM (SELECT *, "
            f"first - (577 * (copy % 6))::INTEGER AS day FROM sample, range({copies}) c(copy)) "
            f"ORDER BY day, copy, n LIMIT {rows}) TO '{part}' (HEADER)"
        )
    part.rename(path)


def check(path: Path, folder: Path) -> None:
    """Read, check and store, as the first report of a file does."""
    from sitrep.incidents import Input, read

    store = read(Input(path), store=folder)
    print(store.rows_read, "rows read,", store.rows_used, "used")


def count(path: Path, folder: Path) -> None:
    """DuckDB's bare count of the same rows, every column as text."""
    import duckdb

    print(duckdb.sql(f"SELECT count(*) FROM {_as_text(path)}").fetchall())


def copy(path: Path, folder: Path) -> None:
    """DuckDB's bare copy of the same rows to Parquet, every column as text, nothing checked."""
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    duckdb.sql(f"COPY (SELECT * FROM {_as_text(path)}) TO '{folder / 'copy.parquet'}'")


def _as_text(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        names = file.readline().strip().split(",")
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    return (
        f"read_csv('{path}', header=true, auto_detect=false, delim=',', quote='\"', "
        f"columns={{{columns}}})"
    )


def series(path: Path, folder: Path) -> None:
    """Weekly sums of every measure by district, from the store, a stretch of days at a time."""
    import pandas as pd

    from sitrep.cluster import added
    from sitrep.records import records
    from sitrep.series import weekly
    from sitrep.settings import CountingSettings

    store, counting = _stored(path, folder), CountingSettings()
    tables = [
        weekly(records(table, counting=counting), "admin2")
        for table in store.load_in_turn(LOADED, _years(store))
    ]
    print(len(added(pd.concat(tables))), "sums")


def group(path: Path, folder: Path) -> None:
    """DuckDB's own sums of the Parquet by week and district; and the rows handed to pandas."""
    import duckdb

    store = _stored(path, folder)
    sums = ", ".join(f"sum({name}), count({name})" for name in LOADED if name.startswith(MEASURES)
                     and not name.endswith("_valid"))  # fmt: skip
    found = duckdb.sql(
        f"SELECT date_trunc('week', date), admin2, {sums}, count(*) FROM ({store.rows}) "
        "WHERE set_aside IS NULL GROUP BY ALL"
    ).df()
    for first, last in _years(store):
        store.load(LOADED, first=first, last=last)
    print(len(found), "groups")


def week(path: Path, folder: Path) -> None:
    """All that an issue takes of one week's rows, in seconds without the imports."""
    import duckdb  # noqa: F401
    import pandas as pd  # noqa: F401

    from sitrep.areas import COLUMNS as AREAS
    from sitrep.records import COLUMNS as OF_RECORDS

    columns = tuple(dict.fromkeys((*OF_RECORDS, *AREAS, "line")))
    began = perf_counter()
    store = _stored(path, folder)
    table = store.load(columns, first=date(2018, 3, 5), last=date(2018, 3, 11))
    print(f"{perf_counter() - began:.2f} s for the {len(table):,} rows of a week")


def _stored(path: Path, folder: Path):  # type: ignore[no-untyped-def]
    from sitrep.incidents import Input, read

    return read(Input(path), store=folder)


def _years(store) -> Iterator[tuple[date, date]]:  # type: ignore[no-untyped-def]
    for year in range(store.first_date.year, store.last_date.year + 1):
        yield date(year, 1, 1), date(year, 12, 31)


STEPS: dict[str, Callable[[Path, Path], None]] = {
    step.__name__: step for step in (make, check, count, copy, series, group, week)
}

if __name__ == "__main__":
    with suppress(BrokenPipeError):
        STEPS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
