"""What an issue says of earlier ones: the ledger since the last, and first counts.

Weeks are compared at the same age: the first count of one with the first count of the
other, as the archive holds them (`statistics.md` of the design says why: a record goes on
filling up for weeks).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sitrep.archive.issues import Archive, Publication, Published
from sitrep.archive.ledger import ADDED, AREA, CHANGED, DELETED, Ledger, compare, contributions
from sitrep.archive.states import AFTER, BEFORE, compared
from sitrep.areas import Aliases
from sitrep.incidents.freezing import FROZEN, frozen_rows
from sitrep.incidents.table import VALIDITY
from sitrep.numbers import COLUMNS, MISSING, Numbers
from sitrep.periods import Periods
from sitrep.places import Spellings
from sitrep.weeks import Week, parse_week

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from sitrep.incidents import Store

# What a change of these says is not a change of the record.
_LEFT_OUT = {"updated_on", "source_url", *VALIDITY}
COMPARED = tuple(name for name in FROZEN if name not in _LEFT_OUT)
HEADLINES = ("killed", "injured", "displaced", "incidents")
MOST_LINES = 15  # printed; revisions.csv has all

Prepare = Callable[[pd.DataFrame, Mapping[str, Spellings]], pd.DataFrame]
Counted = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Revisions:
    """The last published issue and what has changed since; `ledger` is None where there is none.

    `same_rules` is false where the last issue's totals are not those that today's settings
    make of its incidents: then old and new numbers were counted by different rules.
    """

    archive: Archive
    publication: Publication
    ledger: Ledger | None = None
    same_rules: bool = True

    @property
    def since(self) -> Published | None:
        """The issue that the ledger compares with."""
        return self.archive.last if self.ledger is not None else None


def revise(
    store: "Store",
    archive: Archive,
    publication: Publication,
    *,
    prepare: Prepare,
    counted: Counted,
    aliases: Aliases,
    starts_on: str,
    database: "DuckDBPyConnection | None" = None,
) -> Revisions:
    """The revisions since the last issue of `archive`.

    Parameters
    ----------
    prepare : turns rows of the incident table into records of the area, of every grade but
        discounted, given the commonest spellings of all rows; the same for both states.
    counted : those of the records that headline totals hold.
    aliases : those that `prepare` goes by.
    database : as of `Store.load`.

    Where no incident of the last issue is in the data any more, they are other data: nothing
    is compared.
    """
    last = archive.last
    if last is None:
        return Revisions(archive, publication)
    week, columns = parse_week(last.week, starts_on=starts_on), [*COMPARED, *VALIDITY]
    used = f"SELECT * FROM ({store.rows}) WHERE set_aside IS NULL"  # noqa: S608
    now = f"{used} AND date <= DATE '{week.end}'"
    then = frozen_rows(last.incidents, database=database)
    with compared(then, now, columns=columns, aliases=aliases, database=database) as states:
        if not states.share_incidents:
            return Revisions(archive, publication)
        before, after = (states.load(state, columns) for state in (BEFORE, AFTER))
        prepared = [
            prepare(table, states.spellings[state])
            for state, table in ((BEFORE, before), (AFTER, after))
        ]
        of_week = states.load_published(columns, first=week.start, last=week.end)
        published = prepare(of_week, states.spellings[BEFORE])
        reported = states.now(used, "reported_on")
        there = states.now(used, "date")
        apart = states.now(store.rows, "set_aside")
    inside = set(prepared[0]["incident_id"]) | set(prepared[1]["incident_id"])
    rows = [table[table["incident_id"].isin(inside)] for table in (before, after)]
    ledger = compare(
        rows[0][list(COMPARED)], rows[1][list(COMPARED)],
        counted_before=contributions(counted(prepared[0])),
        counted_after=contributions(counted(prepared[1])),
    )  # fmt: skip
    reasons = _reasons(ledger, apart, there, reported, last)
    recounted = contributions(counted(published))[list(HEADLINES)].sum()
    same = all(
        np.nan_to_num(last.get(name, last.week).value) == recounted[name] for name in HEADLINES
    )
    return Revisions(archive, publication, Ledger(ledger.lines.assign(reason=reasons)), same)


def _reasons(
    ledger: Ledger,
    apart: Mapping[str, Any],
    there: Mapping[str, Any],
    reported: Mapping[str, Any],
    last: Published,
) -> list[str]:
    """Why each line is there, as far as the data say.

    By id: why a row is set aside, the day of one that is used, and when it was reported.
    """
    found = []
    for key, outcome in zip(ledger.lines["incident_id"], ledger.lines["outcome"], strict=True):
        if outcome == ADDED:
            late = key in reported and reported[key] > last.frozen_on
            found.append("reported after that issue" if late else "entered after that issue")
        elif outcome == CHANGED:
            found.append("corrected")
        elif key in there:
            found.append("moved to a later week")
        else:
            found.append(apart.get(key, "no longer in the data"))
    return found


def revision_numbers(revisions: Revisions, numbers: Numbers, periods: Periods) -> pd.DataFrame:
    """The numbers of revisions, for `Numbers`: columns as of `numbers.COLUMNS`.

    For each week charted that was published: ``killed_first``, its first count. For this
    week ``killed_first_change``: its first count less that of the week before, where both
    were counted while the week was still filling up. Since the last
    issue, by week and for all weeks (week ``""``): ``killed_published``, ``killed_backfill``
    and ``killed_correction``, which lead from the one number to the other, the two also by
    district; ``records_added``, ``_changed`` and ``_deleted``; and for each line printed
    ``killed_before`` and ``killed_after``, under the incident's id.
    """
    rows: list[list[object]] = []
    if revisions.archive.issues:
        rows += _first_counts(revisions, numbers, periods)
    if revisions.ledger is not None:
        rows += [*_ledger_sums(revisions.ledger), *_lines(revisions.ledger)]
        rows += _as_published(revisions, revisions.ledger)
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(measure: str, week: object, value: float, *rest: object) -> list[object]:
    """A row of the numbers; `rest` is breakdown, group, low, high, incidents."""
    breakdown, group, low, high, incidents = [*rest, *["", "", value, value, np.nan][len(rest) :]]
    return [str(week), measure, breakdown, group, value, low, high, incidents, np.nan, np.nan]


def _first_counts(
    revisions: Revisions, numbers: Numbers, periods: Periods
) -> Iterator[list[object]]:
    first: dict[tuple[str, Week], float] = {}
    week = periods.week
    young = all(_counted_young(revisions, each, periods) for each in (week, week - 1))
    for each in periods.weeks:
        issue = revisions.archive.first_of(each)
        for measure in HEADLINES:
            number = issue.get(measure, each) if issue else MISSING
            # What a draft counts now is the week's first count, until it is published.
            if each == week and issue is None:
                number = numbers.get(measure, week) or MISSING
            if number.known:
                first[measure, each] = number.value
                yield _row(
                    f"{measure}_first", each, number.value, "", "", number.low, number.high,
                    number.incidents,
                )  # fmt: skip
    for measure in HEADLINES:
        this, before = first.get((measure, week)), first.get((measure, week - 1))
        if young and this is not None and before is not None:
            yield _row(f"{measure}_first_change", week, this - before)


def _counted_young(revisions: Revisions, week: Week, periods: Periods) -> bool:
    """Whether the first count of `week` was made, or is made now, while it was filling up."""
    issue = revisions.archive.first_of(week)
    counted_on = issue.frozen_on if issue else periods.frozen_on
    return (counted_on - week.end).days < 7 * periods.provisional_weeks


def _ledger_sums(ledger: Ledger) -> Iterator[list[object]]:
    for outcome in (ADDED, CHANGED, DELETED):
        yield _row(f"records_{outcome}", "", ledger.count(outcome))
    for by in (("week",), (AREA,), ()):
        lines = ledger.sums(by)
        for line in lines.to_dict("records"):
            week = Week(line["week"].date()) if "week" in by else ""
            place = (AREA, line[AREA]) if AREA in by else ("", "")
            for measure in HEADLINES:
                yield _row(f"{measure}_{line['kind']}", week, line[measure], *place,
                           line[measure], line[measure], line["records"])  # fmt: skip


def _as_published(revisions: Revisions, ledger: Ledger) -> Iterator[list[object]]:
    """The totals of the weeks that have changed, as the last issue printed them."""
    last = revisions.archive.last
    for start in sorted(set(ledger.sums()["week"])) if last else ():
        week = Week(start.date())
        for measure in HEADLINES:
            number = last.get(measure, week) if last else MISSING
            if number.known:
                yield _row(f"{measure}_published", week, number.value, "", "", number.low,
                           number.high, number.incidents)  # fmt: skip


def _lines(ledger: Ledger) -> Iterator[list[object]]:
    """What the lines that are printed added before, and add now."""
    for line in printed(ledger).to_dict("records"):
        for measure in HEADLINES:
            for end in ("before", "after"):
                value, week = line[f"{measure}_{end}"], line[f"week_{end}"]
                if not pd.isna(value) and not pd.isna(week):
                    yield _row(
                        f"{measure}_{end}", Week(week.date()), value, "incident",
                        line["incident_id"],
                    )  # fmt: skip


def printed(ledger: Ledger) -> pd.DataFrame:
    """The lines that the report prints: the latest weeks first."""
    latest = ledger.lines.sort_values(
        ["week", "incident_id"], ascending=[False, True], na_position="last"
    )
    return latest.head(MOST_LINES)
