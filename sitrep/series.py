"""Weekly sums of casualties and displacement, as pandas tables; unknowns and ranges kept.

Two steps: `records` turns the typed incident table into what each row adds to each
measure, `weekly` sums that by week and group. Nothing here knows of words or pictures.

A *record* is a row of the incident table. An *incident* is a record that says more
than displacement: a row with a displacement figure and neither killed nor injured is a
displacement record, so that an attack reported by one source and the flight from it
reported by another are not two incidents.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sitrep import measures as m
from sitrep.settings import CountingSettings
from sitrep.weeks import DAY_NAMES

Floats = np.ndarray[Any, np.dtype[np.float64]]

# What `records` needs of the incident table.
COLUMNS = (
    "date", "reported_on", "admin1", "admin2", "admin3", "place", "latitude", "longitude",
    "place_precision", "attack", "target", "perpetrator",
    *(f"killed{part}" for part in ("", "_low", "_high", "_civilians", "_women", "_men",
                                   "_children", "_girls", "_boys")),
    *(f"injured{part}" for part in ("", "_low", "_high", "_women", "_men",
                                    "_children", "_girls", "_boys")),
    "combatants_killed", "displaced", "displaced_households", "displacement_kind",
    "destination_admin2", "source", "status",
    "killed_parts_valid", "killed_range_valid", "injured_parts_valid", "injured_range_valid",
)  # fmt: skip

VALUES = ["value", "low", "high", "incidents", "not_reported"]


def week_starts(dates: pd.Series, *, starts_on: str = "monday") -> pd.Series:
    """The first day of the week of each date: shape and index of `dates`, datetime64."""
    offset = (dates.dt.dayofweek - DAY_NAMES.index(starts_on)) % 7
    return dates.dt.normalize() - pd.to_timedelta(offset, unit="D")


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

    kind = column("displacement_kind").astype("object").fillna("new")
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
        **_new_displacement(displaced, households, kind == "new", counting),
    }
    kept = [name for name in COLUMNS if name in table and name not in out]
    return pd.concat([table[kept], pd.DataFrame(out)], axis="columns")


def _ranged(table: pd.DataFrame, column: Any, measure: str) -> dict[str, pd.Series]:
    value, low, high = column(measure), column(f"{measure}_low"), column(f"{measure}_high")
    valid = table.get(f"{measure}_range_valid", pd.Series(True, index=table.index))
    ranged = valid & value.notna() & (low.notna() | high.notna())
    return {
        measure: value,
        f"{measure}_low": low.where(ranged).fillna(value),
        f"{measure}_high": high.where(ranged).fillna(value),
        f"{measure}_ranged": ranged,
    }


def _new_displacement(
    displaced: pd.Series, households: pd.Series, new: pd.Series, counting: CountingSettings
) -> dict[str, pd.Series]:
    """People newly displaced; households only where the source gave no people (rule 8)."""
    people, only_households = displaced.where(new), households.where(new & displaced.isna())
    if counting.persons_per_household:
        people = people.fillna((only_households * counting.persons_per_household).round())
    return {"displaced": people, "households": only_households}


def sex_age_parts(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The classes of sex and age of each row, which add up to `measure` in every row.

    A row whose parts exceed their whole, or whose whole is blank, goes to the remainder
    with its total (rules 2 and 3). A part that the source does not give is NaN, except
    the remainder, which is NaN only where the total is.
    """
    total = rows[measure]
    valid = rows.get(f"{measure}_parts_valid", pd.Series(True, index=rows.index)) & total.notna()

    def part(name: str) -> pd.Series:
        column = f"{measure}_{name}"
        return rows[column].where(valid) if column in rows else pd.Series(np.nan, rows.index)

    girls, boys, children = part("girls"), part("boys"), part("children")
    parts = pd.DataFrame(
        {
            m.WOMEN: part("women"),
            m.MEN: part("men"),
            m.GIRLS: girls,
            m.BOYS: boys,
            m.CHILDREN_SEX_UNKNOWN: children - girls.fillna(0) - boys.fillna(0),
        }
    )
    parts[m.REMAINDER] = total - parts.sum(axis="columns")
    return parts


def weekly(rows: pd.DataFrame, by: str = "", *, only: Iterable[str] = ()) -> pd.DataFrame:
    """Sum every measure by week, and by the column `by` if one is named.

    Parameters
    ----------
    rows : what `records` returns; cells with several values (``home;school``) are split
        before, by `exploded`.
    only : names of measures; all of them if empty.

    Returns
    -------
    Columns week (first day), measure, group (``""`` without `by`; blank cells are
    ``not recorded``), value, low, high, incidents, not_reported. `incidents` counts the
    rows that could have had a figure, `not_reported` those of them without one. `value`
    is NaN where all of them were blank: a sum of blanks is blank, not zero.
    """
    weeks, starts = pd.factorize(rows["week"], sort=True)
    groups, names = _groups(rows, by)
    cells = weeks * len(names) + groups
    wanted = tuple(only) or (*m.SUMMED, "incidents", "displacement_records")
    tables = [_sums(rows, name, cells, len(starts) * len(names)) for name in wanted]
    size = len(starts) * len(names)
    long = pd.concat(
        [
            table.assign(
                week=np.repeat(starts, len(names)), group=np.tile(names, len(starts)), measure=name
            )[table["incidents"].to_numpy() > 0]
            for name, table in zip(wanted, tables, strict=True)
        ]
        if size
        else [pd.DataFrame(columns=["week", "measure", "group", *VALUES])],
        ignore_index=True,
    )
    return long[["week", "measure", "group", *VALUES]]


def _groups(rows: pd.DataFrame, by: str) -> tuple[Any, Any]:
    """Group numbers of the rows, and the groups' names; blank is a group of its own."""
    if not by:
        return np.zeros(len(rows), dtype=np.int64), np.array([""], dtype=object)
    if by not in rows:
        return np.zeros(len(rows), dtype=np.int64), np.array([m.NOT_RECORDED], dtype=object)
    numbers, names = pd.factorize(rows[by], sort=False)
    return np.where(numbers < 0, len(names), numbers), np.array([*names, m.NOT_RECORDED], object)


def _sums(rows: pd.DataFrame, measure: str, cells: Any, size: int) -> pd.DataFrame:
    scope, value = _scope_and_value(rows, measure)
    known = scope & ~np.isnan(value)

    def total(values: Floats) -> Floats:
        return np.bincount(cells[known], values[known], size)

    counted = np.bincount(cells[scope], minlength=size)
    reported = np.bincount(cells[known], minlength=size)
    sums = {"value": total(value)}
    for end in ("low", "high"):
        name = f"{measure}_{end}"
        sums[end] = total(rows[name].to_numpy(float)) if name in rows else sums["value"]
    blank = reported == 0  # a sum of blanks is blank
    out = pd.DataFrame({name: np.where(blank, np.nan, total) for name, total in sums.items()})
    return out.assign(incidents=counted, not_reported=counted - reported)


def _scope_and_value(rows: pd.DataFrame, measure: str) -> tuple[Any, Floats]:
    """Which rows could have a figure of this measure, and the figures."""
    incident = rows["is_incident"].to_numpy(bool)
    ones = np.ones(len(rows))
    if measure == "incidents":
        return incident, ones
    if measure == "displacement_records":
        return ~incident, ones
    value = rows[measure].to_numpy(float)
    if measure in ("killed", "injured"):
        return incident, value
    if measure == "displaced":  # a source that counts households could have counted people
        return ~np.isnan(value) | rows["households"].notna().to_numpy(), value
    return ~np.isnan(value), value


def weekly_parts(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Weekly sums of the sex and age classes of `measure`, columns as of `weekly`.

    The classes of a week add up to its total. The remainder's range is that of the
    total less the known parts; `not_reported` counts incidents with victims of whom
    the source did not give this class.
    """
    rows = rows[rows["is_incident"] & rows[measure].notna()]
    parts = sex_age_parts(rows, measure)
    known = rows[measure] - parts[m.REMAINDER]
    tables = []
    for name in m.SEX_AGE_PARTS:
        frame = pd.DataFrame({"week": rows["week"], "value": parts[name]})
        frame["low"] = frame["high"] = frame["value"]
        if name == m.REMAINDER:
            frame["low"] = (rows[f"{measure}_low"] - known).clip(lower=0)
            frame["high"] = rows[f"{measure}_high"] - known
        frame["not_reported"] = (frame["value"].isna() & (rows[measure] > 0)).astype(float)
        frame["incidents"] = 1.0
        sums = frame.groupby("week").sum(min_count=1).reset_index()
        tables.append(sums.assign(measure=measure, group=name))
    return pd.concat(tables, ignore_index=True)[["week", "measure", "group", *VALUES]]


def sources(rows: pd.DataFrame, by: str = "", *, only: Iterable[str] = ()) -> pd.DataFrame:
    """Which source gave a figure of which measure, for which week and group.

    Columns week, measure, group, source; each combination once. A record that names
    several sources counts for each.
    """
    split = exploded(rows.reset_index(drop=True), "source").reset_index(drop=True)
    groups, names = _groups(split, by)
    keys = pd.DataFrame({"week": split["week"], "group": groups, "source": split["source"]})
    tables = []
    for measure in only or (*m.SUMMED, "incidents", "displacement_records"):
        scope, value = _scope_and_value(split, measure)
        tables.append(keys[scope & ~np.isnan(value)].drop_duplicates().assign(measure=measure))
    out = pd.concat(tables, ignore_index=True)
    return out.assign(group=names[out["group"].to_numpy()])[["week", "measure", "group", "source"]]


def exploded(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row for each value of a cell such as ``home;school``: the sums then overlap."""
    if column not in rows or not any(";" in str(cell) for cell in rows[column].unique()):
        return rows
    split = rows[column].astype("object").str.split(r"\s*;\s*", regex=True)
    return rows.assign(**{column: split}).explode(column)


def over(
    weekly: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, *, by: Sequence[str]
) -> pd.DataFrame:
    """A weekly series summed over the weeks that start from `first` to `last`, inclusive.

    Returns the columns of `by` and the summed ones; NaN where every week was blank.
    """
    inside = weekly[(weekly["week"] >= first) & (weekly["week"] <= last)]
    return inside.groupby(list(by), sort=False)[VALUES].sum(min_count=1).reset_index()
