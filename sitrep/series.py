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
from sitrep.records import exploded, sex_age_parts

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
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
        return {"week": self.weeks[week], "group": self.groups[group]}


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
    return _stacked(_sums(rows, measure, cells) for measure in tuple(only) or COUNTED)


def weekly_parts(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Weekly sums of the sex and age classes of `measure`, columns as of `weekly`.

    The classes of a week add up to its total. The remainder's range is that of the
    total less the known parts; `not_reported` counts incidents with victims of whom
    the source did not give this class.
    """
    rows = rows[rows["is_incident"] & rows[measure].notna()]
    cells, parts = cells_of(rows), sex_age_parts(rows, measure)
    known = (rows[measure] - parts[m.REMAINDER]).to_numpy(float)
    ends = {
        "low": np.clip(rows[f"{measure}_low"].to_numpy(float) - known, 0, None),
        "high": rows[f"{measure}_high"].to_numpy(float) - known,
    }
    tables = []
    for name in m.SEX_AGE_PARTS:
        value = parts[name].to_numpy(float)
        given = ~np.isnan(value)
        total = _blank_where(cells.counts(given) == 0, cells.sums(value, given))
        table = pd.DataFrame({"value": total, "low": total, "high": total})
        if name == m.REMAINDER:
            table = table.assign(**{end: cells.sums(v, given) for end, v in ends.items()})
        with_victims = ~given & (rows[measure].to_numpy(float) > 0)
        tables.append(
            table.assign(
                incidents=cells.counts(np.ones(len(rows), dtype=bool)),
                not_reported=cells.counts(with_victims),
                measure=measure,
                **cells.named(np.arange(cells.count)),
            ).assign(group=name)
        )
    return _stacked(tables)


def sources(rows: pd.DataFrame, by: str = "", *, only: Iterable[str] = ()) -> pd.DataFrame:
    """Which source gave a figure of which measure, for which week and group.

    Columns week, measure, group, source; each combination once. A record that names
    several sources counts for each.
    """
    split = exploded(rows, "source")
    cells = cells_of(split, by)
    source, names = pd.factorize(split["source"], sort=False)
    pairs = cells.number * max(len(names), 1) + source
    tables = []
    for measure in tuple(only) or COUNTED:
        scope, value = _scope_and_value(split, measure)
        distinct = np.unique(pairs[scope & ~np.isnan(value) & (source >= 0)])
        cell, number = np.divmod(distinct, max(len(names), 1))
        named = {**cells.named(cell), "measure": measure, "source": np.asarray(names)[number]}
        tables.append(pd.DataFrame(named))
    return pd.concat(tables, ignore_index=True)[[*KEYS, "source"]]


def over(
    weekly: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, *, by: Sequence[str]
) -> pd.DataFrame:
    """A weekly series summed over the weeks that start from `first` to `last`, inclusive.

    Returns the columns of `by` and the summed ones; NaN where every week was blank.
    """
    inside = weekly[(weekly["week"] >= first) & (weekly["week"] <= last)]
    return inside.groupby(list(by), sort=False)[VALUES].sum(min_count=1).reset_index()


def _sums(rows: pd.DataFrame, measure: str, cells: Cells) -> pd.DataFrame:
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
    return pd.DataFrame(
        {
            **cells.named(filled),
            "measure": measure,
            **{name: _blank_where(blank, total[filled]) for name, total in sums.items()},
            "incidents": counted[filled],
            "not_reported": (counted - reported)[filled],
        }
    )


def _blank_where(blank: Mask, sums: Floats) -> Floats:
    """A sum of blanks is blank."""
    return np.where(blank, np.nan, sums)


def _stacked(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)[COLUMNS]


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
