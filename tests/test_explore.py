"""An issue narrowed to weeks and districts is an issue again."""

from dataclasses import replace
from datetime import date

import pytest

from sitrep import charts, explore, tables
from sitrep.errors import UsageError
from sitrep.settings import Baseline


@pytest.fixture(scope="module")
def issue(issue_of):
    return issue_of(
        [
            {"date": "2021-05-24", "killed": 1, "admin2": "Ariha"},
            {"date": "2021-05-31", "killed": 2, "killed_low": 1, "admin2": "Ariha"},
            {"date": "2021-05-31", "killed": 20, "admin2": "Harim"},
            {"date": "2021-06-14", "killed": None, "admin2": "Ariha"},
            {"date": "2021-06-14", "killed": 40, "status": "pending", "admin2": "Ariha"},
            {"date": "2021-06-16", "killed": 400, "admin2": ""},
        ],
        data={"baselines": (Baseline("early June", date(2021, 6, 3)),)},
    )


def test_the_weeks_and_districts_there_are(issue):
    assert [str(week) for week in explore.weeks(issue)] == [
        "2021-W21", "2021-W22", "2021-W23", "2021-W24",
    ]  # fmt: skip
    assert explore.districts(issue) == ["Ariha", "Harim"]


def test_the_whole_is_the_issue_itself(issue):
    same = explore.narrowed(issue)
    for measure in ("killed", "incidents"):
        assert same.numbers.value(measure, same.week) == issue.numbers.value(measure, issue.week)
    assert same.area == issue.area


def test_districts_are_cut_out(issue):
    ariha = explore.narrowed(issue, last="2021-W22", districts=["Ariha"])
    assert ariha.numbers.value("killed", "2021-W22") == 2
    assert ariha.area.endswith(": Ariha")
    assert str(ariha.week) == "2021-W22"
    both = explore.narrowed(issue, last="2021-W22", districts=["Ariha", "Harim"])
    assert both.numbers.value("killed", "2021-W22") == 22


def test_weeks_are_cut_at_both_ends(issue):
    narrow = explore.narrowed(issue, first="2021-W22", last="2021-W23")
    assert [str(week) for week in narrow.periods.charted] == ["2021-W22", "2021-W23"]
    assert "2021-W22 to 2021-W23" in charts.weekly(narrow, "killed").title
    assert narrow.records["date"].max().date() <= date(2021, 6, 13)


def test_an_end_before_a_baseline_is_an_issue_without_it(issue):
    # The baseline is 3 June, in W22.
    early = explore.narrowed(issue, last="2021-W21")
    assert early.periods.baselines == ()
    assert early.numbers.value("killed", "2021-W21") == 1


def test_the_map_of_an_earlier_week_shows_that_week(issue_of):
    point = {"latitude": 35.7, "longitude": 36.5, "place_precision": "exact"}
    whole = issue_of(
        [
            {"date": "2021-05-31", "place": "Before", "admin2": "A", **point},
            {"date": "2021-06-07", "place": "Now", "admin2": "B", **point},
        ]
    )
    assert list(whole.points["place"]) == ["Now, B"]
    assert list(explore.narrowed(whole, last="2021-W22").points["place"]) == ["Before, A"]
    assert list(explore.narrowed(whole, districts=["A"]).points["place"]) == []


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ({"first": "2021-W20"}, "is not within 2021-W21 to 2021-W24"),
        ({"last": "2021-W25"}, "is not within"),
        ({"first": "2021-W23", "last": "2021-W22"}, "2021-W23 to 2021-W22"),
        ({"first": "2021-W54"}, "no week 2021-W54"),
        ({"districts": ["Areha"]}, "no district 'Areha' in the records; did you mean 'Ariha'"),
        ({"districts": ["Homs"]}, "known are Ariha, Harim"),
    ],
)
def test_what_is_not_in_the_issue_is_refused(issue, weeks, said):
    with pytest.raises(UsageError, match=said):
        explore.narrowed(issue, **weeks)


def test_the_series_is_a_row_a_week(issue):
    table = explore.weekly(issue, "killed")
    assert list(table.index) == ["2021-W21", "2021-W22", "2021-W23", "2021-W24"]
    # 1; 2 + 20 with a low of 1 + 20; none; 400 beside a blank
    assert table["value"].tolist() == [1, 22, 0, 400]
    assert table["low"].tolist() == [1, 21, 0, 400]
    assert table["not_reported"].tolist() == [0, 0, 0, 1]
    assert explore.weekly(issue, "killed", first="2021-W22", last="2021-W22").index.tolist() == [
        "2021-W22"
    ]  # fmt: skip


def test_a_week_of_blanks_is_blank_in_the_series(issue):
    ariha = explore.weekly(issue, "killed", districts=["Ariha"])
    assert ariha["value"].isna().tolist() == [False, False, False, True]


def test_a_short_series_of_a_long_year_has_only_its_weeks(issue_of):
    rows = [{"date": day, "killed": 1} for day in ("2021-01-04", "2021-03-01", "2021-06-07")]
    short = explore.weekly(issue_of(rows), "killed", first="2021-W22", last="2021-W23")
    assert list(short.index) == ["2021-W22", "2021-W23"]


def test_districts_stand_side_by_side(issue):
    table = explore.by_district(issue, "killed")
    assert table.loc["2021-05-31"].dropna().to_dict() == {"Ariha": 2, "Harim": 20}
    assert table.loc["2021-06-14"].dropna().to_dict() == {"not recorded": 400}


def test_a_narrowed_issue_can_be_shown_by_every_table(issue):
    narrow = explore.narrowed(issue, districts=["Harim"])
    for name in tables.__all__:
        made = getattr(tables, name)(narrow)
        for block in made if isinstance(made, tuple) else (made,):
            assert block.plain_text() is not None


def test_the_panel_draws_what_is_chosen(issue):
    span, choices, out = explore.panel(issue).children
    assert span.value == ("2021-W21", "2021-W24")
    where, what = choices.children
    assert list(where.options) == ["Ariha", "Harim"]
    assert dict(what.options)["Civilians killed"] == "killed"
    where.value = ("Harim",)
    assert where.value == ("Harim",)
    assert out is not None


def test_of_running_totals_no_incidents_are_offered(issue):
    profile = replace(issue.store.profile, rows="days")
    by_day = replace(issue, store=replace(issue.store, profile=profile))
    offered = [set(explore.panel(each).children[1].children[1].options) for each in (issue, by_day)]
    assert offered[0] - offered[1] == {"Incidents"}
