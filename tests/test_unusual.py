"""Whether a week is unusual: what is expected of it, how many series were tested, no cause."""

from datetime import date, timedelta

import pytest

from sitrep import charts, sentences, tables
from sitrep.blocks import Chart, Paragraph, Table

MONDAY = date(2021, 6, 7)


def weeks_of(*counts: int, admin2: str = "Ariha") -> list[dict[str, object]]:
    """So many incidents in each week, the last one 2021-W23."""
    return [
        {"date": str(MONDAY - timedelta(7 * (len(counts) - 1 - at))), "admin2": admin2}
        for at, count in enumerate(counts)
        for _ in range(count)
    ]


def said(issue) -> str:
    return sentences.unusual(issue).plain_text()


def test_the_baseline_leaves_out_the_two_weeks_before(issue_of):
    # Ten weeks of 4, then two of 50 that must not raise the yardstick, then 9.
    issue = issue_of(weeks_of(*[4] * 10, 50, 50, 9), week="2021-W23")
    number = issue.numbers.get("incidents_expected", issue.week)
    assert (number.value, number.incidents) == (4, 10)
    # Poisson with a gamma prior: mean 4.05; nine is above its range.
    assert number.low <= 4 <= number.high < 9
    assert issue.numbers.value("incidents_lower", issue.week) == 10
    assert "more than in 10 of the 10 weeks compared" in said(issue)
    assert "this one is above it" in said(issue).lower()


def test_a_week_like_the_others_lies_within(issue_of):
    issue = issue_of(weeks_of(*[4] * 12, 4), week="2021-W23")
    assert "this one is within it" in said(issue).lower()
    assert issue.numbers.value("series_outside", issue.week) == 0


def test_too_few_weeks_are_said_to_be_too_few(issue_of):
    # Nine weeks before, less two: seven, and eight are needed.
    issue = issue_of(weeks_of(*[4] * 9, 4), week="2021-W23")
    assert "too few weeks" in said(issue)
    assert isinstance(charts.expected(issue), Paragraph)
    assert isinstance(tables.unusual(issue), Paragraph)


def test_a_district_is_tested_where_its_baseline_has_enough_incidents(issue_of):
    rows = weeks_of(*[4] * 12, 4)
    seldom = weeks_of(*[0] * 5, 7, *[0] * 6, 9, admin2="Harim")
    enough = weeks_of(*[0] * 5, 8, *[0] * 6, 9, admin2="Azaz")
    often = weeks_of(*[1] * 12, 9, admin2="Idleb")
    issue = issue_of([*rows, *seldom, *enough, *often], week="2021-W23")
    # Harim has seven before this week, Azaz eight: Azaz, Ariha, Idleb and the total are tested.
    assert issue.numbers.value("series_tested", issue.week) == 4
    assert issue.numbers.value("districts_tested", issue.week) == 3
    assert issue.numbers.value("series_outside_by_chance", issue.week) == 0.2
    assert "by chance alone 0.2 would" in said(issue)
    assert "Idleb" in said(issue)


def test_weeks_of_changed_coverage_can_be_left_out(issue_of):
    rows = weeks_of(*[4] * 10, 90, *[4] * 4)
    left_out = {"excluded_weeks": ("2021-W19",)}
    issue = issue_of(rows, week="2021-W23", statistics=left_out)
    assert issue.numbers.value("incidents_expected", issue.week) == 4
    assert issue_of(rows, week="2021-W23").numbers.value("incidents_expected", issue.week) > 4


def test_a_record_names_the_week_that_was_as_high(issue_of):
    # 60 weeks: 12 in the first, then 3s, then 12 again: a tie 59 weeks ago.
    issue = issue_of(weeks_of(12, *[3] * 58, 12), week="2021-W23")
    assert "highest number recorded in a week since 2020-W17" in said(issue)
    assert "highest" not in said(issue_of(weeks_of(*[3] * 59, 4), week="2021-W23"))


def test_farrington_stands_beside_the_others_where_three_years_are_covered(issue_of):
    def detectors(issue) -> list[str]:
        return issue.numbers.groups("incidents_threshold", issue.week, "detector")

    long = issue_of(weeks_of(*[3, 4, 5, 4] * 41, 30), week="2021-W23")
    assert "Farrington" in detectors(long)
    table = tables.unusual(long)
    assert isinstance(table, Table)
    rows = {row.cells[0]: row.cells[-1] for row in table.rows}
    assert rows["Farrington (all areas)"] == "above"
    short = issue_of(weeks_of(*[3, 4, 5, 4] * 30, 30), week="2021-W23")
    assert "Farrington" not in detectors(short)


@pytest.mark.parametrize("week", ["2021-W23", "2021-W20", "2020-W06"])
def test_chart_table_and_sentence_say_the_same(sample_week, week):
    issue = sample_week(week)
    chart, table = charts.expected(issue), tables.unusual(issue)
    if issue.numbers.get("incidents_expected", issue.week) is None:
        assert isinstance(chart, Paragraph)
        return
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    outside = [row.cells[0] for row in table.rows if row.cells[-1] in ("above", "below")
               and not row.cells[0].startswith("EARS")]  # fmt: skip
    assert len(outside) == issue.numbers.value("series_outside", issue.week)
    number = issue.numbers.get("incidents_expected", issue.week)
    assert f"expected {number.low:.0f} to {number.high:.0f}" in chart.alt
