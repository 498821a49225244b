"""What each row of the incident table adds to each measure.

A *record* is a row of the incident table. An *incident* is a record that says more
than displacement: a row with a displacement figure and neither killed nor injured is a
displacement record, so that an attack reported by one source and the flight from it
reported by another are not two incidents.
"""

from typing import Any

import numpy as np
import pandas as pd

from sitrep import measures as m
from sitrep.settings import CountingSettings
from sitrep.spans import Floats, groups_of
from sitrep.weeks import DAY_NAMES

_ENDS_OF_DISPLACED = ("displaced_low", "displaced_high")
_EPOCH_DAY = DAY_NAMES.index("thursday")  # 1 January 1970
# What `records` needs of the incident table.
COLUMNS = (
    "date", "reported_on", "admin1", "admin2", "admin2_pcode", "admin3", "place",
    "latitude", "longitude", "place_precision", "attack", "target", "perpetrator",
    *(f"killed{part}" for part in ("", "_low", "_high", "_civilians", "_women", "_men",
                                   "_children", "_girls", "_boys")),
    *(f"injured{part}" for part in ("", "_low", "_high", "_women", "_men",
                                    "_children", "_girls", "_boys")),
    "combatants_killed", "displaced", "displaced_low", "displaced_high", "displaced_households",
    "displacement_kind", "destination_admin2", "source", "status",
    "killed_parts_valid", "killed_range_valid", "injured_parts_valid", "injured_range_valid",
    "displaced_range_valid", "date_end",
)  # fmt: skip


def week_starts(dates: pd.Series, *, starts_on: str = "monday") -> pd.Series:
    """The first day of the week of each date: shape and index of `dates`, datetime64."""
    days = dates.to_numpy().astype("datetime64[D]")
    offset = (days.astype(np.int64) + _EPOCH_DAY - DAY_NAMES.index(starts_on)) % 7
    return pd.Series(days - offset, index=dates.index).astype(dates.dtype)


def records(table: pd.DataFrame, *, counting: CountingSettings) -> pd.DataFrame:
    """What each row of the incident table adds to each measure.

    Parameters
    ----------
    table : the used rows of `Store.load`, with some or all of `COLUMNS`; a column that
        is absent counts as blank throughout.
    counting : the day a week starts on; the factor for households, if there is one.

    Returns
    -------
    A table with the same rows: `week` (first day, datetime64), the columns to group by,
    `is_incident`, and for each measure its value with ``_low`` and ``_high`` (people, float;
    NaN where the source gave none). Where a range is unknown or does not hold the value,
    low and high are the value and ``killed_ranged`` is false.
    """
    blank = pd.Series(np.nan, index=table.index)

    def column(name: str) -> pd.Series:
        return table.get(name, blank)

    kind = column("displacement_kind")
    displaced, households = column("displaced"), column("displaced_households")
    casualties = column("killed").notna() | column("injured").notna()
    displacement_only = (displaced.notna() | households.notna()) & ~casualties
    out = {
        "week": week_starts(table["date"], starts_on=counting.week_start),
        "is_incident": ~displacement_only,
        "combatants_killed": column("combatants_killed"),
        "killed_civilians": column("killed_civilians"),
        "returned": displaced.where(kind == "return"),
        "stock": displaced.where(kind == "stock"),
        **_ranged(table, column, "killed"),
        **_ranged(table, column, "injured"),
        **_new_displacement(
            _ranged(table, column, "displaced"), households, kind.isna() | (kind == "new"), counting
        ),
    }
    kept = [name for name in ("incident_id", *COLUMNS) if name in table and name not in out]
    return pd.concat([table[kept], pd.DataFrame(out, copy=False)], axis="columns")


def _ranged(table: pd.DataFrame, column: Any, measure: str) -> dict[str, pd.Series]:
    value, low, high = column(measure), column(f"{measure}_low"), column(f"{measure}_high")
    valid = table.get(f"{measure}_range_valid", pd.Series(True, index=table.index))
    ranged = valid & value.notna() & (low.notna() | high.notna())
    ends = {"low": low, "high": high}
    for end, given in ends.items():
        ends[end] = given.where(ranged & given.notna(), value) if ranged.any() else value
    return {
        measure: value,
        **{f"{measure}_{end}": given for end, given in ends.items()},
        f"{measure}_ranged": ranged,
    }


def _new_displacement(
    displaced: dict[str, pd.Series],
    households: pd.Series,
    new: pd.Series,
    counting: CountingSettings,
) -> dict[str, pd.Series]:
    """People newly displaced; households only where the source gave no people (rule 8)."""
    only_households = households.where(new & displaced["displaced"].isna())
    people = {name: displaced[name].where(new) for name in ("displaced", *_ENDS_OF_DISPLACED)}
    if counting.persons_per_household:
        converted = (only_households * counting.persons_per_household).round()
        people = {name: figures.fillna(converted) for name, figures in people.items()}
    return {**people, "households": only_households}


def sex_age_parts(rows: pd.DataFrame, measure: str) -> dict[str, Floats]:
    """The classes of sex and age of each row, which add up to `measure` in every row.

    A row whose parts exceed their whole, or whose whole is blank, goes to the remainder
    with its total (rules 2 and 3). A part that the source does not give is NaN, except
    the remainder, which is NaN only where the total is.
    """
    whole = rows[measure]
    valid = rows.get(f"{measure}_parts_valid", pd.Series(True, index=rows.index)) & whole.notna()
    is_valid, total = valid.to_numpy(bool), whole.to_numpy(float)

    def part(name: str) -> Floats:
        column = f"{measure}_{name}"
        return np.where(is_valid, rows[column].to_numpy(float), np.nan) if column in rows else blank

    blank = np.full(len(rows), np.nan)
    girls, boys, children = part("girls"), part("boys"), part("children")
    parts = {
        m.WOMEN: part("women"),
        m.MEN: part("men"),
        m.GIRLS: girls,
        m.BOYS: boys,
        m.CHILDREN_SEX_UNKNOWN: children - np.nan_to_num(girls) - np.nan_to_num(boys),
    }
    known = np.nansum(np.array(list(parts.values())), axis=0)
    return {**parts, m.REMAINDER: total - known}


def exploded(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row for each value of a cell such as ``home;school``: the sums then overlap.

    A value that stands twice in a cell counts once.
    """
    if column not in rows or not any(";" in str(cell) for cell in rows[column].unique()):
        return rows
    groups = groups_of(rows[column], count=len(rows), split=True)
    place, code = groups.of(np.arange(len(rows)))
    values = groups.names[code]
    values[rows[column].isna().to_numpy()[place]] = None
    return rows.iloc[place].assign(**{column: values})
