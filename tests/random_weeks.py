"""Random weeks for the tests of what the report says, through the real counting.

A week is drawn in two steps: its kind (nothing but blanks, nothing but ones, no such
column …), so that rare weeks are not rare here, then its records.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from random import Random
from typing import Any, cast

import numpy as np
import pandas as pd

from sitrep import measures as m
from sitrep import places, records, tally
from sitrep.annex import record_numbers, records_listed
from sitrep.archive.issues import Archive, Publication, Published
from sitrep.archive.ledger import ADDED, CHANGED, DELETED, Ledger
from sitrep.archive.revisions import HEADLINES, Revisions
from sitrep.incidents import Store
from sitrep.incidents.findings import IMPRECISE
from sitrep.incidents.store import StoredProfile
from sitrep.issue import Issue
from sitrep.numbers import COLUMNS, Numbers
from sitrep.periods import Periods
from sitrep.settings import (
    Baseline,
    Context,
    CountingSettings,
    DataSettings,
    ReportSettings,
    Settings,
    StatisticsSettings,
)
from sitrep.unusual import unusual_numbers
from sitrep.weeks import Week

REPORTED = 3  # times that a week is, once it is counted
WEEKS = ("2021-W23", "2020-W53", "2021-W01", "2020-W01", "2019-W52", "2020-W10", "2026-W53")
# A name from the data may hold any words: it is quoted.
SOURCES = ("White Helmets", "Camp desk", "Response Group", "The 7 Massacre Watch!", "Ana Press",
           "a desk", "River Radio", "North Office")  # fmt: skip
DISTRICTS = ("Ariha", "Harim", "Idleb", "Azaz", "El-Bab", "Jisr", "Afrin", "Salqin")
PLACES = tuple(
    f"{a}{b}" for a in ("Bara", "Kafr", "al-Ma", "Deir") for b in ("", "nes", "tin", "lud", "wa")
)
ATTACKS = ("shelling", "air strike", "landmine or explosive remnant", "other")
TARGETS = ("home", "school", "home;school", "camp", "market")
PERPETRATORS = (
    "government forces",
    "armed group",
    "government forces;armed group",
    "Heavy Brigade",
)
CONTEXT = (Context("Violence rose by 300% because of 2 massacres!", "the Press of 1999"),)
EDITORS_WORDS = ("the ceasefire", "the fall of Azaz")  # names of baselines

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Drawn:
    """One random week: its issue, and every name that is quoted from data or settings."""

    seed: int
    issue: Issue

    def without_ledger(self) -> "Drawn":
        """The same week, with no issue before it: tables of revisions read what was published."""
        publication = self.issue.publication
        first = Revisions(Archive(Path()), publication)
        return Drawn(self.seed, replace(self.issue, revisions=first))

    @cached_property
    def names(self) -> frozenset[str]:
        issue = self.issue
        report, profile = issue.settings.report, issue.store.profile
        said = [report.organisation, report.title, report.contact, report.licence, profile.title,
                profile.credit, *profile.lacks, issue.area, issue.store.file_name,
                issue.store.sha256, *EDITORS_WORDS]  # fmt: skip
        said += [text for item in CONTEXT for text in (item.text, item.source)]
        said += [*SOURCES, *DISTRICTS, *PLACES, *ATTACKS, *PERPETRATORS]
        # Classes are named, whatever their number: "1 men, or sex and age not recorded".
        said += [m.REMAINDER, m.CHILDREN_SEX_UNKNOWN]
        return frozenset(said)


@dataclass(frozen=True)
class Counted:
    """The numbers of a random week, before anybody reports them."""

    settings: Settings
    periods: Periods
    rows: pd.DataFrame
    numbers: Numbers
    points: pd.DataFrame
    annex: pd.DataFrame
    by_day: bool  # whether a record is a report of running totals


def draw(seed: int) -> Drawn:
    """The random week of that seed; three share their records, and differ in who reports.

    Counting takes most of the time: so every week is counted once and reported thrice, with
    other settings, another layout, another day on which the data were frozen.
    """
    rng, counted = Random(seed), _counted(seed // REPORTED)
    periods = replace(
        counted.periods,
        frozen_on=counted.periods.week.end + timedelta(rng.choice((-4, 0, 5, 13, 20, 21, 60))),
        provisional_weeks=rng.choice((0, 1, 3, 3)),
    )
    revisions, revised = _revisions(rng, periods.week)
    issue = Issue(
        periods=periods,
        numbers=counted.numbers.with_rows(
            _of_the_file(rng, len(counted.rows)),
            _nowcast(rng, periods.week),
            revised,
            _restated(seed, periods.week) if counted.by_day else pd.DataFrame(),
        ),
        settings=_settings(rng, counted.settings),
        store=_store(rng, periods, seed, by_day=counted.by_day, alone=_is_alone(seed // REPORTED)),
        records=counted.rows,
        points=counted.points,
        annex=counted.annex,
        area=rng.choice(("Everywhere", "North and 3 Valleys")),
        revisions=revisions,
    )
    return Drawn(seed, issue)


class Ids:
    """Gives a record on any line an id."""

    def ids(self, lines: Iterable[int], *, database: object = None) -> dict[int, str]:
        return {line: f"NW20210601-{line:03}" for line in lines}


@lru_cache(maxsize=1)
def _counted(seed: int) -> Counted:
    rng = Random(f"records {seed}")
    counting = CountingSettings(
        week_start=rng.choice(("monday", "monday", "sunday")),
        persons_per_household=rng.choice((0.0, 0.0, 5.0)),
    )
    year, number = rng.choice(WEEKS).split("-W")
    day = date.fromisocalendar(int(year), int(number), 3)
    week = Week.of(day, starts_on=counting.week_start)
    first_day = week.start - timedelta(rng.choice((0, 0, 10, 40, 45, 80, 80, 80, 480)))
    settings = Settings(
        report=ReportSettings(chart_weeks=8),
        counting=counting,
        data=DataSettings(baselines=_baselines(rng, first_day)),
    )
    alone = _is_alone(seed)
    by_day = not alone and Random(f"by day {seed}").random() < 0.15
    withheld = Random(f"withheld {seed}")
    below = withheld.choice((0, 0, 5))
    table = _table(rng, week, first_day, small=below > 0 and withheld.random() < 0.6)
    table = _lowered(Random(f"lowered {seed}"), table, week) if by_day else table
    if alone:
        table = _of_displacement_alone(Random(f"alone {seed}"), table)
    graded = records.records(table, counting=counting)
    rows = graded[graded["status"] != "pending"]
    periods = Periods.of(week, settings, first_day=first_day, frozen_on=week.end)
    numbers = tally.tally(rows, graded=graded, periods=periods, withhold_below=below)
    this_week = rows[rows["week"] == pd.Timestamp(week.start)]
    annex = records_listed(this_week, pd.Series(rows.index, index=rows.index), cast(Store, Ids()))
    unusual = pd.DataFrame() if by_day else unusual_numbers(rows, periods, settings.statistics)
    return Counted(
        settings,
        periods,
        rows,
        numbers.with_rows(unusual, record_numbers(annex, str(week))),
        places.points(this_week[this_week["is_incident"]], edition="public"),
        annex,
        by_day,
    )


def _of_the_file(rng: Random, used: int) -> pd.DataFrame:
    apart = rng.choice((0, 0, 1, 2, 14))
    return tally.of_the_file(
        {"read": used + apart, "used": used, "set_aside": apart, "rejected": 0},
        {"set_aside": {IMPRECISE: apart} if apart else {}, "rejected": {}, "flagged": {}},
    )


def _nowcast(rng: Random, week: Week) -> pd.DataFrame:
    """What late reports may add, as `sitrep.late` writes it; nothing for half of the weeks."""
    low = rng.choice((0, 1, 6))
    inside, tested = rng.choice(((1, 1), (0, 2), (11, 14)))
    values = {"incidents_nowcast": (low + 0.5, low, low + rng.choice((0, 1, 9))),
              "nowcast_inside": (inside,) * 3, "nowcast_tested": (tested,) * 3,
              "nowcast_level": (80,) * 3}  # fmt: skip
    rows = [[str(week), name, "", "", *value] for name, value in values.items()]
    made = rows if rng.random() < 0.5 else []
    return pd.DataFrame(made, columns=COLUMNS[:7]).reindex(columns=COLUMNS)


def _settings(rng: Random, counted: Settings) -> Settings:
    return replace(
        counted,
        statistics=StatisticsSettings(nowcast=rng.random() < 0.4),
        report=ReportSettings(
            organisation=rng.choice(("", "Network of 12 Recorders")),
            contact=rng.choice(("", "desk@example.org")),
            edition=rng.choice(("public", "internal")),
            chart_weeks=8,
        ),
        data=replace(
            counted.data,
            illustrative=rng.random() < 0.3,
            published_weeks=WEEKS[:4],
            context=rng.choice(((), CONTEXT)),
        ),
    )


def _baselines(rng: Random, first_day: date) -> tuple[Baseline, ...]:
    """None, one that the data reach back to, or one that they do not."""
    day = first_day + timedelta(rng.choice((0, 2, 9, -900)))
    return (Baseline(rng.choice(EDITORS_WORDS), day),) if rng.random() < 0.4 else ()


def _lowered(rng: Random, table: pd.DataFrame, week: Week) -> pd.DataFrame:
    """Running totals may have been lowered: of a measure, in this week, by more than was added."""
    this_week = table["date"] >= pd.Timestamp(week.start)
    for measure in ("killed", "injured"):
        if rng.random() < 0.3:
            figures = [name for name in table if name.startswith(measure) and _TYPES.get(name)]
            table.loc[this_week, figures] = -table.loc[this_week, figures].abs()
    return table


def _restated(seed: int, week: Week) -> pd.DataFrame:
    """What `sitrep.restated` says of running totals."""
    rng = Random(f"restated {seed}")
    lowered = ("killed_lowered", "injured_lowered", "displaced_lowered")
    names = (*lowered, "killed_late", "injured_late")
    values = [(name, rng.choice((0, 0, 1, 2, 30))) for name in names]
    rows = [[str(week), name, "", "", *(value,) * 3] for name, value in values if value]
    return pd.DataFrame(rows, columns=COLUMNS[:7]).reindex(columns=COLUMNS)


def _store(rng: Random, periods: Periods, seed: int, *, by_day: bool, alone: bool) -> Store:
    profile = StoredProfile(
        name="random",
        title="layout of 9 columns",
        victims=rng.choice(("civilians", "civilians", "all")),
        credit=rng.choice(("", "Programme of 1946")),
        lacks=rng.choice(((), (), ("deaths of 2 kinds", "the injured"))),
        rows="days" if by_day else Random(f"rows {seed}").choice((*["incidents"] * 9, "people")),
        holds_casualties=not alone,
    )
    return Store(
        folder=Path(), profile=profile, sha256="4e" * 32, file_name="incidents-31.csv",
        rows_read=0, rows_used=0, rows_set_aside=0, rows_rejected=0, set_aside={}, rejected={},
        flagged={}, first_date=periods.first.start, last_date=periods.frozen_on,
        frozen_on=periods.frozen_on, completeness={}, first_line=0, header_line=1, table_size=0,
    )  # fmt: skip


def _table(rng: Random, week: Week, first_day: date, *, small: bool) -> pd.DataFrame:
    """Rows of the incident table: some in the week, some before it; `small`: of few people."""
    drawn = ("few", "mixed") if small else _KINDS
    kinds = {name: rng.choice(drawn) for name in ("killed", "injured")}
    one_place, one_attack = rng.random() < 0.3, rng.random() < 0.4
    known = rng.choice((1, 1, rng.random()))  # how much of place, attack, source is named
    here = rng.choice((0, 0, 1, 1, 2, 2, 3, 3, 5, 9, 24, 60, 200))
    days = [(week.start + timedelta(rng.randrange(7)), True) for _ in range(here)]
    days += [(week.start - timedelta(ago), False) for ago in _days_ago(rng, week, first_day)]
    rows = [
        _row(rng, day, kinds if now else dict.fromkeys(kinds, rng.choice(_KINDS)), known)
        for day, now in days
    ]
    for number, row in enumerate(rows):
        row["admin2"] = row["admin2"] and DISTRICTS[number % len(DISTRICTS)]
    for row in rows:
        if one_place:
            row["admin2"] = "Ariha"
        if one_attack and rng.random() < 0.9:
            row["attack"] = "shelling"
    cells = {name: [row.get(name) for row in rows] for name in _TYPES}
    return places.labelled(
        pd.DataFrame(
            {
                name: np.array(each, dtype="datetime64[us]" if name == "date" else kind)
                if name in _AS_PLACES_GIVES_THEM or kind is float
                else pd.Categorical(each)
                for (name, each), kind in zip(cells.items(), _TYPES.values(), strict=True)
            }
        )
    )


def _days_ago(rng: Random, week: Week, first_day: date) -> list[int]:
    """When the records before the week are of: never, seldom, evenly, or most of them at first."""
    most = (week.start - first_day).days
    kind = rng.choice(("never", "seldom", "often", "evenly", "evenly", "at first"))
    if not most or kind == "never":
        return []
    if kind == "evenly" and most <= 80:
        return [ago for ago in range(1, most) for _ in range(rng.choice((1, 1, 2)))]
    days = [rng.randint(1, most) for _ in range(1 + most // (10 if kind == "seldom" else 5))]
    return [*days, *[most] * 12] if kind == "at first" else days


_KINDS = ("blank", "zero", "one", "few", "many", "mixed", "mixed", "range")
_TYPES: dict[str, type] = {
    name: object if name in records.COLUMNS[:3] or name in _TEXTS else float
    for _TEXTS in [("admin1", "admin2", "admin2_pcode", "admin3", "place", "place_precision",
                    "attack", "target", "perpetrator", "displacement_kind", "destination_admin2",
                    "source", "status")]
    for name in records.COLUMNS if not name.endswith("_valid")
}  # fmt: skip
_AS_PLACES_GIVES_THEM = ("date", "admin1", "admin2", "admin3", "place")


def _row(rng: Random, day: date, kinds: dict[str, str], known: float) -> Row:
    def maybe(values: tuple[str, ...]) -> str | None:
        return rng.choice(values) if rng.random() < known else None

    row: Row = {
        "date": pd.Timestamp(day),
        "admin1": "Idlib",
        "admin2": maybe(DISTRICTS),
        "place": maybe(PLACES),
        "latitude": 35 + rng.random(),
        "longitude": 36 + rng.random(),
        "place_precision": rng.choice(("exact", "near", "district")),
        "attack": maybe(ATTACKS),
        "target": maybe(TARGETS),
        "perpetrator": maybe(PERPETRATORS),
        "source": rng.choice(SOURCES),
        "status": rng.choice(("confirmed", "reported", "reported", "pending")),
    }
    if rng.random() < 0.2:
        row["source"] = f"{row['source']};{rng.choice(SOURCES)}"
    for measure, kind in kinds.items():
        row |= _casualties(rng, measure, kind)
    if rng.random() < 0.25:
        row |= _moved(rng)
    return row


def _casualties(rng: Random, measure: str, kind: str) -> Row:
    most = {"zero": 0, "one": 1, "few": 3, "many": 40, "range": 6, "mixed": rng.choice((0, 1, 9))}
    if kind == "blank" or (kind == "mixed" and rng.random() < 0.2):
        return {}
    value = rng.choice((0, 1)) if kind == "one" else rng.randint(0, most[kind])
    row: Row = {measure: value}
    if kind == "range":
        row |= {
            f"{measure}_low": rng.randint(0, value),
            f"{measure}_high": value + rng.randint(0, 4),
        }
    left = value
    for part in rng.choice(((), ("women",), ("children",), ("women", "men"),
                            ("children", "women", "men"), ("men",), ("all",))):  # fmt: skip
        if part == "all":
            row[f"{measure}_{rng.choice(('women', 'children', 'men'))}"] = left
            break
        row[f"{measure}_{part}"] = rng.randint(0, left)
        left -= row[f"{measure}_{part}"]
    return row


def _moved(rng: Random) -> Row:
    kind = rng.choice(("new", "new", None, "return", "stock"))
    row: Row = {"displaced": rng.choice((0, 1, 2, 60, 1867)), "displacement_kind": kind,
                "destination_admin2": rng.choice((None, *DISTRICTS))}  # fmt: skip
    if rng.random() < 0.3:
        row = {"displaced_households": rng.randint(1, 30), "displacement_kind": kind}
    return row | ({"killed": None, "injured": None} if rng.random() < 0.5 else {})


def _is_alone(seed: int) -> bool:
    """Whether the layout is of displacement alone; the other weeks are what they would be."""
    return Random(f"displacement alone {seed}").random() < 0.03


def _of_displacement_alone(rng: Random, table: pd.DataFrame) -> pd.DataFrame:
    """The same rows without casualties, all of one kind of movement."""
    casualties = [name for name in _TYPES if name.startswith(("killed", "injured", "combatants"))]
    moved = [float(rng.choice((0, 1, 60))) for _ in range(len(table))]
    if rng.random() < 0.4:
        moved = [float(number == 0) for number in range(len(table))]
    return table.assign(
        **dict.fromkeys(casualties, float("nan")),
        displaced=moved,
        displacement_kind=rng.choice(("new", "stock")),
    )


def _revisions(rng: Random, week: Week) -> tuple[Revisions, pd.DataFrame]:
    """No published issue, one of other data, or one with records that have changed since."""
    day = rng.choice((None, week.end + timedelta(1)))
    kind = rng.choice(("none", "other data", "compared", "compared"))
    if kind == "none":
        return Revisions(Archive(Path()), Publication(1, 1, day)), pd.DataFrame()
    last = Published(Path(), rng.randint(1, 40), 1, str(week - 1), week.start, week.start, "", {})
    publication = Publication(last.number + 1, rng.choice((1, 1, 2, 6)), day)
    archive = Archive(Path(), (last,))
    if kind == "other data":
        return Revisions(archive, publication), pd.DataFrame()
    counts = {each: rng.choice((0, 1, 2, 30)) for each in (ADDED, CHANGED, DELETED)}
    outcomes = [outcome for outcome, count in counts.items() for _ in range(count)]
    ends = [
        f"{name}_{end}" for name in ("week", "admin2", *HEADLINES) for end in ("before", "after")
    ]
    lines = pd.DataFrame(
        {"outcome": outcomes, "incident_id": "T-1", "kind": "backfill", "reason": "corrected",
         **dict.fromkeys(ends, float("nan")), "fields": [()] * len(outcomes)},
        index=range(len(outcomes)),
    )  # fmt: skip
    numbers = pd.DataFrame(
        [["", f"records_{name}", "", "", count, count, count] for name, count in counts.items()],
        columns=COLUMNS[:7],
    ).reindex(columns=COLUMNS)
    return Revisions(archive, publication, Ledger(lines), rng.random() < 0.7), numbers
