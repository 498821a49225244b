"""The tidy table of one issue: the single truth of every table, chart and sentence.

`numbers.csv` is this table. Whatever the report prints is looked up here, so that a
number in the text that is not in the table is a defect that a test can find.
"""

import csv
import io
import math
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from sitrep.spreadsheets import safe

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "week", "measure", "breakdown", "group", "value", "low", "high",
    "incidents", "not_reported", "sources",
]  # fmt: skip
KEY = COLUMNS[:4]
REPORTS = "reports"  # what numbers.csv calls the records of running totals, which are no incidents
WITHHELD = "*"  # in numbers.csv, where a blank is what was not reported

Key = tuple[str, str, str, str]
_OF_INCIDENTS = re.compile(r"^incidents(?=_|$)")  # incidents_mean, incidents_change
_OF_REPORTS = re.compile(rf"^{REPORTS}(?=_|$)")


class Number(NamedTuple):
    """One row: `value` is NaN where it was not reported. Unknown low and high equal it.

    A number that this edition withholds is NaN throughout, and says so.
    """

    value: float
    low: float
    high: float
    incidents: float
    not_reported: float
    sources: float
    withheld: bool = False

    @property
    def known(self) -> bool:
        return not math.isnan(self.value)

    @property
    def ranged(self) -> bool:
        """Whether low and high say more than the value does."""
        return self.known and not (self.low == self.value == self.high)


MISSING = Number(math.nan, math.nan, math.nan, math.nan, math.nan, math.nan)
HIDDEN = MISSING._replace(withheld=True)


class Numbers:
    """Look-ups in the table of one issue.

    Parameters
    ----------
    table : the ten columns of `numbers.csv`.
    withheld : keys of rows whose figures nobody is told; they leave the table here, before any
        reader of it.
    before : numbers that stand above these.
    """

    def __init__(
        self,
        table: "pd.DataFrame",
        withheld: Collection[Key] = (),
        *,
        before: "Numbers | None" = None,
    ) -> None:
        table = table[COLUMNS]
        keys: list[Key] = list(zip(*(table[name].tolist() for name in KEY), strict=True))
        hidden = frozenset(withheld).intersection(keys)
        if hidden:
            table = table.copy()
            table.loc[[key in hidden for key in keys], COLUMNS[len(KEY) :]] = math.nan
        self.withheld: frozenset[Key] = hidden | (before.withheld if before else frozenset())
        self._tables: list[pd.DataFrame] = [*(before._tables if before else ()), table]
        values = table[COLUMNS[len(KEY) :]].to_numpy(float).tolist()
        self._rows: dict[Key, Number] = dict(before._rows) if before else {}
        self._rows |= zip(keys, starmap(Number, values), strict=True)
        self._rows |= dict.fromkeys(hidden, HIDDEN)
        if len(self._rows) != sum(map(len, self._tables)):
            twice = self.table[self.table.duplicated(KEY)].iloc[0][KEY].tolist()
            raise AssertionError(f"a number stands twice in the table: {twice}")

    @cached_property
    def _groups(self) -> dict[tuple[str, str, str], list[str]]:
        found: dict[tuple[str, str, str], list[str]] = {}
        for week, measure, breakdown, group in self._rows:
            found.setdefault((week, measure, breakdown), []).append(group)
        return found

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

    def to_csv(self, *, of_reports: bool = False) -> str:
        """The table as CSV text: whole numbers without a point, blank for not reported.

        Every figure of a row that is withheld is `WITHHELD`. `of_reports`: the records are
        reports of running totals, which measures of incidents count.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for week, name, *cells in self._csv_rows():
            writer.writerow(
                [week, _OF_INCIDENTS.sub(REPORTS, name) if of_reports else name, *cells]
            )
        return text.getvalue()

    def _csv_rows(self) -> Iterator[list[str]]:
        for (week, measure, breakdown, group), number in self._rows.items():
            figures = (
                number.value, number.low, number.high,
                number.incidents, number.not_reported, number.sources,
            )  # fmt: skip
            cells = [WITHHELD] * len(figures) if number.withheld else map(_figure, figures)
            yield [week, measure, breakdown, safe(group), *cells]


def measure_of(row: Mapping[str, str]) -> str:
    """The measure of a row of `numbers.csv`, as this program calls it."""
    return _OF_REPORTS.sub("incidents", row["measure"])


def from_csv(row: Mapping[str, str]) -> Number:
    """The number of a row of `numbers.csv`."""
    cells = [row[name] for name in COLUMNS[len(KEY) :]]
    if WITHHELD in cells:
        return HIDDEN
    value, low, high, *counts = (float(cell) if cell else math.nan for cell in cells)
    incidents, not_reported, sources = counts
    return Number(value, low, high, incidents, not_reported, sources)


def _figure(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value == int(value) else f"{value:.1f}"
