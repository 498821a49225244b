"""The records of one week, one by one, as far as the edition shows them.

They are those that the totals count, and add up to them. Sex and age are left out: crossed
with a place and a day they would be of a person.
"""

from typing import TYPE_CHECKING

import pandas as pd

from sitrep.incidents import Store
from sitrep.numbers import COLUMNS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST = 400  # records listed of a week that has more: those with most casualties
RECORD = "record"  # the breakdown of `numbers.csv` in which each record is a group
MEASURES = ("killed", "injured", "displaced")
_SHOWN = ("incident_id", "date", "date_end", "admin1", "admin2", "place", "attack", "source")


def records_listed(
    week: pd.DataFrame,
    lines: pd.Series,
    store: Store,
    *,
    database: "DuckDBPyConnection | None" = None,
) -> pd.DataFrame:
    """The records of a week in the order of their days, at most `MOST`.

    Parameters
    ----------
    week : records (`sitrep.records`) of one week.
    lines : the line of each in the file, on the same index.
    database : as of `Store.load`.

    Returns
    -------
    The id, the day and the last day where there are several, names of areas and place, attack
    and source, each missing where it was not recorded, and `MEASURES` with ``_low`` and
    ``_high`` (people; NaN where not reported).
    """
    if len(week) > MOST:
        casualties = week[["killed", "injured"]].fillna(0).sum(axis="columns")
        size = pd.DataFrame({"casualties": casualties, "displaced": week["displaced"].fillna(0)})
        week = week.loc[
            size.sort_values(["casualties", "displaced"], ascending=False, kind="stable").index[
                :MOST
            ]
        ]
    own = lines.loc[week.index]
    names = store.ids(own, database=database) if len(own) else {}
    listed = week.assign(incident_id=own.map(names).astype(object))
    figures = [f"{name}{end}" for name in MEASURES for end in ("", "_low", "_high")]
    listed = listed.reindex(columns=[*_SHOWN, *figures])
    by = ["date", "admin1", "admin2", "place", "incident_id"]
    order = listed[by].astype(dict.fromkeys(by[1:], object)).fillna("")
    return listed.loc[order.sort_values(by, kind="stable").index].reset_index(drop=True)


def record_numbers(listed: pd.DataFrame, week: str) -> pd.DataFrame:
    """The figures of each record listed, columns as of `numbers.COLUMNS`."""
    blocks = [
        pd.DataFrame(
            {
                "week": week,
                "measure": name,
                "breakdown": RECORD,
                "group": listed["incident_id"],
                "value": listed[name],
                "low": listed[f"{name}_low"].fillna(listed[name]),
                "high": listed[f"{name}_high"].fillna(listed[name]),
                "incidents": 1.0,
                "not_reported": 0.0,
                "sources": float("nan"),
            }
        )[listed[name].notna()]
        for name in MEASURES
    ]
    found = [block for block in blocks if len(block)]
    return pd.concat(found) if found else pd.DataFrame(columns=COLUMNS)
