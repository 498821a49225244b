"""How late records come in, by hand; and what is expected of weeks that are still filling up."""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sitrep import charts, sentences
from sitrep.archive.issues import Archive, Published
from sitrep.blocks import Chart, Paragraph
from sitrep.late import late_numbers, reporting_triangle
from sitrep.numbers import Number
from sitrep.weeks import parse_week

WEEK = parse_week("2021-W23")


def printed(week, counts) -> Published:
    """An issue that printed so many incidents of each week before it, the oldest first."""
    issue = Published(Path(), 1, 1, str(week), date(2021, 6, 14), date(2021, 6, 14), "", {})
    weeks = [week - back for back in range(len(counts))][::-1]
    issue.__dict__["numbers"] = {
        (str(each), "incidents", "", ""): Number(count, count, count, count, 0, 1)
        for each, count in zip(weeks, counts, strict=True)
    }
    return issue


@pytest.fixture
def issue(issue_of):
    """Three incidents in W23, two in W22; one reported two weeks late."""
    rows = [
        {"date": "2021-06-07", "reported_on": "2021-06-08"},
        {"date": "2021-06-08", "reported_on": "2021-06-10"},
        {"date": "2021-06-09"},
        {"date": "2021-05-31", "reported_on": "2021-06-01"},
        {"date": "2021-06-01", "reported_on": "2021-06-15"},
        {"date": "2021-07-05", "reported_on": "2021-07-05"},
    ]
    return issue_of(rows, week="2021-W23")


def test_the_triangle_is_what_each_issue_added_to_each_week(issue):
    # W22's issue printed 1 incident of W22 and 4 of W21, W21's had printed 3 of W21. Today's
    # data begin with W22 and say nothing of W21: it is left out.
    issues = (printed(WEEK - 2, [3]), printed(WEEK - 1, [4, 1]))
    weeks, triangle = reporting_triangle(issue.numbers, Archive(Path(), issues), issue.periods)
    assert [str(week) for week in weeks] == ["2021-W22", "2021-W23"]
    # Of W22: 1 first, 2 today: 1 more. Of W23: 3 today.
    expected = [[1, 1], [3, math.nan]]
    assert np.array_equal(triangle[:, :2], expected, equal_nan=True)
    assert np.isnan(triangle[:, 2:]).all()


def test_a_gap_in_the_issues_ends_the_triangle(issue):
    archive = Archive(Path(), (printed(WEEK - 3, [3]), printed(WEEK - 1, [1])))
    weeks, _ = reporting_triangle(issue.numbers, archive, issue.periods)
    assert [str(week) for week in weeks] == ["2021-W22", "2021-W23"]


def test_the_share_reported_by_each_age(issue):
    # Of four known delays three are 0 weeks and one is 2; every week is old enough to show 2.
    shares = {
        age: issue.numbers.value("records_arrived", "2021-W23", breakdown="age", group=age)
        for age in ("0", "1", "2")
    }
    assert shares == {"0": 75, "1": 75, "2": 100}
    chart = charts.arrival(issue)
    assert isinstance(chart, Chart)
    assert "75 % within the week, 75 % by 1 week later, 100 % by 2 weeks later" in chart.alt


def test_without_days_of_reports_there_is_no_curve(issue_of):
    assert isinstance(charts.arrival(issue_of([{"killed": 1}])), Paragraph)


def test_a_nowcast_is_off_unless_asked_for_and_needs_twelve_issues(issue_of):
    rows = [{"killed": 1}]
    assert sentences.nowcast(issue_of(rows)).plain_text() == ""
    asked = issue_of(rows, statistics={"nowcast": True})
    assert "at least twelve weekly issues" in sentences.nowcast(asked).plain_text()


def test_a_nowcast_is_printed_with_its_back_test_and_dashed(sample_week):
    # Twenty issues, each of whose counts grows from 8 to 10 in the week after.
    week = parse_week("2021-W23")
    issues = tuple(printed(week - back, [10] * 5 + [8]) for back in range(24, 0, -1))
    issue = sample_week("2021-W23")
    statistics = replace(issue.settings.statistics, nowcast=True)
    more = late_numbers(
        issue.records, issue.numbers, Archive(Path(), issues), issue.periods, statistics
    )
    told = more[more["measure"].str.startswith(("incidents_nowcast", "nowcast_"))]
    settings = replace(issue.settings, statistics=statistics)
    asked = replace(issue, numbers=issue.numbers.with_rows(told), settings=settings)
    number = asked.numbers.get("incidents_nowcast", week)
    assert number is not None
    # 27 were recorded; first counts grew by a quarter.
    assert number.value > 27
    assert number.low <= number.value <= number.high
    text = sentences.nowcast(asked).plain_text()
    assert "expected to be recorded for this week (80 % range" in text
    inside, tested = (asked.numbers.value(f"nowcast_{n}", week) for n in ("inside", "tested"))
    assert f"held the later count in {inside:.0f} of {tested:.0f} past weeks" in text
    plain, dashed = (charts.weekly(each, "incidents").svg for each in (issue, asked))
    assert dashed != plain
