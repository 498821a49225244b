"""Records that may tell of one incident twice: listed for a person to decide, never merged."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sitrep.areas import OWN_POINT

COUNTS = ("killed", "injured", "displaced")
DAYS = 1  # apart at most

Array = np.ndarray


def suspected(rows: pd.DataFrame) -> pd.DataFrame:
    """Pairs of records of the same place, at most a day apart, with counts that overlap.

    Parameters
    ----------
    rows : records (`sitrep.records`) with `place` as label, or `admin2`, `latitude`,
        `longitude` and `place_precision`. Points that stand for an area are no place.

    Returns
    -------
    Columns `first`, `second`: labels of `rows.index`, the record that stands first in
    `rows` first; one row a pair, the latest pairs first.

    Notes
    -----
    Counts overlap where both records count somebody killed, injured or displaced and the
    ranges meet, and no other figure that both give lies apart. What both leave blank, or
    give as zero, says nothing.

    Neighbours in the order of place and day are compared at a distance of one, two and so
    on, as long as any are near enough: the time grows with the pairs of the same place
    and day, the memory with the records.
    """
    people = rows[rows[list(COUNTS)].gt(0).any(axis="columns")]
    days = people["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    counts = _Counts.of(people)
    name, point = _named(people), _pointed(people)
    by_name = [pair[:, counts.overlap(*pair)] for pair in _near(name, days)]
    by_point = []
    for pair in _near(point, days):
        other = pair[:, (name[pair[0]] != name[pair[1]]) | (name[pair[0]] < 0)]
        by_point.append(other[:, counts.overlap(*other)])
    found = np.concatenate([np.empty((2, 0), np.int64), *by_name, *by_point], axis=1)
    first, second = np.minimum(*found), np.maximum(*found)
    latest = np.lexsort((second, first, -np.maximum(days[first], days[second])))
    labels = people.index.to_numpy()
    return pd.DataFrame({"first": labels[first[latest]], "second": labels[second[latest]]})


@dataclass(frozen=True)
class _Counts:
    """The figures of records, so that millions of pairs can be compared."""

    counted: Array  # a bit for each measure of which there is somebody
    ends: list[tuple[Array, Array]]  # lowest and highest; without a figure, without an end

    @classmethod
    def of(cls, rows: pd.DataFrame) -> "_Counts":
        counted, ends = np.zeros(len(rows), np.uint8), []
        for bit, name in enumerate(COUNTS):
            value = rows[name]
            low, high = (rows.get(f"{name}_{end}", value).fillna(value) for end in ("low", "high"))
            counted |= (high > 0).to_numpy(np.uint8) << bit
            ends.append((low.fillna(-np.inf).to_numpy(), high.fillna(np.inf).to_numpy()))
        return cls(counted, ends)

    def overlap(self, left: Array, right: Array) -> Array:
        """Which pairs have counts that meet somewhere above zero, and lie apart nowhere."""
        meet: Array = (self.counted[left] & self.counted[right]) > 0
        left, right = left[meet], right[meet]
        apart = np.zeros(len(left), bool)
        for low, high in self.ends:
            apart |= (low[left] > high[right]) | (low[right] > high[left])
        meet[meet] = ~apart
        return meet


def _named(rows: pd.DataFrame) -> Array:
    """A number for each place by name; -1 where none is named."""
    if "place" not in rows:
        return np.full(len(rows), -1)
    codes, _ = pd.factorize(rows["place"])
    return codes


def _pointed(rows: pd.DataFrame) -> Array:
    """A number for each point of a district; -1 where there is none."""
    needed = ("latitude", "longitude", "place_precision")
    if not set(needed) <= set(rows) or not len(rows):
        return np.full(len(rows), -1)
    own = rows["place_precision"].isin(OWN_POINT) & rows["latitude"].notna()
    keys = [name for name in ("admin2", "latitude", "longitude") if name in rows]
    codes = rows.groupby(keys, dropna=False, observed=True, sort=False).ngroup()
    return codes.where(own, -1).to_numpy()


def _near(place: Array, days: Array) -> Iterator[Array]:
    """Positions of records of one place and neighbouring days, as arrays of two rows."""
    known = np.flatnonzero(place >= 0)
    order = known[np.lexsort((days[known], place[known]))]
    first, step = np.arange(len(order)), 1
    while len(first):
        first = first[first + step < len(order)]
        left, right = order[first], order[first + step]
        near = (place[left] == place[right]) & (days[right] - days[left] <= DAYS)
        yield np.stack([left[near], right[near]])
        first, step = first[near], step + 1
