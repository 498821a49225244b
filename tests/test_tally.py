"""Every number of an issue, from a few rows with the answers worked out by hand."""

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sitrep import measures as m
from sitrep.settings import Baseline

W20, W21, W22, W23 = (f"2021-W{number}" for number in (20, 21, 22, 23))
DAY = {W20: "2021-05-17", W21: "2021-05-24", W22: "2021-05-31", W23: "2021-06-07"}
FOUR, YEAR = "2021-W19/2021-W22", "2021-W01/2021-W23"
EARLY = {"date": "2021-01-04", "killed": 0, "injured": 0}  # so that the data cover the year


def rows_by_week(**killed):
    """A row for each week named, such as ``w22=3``; None is an incident without a figure."""
    return [
        {"date": DAY[f"2021-{week.upper()}"], "killed": value, "attack": "shelling"}
        for week, value in killed.items()
    ]


@pytest.fixture(scope="module")
def small(issue_of):
    """Incidents of two weeks, in two districts, of several grades, and displacement."""
    return issue_of(
        [
            EARLY,
            {"date": DAY[W22], "killed": 2, "place": "Bara", "admin2": "Ariha", "source": "A"},
            {"date": DAY[W23], "killed": 5, "killed_low": 4, "killed_high": 8, "injured": 3,
             "place": "Bara", "admin2": "Ariha", "source": "A", "target": "home;school",
             "attack": "shelling", "status": "confirmed", "killed_women": 2},
            {"date": DAY[W23], "killed": 1, "place": "Bara", "admin2": "Ariha", "source": "A;B",
             "attack": "air strike"},
            {"date": DAY[W23], "killed": None, "injured": None, "place": "Salqin",
             "admin2": "Harim", "source": "B"},
            {"date": DAY[W23], "killed": 0, "source": "C"},
            {"date": DAY[W23], "killed": 40, "status": "pending", "source": "D"},
            {"date": DAY[W23], "killed": 70, "status": "discounted", "source": "D"},
            {"date": "2021-06-13", "displaced": 100, "place": "Bara", "admin2": "Ariha",
             "destination_admin2": "Harim", "source": "E"},
            {"date": "2021-06-13", "displaced": 30, "displacement_kind": "return", "source": "E"},
        ],
        week=W23,
    )  # fmt: skip


def at(issue, measure, week=W23, **group):
    """Value, low, high, incidents, not_reported, sources; None where there is no row."""
    found = issue.numbers.get(measure, week, **group)
    if found is None:
        return None
    return (
        found.value, found.low, found.high, found.incidents, found.not_reported, found.sources,
    )  # fmt: skip


def test_the_total_of_the_week(small):
    # 5 + 1 + 0 = 6; low 4 + 1 + 0, high 8 + 1 + 0; four incidents, one without a figure;
    # figures from A, B and C. Pending and discounted deaths are not in it.
    assert at(small, "killed") == (6, 5, 9, 4, 1, 3)


def test_incidents_and_records_of_displacement_are_apart(small):
    assert at(small, "incidents")[0] == 4
    assert at(small, "displacement_records")[0] == 2


def test_displacement_and_returns_are_apart(small):
    assert at(small, "displaced") == (100, 100, 100, 1, 0, 1)
    assert at(small, "returned")[0] == 30


def test_pending_stands_beside_the_totals_and_discounted_nowhere(small):
    by_grade = {
        grade: small.numbers.value("killed", W23, breakdown="status", group=grade)
        for grade in small.numbers.groups("killed", W23, "status")
    }
    # 5 confirmed, 1 + 0 (and a blank) reported, 40 pending.
    assert by_grade == {"confirmed": 5, "reported": 1, "pending": 40}


def test_pending_can_be_counted_by_the_settings(issue_of):
    rows = [{"killed": 1}, {"killed": 40, "status": "pending"}]
    grades = ("confirmed", "reported", "pending")
    assert at(issue_of(rows), "killed")[0] == 1
    assert at(issue_of(rows, counting={"headline_grades": grades}), "killed")[0] == 41


def test_places_are_counted_once_each(small):
    # Bara twice and Salqin once; one incident has no place. The week before: Bara alone.
    assert at(small, "places")[0] == 2
    assert at(small, "places")[3:5] == (4, 1)
    assert at(small, "places_change")[0] == 1


def test_places_that_no_incident_names_are_blank_not_zero(issue_of):
    issue = issue_of([{"killed": 1}, {"killed": 2, "date": "2021-05-31", "place": "Bara"}])
    assert np.isnan(at(issue, "places")[0])
    assert at(issue, "places")[3:5] == (1, 1)
    assert at(issue, "places_change") is None


def test_villages_of_one_name_in_two_districts_are_two_places(issue_of):
    rows = [{"killed": 0, "place": "Bara", "admin2": name} for name in ("Ariha", "Harim", "Harim")]
    assert at(issue_of(rows), "places")[0] == 2


def test_a_group_has_its_own_numbers_and_sources(small):
    ariha = {"breakdown": "admin2", "group": "Ariha"}
    assert at(small, "killed", **ariha) == (6, 5, 9, 2, 0, 2)
    assert at(small, "displaced", **ariha)[0] == 100
    harim = {"breakdown": "admin2", "group": "Harim"}
    assert not small.numbers.get("killed", W23, **harim).known
    arrived = {"breakdown": "destination_admin2", "group": "Harim"}
    assert at(small, "displaced", **arrived)[0] == 100


def test_an_incident_with_two_targets_or_sources_stands_under_each(small):
    for target in ("home", "school"):
        assert at(small, "killed", breakdown="target", group=target)[0] == 5
    # A gave 5 and 1, B the same 1 and a blank.
    assert at(small, "killed", breakdown="source", group="A")[0] == 6
    assert at(small, "killed", breakdown="source", group="B")[0] == 1


def test_a_source_is_the_source_of_what_stands_under_its_name(small):
    # E gave 100 displaced and 30 returned: two records of displacement, of one source.
    given_by_e = {"breakdown": "source", "group": "E"}
    assert at(small, "displacement_records", **given_by_e) == (2, 2, 2, 2, 0, 1)
    # A and B gave one number together; under each of them it is its own.
    assert at(small, "killed", breakdown="source", group="B")[5] == 1


def test_one_source_named_twice_in_a_cell_counts_once(issue_of):
    issue = issue_of([{"killed": 3, "source": "A; A"}])
    assert at(issue, "killed", breakdown="source", group="A")[0] == 3
    assert at(issue, "incidents", breakdown="source", group="A")[0] == 1


def test_the_fields_that_are_filled(small):
    filled = {
        group: small.numbers.value("filled", W23, breakdown="field", group=group)
        for group in small.numbers.groups("filled", W23, "field")
    }
    # Of four incidents: place three times, attack and injured as given above; no incident has
    # the sex and age of all its victims (two women of five killed).
    assert filled == {
        "place": 3, "attack type": 2, "kind of place hit": 1, "number killed": 3,
        "number injured": 1, "coordinates": 0, "perpetrator": 0, "sex and age of all victims": 0,
    }  # fmt: skip


def test_sex_and_age_are_filled_where_nobody_is_left_unknown(issue_of):
    rows = [
        {"killed": 2, "killed_women": 2, "injured": 0},  # all known
        {"killed": 0, "injured": 0},  # nobody to know of
        {"killed": 2, "killed_women": 1, "injured": 0},  # one unknown
        {"killed": 0, "injured": None},  # it is not known whether anyone was injured
    ]
    issue = issue_of(rows)
    assert issue.numbers.value(
        "filled", issue.week, breakdown="field", group="sex and age of all victims"
    ) == 2  # fmt: skip


def test_not_recorded_counts_as_a_blank_attack(issue_of):
    issue = issue_of([{"killed": 0, "attack": "not recorded"}, {"killed": 0, "attack": "other"}])
    filled = issue.numbers.value("filled", issue.week, breakdown="field", group="attack type")
    assert filled == 1


def test_the_largest_incident_and_the_ranges_known(small):
    assert at(small, "killed_largest_incident")[0] == 5
    assert at(small, "killed_with_range")[0] == 1


# Weeks beside this one


def test_the_difference_from_the_week_before(small):
    assert at(small, "killed_change")[0] == 6 - 2
    assert at(small, "incidents_change")[0] == 4 - 1


def test_there_is_no_difference_where_either_week_has_no_figure(issue_of):
    assert at(issue_of(rows_by_week(w22=None, w23=3)), "killed_change") is None
    assert at(issue_of(rows_by_week(w22=3, w23=None)), "killed_change") is None


def test_a_covered_week_without_incidents_is_zero(issue_of):
    issue = issue_of(rows_by_week(w20=4, w23=3))
    assert at(issue, "killed", W21) == (0, 0, 0, 0, 0, 0)
    assert at(issue, "incidents", W22)[0] == 0
    assert at(issue, "killed_change")[0] == 3


def test_a_week_before_the_data_has_no_row(issue_of):
    issue = issue_of(rows_by_week(w22=4, w23=3))
    assert at(issue, "killed", W21) is None
    assert at(issue, "killed", W22)[0] == 4
    assert at(issue, "killed_mean", FOUR) is None
    assert at(issue, "killed", FOUR) is None


def test_the_first_week_of_the_data_has_nothing_to_compare_with(issue_of):
    issue = issue_of(rows_by_week(w23=3))
    assert at(issue, "killed_change") is None
    assert at(issue, "places_change") is None
    assert at(issue, "killed", "2021-W23/2021-W23")[0] == 3  # the year to date, as far as covered


def test_the_four_week_mean(issue_of):
    # W19 none (covered through the early row), W20 4, W21 none, W22 3: 7 / 4 = 1.75.
    issue = issue_of([EARLY, *rows_by_week(w20=4, w22=3, w23=9)], week=W23)
    assert at(issue, "killed_mean", FOUR)[0] == pytest.approx(1.75, abs=0.06)
    assert at(issue, "killed", FOUR)[0] == 7


def test_a_week_of_blanks_is_left_out_of_the_mean(issue_of):
    # W19 none, W20 4, W21 only blanks, W22 5: 9 / 3 = 3, with one week without a figure.
    issue = issue_of([EARLY, *rows_by_week(w20=4, w21=None, w22=5, w23=9)], week=W23)
    assert at(issue, "killed_mean", FOUR)[0] == 3
    assert at(issue, "killed_mean", FOUR)[4] == 1
    assert at(issue, "incidents_mean", FOUR)[0] == pytest.approx(0.75, abs=0.06)


def test_four_weeks_of_blanks_have_no_mean(issue_of):
    days = [f"2021-05-{day}" for day in ("10", "17", "24", "31")]
    rows = [{"date": day, "injured": 1, "killed": None} for day in days]
    issue = issue_of([*rows, {"date": DAY[W23], "killed": 1}], week=W23)
    assert not issue.numbers.get("killed_mean", FOUR).known
    assert at(issue, "injured_mean", FOUR)[0] == 1


def test_the_means_of_groups_are_divided_by_four_weeks(issue_of):
    issue = issue_of([EARLY, *rows_by_week(w20=2, w22=2, w23=1)], week=W23)
    shelling = {"breakdown": "attack", "group": "shelling"}
    assert at(issue, "killed_mean", FOUR, **shelling)[0] == 1  # 4 / 4, not 4 / 2


def test_the_year_to_date_begins_with_week_1_not_with_january(issue_of):
    issue = issue_of(
        [
            {"date": "2021-01-03", "killed": 100},  # Sunday of 2020-W53
            {"date": "2021-01-04", "killed": 10},  # Monday of 2021-W01
            {"date": "2021-06-13", "killed": 1},
            {"date": "2021-06-14", "killed": 1000},  # after the week
        ],
        week=W23,
    )
    assert at(issue, "killed", YEAR)[0] == 11


def test_the_year_of_week_53_reaches_back_to_the_last_days_of_2019(issue_of):
    issue = issue_of(
        [
            {"date": "2019-12-29", "killed": 100},  # Sunday of 2019-W52
            {"date": "2019-12-30", "killed": 10},  # Monday of 2020-W01
            {"date": "2021-01-03", "killed": 1},  # Sunday of 2020-W53
        ],
        week="2020-W53",
    )
    assert at(issue, "killed", "2020-W01/2020-W53")[0] == 11


def test_the_configured_week_decides_what_is_counted(issue_of):
    rows = [{"date": "2021-06-05", "killed": 1}, {"date": "2021-06-07", "killed": 10}]
    monday = issue_of(rows, week="2021-06-07")
    saturday = issue_of(rows, week="2021-06-07", counting={"week_start": "saturday"})
    assert at(monday, "killed", monday.week)[0] == 10
    assert at(saturday, "killed", saturday.week)[0] == 11


# Baselines


def baseline(day, name="the ceasefire"):
    return {"baselines": (Baseline(name, date.fromisoformat(day)),)}


def test_a_baseline_counts_by_the_day_not_by_the_week(issue_of):
    # The baseline is the Friday of W22: of that week Friday counts, Thursday does not.
    issue = issue_of(
        [
            {"date": "2021-05-31", "killed": 100},
            {"date": "2021-06-03", "killed": 50},
            {"date": "2021-06-04", "killed": 2, "killed_women": 1},
            {"date": "2021-06-13", "killed": 1},
        ],
        data=baseline("2021-06-04"),
    )
    since = "2021-06-04/2021-06-13"
    assert at(issue, "killed", since)[0] == 3
    assert at(issue, "killed", since, breakdown=m.SEX_AGE, group=m.WOMEN)[0] == 1


def test_nothing_since_a_baseline_is_zero_not_a_blank(issue_of):
    rows = [
        {"date": "2021-05-31", "killed": 5, "injured": 1, "displaced": 9},
        {"date": "2021-06-13", "killed": 7, "status": "pending"},
    ]
    issue = issue_of(rows, week=W23, data=baseline("2021-06-04"))
    since = "2021-06-04/2021-06-13"
    for measure in ("killed", "injured", "incidents", "displaced"):
        assert at(issue, measure, since)[0] == 0


def test_a_measure_that_nobody_recorded_since_a_baseline_is_zero(issue_of):
    rows = [{"date": "2021-05-31", "displaced": 9}, {"date": "2021-06-08", "killed": 1}]
    issue = issue_of(rows, week=W23, data=baseline("2021-06-04"))
    assert at(issue, "displaced", "2021-06-04/2021-06-13")[0] == 0


def test_a_baseline_outside_the_data_is_left_out(issue_of):
    rows = rows_by_week(w22=1, w23=1)
    assert issue_of(rows, data=baseline("2020-03-06")).periods.baselines == ()
    assert issue_of(rows, data=baseline("2021-06-14")).periods.baselines == ()
    assert len(issue_of(rows, data=baseline("2021-06-13")).periods.baselines) == 1


# Stock, households


def test_stock_is_never_summed_over_time(issue_of):
    rows = [
        {"date": day, "displaced": 5000, "displacement_kind": "stock"}
        for day in ("2021-05-10", "2021-05-17", *DAY.values())
    ]
    issue = issue_of([*rows, {"date": DAY[W23], "killed": 0}], week=W23)
    assert at(issue, "stock")[0] == 5000
    weeks = {row[0] for row in issue.numbers._rows if row[1].startswith("stock")}
    assert not {week for week in weeks if "/" in week}
    assert at(issue, "stock_mean", FOUR) is None


def test_a_stock_that_nobody_counted_this_week_is_not_zero(issue_of):
    # 5,000 people lived there last week; that nobody counted them again does not make them none.
    stock = {"date": DAY[W22], "displaced": 5000, "displacement_kind": "stock"}
    found = issue_of([stock, {"date": DAY[W23], "killed": 0}]).numbers.get("stock", W23)
    assert found is None or not found.known


def test_stock_and_returns_are_not_newly_displaced(issue_of):
    rows = [
        {"displaced": 5000, "displacement_kind": "stock"},
        {"displaced": 30, "displacement_kind": "return"},
        {"killed": 0},
    ]
    issue = issue_of(rows)
    assert not issue.has("displaced")
    assert at(issue, "displaced") is None


def test_households_become_people_only_by_the_factor(issue_of):
    rows = [{"displaced_households": 20}, {"displaced": 100}, {"killed": 0}]
    plain, converted = issue_of(rows), issue_of(rows, counting={"persons_per_household": 5.0})
    assert at(plain, "displaced")[:5] == (100, 100, 100, 2, 1)
    assert at(plain, "households")[0] == 20
    assert at(converted, "displaced")[:5] == (200, 200, 200, 2, 0)


# Little or nothing


def test_displacement_alone_leaves_the_casualties_of_the_week_at_zero(issue_of):
    issue = issue_of([{"displaced": 100}])
    assert at(issue, "displaced")[0] == 100
    assert at(issue, "incidents")[0] == 0
    assert at(issue, "killed")[0] == 0


def test_no_row_of_a_headline_grade_makes_zeros(issue_of):
    issue = issue_of([{"killed": 3, "status": "pending"}])
    assert (at(issue, "killed")[0], at(issue, "incidents")[0], at(issue, "places")[0]) == (0, 0, 0)
    assert issue.numbers.value("killed", W23, breakdown="status", group="pending") == 3


def test_an_area_that_was_quiet_for_more_than_a_year_makes_zeros(issue_of):
    rows = [{"date": "2019-06-03", "admin2": "Harim", "killed": 3}, {"admin2": "Ariha"}]
    issue = issue_of(rows, area="Harim", week=W23)
    assert (at(issue, "killed")[0], at(issue, "incidents")[0]) == (0, 0)


# Whole tables


def test_the_rows_of_the_file_add_up(small):
    names = ("read", "used", "set_aside", "rejected")
    assert [small.numbers.value(f"rows_{name}", "") for name in names] == [10, 9, 1, 0]
    reasons = small.numbers.groups("rows_set_aside", "", "reason")
    assert reasons == ["discounted"]


@pytest.mark.parametrize("breakdown", ["admin1", "admin2", "place", "attack", "perpetrator"])
def test_the_groups_of_every_week_add_up_to_its_total(sample, breakdown):
    table = sample.numbers.table
    counted = table[table["measure"].isin(["killed", "injured", "incidents"])]
    spans = counted[(counted["breakdown"] == breakdown)].groupby(["week", "measure"])["value"].sum()
    assert len(spans) >= 15
    for (week, measure), value in spans.items():
        assert value == sample.numbers.value(measure, week), (week, measure)


@pytest.mark.parametrize("breakdown", [m.SEX_AGE, m.WHO])
def test_the_parts_of_every_week_and_span_add_up_to_the_total(sample, breakdown):
    table = sample.numbers.table
    parts = table[(table["breakdown"] == breakdown) & table["measure"].isin(["killed", "injured"])]
    sums = parts.groupby(["week", "measure"])["value"].sum()
    assert len(sums) >= 12  # three weeks, four weeks, the year and two baselines, of two measures
    for (week, measure), value in sums.items():
        assert value == sample.numbers.value(measure, week), (week, measure)


def test_the_published_week_is_in_the_numbers(sample):
    named = {name: at(sample, name)[0] for name in ("killed", "injured", "displaced", "places")}
    assert named == {"killed": 20, "injured": 36, "displaced": 1867, "places": 15}
    who = {
        group: sample.numbers.value("killed", W23, breakdown=m.WHO, group=group)
        for group in (m.WOMEN, m.CHILDREN, m.REMAINDER)
    }
    assert who == {m.WOMEN: 6, m.CHILDREN: 5, m.REMAINDER: 9}
    assert at(sample, "killed")[1:3] == (17, 24)  # worked out in test_sample.py


incident = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["2021-05-31", "2021-06-07", "2021-06-13"]),
        "admin2": st.sampled_from(["Ariha", "Harim", ""]),
        "admin2_pcode": st.sampled_from(["", "SY0705", "SY0703"]),
        "attack": st.sampled_from(["shelling", "air strike", ""]),
        "target": st.sampled_from(["home;school", "home", ""]),
        "killed": st.none() | st.integers(0, 9),
        "displaced": st.none() | st.integers(0, 9),
        "source": st.sampled_from(["A", "B", "A;B"]),
        "status": st.sampled_from(["confirmed", "reported", "pending"]),
    }
)


# Each example reads two files: few of them, and none made smaller after a failure.
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
@given(st.lists(incident, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_to_the_file_of_numbers(issue_of, rows, random):
    week = max(row["date"] for row in rows)
    rows = [row | {"incident_id": f"R{number}"} for number, row in enumerate(rows)]
    shuffled = random.sample(rows, len(rows))
    once, again = (issue_of(some, week=week).numbers.to_csv() for some in (rows, shuffled))
    assert sorted(once.splitlines()) == sorted(again.splitlines())
