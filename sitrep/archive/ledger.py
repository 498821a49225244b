"""The ledger: record by record, what has changed since an issue was published.

It compares the incidents that the issue was made from with those of today, up to the
issue's last day, and says of each record that is new, other or gone what it added to
every total before and what it adds now. The sum of its lines is the difference of the
totals; `sums` takes it, a test holds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sitrep import measures as m

# In words, what became of a record, and what kind of change that is.
ADDED, CHANGED, DELETED = "added", "changed", "deleted"
BACKFILL, CORRECTION = "backfill", "correction"
KIND = {ADDED: BACKFILL, CHANGED: CORRECTION, DELETED: CORRECTION}

COUNTED = (*m.SUMMED, "incidents", "displacement_records")
AREA = "admin2"
_WHERE = ("week", AREA)


@dataclass(frozen=True)
class Ledger:
    """A line for each record that is not as it was.

    `lines` has, in the order of week and id: incident_id, outcome (added, changed, deleted),
    kind (backfill, correction), fields (tuple of the columns that differ), and for each of
    week (first day), admin2 and every measure a column ``…_before`` and ``…_after``. A
    record that counted in no total before, or counts in none now, has NaN there.
    """

    lines: pd.DataFrame

    def __len__(self) -> int:
        return len(self.lines)

    def count(self, outcome: str) -> int:
        return int((self.lines["outcome"] == outcome).sum())

    def sums(self, by: Sequence[str] = ("week",)) -> pd.DataFrame:
        """What the lines add to each measure, by kind and by columns such as week, admin2.

        Returns columns of `by`, kind, records (how many lines), and a column a measure: what
        the records add now, less what they added before. A record that has moved takes
        away where it was and adds where it is, and is a line in both.
        """
        both = pd.concat([self._added("before", -1.0), self._added("after", 1.0)])
        groups = both.groupby([*by, "kind"], sort=True)
        counted = groups["incident_id"].nunique().rename("records")
        return pd.concat([counted, groups[list(COUNTED)].sum()], axis="columns").reset_index()

    def _added(self, end: str, sign: float) -> pd.DataFrame:
        """What the records that counted at one end add there, `sign` times; where they were."""
        names = ["incident_id", "kind", *_WHERE, *COUNTED]
        columns = [*names[:2], *(f"{name}_{end}" for name in names[2:])]
        here = self.lines.loc[self.lines[f"incidents_{end}"].notna(), columns]
        here = here.set_axis(names, axis="columns")
        area = here[AREA].astype("object").where(here[AREA].notna(), m.NOT_RECORDED)
        adds = here[list(COUNTED)].fillna(0) * sign
        return pd.concat([here[[*names[:2], "week"]], area, adds], axis="columns")


def contributions(rows: pd.DataFrame) -> pd.DataFrame:
    """What each record adds to each measure: `rows` are records of the headline grades.

    Indexed by incident_id; columns week, admin2 and `COUNTED`, NaN where the source gave
    nothing.
    """
    incident = rows["is_incident"].to_numpy(bool)
    out = {
        "week": rows["week"],
        AREA: rows[AREA].astype("object") if AREA in rows else None,
        **{name: rows[name].astype(float) for name in m.SUMMED},
        "incidents": pd.Series(incident, index=rows.index).astype(float),
        "displacement_records": pd.Series(~incident, index=rows.index).astype(float),
    }
    return pd.DataFrame(out).set_axis(rows["incident_id"].astype("object"), axis="index")


def compare(
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    counted_before: pd.DataFrame,
    counted_after: pd.DataFrame,
) -> Ledger:
    """The ledger between two states of the incident table.

    Parameters
    ----------
    before, after : rows of the table with `incident_id` and the columns to be compared, which
        are those that both have.
    counted_before, counted_after : `contributions` of those of them that totals hold.
    """
    old, new = (table.set_axis(table["incident_id"].astype("object")) for table in (before, after))
    fields = _differing(old, new)
    sums = _outer(counted_before, counted_after)
    ids = sorted({*fields, *_moved(sums)})
    lines = sums.reindex(ids).rename_axis("incident_id").reset_index()
    outcome = [
        ADDED if key not in old.index else DELETED if key not in new.index else CHANGED
        for key in ids
    ]
    lines = lines.assign(
        outcome=pd.Series(outcome, dtype=object),
        kind=pd.Series([KIND[each] for each in outcome], dtype=object),
        fields=pd.Series([fields.get(key, ()) for key in ids], dtype=object),
    )
    lines["week"] = lines["week_after"].fillna(lines["week_before"])
    return Ledger(lines.sort_values(["week", "incident_id"], ignore_index=True))


def _differing(old: pd.DataFrame, new: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The columns that differ, by id; none for a record that is on one side alone."""
    names = [str(name) for name in old if name in set(new) and name != "incident_id"]
    both = old.index.intersection(new.index, sort=False)
    a, b = old.loc[both, names], new.loc[both, names]
    found: dict[str, tuple[str, ...]] = {
        str(key): () for key in old.index.symmetric_difference(new.index)
    }
    for name in names:
        for key in both[_unequal(a[name], b[name])]:
            found[key] = (*found.get(key, ()), name)
    return found


def _unequal(a: pd.Series, b: pd.Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where two columns differ; blank equals blank."""
    left, right = (side.astype("object").to_numpy() for side in (a, b))
    blank = pd.isna(left), pd.isna(right)
    unequal: np.ndarray[tuple[int], np.dtype[np.bool_]] = (left != right) & ~(blank[0] & blank[1])
    return unequal


def _outer(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    return before.add_suffix("_before").join(after.add_suffix("_after"), how="outer")


def _moved(sums: pd.DataFrame) -> list[str]:
    """Ids that add to the totals what they did not add before, or elsewhere."""
    differs = np.zeros(len(sums), dtype=bool)
    for name in (*_WHERE, *COUNTED):
        differs |= _unequal(sums[f"{name}_before"], sums[f"{name}_after"])
    return [str(key) for key in sums.index[differs]]
