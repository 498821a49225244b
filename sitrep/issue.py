"""One issue: the numbers of a week, and all that a report says about them.

`open_issue` is what the notebook calls. The rooms after this one (charts, tables,
sentences) take an `Issue` and give back blocks.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.areas import COLUMNS as AREA_COLUMNS
from sitrep.areas import find_area, read_aliases
from sitrep.errors import DataError, UsageError, nearest
from sitrep.language import Language
from sitrep.measures import NOT_RECORDED
from sitrep.settings import EDITIONS, Settings, read_settings
from sitrep.weeks import Week, interval, parse_week
from sitrep.words import day

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

    from sitrep.archive.issues import Archive, Publication
    from sitrep.archive.revisions import Revisions
    from sitrep.incidents import Store
    from sitrep.numbers import Numbers
    from sitrep.opened import Opened
    from sitrep.periods import Periods

PROTECTED = "a protected source"


@dataclass(frozen=True)
class Issue:
    """What the report of one week is made from."""

    periods: "Periods"
    numbers: "Numbers"
    settings: Settings
    store: "Store"
    records: "pd.DataFrame"  # of the headline grades, up to the end of the week
    points: "pd.DataFrame"  # of this week, as far as the edition shows them
    area: str
    revisions: "Revisions"
    annex: "pd.DataFrame"  # the records of this week, see `sitrep.annex`
    annex_cut: bool = False  # whether the week has more
    opened: "Opened | None" = None  # which rows `records` are of
    lang: str = "en"

    @property
    def language(self) -> Language:
        """How the report is written: its language, digits, and the names that the user gives."""
        return self.settings.language(self.lang)

    @property
    def publication(self) -> "Publication":
        """Which issue of its series this is, or would be."""
        return self.revisions.publication

    @property
    def week(self) -> Week:
        return self.periods.week

    @property
    def edition(self) -> str:
        return self.settings.report.edition

    @property
    def victims(self) -> str:
        """``civilians`` or ``people``: whose deaths this input counts (rule 13)."""
        return "civilians" if self.store.profile.victims == "civilians" else "people"

    @property
    def by_day(self) -> bool:
        """Whether a record is a report of running totals: incidents are not told apart then."""
        return self.store.profile.rows == "days"

    def has(self, measure: str) -> bool:
        """Whether any record up to this week carries the measure: else the layout lacks it."""
        if measure == "incidents":
            return not self.by_day
        if measure == "places":
            return not self.by_day or self.has("place")
        earlier = self.opened and self.opened.earlier
        if measure not in self.records or (earlier and earlier.carries(measure)):
            return True
        return bool(self.records[measure].notna().any())

    @property
    def of_displacement_alone(self) -> bool:
        """Whether the layout has no place for casualties: none of them is then no zero."""
        return not self.store.profile.holds_casualties

    def names(self, breakdown: str) -> bool:
        """Whether any record of the year names a group of the breakdown."""
        groups = self.numbers.groups("incidents", self.periods.year_label, breakdown)
        return any(group != NOT_RECORDED for group in groups)

    def sources(self, measure: str) -> list[str]:
        """Who gave this week's figures of a measure, those with most records first."""
        groups = self.numbers.groups(measure, self.week, "source")
        named = [
            (number.incidents, group)
            for group in groups
            if (number := self.numbers.get(measure, self.week, breakdown="source", group=group))
            and number.known
        ]
        return [group for _, group in sorted(named, key=lambda pair: (-pair[0], pair[1]))]


def open_issue(
    week: str = "",
    *,
    data: str = "",
    profile: str = "",
    sheet: str = "",
    area: str = "",
    edition: str = "",
    lang: str = "en",
    settings: str = "",
    published_on: str = "",
) -> Issue:
    """Read the data and compute the numbers of one week.

    Parameters
    ----------
    week : ``2021-W23``, a day in the week, or ``""`` for the latest complete week.
    data, profile, sheet : a CSV or a sheet of a workbook, and its layout; ``""`` takes those of
        the settings.
    area : the name or p-code of an area at any level; ``""`` for all of the data.
    edition : ``public`` or ``internal``; ``""`` takes the settings'.
    settings : a settings file; ``""`` finds the nearest `sitrep.toml`.
    published_on : the day of publication, ``2021-06-14``; ``""`` makes a draft.

    Raises
    ------
    UsageError, DataError
        With one sentence that says what to do.
    """
    asked = (week, data, profile, sheet, area, edition, settings, published_on)
    if _counted is not None and asked in _counted:
        return replace(_counted[asked], lang=lang)

    from sitrep.incidents import Input, read_together

    chosen = read_settings(settings or None).for_data(data, profile, sheet)
    if edition:
        if edition not in EDITIONS:
            hint = nearest(edition, EDITIONS) or f"; there are {' and '.join(EDITIONS)}"
            raise UsageError(f"there is no edition {edition!r}{hint}")
        chosen = replace(chosen, report=replace(chosen.report, edition=edition))
    store = read_together(Input.from_settings(chosen), store=chosen.resolve(chosen.files.store))
    day = date.fromisoformat(published_on) if published_on else None
    issue = make_issue(
        store,
        chosen,
        week=choose_week(week, store, chosen),
        area=area,
        lang=lang,
        published_on=day,
    )
    if _counted is not None:
        _counted[asked] = issue
    return issue


# The issues that this process has opened, where it is to count each only once.
_counted: dict[tuple[str, ...], Issue] | None = None


def count_once() -> None:
    """From now on count an issue of this process once, in however many languages it is opened.

    For a process that makes one report from one state of the data; an analyst's, in which
    the data may change under an open notebook, counts anew each time.
    """
    global _counted
    _counted = {}


def make_issue(
    store: "Store",
    settings: Settings,
    *,
    week: Week,
    area: str = "",
    lang: str = "en",
    published_on: date | None = None,
) -> Issue:
    """The issue of `week` from data that have been read."""
    import pandas as pd

    from sitrep import places, records, tally
    from sitrep.annex import record_numbers, records_listed
    from sitrep.archive.revisions import revise, revision_numbers
    from sitrep.incidents.database import connected
    from sitrep.late import late_numbers
    from sitrep.opened import WHOLE, Opened, opened
    from sitrep.periods import Periods
    from sitrep.restated import restated_numbers
    from sitrep.unusual import unusual_numbers

    aliases = read_aliases(_alias_file(settings))

    def prepare(table: pd.DataFrame, opening: Opened = WHOLE) -> pd.DataFrame:
        table = places.with_one_name(table, aliases, spellings=opening.spellings)
        table = places.in_area(table, area) if area else table
        table = _protected(places.labelled(table), settings)
        return records.records(table, counting=settings.counting)

    def counted(graded: pd.DataFrame) -> pd.DataFrame:
        return graded[graded["status"].isin(settings.counting.headline_grades)]

    first_day, frozen_on = _days(store)
    periods = Periods.of(week, settings, first_day=first_day, frozen_on=frozen_on)
    columns = (*records.COLUMNS, *AREA_COLUMNS, "line")
    # One database for all that is read: opening one takes as long as reading.
    with connected() as database, ThreadPoolExecutor(1) as beside:
        area = area and find_area(area, store.rows, aliases, database=database)
        archive = find_archive(store, settings, area=area)
        publication = archive.next(week, published_on=published_on)
        opening = opened(store, settings, periods, area=area, aliases=aliases, database=database)
        table = opening.load(store, tuple(dict.fromkeys(columns)), database=database)
        graded = prepare(table[table["date"] <= pd.Timestamp(week.end)], opening)
        rows = counted(graded)
        lines = table.loc[rows.index, "line"]
        chosen = lines if area and opening.earlier is None else None
        second = beside.submit(
            _second_route, store, settings, periods, chosen, opening.where, database
        )
        numbers = tally.tally(
            rows, graded=graded, periods=periods, of_file=_of_the_file(store),
            withhold_below=_withhold_below(settings, area, rows), earlier=opening.earlier,
        )  # fmt: skip
        revisions = revise(
            store, archive, publication,
            prepare=prepare, counted=counted, starts_on=settings.counting.week_start,
            database=database,
        )  # fmt: skip
        this_week = rows[rows["week"] == pd.Timestamp(week.start)]
        annex = records_listed(this_week, lines, store, database=database)
        _refuse_difference(numbers, second.result())
    by_day = store.profile.rows == "days"
    more = [
        record_numbers(annex, str(week)),
        restated_numbers(store, periods)
        if by_day
        else unusual_numbers(rows, periods, settings.statistics, earlier=opening.earlier),
        late_numbers(rows, numbers, archive, periods, settings.statistics),
        revision_numbers(revisions, numbers, periods),
    ]
    numbers = numbers.with_rows(*more)
    incidents = this_week[this_week["is_incident"]]
    return Issue(
        periods=periods,
        numbers=numbers,
        settings=settings,
        store=store,
        records=rows,
        points=places.points(incidents, edition=settings.report.edition),
        area=area_name(area, store, settings),
        revisions=revisions,
        annex=annex,
        annex_cut=len(annex) < len(this_week),
        opened=opening,
        lang=lang,
    )


def _withhold_below(settings: Settings, area: str, rows: "pd.DataFrame") -> int:
    """The threshold of the public report of a small area; 0 for all others.

    Small is what lies below a governorate. A name that both have is the governorate's.
    """
    if settings.report.edition != "public" or not area or (rows["admin1"] == area).any():
        return 0
    return settings.counting.withhold_below


def _of_the_file(store: "Store") -> "pd.DataFrame":
    from sitrep import tally

    return tally.of_the_file(
        {
            "read": store.rows_read,
            "used": store.rows_used,
            "set_aside": store.rows_set_aside,
            "rejected": store.rows_rejected,
        },
        {"set_aside": store.set_aside, "rejected": store.rejected, "flagged": store.flagged},
    )


def _second_route(
    store: "Store",
    settings: Settings,
    periods: "Periods",
    lines: "pd.Series | None",
    where: str,
    database: "DuckDBPyConnection",
) -> dict[tuple[str, str], float]:
    """The headline totals by SQL over the Parquet, by measure and label of the weeks."""
    from sitrep.incidents.totals import totals

    weeks = [(week, week) for week in (periods.week, periods.last) if periods.covers(week)]
    long = [span for span in (periods.four, periods.year) if periods.covers(span[0])]
    spans = {str(first): (first.start, last.end) for first, last in weeks}
    spans |= {interval(first, last): (first.start, last.end) for first, last in long}
    spans |= {periods.since(b): (b.date, periods.week.end) for b in periods.baselines}
    return totals(
        store,
        spans,
        grades=settings.counting.headline_grades,
        persons_per_household=settings.counting.persons_per_household,
        lines=lines,
        where=where,
        database=database,
    )


def _refuse_difference(numbers: "Numbers", second: dict[tuple[str, str], float]) -> None:
    """Two ways to one total that differ are a mistake in the program: no report is made."""
    for (measure, label), total in second.items():
        number = numbers.get(measure, label)
        if number is not None and number.value != total and not (isnan(total) and not number.known):
            raise DataError(
                f"the two ways of computing {measure} of {label} differ: {number.value:g} and "
                f"{total:g}; no report is made of numbers that disagree. This is a defect of the "
                "program: please report it with the data"
            )


def find_archive(store: "Store", settings: Settings, *, area: str) -> "Archive":
    """The published issues that an issue of these data is compared with.

    Raises
    ------
    DataError
        A published issue that is not as it was published.
    """
    from sitrep.archive.issues import read_archive, series_name

    series = series_name(
        store.profile.name,
        area=area,
        edition=settings.report.edition,
        week_start=settings.counting.week_start,
    )
    return read_archive(settings.resolve(settings.files.archive) / series)


def choose_week(text: str, store: "Store", settings: Settings) -> Week:
    """The week asked for, or the latest that the data cover to its end.

    Raises
    ------
    UsageError
        For a week that is not one.
    DataError
        For a week that lies wholly after the data's last day or before their first:
        a report of it would say that nothing was recorded where nobody looked.
    """
    starts_on = settings.counting.week_start
    first_day, frozen_on = _days(store)
    first = Week.of(first_day, starts_on=starts_on)
    last = Week.of(frozen_on, starts_on=starts_on)
    if not text:
        return last if last.end <= frozen_on or last == first else last - 1
    week = parse_week(text, starts_on=starts_on)
    if not first <= week <= last:
        raise DataError(
            f"{store.file_name} holds nothing on {week}: its data run from "
            f"{day(first_day)} ({first}) to {day(frozen_on)} ({last}); "
            "ask for a week between these"
        )
    return week


def area_name(area: str, store: "Store", settings: Settings) -> str:
    """What an issue covers, as its title says it: `area`, or what the whole file covers."""
    return area or settings.data.area or f"All areas of {store.file_name}"


def check_area(area: str, store: "Store", settings: Settings) -> str:
    """The name of `area` as the data have it; raises UsageError where they do not."""
    from sitrep.incidents.database import connected

    with connected() as database:
        return find_area(area, store.rows, read_aliases(_alias_file(settings)), database=database)


def _alias_file(settings: Settings) -> Path | None:
    return settings.resolve(settings.data.aliases) if settings.data.aliases else None


def _protected(table: "pd.DataFrame", settings: Settings) -> "pd.DataFrame":
    """The public edition does not name a protected source."""
    hidden = settings.counting.protected_sources
    if settings.report.edition != "public" or not hidden:
        return table
    sources = table["source"].astype("object").str.split(r"\s*;\s*", regex=True)
    shown = [";".join(PROTECTED if name in hidden else name for name in row) for row in sources]
    return table.assign(source=shown)


def _days(store: "Store") -> tuple[date, date]:
    """The first day of the data and the day they were frozen."""
    if store.first_date is None or store.frozen_on is None:
        raise DataError(
            f"{store.file_name}: no row can be put into a week; `sitrep check` lists why"
        )
    return store.first_date, store.frozen_on
