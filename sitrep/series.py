"""Weekly sums of casualties and displacement, as pandas tables; unknowns and ranges kept.

Every function takes records (`sitrep.records`) and gives long tables: a row for each
week, measure and group. Nothing here knows of words or pictures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sitrep import measures as m
from sitrep.records import sex_age_parts

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Columns = dict[str, Any]  # name to an array; all of one length
Mask = np.ndarray[Any, np.dtype[np.bool_]]

KEYS = ["week", "measure", "group"]
VALUES = ["value", "low", "high", "incidents", "not_reported"]
COLUMNS = [*KEYS, *VALUES]
COUNTED = (*m.SUMMED, "incidents", "displacement_records")


@dataclass(frozen=True)
class Cells:
    """A cell is a week and a group: `number` says which one each record falls into."""

    number: Ints
    weeks: pd.DatetimeIndex
    groups: np.ndarray[Any, np.dtype[np.object_]]

    @property
    def count(self) -> int:
        return len(self.weeks) * len(self.groups)

    def sums(self, values: Floats, chosen: Mask) -> Floats:
        """The sum of the chosen values in each cell; 0 where there are none."""
        return np.bincount(self.number[chosen], values[chosen], self.count).astype(np.float64)

    def counts(self, chosen: Mask) -> Ints:
        """How many chosen records fall into each cell."""
        return np.bincount(self.number[chosen], minlength=self.count)

    def named(self, cells: Ints) -> dict[str, Any]:
        """The week and group of some cells, as columns."""
        week, group = np.divmod(cells, max(len(self.groups), 1))
        return {"week": self.weeks.to_numpy()[week], "group": self.groups[group]}


def cells_of(rows: pd.DataFrame, by: str = "") -> Cells:
    """The cells of the records; a blank group is ``not recorded``."""
    week, starts = pd.factorize(rows["week"], sort=True)
    group, names = np.zeros(len(rows), dtype=np.int64), [""]
    if by:
        if by in rows:
            group, found = pd.factorize(rows[by], sort=False)
            names = list(found)
        else:
            group = group - 1
        if m.NOT_RECORDED not in names:
            names.append(m.NOT_RECORDED)
        group = np.where(group < 0, names.index(m.NOT_RECORDED), group)
    groups = np.array(names, dtype=object)
    return Cells(week * len(groups) + group, pd.DatetimeIndex(starts), groups)


def weekly(rows: pd.DataFrame, by: str = "", *, only: Iterable[str] = ()) -> pd.DataFrame:
    """Sum every measure by week, and by the column `by` if one is named.

    Parameters
    ----------
    rows : records; cells with several values (``home;school``) are split before, by
        `records.exploded`.
    only : names of measures; all of them if empty.

    Returns
    -------
    Columns week (first day), measure, group (``""`` without `by`; blank cells are
    ``not recorded``), value, low, high, incidents, not_reported. `incidents` counts the
    rows that could have had a figure, `not_reported` those of them without one. `value`
    is NaN where all of them were blank: a sum of blanks is blank, not zero.
    """
    cells = cells_of(rows, by)
    tables = [_sums(rows, measure, cells) for measure in tuple(only) or COUNTED]
    return _stacked(tables, COLUMNS)


def weekly_parts(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Weekly sums of the sex and age classes of `measure`, columns as of `weekly`.

    The classes of a week add up to its total. The remainder's range is that of the
    total less the known parts; `not_reported` counts incidents with victims of whom
    the source did not give this class.
    """
    rows = rows[(rows["is_incident"] & rows[measure].notna()).to_numpy()]
    cells, parts = cells_of(rows), sex_age_parts(rows, measure)
    total = rows[measure].to_numpy(float)
    known = total - parts[m.REMAINDER].to_numpy(float)
    ends = {
        "low": np.clip(rows[f"{measure}_low"].to_numpy(float) - known, 0, None),
        "high": rows[f"{measure}_high"].to_numpy(float) - known,
    }
    every = np.arange(cells.count)
    incidents = cells.counts(np.ones(len(rows), dtype=bool))
    tables: list[Columns] = []
    for name in m.SEX_AGE_PARTS:
        value = parts[name].to_numpy(float)
        given = ~np.isnan(value)
        sums = _blank_where(cells.counts(given) == 0, cells.sums(value, given))
        own = name == m.REMAINDER
        tables.append(
            {
                **cells.named(every),
                "measure": _repeated(measure, cells.count),
                "group": _repeated(name, cells.count),
                "value": sums,
                **{end: cells.sums(v, given) if own else sums for end, v in ends.items()},
                "incidents": incidents,
                "not_reported": cells.counts(~given & (total > 0)),
            }
        )
    return _stacked(tables, COLUMNS)


def sources(rows: pd.DataFrame, by: str = "", *, only: Iterable[str] = ()) -> pd.DataFrame:
    """Which source gave a figure of which measure, for which week and group.

    Columns week, measure, group, source; each combination once. `rows` are records of
    one source each: those that name several are split before, by `records.exploded`.
    """
    cells = cells_of(rows, by)
    source, names = pd.factorize(rows["source"], sort=False)
    pairs = cells.number * max(len(names), 1) + source
    tables: list[Columns] = []
    for measure in tuple(only) or COUNTED:
        scope, value = _scope_and_value(rows, measure)
        distinct = np.unique(pairs[scope & ~np.isnan(value) & (source >= 0)])
        cell, number = np.divmod(distinct, max(len(names), 1))
        tables.append(
            {
                **cells.named(cell),
                "measure": _repeated(measure, len(cell)),
                "source": np.asarray(names, dtype=object)[number],
            }
        )
    return _stacked(tables, [*KEYS, "source"])


def over(
    weekly: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, *, by: Sequence[str]
) -> pd.DataFrame:
    """A weekly series summed over the weeks that start from `first` to `last`, inclusive.

    Returns the columns of `by` and the summed ones; NaN where every week was blank, and where
    no incident of any week had a figure: weeks without incidents do not make that a zero.
    """
    inside = weekly[(weekly["week"] >= first) & (weekly["week"] <= last)]
    summed = inside.groupby(list(by), sort=False)[VALUES].sum(min_count=1).reset_index()
    blank = (summed["incidents"] > 0) & (summed["incidents"] == summed["not_reported"])
    summed.loc[blank, ["value", "low", "high"]] = np.nan
    return summed


def _sums(rows: pd.DataFrame, measure: str, cells: Cells) -> Columns:
    scope, value = _scope_and_value(rows, measure)
    known = scope & ~np.isnan(value)
    counted, reported = cells.counts(scope), cells.counts(known)
    sums = {"value": cells.sums(value, known)}
    for end in ("low", "high"):
        name = f"{measure}_{end}"
        own = name in rows
        sums[end] = cells.sums(rows[name].to_numpy(float), known) if own else sums["value"]
    filled = np.flatnonzero(counted)
    blank = reported[filled] == 0
    return {
        **cells.named(filled),
        "measure": _repeated(measure, len(filled)),
        **{name: _blank_where(blank, total[filled]) for name, total in sums.items()},
        "incidents": counted[filled],
        "not_reported": (counted - reported)[filled],
    }


def _blank_where(blank: Mask, sums: Floats) -> Floats:
    """A sum of blanks is blank."""
    return np.where(blank, np.nan, sums)


def _repeated(text: str, times: int) -> Any:
    return np.full(times, text, dtype=object)


def _stacked(tables: Sequence[Columns], names: Sequence[str]) -> pd.DataFrame:
    """Tables as columns, one under the other: one DataFrame costs less than many."""
    return pd.DataFrame({name: np.concatenate([table[name] for table in tables]) for name in names})


def _scope_and_value(rows: pd.DataFrame, measure: str) -> tuple[Mask, Floats]:
    """Which rows could have a figure of this measure, and the figures."""
    incident = rows["is_incident"].to_numpy(bool)
    if measure in ("incidents", "displacement_records"):
        return incident if measure == "incidents" else ~incident, np.ones(len(rows))
    value = rows[measure].to_numpy(float)
    if measure in ("killed", "injured"):
        return incident, value
    if measure == "displaced":  # a source that counts households could have counted people
        return ~np.isnan(value) | rows["households"].notna().to_numpy(), value
    return ~np.isnan(value), value
