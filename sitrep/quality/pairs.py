"""Records that may tell of one incident twice: listed for a person to decide, never merged."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sitrep.places import OWN_POINT

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
    counts = [_low_high(people, name) for name in COUNTS]
    found = [np.empty((2, 0), np.int64)]
    for place in (_named(people), _pointed(people)):
        found += [np.sort(pair[:, _overlap(counts, *pair)], axis=0) for pair in _near(place, days)]
    first, second = np.concatenate(found, axis=1)
    # A pair that has its name and its point in common is found twice.
    first, second = np.divmod(np.unique(first * len(people) + second), max(len(people), 1))
    latest = np.lexsort((second, first, -np.maximum(days[first], days[second])))
    labels = people.index.to_numpy()
    return pd.DataFrame({"first": labels[first[latest]], "second": labels[second[latest]]})


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


def _low_high(rows: pd.DataFrame, name: str) -> tuple[Array, Array]:
    """Lowest and highest; NaN where there is no figure."""
    value = rows[name]
    ends = (rows.get(f"{name}_{end}", value) for end in ("low", "high"))
    low, high = (end.fillna(value).to_numpy(float) for end in ends)
    return low, high


def _overlap(counts: list[tuple[Array, Array]], left: Array, right: Array) -> Array:
    """Which pairs have counts that meet somewhere above zero, and lie apart nowhere."""
    meet, apart = np.zeros(len(left), bool), np.zeros(len(left), bool)
    for low, high in counts:
        both = ~np.isnan(low[left]) & ~np.isnan(low[right])
        overlap = (low[left] <= high[right]) & (low[right] <= high[left])
        meet |= both & overlap & (high[left] > 0) & (high[right] > 0)
        apart |= both & ~overlap
    return meet & ~apart
