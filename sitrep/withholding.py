"""What the public edition withholds of sex and age in a small area, and with it what gives it away.

A count below the threshold of people of one sex or age, in one week of one district, can be
a person that the neighbours know. The rule, for each measure and each week:

1. Where a class is 1 to below the threshold, every class below it is withheld, zeros and
   blanks too: else the one that is missing would be the one that is not none.
2. Where that is one class alone, the smallest of the others goes with it; where there is no
   other, "sex and age not recorded" does, since the total is always printed.
3. Children go with girls, boys and children of unknown sex; where children are shown, the same
   rule holds among these three.
4. A sum over several weeks is withheld for a class that any of its weeks withholds: the
   difference of two such sums, this issue's and the last one's, is a week.

So what is printed over several weeks says no more than the weeks do, and in each week two
withheld parts or more have only their sum in common. Where nothing is small, zeros stay: they
are of nobody. The remainder is not a class of sex or age, and never the reason to withhold.
What this cannot keep, `data/README.md` tells those who publish.

This is primary and complementary suppression by a threshold rule, as in Hundepool et al.,
*Handbook on Statistical Disclosure Control* (https://sdctools.github.io/HandbookSDC); zeros alone
are not sensitive there either (sdcTable: `allowZeros` is false). In one table of four parts and
three, each with its sum, the choice is made by hand: no solver is needed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from sitrep import measures as m
from sitrep import series
from sitrep.numbers import Key
from sitrep.periods import Periods
from sitrep.settings import Baseline
from sitrep.weeks import Week

COUNTED = ("killed", "injured")
BROAD, CHILDREN_PARTS = m.WHO_PARTS[:-1], m.SEX_AGE_PARTS[2:5]

Classes = frozenset[str]
Cell = tuple[str, pd.Timestamp]  # a measure and the first day of a week
Found = tuple[str, str, Classes]  # label of the weeks, measure, what is withheld
NOTHING: Classes = frozenset()
WEEK = pd.Timedelta(days=7)


def withheld_classes(parts: Mapping[str, float], *, given: Classes, below: float) -> Classes:
    """The classes, fine and broad, that are withheld of one table.

    Parameters
    ----------
    parts : people in each of `measures.SEX_AGE_PARTS`; NaN where nobody gave it.
    given : the fine classes that a record up to then gives. Of the others readers know that
        they are blank: they stay as they are, and hide nothing.
    below : the threshold; 0 withholds nothing.
    """
    children = [parts[name] for name in CHILDREN_PARTS if parts[name] == parts[name]]
    broad = {name: parts.get(name, float("nan")) for name in BROAD}
    broad[m.CHILDREN] = sum(children) if children else float("nan")
    known = {m.CHILDREN if name in CHILDREN_PARTS else name for name in given}
    hidden = _together({name: broad[name] for name in BROAD if name in known}, below)
    if len(hidden) == 1:
        hidden |= {m.REMAINDER}
    fine = {name: parts[name] for name in CHILDREN_PARTS if name in given}
    return hidden | (frozenset(fine) if m.CHILDREN in hidden else _together(fine, below))


def _together(parts: Mapping[str, float], below: float) -> Classes:
    """Those of the parts of a whole that are withheld; one alone where there is no second."""
    if not any(0 < value < below for value in parts.values()):
        return NOTHING
    large = [name for name, value in parts.items() if value >= below]
    hidden = frozenset(parts) - frozenset(large)
    return hidden | {min(large, key=parts.__getitem__)} if large and len(hidden) == 1 else hidden


def withheld(rows: pd.DataFrame, periods: Periods, *, below: float) -> frozenset[Key]:
    """The keys of all numbers of an issue that are withheld, whether its table has them or not.

    `rows` are the records (`sitrep.records`) that the issue counts, from their first day on.
    """
    weeks = _Weeks.of(rows, below)
    single = {str(week): (week, week) for week in periods.weeks[-3:]}
    spans = {**single, periods.four_label: periods.four, periods.year_label: periods.year}
    found = [
        (label, measure, weeks.between(measure, *(pd.Timestamp(week.start) for week in span)))
        for label, span in spans.items()
        for measure in COUNTED
    ]
    found += [(periods.four_label, f"{measure}_mean", classes)
              for label, measure, classes in found if label == periods.four_label]  # fmt: skip
    for baseline in periods.baselines:
        found += _since(rows, baseline, weeks, periods, below)
    return frozenset(_keys(found, str(periods.week)))


def _keys(found: Iterable[Found], week: str) -> Iterator[Key]:
    for label, measure, classes in found:
        for breakdown in (m.SEX_AGE, m.WHO):
            yield from ((label, measure, breakdown, name) for name in classes)
        if label == week and m.REMAINDER in classes:  # it is the total less the remainder
            yield label, f"{measure}_of_recorded_sex_or_age", "", ""


def _since(
    rows: pd.DataFrame, baseline: Baseline, weeks: "_Weeks", periods: Periods, below: float
) -> Iterator[Found]:
    """Of the days since a baseline; one inside a week makes a table of its own."""
    day = pd.Timestamp(baseline.date)
    start = pd.Timestamp(Week.of(baseline.date, starts_on=periods.starts_on).start)
    for measure in COUNTED:
        found = series.weekly_parts(rows[rows["date"] >= day], measure)
        first = found[found["week"] == start]
        somebody = set(first.loc[first["value"] > 0, "group"])
        cut = _withheld_of(somebody, weeks.between(measure, start, start))
        later = weeks.between(measure, start + WEEK, pd.Timestamp(periods.week.start))
        own = NOTHING
        if somebody and day > start:
            sums = found.groupby("group")["value"].sum(min_count=1)
            parts = {name: float(sums[name]) for name in m.SEX_AGE_PARTS}
            own = withheld_classes(parts, given=_not_blank(parts), below=below)
        yield periods.since(baseline), measure, cut | later | own


def _withheld_of(somebody: set[str], hidden: Classes) -> Classes:
    """Of classes that have only their sum in common, those whose sum is not none."""
    among = hidden.intersection(CHILDREN_PARTS)
    apart = [hidden] if m.CHILDREN in hidden else [among, hidden - among]
    return NOTHING.union(*(classes for classes in apart if classes & somebody))


@dataclass(frozen=True)
class _Weeks:
    """What single weeks withhold.

    A class counts as given from the week in which a record first gives it: later records do
    not change what an earlier week withholds, for its issue is out.
    """

    withheld: Mapping[Cell, Classes]

    @classmethod
    def of(cls, rows: pd.DataFrame, below: float) -> "_Weeks":
        fine = pd.concat([series.weekly_parts(rows, name) for name in COUNTED])
        tables = {
            (str(measure), pd.Timestamp(str(week))): dict(
                zip(table["group"], table["value"].tolist(), strict=True)
            )
            for (measure, week), table in fine.groupby(["measure", "week"])
        }
        given = _given(tables)
        hidden = {
            cell: withheld_classes(parts, given=given[cell], below=below)
            for cell, parts in tables.items()
        }
        return cls(hidden)

    def between(self, measure: str, first: pd.Timestamp, last: pd.Timestamp) -> Classes:
        """What any week from `first` to `last` withholds."""
        found = (classes for (name, week), classes in self.withheld.items()
                 if name == measure and first <= week <= last)  # fmt: skip
        return NOTHING.union(*found)


def _given(tables: Mapping[Cell, Mapping[str, float]]) -> dict[Cell, Classes]:
    """The classes that are not blank in a week or in one before it."""
    so_far = dict.fromkeys(COUNTED, NOTHING)
    found = {}
    for (measure, week), parts in sorted(tables.items(), key=lambda item: item[0]):
        so_far[measure] |= _not_blank(parts)
        found[measure, week] = so_far[measure]
    return found


def _not_blank(parts: Mapping[str, float]) -> Classes:
    return frozenset(name for name, value in parts.items() if value == value) - {m.REMAINDER}
