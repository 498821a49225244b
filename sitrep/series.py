"""Sums of casualties and displacement over weeks and other spans; unknowns and ranges kept.

Every function takes records (`sitrep.records`). `weekly` and `weekly_parts` give long
tables: a row for each week, measure and group; the others fill the cells of
`sitrep.spans`. Nothing here knows of words or pictures.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sitrep import measures as m
from sitrep.records import sex_age_parts
from sitrep.spans import (
    Cells,
    Floats,
    Laid,
    Mask,
    cells_of,
    groups_of,
    lay_in_weeks,
    one_group,
)

Columns = dict[str, Any]  # name to an array; all of one length

KEYS = ["week", "measure", "group"]
ENDS, COUNTS = ["value", "low", "high"], ["incidents", "not_reported"]
VALUES = [*ENDS, *COUNTS]
COLUMNS = [*KEYS, *VALUES]
COUNTED = (*m.SUMMED, "incidents", "displacement_records")


@dataclass(frozen=True)
class Figures:
    """What each record says of a measure: `scope` is whether it could have had a figure."""

    scope: Mask
    value: Floats
    low: Floats
    high: Floats

    @property
    def known(self) -> Mask:
        return self.scope & ~np.isnan(self.value)


def figures(rows: pd.DataFrame, measure: str) -> Figures:
    """The figures of records; a range is that of the measure, where it has any of its own."""
    scope, value = _scope_and_value(rows, measure)
    low, high = (
        rows[name].to_numpy(float) if name in rows else value
        for name in (f"{measure}_low", f"{measure}_high")
    )
    return Figures(scope, value, low, high)


def sums(given: Figures, cells: Cells) -> Columns:
    """The sums of a measure in each cell: an array for each of `VALUES`.

    `incidents` counts the records that could have had a figure, `not_reported` those of
    them without one. `value`, `low` and `high` are NaN where no record had a figure: a sum
    of blanks is blank, not zero.
    """
    counted, known = cells.counts(given.scope), cells.only(given.known)
    reported = known.counts()
    value = _blank_where(reported == 0, known.sums(given.value))
    ends = {
        end: value if each is given.value else _blank_where(reported == 0, known.sums(each))
        for end, each in (("low", given.low), ("high", given.high))
    }
    return {
        "value": value,
        **ends,
        "incidents": counted,
        "not_reported": counted - reported,
    }


def both(one: Columns, other: Columns) -> Columns:
    """The sums of some records and of others: a blank adds nothing, two blanks are blank."""
    found: Columns = {name: one[name] + other[name] for name in COUNTS}
    for end in ENDS:
        blank = np.isnan(one[end]) & np.isnan(other[end])
        found[end] = _blank_where(blank, np.nan_to_num(one[end]) + np.nan_to_num(other[end]))
    return found


def sums_of_parts(rows: pd.DataFrame, measure: str, laid: Laid) -> Iterator[tuple[str, Columns]]:
    """Each class of sex and age with its sums in each span, as `sums` gives them.

    The classes of a span add up to its total. The remainder's range is that of the total
    less the known parts; `not_reported` counts incidents with victims of whom the source
    did not give this class. Only incidents with a figure count: others have no parts.
    """
    whole, parts = figures(rows, measure), sex_age_parts(rows, measure)
    cells = cells_of(laid.where(whole.known), one_group(rows))
    known = whole.value - parts[m.REMAINDER]
    least = np.minimum(whole.low, 0)  # below zero where a running total was lowered
    ends = {"low": np.clip(whole.low - known, least, None), "high": whole.high - known}
    incidents = cells.counts(whole.known)
    for name, value in parts.items():
        blank = np.isnan(value)
        given = cells.only(~blank)
        total = _blank_where(given.counts() == 0, given.sums(value))
        own = name == m.REMAINDER
        yield (
            name,
            {
                "value": total,
                **{end: given.sums(v) if own else total for end, v in ends.items()},
                "incidents": incidents,
                "not_reported": cells.counts(blank & (whole.value > 0)),
            },
        )


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
    ``not recorded``) and those of `sums`, with a row wherever a record could have had a figure.
    """
    laid, starts = lay_in_weeks(rows)
    cells = cells_of(laid, groups_of(rows.get(by), count=len(rows)) if by else one_group(rows))
    tables: list[Columns] = []
    for measure in tuple(only) or COUNTED:
        found = sums(figures(rows, measure), cells)
        filled = np.flatnonzero(found["incidents"])
        week, group = cells.named(filled)
        keys = {"week": starts.to_numpy()[week], "measure": repeated(measure, len(filled))}
        tables.append(
            {**keys, "group": group, **{name: each[filled] for name, each in found.items()}}
        )
    return pd.DataFrame(stacked(tables, COLUMNS))


def weekly_parts(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Weekly sums of the sex and age classes of `measure`, columns as of `weekly`."""
    rows = rows[figures(rows, measure).known]
    laid, starts = lay_in_weeks(rows)
    tables: list[Columns] = []
    for name, found in sums_of_parts(rows, measure, laid):
        tables.append(
            {
                "week": starts.to_numpy(),
                "measure": repeated(measure, len(starts)),
                "group": repeated(name, len(starts)),
                **found,
            }
        )
    return pd.DataFrame(stacked(tables, COLUMNS))


def repeated(text: str, times: int) -> Any:
    """A column of one text."""
    return np.full(times, text, dtype=object)


def stacked(tables: Sequence[Columns], names: Sequence[str]) -> Columns:
    """Tables one under the other, as columns: a DataFrame of all costs less than one of each."""
    return {name: np.concatenate([table[name] for table in tables]) for name in names}


def _blank_where(blank: Mask, sums: Floats) -> Floats:
    """A sum of blanks is blank."""
    return np.where(blank, np.nan, sums)


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
