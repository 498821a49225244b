"""Which rows of the data an issue opens, and what it knows of the others.

Of a large file only the rows of the charts, of the year and of the weeks that this one is
compared with are opened. What longer spans take, the days since a baseline and the longest
series of weeks, are sums by day of everything, counted once by the functions of `series` and
kept in the folder of the store; SQL over all rows counts each issue's totals a second time.
A file that is not large is opened whole.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sitrep import places, series
from sitrep.areas import LEVELS, Aliases
from sitrep.incidents.database import connected
from sitrep.incidents.loading import load_rows
from sitrep.incidents.sql import listed, literal
from sitrep.incidents.store import LARGE, Store
from sitrep.incidents.table import VALIDITY
from sitrep.periods import Periods
from sitrep.records import records
from sitrep.series import Columns
from sitrep.settings import CountingSettings, Settings
from sitrep.spans import Floats
from sitrep.statistics.baseline import LEAVE_OUT
from sitrep.weeks import Week

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

YEAR = 52  # weeks that late records are looked for in
ROWS = 250_000  # summed at a time
_FIGURES = tuple(
    f"{measure}{part}"
    for measure in ("killed", "injured")
    for part in ("", "_low", "_high", "_women", "_men", "_children", "_girls", "_boys")
)
_COLUMNS = (
    "date", "status", "displacement_kind", "displaced", "displaced_households",
    "combatants_killed", "killed_civilians", *_FIGURES, *VALIDITY,
)  # fmt: skip


@dataclass(frozen=True)
class Earlier:
    """Sums of each day before `first`; columns as of `series.weekly`, with ``day`` for the week.

    `group` is blank for totals, or a class of sex and age.
    """

    first: date
    days: pd.DataFrame

    def carries(self, measure: str) -> bool:
        """Whether any of these records has a figure of the measure."""
        here = self._of(measure, "")
        return bool(here["value"].notna().any())

    def sums(self, measure: str, ends: Sequence[tuple[date, date]], *, group: str = "") -> Columns:
        """The sums of spans of days as far as they lie before `first`, as `series.sums` gives."""
        here = self._of(measure, group)
        day = here["day"].to_numpy("datetime64[D]")
        found = {name: np.full(len(ends), np.nan) for name in series.ENDS}
        found |= {name: np.zeros(len(ends), np.int64) for name in series.COUNTS}
        for n, (first, last) in enumerate(ends):
            if first < self.first:
                days = here[(day >= np.datetime64(first)) & (day <= np.datetime64(last))]
                for name in series.VALUES:
                    found[name][n] = days[name].sum(min_count=int(name in series.ENDS))
        return found

    def incidents(self, weeks: Sequence[Week]) -> Floats:
        """How many incidents each of some weeks without a gap had, as far as they lie before."""
        here = self._of("incidents", "")
        starts = np.array([week.start for week in weeks], dtype="datetime64[D]")
        place = np.searchsorted(starts, here["day"].to_numpy("datetime64[D]"), "right") - 1
        inside = place >= 0
        counts = np.bincount(place[inside], here["value"].to_numpy()[inside], len(weeks))
        return counts.astype(np.float64)

    def _of(self, measure: str, group: str) -> pd.DataFrame:
        return self.days[(self.days["measure"] == measure) & (self.days["group"] == group)]


@dataclass(frozen=True)
class Opened:
    """The rows that an issue opens: from `first` to `last`, where there are such, of an area.

    `spellings` are the commonest of each p-code among all rows up to the week, by level;
    None where all rows are opened.
    """

    first: date | None = None
    last: date | None = None
    where: str = "true"
    spellings: Mapping[str, places.Spellings] | None = None
    earlier: Earlier | None = None

    def load(
        self, store: Store, columns: Sequence[str], *, database: "DuckDBPyConnection | None" = None
    ) -> pd.DataFrame:
        """Some columns of these rows, as `Store.load` gives them."""
        return store.load(
            columns, first=self.first, last=self.last, where=self.where, database=database
        )


WHOLE = Opened()


def opened(
    store: Store,
    settings: Settings,
    periods: Periods,
    *,
    area: str,
    aliases: Aliases,
    database: "DuckDBPyConnection",
) -> Opened:
    """What the issue of a week opens of a store.

    Of the public report of an area all its rows are opened: what is withheld depends on what
    any earlier week has shown.
    """
    if store.rows_used <= LARGE:
        return WHOLE
    last, counting = periods.week.end, settings.counting
    used = f"({store.rows}) WHERE set_aside IS NULL AND date <= DATE '{last}'"
    counts = pairs(used, database.cursor())
    spellings = {level: places.commonest(found) for level, found in counts.items()}
    where = "true"
    if area:
        chosen = {
            level: places.named_so(area, list(found), aliases, spellings[level])
            for level, found in counts.items()
        }
        where = any_of(chosen)
        if settings.report.edition == "public" and counting.withhold_below:
            return Opened(last=last, where=where, spellings=spellings)
    first = first_opened(periods, settings)
    days = _kept(store, counting, where, database)
    earlier = Earlier(first, days[days["day"] < pd.Timestamp(first)])
    return Opened(first, last, where, spellings, earlier)


def first_opened(periods: Periods, settings: Settings) -> date:
    """The first day whose rows an issue needs one by one."""
    compared = settings.statistics.baseline_weeks + LEAVE_OUT + 1
    weeks = [periods.weeks[0], periods.year[0], periods.week - YEAR, periods.week - compared]
    return max(min(weeks), periods.first).start


def located(
    store: Store, chosen: Opened, counting: CountingSettings, aliases: Aliases
) -> pd.DataFrame:
    """The places that rows before those opened give coordinates of, a row each."""
    names = ("place", *(f"{level}{end}" for level in LEVELS for end in ("", "_pcode")))
    rows = (
        f"FROM (SELECT DISTINCT {', '.join(names)}, latitude IS NOT NULL AS latitude, 0 AS line "
        f"FROM ({store.rows}) WHERE set_aside IS NULL AND latitude IS NOT NULL "
        f"AND place IS NOT NULL AND date < DATE '{chosen.first}' AND ({chosen.where}) "
        f"AND status IN ({listed(counting.headline_grades)}))"
    )
    table = load_rows(rows, (*names, "latitude"))
    return places.labelled(places.with_one_name(table, aliases, spellings=chosen.spellings))


def pairs(rows: str, connection: "DuckDBPyConnection") -> dict[str, dict[places.Pair, int]]:
    """Name and p-code of every area, with how many rows have both; by level.

    `rows` is what stands behind FROM.
    """
    pair = [f"{level}, {level}_pcode" for level in LEVELS]
    place = " ".join(f"WHEN GROUPING({level}) = 0 THEN {n}" for n, level in enumerate(LEVELS))
    found: dict[str, dict[places.Pair, int]] = {level: {} for level in LEVELS}
    for count, n, *cells in connection.execute(
        f"SELECT count(*), CASE {place} END, {', '.join(pair)} FROM {rows} "
        f"GROUP BY GROUPING SETS ({', '.join(f'({each})' for each in pair)})"
    ).fetchall():
        found[LEVELS[n]][cells[2 * n], cells[2 * n + 1]] = count
    return found


def any_of(chosen: Mapping[str, Sequence[tuple[str | None, str | None]]]) -> str:
    """SQL for the rows that have any of these names and p-codes."""
    conditions = [
        f"{level} IS NOT DISTINCT FROM {_cell(name)} AND "
        f"{level}_pcode IS NOT DISTINCT FROM {_cell(code)}"
        for level, pairs in chosen.items()
        for name, code in pairs
    ]
    return " OR ".join(f"({condition})" for condition in conditions) or "false"


def _cell(text: str | None) -> str:
    return "NULL" if text is None else literal(text)


def _kept(
    store: Store, counting: CountingSettings, where: str, database: "DuckDBPyConnection"
) -> pd.DataFrame:
    """The sums of every day, as an earlier issue left them or counted now."""
    rules = (_code(), where, repr(counting.headline_grades), repr(counting.persons_per_household))
    key = hashlib.sha256("\0".join(rules).encode()).hexdigest()[:16]
    path = store.folder / f"daily-{key}.parquet"
    with connected(database) as connection:
        if not path.is_file():
            found = pd.concat(_daily(store, counting, where, database), ignore_index=True)
            part = path.with_suffix(f".{os.getpid()}.part")
            connection.register("daily", found)
            with suppress(OSError):  # not kept where there is no room: counted again next time
                connection.execute(f"COPY daily TO {literal(str(part))} (FORMAT parquet)")
                part.replace(path)
            return found
        kept: pd.DataFrame = connection.sql(f"FROM read_parquet({literal(str(path))})").df()
        return kept


def _daily(
    store: Store, counting: CountingSettings, where: str, database: "DuckDBPyConnection"
) -> Iterator[pd.DataFrame]:
    stretches = _stretches(store, where, database)
    for table in store.load_in_turn(_COLUMNS, stretches, where=where, database=database):
        graded = table[table["status"].isin(counting.headline_grades)]
        rows = records(graded, counting=counting)
        rows = rows.assign(week=rows["date"])  # a day stands where a week does
        for found in (
            series.weekly(rows),
            *(series.weekly_parts(rows, measure) for measure in ("killed", "injured")),
        ):
            yield found.rename(columns={"week": "day"})


def _stretches(
    store: Store, where: str, database: "DuckDBPyConnection"
) -> Iterator[tuple[date, date]]:
    """First and last days of as many rows as are summed at a time, or of one day with more."""
    days = database.cursor().execute(
        f"SELECT date, count(*) FROM ({store.rows}) WHERE set_aside IS NULL AND ({where}) "
        "GROUP BY date ORDER BY date"
    )
    first = last = None
    size = 0
    for day, count in days.fetchall():
        if first is not None and last is not None and size + count > ROWS:
            yield first, last
            first, size = None, 0
        first, last, size = first or day, day, size + count
    if first is not None and last is not None:
        yield first, last


@cache
def _code() -> str:
    """A hash of the modules that count: other code, other sums."""
    here = Path(__file__).parent
    names = ("opened", "records", "series", "spans", "measures")
    return hashlib.sha256(
        b"\0".join((here / f"{name}.py").read_bytes() for name in names)
    ).hexdigest()
