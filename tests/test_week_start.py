"""Weeks that begin on a Saturday or a Sunday, in every place that a week reaches."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import IssueOf

from sitrep import charts, explore, sentences, tables
from sitrep.issue import Issue, choose_week, find_archive
from sitrep.quality.opening import quality_of, recent_weeks
from sitrep.quality.sentences import masthead as quality_masthead
from sitrep.settings import CountingSettings, Settings

# 2021-W23 is 5 to 11 June from Saturday, 6 to 12 June from Sunday, 7 to 13 June from Monday:
# each sum of these powers of two says which days are in it.
KILLED = {"2021-06-04": 1, "2021-06-05": 2, "2021-06-06": 4, "2021-06-11": 8, "2021-06-12": 16}
ROWS: list[dict[str, Any]] = [
    {"date": day, "killed": count, "admin2": "Ariha", "place": "Bara", "reported_on": day}
    for day, count in KILLED.items()
]
DAYS = {
    "saturday": ((2021, 6, 5), (2021, 6, 11), "Saturday 5 to Friday 11 June 2021", 2 + 4 + 8, 1),
    "sunday": ((2021, 6, 6), (2021, 6, 12), "Sunday 6 to Saturday 12 June 2021", 4 + 8 + 16, 3),
}


@pytest.fixture(params=DAYS)
def start(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def issue(issue_of: IssueOf, start: str) -> Issue:
    """2021-W23 of the rows above."""
    return issue_of(ROWS, week="2021-W23", counting={"week_start": start})


def test_the_numbers_are_of_those_days(issue: Issue, start: str) -> None:
    first, last, _, killed, before = DAYS[start]
    assert (issue.week.start, issue.week.end) == (date(*first), date(*last))
    # Two routes to each total agree, or there would be no issue.
    assert issue.numbers.value("killed", issue.week) == killed
    assert issue.numbers.value("killed", issue.week - 1) == before
    assert issue.numbers.value("killed", issue.periods.year_label) == killed + before


def test_the_masthead_names_those_days_and_the_next_issue(issue: Issue, start: str) -> None:
    first, _, days, *_ = DAYS[start]
    front = sentences.masthead(issue)
    assert days in front.subtitle
    # An issue comes after the end of its week: the next is of the week after this one.
    assert any(str(date(*first).day + 14) in fact for fact in front.facts[-1:])


def test_charts_and_tables_count_those_days(issue: Issue, start: str) -> None:
    killed = DAYS[start][3]
    assert f"In 2021-W23: {killed}." in charts.weekly(issue, "killed").plain_text()
    assert str(killed) in tables.places(issue).plain_text()


def test_the_latest_complete_week_is_the_one_whose_last_day_is_known(
    issue_of: IssueOf, start: str
) -> None:
    store = issue_of(ROWS[:-1], week="2021-06-11", counting={"week_start": start}).store
    settings = Settings(counting=CountingSettings(week_start=start))
    # The data end on Friday 11 June, the last day of the week from Saturday alone.
    ends = {"saturday": date(2021, 6, 11), "sunday": date(2021, 6, 5)}
    assert choose_week("", store, settings).end == ends[start]


def test_a_day_names_the_week_that_holds_it(issue: Issue, start: str) -> None:
    settings = Settings(counting=CountingSettings(week_start=start))
    assert (
        choose_week("2021-06-12", issue.store, settings).start
        == {
            "saturday": date(2021, 6, 12),
            "sunday": date(2021, 6, 6),
        }[start]
    )


def test_the_quality_report_is_of_those_days(issue: Issue, start: str) -> None:
    first, _, days, *_ = DAYS[start]
    quality = quality_of(issue)
    assert quality.week_of(issue.records["date"].max()) == issue.week
    assert recent_weeks(quality)[-1].start == date(*first)
    assert days in quality_masthead(quality).subtitle


def test_exploring_narrows_to_those_days(issue: Issue, start: str) -> None:
    narrow = explore.narrowed(issue, first="2021-W23", last="2021-W23")
    assert narrow.numbers.value("killed", narrow.week) == DAYS[start][3]
    assert explore.weeks(issue)[-1].start == date(*DAYS[start][0])


def test_issues_of_other_weeks_are_another_series(issue: Issue, start: str, tmp_path: Path) -> None:
    settings = Settings(root=tmp_path, counting=CountingSettings(week_start=start))
    assert find_archive(issue.store, settings, area="").folder.name == f"native-{start}"
    assert find_archive(issue.store, Settings(root=tmp_path), area="").folder.name == "native"
