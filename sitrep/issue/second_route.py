"""The headline totals a second time, by SQL: a report is made only where both ways agree."""

from math import isnan
from typing import TYPE_CHECKING

from sitrep.errors import DataError
from sitrep.settings import Settings
from sitrep.weeks import interval

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

    from sitrep.incidents import Store
    from sitrep.numbers import Numbers
    from sitrep.periods import Periods


def second_route(
    store: "Store",
    settings: Settings,
    periods: "Periods",
    lines: "pd.Series | None",
    where: str,
    database: "DuckDBPyConnection",
) -> dict[tuple[str, str], float]:
    """The headline totals by SQL over the Parquet, by measure and label of the weeks."""
    from sitrep.incidents.totals import totals

    weeks = [(week, week) for week in (periods.week, periods.last) if periods.covers(week)]
    long = [span for span in (periods.four, periods.year) if periods.covers(span[0])]
    spans = {str(first): (first.start, last.end) for first, last in weeks}
    spans |= {interval(first, last): (first.start, last.end) for first, last in long}
    spans |= {periods.since(b): (b.date, periods.week.end) for b in periods.baselines}
    return totals(
        store,
        spans,
        grades=settings.counting.headline_grades,
        persons_per_household=settings.counting.persons_per_household,
        lines=lines,
        where=where,
        database=database,
    )


def refuse_difference(numbers: "Numbers", second: dict[tuple[str, str], float]) -> None:
    """Two ways to one total that differ are a mistake in the program: no report is made."""
    for (measure, label), total in second.items():
        number = numbers.get(measure, label)
        if number is not None and number.value != total and not (isnan(total) and not number.known):
            raise DataError(
                f"the two ways of computing {measure} of {label} differ: {number.value:g} and "
                f"{total:g}; no report is made of numbers that disagree. This is a defect of the "
                "program: please report it with the data"
            )
