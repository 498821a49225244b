"""Headline totals straight from the Parquet, in SQL: the second route to every one of them.

The report's numbers are summed in pandas, week by week and group by group. What is here
shares nothing with that but the table itself, so that a mistake in the one shows in the
difference (`sitrep.issue.second_route` stops there).
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from collections.abc import Mapping, Sequence
from datetime import date
from math import nan
from typing import TYPE_CHECKING

from sitrep.incidents.database import connected
from sitrep.incidents.sql import listed, literal
from sitrep.incidents.store import Store

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

_DISPLACEMENT_ONLY = (
    "(displaced IS NOT NULL OR displaced_households IS NOT NULL) "
    "AND killed IS NULL AND injured IS NULL"
)
_INCIDENT = f"line IS NOT NULL AND NOT ({_DISPLACEMENT_ONLY})"
_NEW = "displacement_kind = 'new'"


def totals(
    store: Store,
    spans: Mapping[str, tuple[date, date]],
    *,
    grades: Sequence[str],
    persons_per_household: float = 0.0,
    lines: "pd.Series | None" = None,
    where: str = "true",
    database: "DuckDBPyConnection | None" = None,
) -> dict[tuple[str, str], float]:
    """Killed, injured, newly displaced and incidents of each span of days, both ends included.

    Parameters
    ----------
    spans : name to first and last day.
    grades : of verification, that the totals hold.
    persons_per_household : 0 leaves households out of the displaced.
    lines : the rows of an area, by line; None for all rows.
    where : a condition more, in SQL.
    database : as of `Store.load`.

    Returns
    -------
    (measure, span) to the sum; 0 where no row could have had a figure, NaN where there are
    such rows and all of them are blank.
    """
    people = "displaced"
    if persons_per_household:
        factor = f"CAST({persons_per_household!r} AS DOUBLE)"
        people = f"coalesce(displaced, round_even(displaced_households * {factor}, 0))"
    moved = f"{_NEW} AND (displaced IS NOT NULL OR displaced_households IS NOT NULL)"
    # What a row adds to a measure, and which rows could have had a figure of it.
    added = {
        "killed": ("killed", _INCIDENT),
        "injured": ("injured", _INCIDENT),
        "displaced": (people, moved),
        "incidents": ("1", _INCIDENT),
    }
    sums = ", ".join(
        f"sum({what}) FILTER ({scope}), count(*) FILTER ({scope})" for what, scope in added.values()
    )
    days = ", ".join(
        f"({literal(name)}, {literal(str(first))}::DATE, {literal(str(last))}::DATE)"
        for name, (first, last) in spans.items()
    )
    inside = f"({where})" if lines is None else "line IN (SELECT line FROM chosen)"
    ends = [day for span in spans.values() for day in span]
    inside += f" AND date BETWEEN DATE '{min(ends)}' AND DATE '{max(ends)}'"
    with connected(database) as connection:
        if lines is not None:
            connection.register("chosen", lines.to_frame("line"))
        rows = connection.execute(
            f"SELECT name, {sums} FROM (VALUES {days}) spans(name, first, last) LEFT JOIN "
            f"(SELECT * FROM ({store.rows}) WHERE set_aside IS NULL AND {inside} "
            f"AND status IN ({listed(grades)})) ON date BETWEEN first AND last GROUP BY name"
        ).fetchall()
    return {
        (measure, name): _total(*figures[2 * at : 2 * at + 2])
        for name, *figures in rows
        for at, measure in enumerate(added)
    }


def _total(found: float | None, scope: int) -> float:
    if found is None:
        return nan if scope else 0.0
    return float(found)
