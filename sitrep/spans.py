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
    """Records laid out in `count` spans: a pair of a record's position and the span's number.

    `in_turn` is whether every record is laid in one span, in the order of the records; what is
    said of it then needs no looking up.
    """

    row: Ints
    span: Ints
    count: int
    in_turn: bool = False

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
    week = rows["week"].to_numpy()
    day = week.astype("datetime64[D]").astype(np.int64)
    first = day.min() if len(day) else 0
    has_any = np.bincount(day - first) > 0  # a place for every day, which spares sorting
    starts = (np.flatnonzero(has_any) + first).astype("datetime64[D]").astype(week.dtype)
    number = (np.cumsum(has_any) - 1)[day - first]
    laid = Laid(np.arange(len(rows)), number, len(starts), in_turn=True)
    return laid, pd.DatetimeIndex(starts)


@dataclass(frozen=True)
class Groups:
    """The groups of a column: of record n those of its cell, whose number is `cell[n]`.

    A cell c stands in `times[c]` groups, from `code[first[c]]` on. `blank` is the number of the
    group ``not recorded``.
    """

    names: Objects
    blank: int
    cell: Ints
    code: Ints
    first: Ints
    times: Ints

    def of(self, rows: Ints) -> tuple[Ints, Ints]:
        """The groups of records in turn: the place in `rows`, and the group's number."""
        cell = self.cell[rows]
        if (self.times == 1).all():
            return np.arange(len(rows)), self.code[self.first][cell]
        times = self.times[cell]
        place = np.repeat(np.arange(len(rows)), times)
        within = np.arange(len(place)) - np.repeat(np.cumsum(times) - times, times)
        return place, self.code[self.first[cell][place] + within]


def one_group(rows: pd.DataFrame) -> Groups:
    """All records in one group, whose name is ``""``."""
    cell, zero, one = np.zeros(len(rows), np.int64), np.array([0]), np.array([1])
    return Groups(np.array([""], dtype=object), -1, cell, code=zero, first=zero, times=one)


def groups_of(cells: pd.Series | None, *, count: int, split: bool = False) -> Groups:
    """The groups of `count` records by their cells; blank ones are ``not recorded``.

    With `split`, a cell such as ``home;school`` stands for each of its values, once.
    """
    cell, found = np.full(count, -1), []
    if cells is not None:
        cell, known = pd.factorize(cells, sort=False)
        found = [_SEPARATOR.split(str(text)) if split else [text] for text in known]
    parts = [list(dict.fromkeys(each)) for each in (*found, [NOT_RECORDED])]
    number = {name: n for n, name in enumerate(dict.fromkeys(p for each in parts for p in each))}
    lengths = np.array([len(each) for each in parts])
    flat = np.array([number[name] for each in parts for name in each])
    # Blank has the code -1: the last of the parts.
    first = np.cumsum(lengths) - lengths
    names = np.array(list(number), dtype=object)
    return Groups(names, number[NOT_RECORDED], cell, flat, first, lengths)


@dataclass(frozen=True)
class Cells:
    """A cell is a span and a group: `number` is that of the cell in which `row` is counted.

    `in_turn` is as of `Laid`: every record is counted in one cell.
    """

    row: Ints
    number: Ints
    spans: int
    groups: Objects
    in_turn: bool = False

    @property
    def count(self) -> int:
        return self.spans * len(self.groups)

    def only(self, chosen: Mask) -> "Cells":
        """The same cells with the chosen records alone."""
        if chosen.all():
            return self
        here = np.flatnonzero(chosen[self._records])
        row = here if self.in_turn else self.row[here]
        return replace(self, row=row, number=self.number[here], in_turn=False)

    def sums(self, values: Floats) -> Floats:
        """The sum of the records' values in each cell; 0 where there are none."""
        return np.bincount(self.number, values[self._records], self.count).astype(np.float64)

    def counts(self, chosen: Mask | None = None) -> Ints:
        """How many records, or how many of the chosen ones, are counted in each cell."""
        number = self.number if chosen is None else self.number[chosen[self._records]]
        return np.bincount(number, minlength=self.count)

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

    @property
    def _records(self) -> Any:
        """Where in an array of all records those stand that are counted, in their order here."""
        return slice(None) if self.in_turn else self.row


def cells_of(laid: Laid, groups: Groups) -> Cells:
    """The cells of records that lie in spans, by their groups."""
    place, code = groups.of(laid.row)
    number = laid.span[place] * len(groups.names) + code
    in_turn = laid.in_turn and len(place) == len(laid.row)
    return Cells(laid.row[place], number, laid.count, groups.names, in_turn)
