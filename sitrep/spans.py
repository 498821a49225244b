"""Where each record is counted: in which spans of days, and in which groups of a column.

A week is a span; so are the four weeks before it, and the year. Spans may overlap, and a
cell such as ``home;school`` stands for several groups, so a record may be counted in
several cells. Knows nothing of what is summed in them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sitrep.measures import NOT_RECORDED

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Objects = np.ndarray[Any, np.dtype[np.object_]]
_SEPARATOR = re.compile(r"\s*;\s*")


@dataclass(frozen=True)
class Laid:
    """Records laid out in `count` spans: a pair of a record's position and the span's number."""

    row: Ints
    span: Ints
    count: int

    def where(self, chosen: Mask) -> "Laid":
        """Those of the chosen records: `chosen` has an entry for each record."""
        kept = chosen[self.row]
        return Laid(self.row[kept], self.span[kept], self.count)


def lay(days: pd.Series, spans: Mapping[int, tuple[date, date]], *, count: int) -> Laid:
    """The records of each span, by its number out of `count`; both its ends are in it."""
    day = days.to_numpy().astype("datetime64[D]")
    order = np.argsort(day, kind="stable")
    ends = np.array(list(spans.values()), dtype="datetime64[D]").reshape(-1, 2)
    first = np.searchsorted(day[order], ends[:, 0], "left")
    last = np.searchsorted(day[order], ends[:, 1], "right")
    rows = [order[start:end] for start, end in zip(first, last, strict=True)]
    numbers = np.array(list(spans), dtype=np.int64)
    return Laid(np.concatenate(rows or [order[:0]]), np.repeat(numbers, last - first), count)


def lay_in_weeks(rows: pd.DataFrame) -> tuple[Laid, pd.DatetimeIndex]:
    """Every record in its week; and the first days of the weeks that have any."""
    week, starts = pd.factorize(rows["week"], sort=True)
    return Laid(np.arange(len(rows)), week, len(starts)), pd.DatetimeIndex(starts)


@dataclass(frozen=True)
class Groups:
    """The groups of a column: record n stands in `times[n]` of them, from `code[first[n]]` on.

    `blank` is the number of the group ``not recorded``.
    """

    names: Objects
    blank: int
    code: Ints
    first: Ints
    times: Ints

    def of(self, rows: Ints) -> tuple[Ints, Ints]:
        """The groups of records in turn: the place in `rows`, and the group's number."""
        times = self.times[rows]
        if (times == 1).all():
            return np.arange(len(rows)), self.code[self.first[rows]]
        place = np.repeat(np.arange(len(rows)), times)
        within = np.arange(len(place)) - np.repeat(np.cumsum(times) - times, times)
        return place, self.code[self.first[rows][place] + within]


def one_group(rows: pd.DataFrame) -> Groups:
    """All records in one group, whose name is ``""``."""
    code, first, times = (np.full(len(rows), number) for number in (0, 0, 1))
    return Groups(np.array([""], dtype=object), -1, code, first, times)


def groups_of(cells: pd.Series | None, *, count: int, split: bool = False) -> Groups:
    """The groups of `count` records by their cells; blank ones are ``not recorded``.

    With `split`, a cell such as ``home;school`` stands for each of its values, once.
    """
    code, found = np.full(count, -1), []
    if cells is not None:
        code, known = pd.factorize(cells, sort=False)
        found = [_SEPARATOR.split(str(cell)) if split else [cell] for cell in known]
    parts = [list(dict.fromkeys(each)) for each in (*found, [NOT_RECORDED])]
    number = {name: n for n, name in enumerate(dict.fromkeys(p for each in parts for p in each))}
    lengths = np.array([len(each) for each in parts])
    flat = np.array([number[name] for each in parts for name in each])
    # Blank has the code -1: the last of the parts.
    first = np.cumsum(lengths) - lengths
    names = np.array(list(number), dtype=object)
    return Groups(names, number[NOT_RECORDED], flat, first[code], lengths[code])


@dataclass(frozen=True)
class Cells:
    """A cell is a span and a group: `number` is that of the cell in which `row` is counted."""

    row: Ints
    number: Ints
    spans: int
    groups: Objects

    @property
    def count(self) -> int:
        return self.spans * len(self.groups)

    def only(self, chosen: Mask) -> "Cells":
        """The same cells with the chosen records alone."""
        if chosen.all():
            return self
        here = np.flatnonzero(chosen[self.row])
        return replace(self, row=self.row[here], number=self.number[here])

    def sums(self, values: Floats) -> Floats:
        """The sum of the records' values in each cell; 0 where there are none."""
        return np.bincount(self.number, values[self.row], self.count).astype(np.float64)

    def counts(self) -> Ints:
        """How many records are counted in each cell."""
        return np.bincount(self.number, minlength=self.count)

    def distinct(self, groups: Groups) -> Ints:
        """How many groups, but for the blank one, the records of each cell stand in."""
        place, code = groups.of(self.row)
        named = code != groups.blank
        pairs = self.number[place[named]] * len(groups.names) + code[named]
        return np.bincount(np.unique(pairs) // len(groups.names), minlength=self.count)

    def named(self, cells: Ints) -> tuple[Ints, Objects]:
        """The span's number and the group's name of some cells."""
        span, group = np.divmod(cells, max(len(self.groups), 1))
        return span, self.groups[group]


def cells_of(laid: Laid, groups: Groups) -> Cells:
    """The cells of records that lie in spans, by their groups."""
    place, code = groups.of(laid.row)
    number = laid.span[place] * len(groups.names) + code
    return Cells(laid.row[place], number, laid.count, groups.names)
