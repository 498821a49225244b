"""Opening the quality of a week: the records of an issue, and the numbers that judge them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import islice

import numpy as np
import pandas as pd

from sitrep import measures as m
from sitrep.areas import COLUMNS as AREA_COLUMNS
from sitrep.areas import LEVELS, read_aliases
from sitrep.incidents import Finding
from sitrep.issue import Issue, open_issue
from sitrep.language import say, spoken
from sitrep.numbers import COLUMNS, KEY, Key, Numbers
from sitrep.opened import WHOLE, located
from sitrep.quality.codes import Unplaced, as_recorded, unplaced
from sitrep.quality.completeness import FIELDS, completeness
from sitrep.quality.counted import Counted, counted
from sitrep.quality.delay import delay
from sitrep.quality.digits import heaping
from sitrep.quality.flags import contradicted, contradictions
from sitrep.quality.pairs import COUNTS, suspected
from sitrep.quality.spelt import Spelt, spelt_alike
from sitrep.weeks import Week, interval

MOST_REJECTED = 40  # findings listed
MOST_PAIRS = 15  # pairs listed: two rows each
MOST_SPELT = 20  # pairs of names listed
MOST_FLAGGED = 6  # records named
GRADED = ("incidents", "killed")  # what is shown by grade of verification
RECENT_WEEKS = 12  # pairs of earlier weeks are counted, not listed


@dataclass(frozen=True, kw_only=True)
class Quality(Issue):
    """An issue whose numbers are about the record itself.

    `listed` are the records of the pairs, two rows a pair, the first of the two first;
    `flagged` those of this year that contradict themselves, the latest first.
    """

    report: Issue  # the situation report of the same week, with its own numbers
    rejected: tuple[Finding, ...]
    listed: pd.DataFrame
    flagged: pd.DataFrame
    unplaced: tuple[Unplaced, ...]
    spelt: tuple[tuple[Spelt, Spelt], ...]  # names that may be one, as many as are listed

    @property
    def window(self) -> str:
        """The weeks of the charts, in which pairs and digits are looked for."""
        return interval(self.periods.charted[0], self.week)

    @property
    def recent(self) -> str:
        """The weeks whose pairs are listed."""
        return interval(recent_weeks(self)[0], self.week)

    def week_of(self, day: datetime) -> Week:
        """The week that holds a day, as the settings begin weeks."""
        return Week.of(day.date(), starts_on=self.periods.starts_on)


def open_quality(
    week: str = "",
    *,
    data: str = "",
    profile: str = "",
    sheet: str = "",
    area: str = "",
    edition: str = "",
    lang: str = "en",
    settings: str = "",
) -> Quality:
    """Read the data and judge the records of one week; parameters and errors as of `open_issue`."""
    return quality_of(
        open_issue(
            week, data=data, profile=profile, sheet=sheet, area=area, edition=edition,
            lang=lang, settings=settings,
        )
    )  # fmt: skip


def quality_of(issue: Issue) -> Quality:
    """The quality of the records that an issue counts: of the headline grades, up to its week."""
    rows = with_origin(issue)
    year, window = (_between(rows, *span) for span in (issue.periods.year, _window(issue)))
    # What two reports add to running totals is of each alone.
    pairs = suspected(window.head(0) if issue.by_day else window)
    recent = pairs[_latest(window, pairs) >= pd.Timestamp(recent_weeks(issue)[0].start)]
    listed = window.loc[recent.head(MOST_PAIRS).to_numpy().ravel()]
    flagged = year[contradicted(year)].sort_values("date", ascending=False, kind="stable")
    found = tuple(unplaced(year, earlier=pd.concat([rows, *_located_before(issue)])))
    spelt = spelt_alike(window)
    rejected = [finding for finding in issue.store.listed() if finding.outcome == "rejected"]
    quality = Quality(
        **{field.name: getattr(issue, field.name) for field in fields(Issue)},
        report=_titled(issue),
        rejected=tuple(islice(rejected, MOST_REJECTED)),
        listed=_with_ids(listed, issue),
        flagged=_with_ids(flagged.head(MOST_FLAGGED), issue),
        unplaced=found,
        spelt=tuple(spelt[:MOST_SPELT]),
    )
    own = [
        *completeness(year, issue.periods.year_label),
        *delay(year, issue.periods.year_label),
        *_flags(rows, issue),
        *_pairs(quality, pairs, recent),
        *heaping(window, quality.window),
        *_gaps(found, issue.periods.year_label),
        *_spelt(quality, len(spelt)),
        counted("", "findings_rejected", len(rejected)),
        counted("", "findings_rejected_not_listed", max(len(rejected) - MOST_REJECTED, 0)),
    ]
    return replace(quality, settings=quality.report.settings, numbers=_numbers(issue, own))


def with_origin(issue: Issue) -> pd.DataFrame:
    """The records of an issue with their line, when they changed, and areas as they were spelt."""
    opening = issue.opened or WHOLE
    origin = opening.load(issue.store, ("line", "date", "updated_on", *AREA_COLUMNS))
    origin = origin.loc[issue.records.index]
    assert (origin.pop("date") == issue.records["date"]).all(), "records lost their index"
    origin = origin.rename(columns={level: as_recorded(level) for level in LEVELS})
    rest = [name for name in issue.records if name not in origin]
    return pd.concat([issue.records[rest], origin], axis="columns")


def _located_before(issue: Issue) -> list[pd.DataFrame]:
    """The places that records which are not opened give coordinates of."""
    if issue.opened is None or issue.opened.earlier is None:
        return []
    settings = issue.settings
    path = settings.resolve(settings.data.aliases) if settings.data.aliases else None
    return [located(issue.store, issue.opened, settings.counting, read_aliases(path))]


def recent_weeks(issue: Issue) -> list[Week]:
    return issue.periods.charted[-RECENT_WEEKS:]


def _window(issue: Issue) -> tuple[Week, Week]:
    return issue.periods.charted[0], issue.week


def _between(rows: pd.DataFrame, first: Week, last: Week) -> pd.DataFrame:
    starts = rows["week"]
    return rows[(starts >= pd.Timestamp(first.start)) & (starts <= pd.Timestamp(last.start))]


def _latest(rows: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """The later day of each pair."""
    days = [rows["date"].loc[pairs[side]].set_axis(pairs.index) for side in ("first", "second")]
    return days[0].where(days[0] >= days[1], days[1])


@spoken
def _titled(issue: Issue) -> Issue:
    report = issue.settings.report
    titled = replace(report, title=say("quality_title"))
    return replace(issue, settings=replace(issue.settings, report=titled))


def _with_ids(rows: pd.DataFrame, issue: Issue) -> pd.DataFrame:
    """The rows with their `incident_id`: asked for these lines alone, not for a million."""
    return rows.assign(incident_id=rows["line"].map(issue.store.ids(rows["line"].unique())))


def _flags(rows: pd.DataFrame, issue: Issue) -> Iterable[Counted]:
    periods = issue.periods
    spans: dict[str, tuple[Week, Week]] = {
        str(periods.week): (periods.week, periods.week),
        periods.four_label: periods.four,
        periods.year_label: periods.year,
    }
    for label, span in spans.items():
        if periods.covers(span[0]):
            yield from contradictions(_between(rows, *span), label)


def _pairs(quality: Quality, pairs: pd.DataFrame, recent: pd.DataFrame) -> Iterable[Counted]:
    """How many pairs, and the figures of the records that are listed, each once."""
    yield counted(quality.window, "suspected_pairs", len(pairs))
    yield counted(quality.window, "records_in_suspected_pairs", len(np.unique(pairs.to_numpy())))
    if quality.recent != quality.window:
        yield counted(quality.recent, "suspected_pairs", len(recent))
    yield counted(quality.recent, "suspected_pairs_listed", len(quality.listed) // 2)
    for row in quality.listed.drop_duplicates("incident_id").to_dict("records"):
        week, record = quality.week_of(row["date"]), row["incident_id"]
        for name in COUNTS:
            yield counted(
                week, name, row[name], breakdown="record", group=record,
                low=row.get(f"{name}_low"), high=row.get(f"{name}_high"),
            )  # fmt: skip


def _gaps(found: Iterable[Unplaced], week: str) -> Iterable[Counted]:
    for gap in found:
        yield counted(week, "names", len(gap.names), breakdown="gap", group=gap.kind)
        yield counted(week, "records", gap.records, breakdown="gap", group=gap.kind)


def _spelt(quality: Quality, pairs: int) -> Iterable[Counted]:
    """How many pairs of names, and the records of each name that is listed, once."""
    yield counted(quality.window, "names_spelt_alike", pairs)
    for one in dict.fromkeys(each for pair in quality.spelt for each in pair):
        yield counted(
            quality.window, "records", one.records, breakdown=f"spelt_{one.level}", group=one.name
        )


def _numbers(issue: Issue, own: list[Counted]) -> Numbers:
    """Of the issue's own numbers those on rows and grades; then what was found here."""
    table, periods = issue.numbers.table, issue.periods
    spans = [str(periods.week), periods.four_label, periods.year_label]
    grades = table["breakdown"].isin(("", "status")) & table["measure"].isin(GRADED)
    kept = table[(table["week"] == "") | (table["week"].isin(spans) & grades)]
    both = pd.concat([kept, pd.DataFrame(own, columns=COLUMNS)], ignore_index=True)
    return Numbers(both, _withheld(both, issue))


def _withheld(table: pd.DataFrame, issue: Issue) -> set[Key]:
    """How many incidents leave nobody's sex and age open, where for how many people is withheld."""
    year, hidden = issue.periods.year_label, issue.numbers.withheld
    if not any((year, name, m.SEX_AGE, m.REMAINDER) in hidden for name in ("killed", "injured")):
        return set()
    all_of, by_source = ("filled", FIELDS["sex_age"]), "filled_sex_age"
    return {
        (week, measure, breakdown, group)
        for week, measure, breakdown, group in table[KEY].itertuples(index=False)
        if week == year and ((measure, group) == all_of or measure == by_source)
    }
