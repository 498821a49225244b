"""The tidy table of one issue: the single truth of every table, chart and sentence.

`numbers.csv` is this table. Whatever the report prints is looked up here, so that a
number in the text that is not in the table is a defect that a test can find.
"""

import csv
import io
import math
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "week", "measure", "breakdown", "group", "value", "low", "high",
    "incidents", "not_reported", "sources",
]  # fmt: skip
KEY = COLUMNS[:4]


class Number(NamedTuple):
    """One row: `value` is NaN where it was not reported. Unknown low and high equal it."""

    value: float
    low: float
    high: float
    incidents: float
    not_reported: float
    sources: float

    @property
    def known(self) -> bool:
        return not math.isnan(self.value)

    @property
    def ranged(self) -> bool:
        """Whether low and high say more than the value does."""
        return self.known and not (self.low == self.value == self.high)


MISSING = Number(*[math.nan] * 6)


class Numbers:
    """Look-ups in the table of one issue: that of `before`, and `table` under it."""

    def __init__(self, table: "pd.DataFrame", *, before: "Numbers | None" = None) -> None:
        self._tables: list[pd.DataFrame] = [*(before._tables if before else ()), table[COLUMNS]]
        keys = zip(*(table[name].tolist() for name in KEY), strict=True)
        values = table[COLUMNS[4:]].to_numpy(float).tolist()
        self._rows: dict[tuple[str, ...], Number] = dict(before._rows) if before else {}
        self._rows |= zip(keys, map(Number._make, values), strict=True)
        if len(self._rows) != sum(map(len, self._tables)):
            twice = self.table[self.table.duplicated(KEY)].iloc[0][KEY].tolist()
            raise AssertionError(f"a number stands twice in the table: {twice}")
        self._groups: dict[tuple[str, str, str], list[str]] = {}
        for week, measure, breakdown, group in self._rows:
            self._groups.setdefault((week, measure, breakdown), []).append(group)

    @cached_property
    def table(self) -> "pd.DataFrame":
        """All rows in their order, columns `COLUMNS`."""
        import pandas as pd

        whole: pd.DataFrame = pd.concat(self._tables, ignore_index=True)
        return whole

    def with_rows(self, *more: "pd.DataFrame") -> "Numbers":
        """These numbers and others, under them."""
        import pandas as pd

        tables = [table for table in more if len(table)]
        return Numbers(pd.concat(tables).reindex(columns=COLUMNS), before=self) if tables else self

    def get(
        self, measure: str, week: object, *, breakdown: str = "", group: str = ""
    ) -> Number | None:
        """The number, or None where the issue has no such row (not covered, or no such group)."""
        return self._rows.get((str(week), measure, breakdown, group))

    def value(self, measure: str, week: object, *, breakdown: str = "", group: str = "") -> float:
        """The value; NaN where there is no such row or nothing was reported."""
        return (self.get(measure, week, breakdown=breakdown, group=group) or MISSING).value

    def groups(self, measure: str, week: object, breakdown: str) -> list[str]:
        """The groups of a breakdown, in the table's order (largest first)."""
        return list(self._groups.get((str(week), measure, breakdown), []))

    def to_csv(self) -> str:
        """The table as CSV text: whole numbers without a point, blank for not reported."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(self._csv_rows())
        return text.getvalue()

    def _csv_rows(self) -> Iterator[list[str]]:
        for (week, measure, breakdown, group), number in self._rows.items():
            figures = (
                number.value, number.low, number.high,
                number.incidents, number.not_reported, number.sources,
            )  # fmt: skip
            yield [week, measure, breakdown, _as_text(group), *map(_figure, figures)]


def _figure(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value == int(value) else f"{value:.1f}"


def _as_text(cell: str) -> str:
    """A cell without returns, which csv does not quote; a formula is kept text."""
    cell = cell.replace("\r\n", "\n").replace("\r", " ").lstrip(" ")
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
