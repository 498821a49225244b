"""What a source of running totals changed of earlier days: numbers of the issue.

A total that was lowered, and figures that the source says are of earlier days, are part of
the week in which they came in; a reader must be told how much of it they are.
"""

import numpy as np
import pandas as pd

from sitrep.incidents import Store
from sitrep.incidents.increments import CORRECTION, LATE
from sitrep.numbers import COLUMNS
from sitrep.periods import Periods

KINDS = {CORRECTION: "lowered", LATE: "late"}


def restated_numbers(store: Store, periods: Periods) -> pd.DataFrame:
    """How much of this week's figures is not of this week, by measure.

    Returns
    -------
    Columns as of `numbers.COLUMNS`: ``killed_lowered`` (by how much earlier totals were
    lowered, above zero) and ``killed_late`` (how many were added for earlier days), likewise
    of the other measures; `incidents` is how many reports say so.
    """
    found = [
        (listed.line, f"{listed.column}_{KINDS[listed.reason]}", abs(float(listed.value)))
        for listed in store.listed()
        if listed.reason in KINDS
    ]
    table = pd.DataFrame(found, columns=["line", "measure", "value"])
    dated = table.merge(store.load(["line", "date"]), on="line")
    first, last = (pd.Timestamp(day) for day in (periods.week.start, periods.week.end))
    week = dated["date"].between(first, last)
    sums = dated[week].groupby("measure", sort=True)["value"].agg(["sum", "size"])
    numbers = pd.DataFrame({"measure": sums.index, "value": sums["sum"], "incidents": sums["size"]})
    given = numbers.assign(week=str(periods.week), breakdown="", group="", not_reported=np.nan)
    return given.assign(low=given["value"], high=given["value"]).reindex(columns=COLUMNS)
