"""Weeks against the calendar of the standard library, and at the ends of years."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitrep.errors import SitrepError, UsageError
from sitrep.weeks import DAY_NAMES, Week, interval, parse_week, weeks_in

days = st.dates(date(1901, 1, 1), date(2199, 12, 31))
starts = st.sampled_from(DAY_NAMES)


@given(days)
def test_a_week_from_monday_is_the_week_of_iso_8601(day):
    week, iso = Week.of(day), day.isocalendar()
    assert (week.year, week.number) == (iso.year, iso.week)
    assert str(week) == f"{iso.year}-W{iso.week:02d}"


@given(days, starts)
def test_a_week_holds_its_day_and_begins_on_the_day_it_is_told(day, starts_on):
    week = Week.of(day, starts_on=starts_on)
    assert day in week
    assert DAY_NAMES[week.start.weekday()] == starts_on
    assert week.end - week.start == timedelta(6)
    assert week.start - timedelta(1) not in week
    assert week.end + timedelta(1) not in week


@given(days, starts)
def test_a_label_reads_back_as_the_same_week(day, starts_on):
    week = Week.of(day, starts_on=starts_on)
    assert parse_week(str(week), starts_on=starts_on) == week
    assert parse_week(day.isoformat(), starts_on=starts_on) == week


@given(st.integers(1901, 2198), starts)
def test_the_weeks_of_a_year_are_numbered_without_a_gap(year, starts_on):
    first = Week.numbered(year, 1, starts_on=starts_on)
    count = weeks_in(year, starts_on=starts_on)
    assert count in (52, 53)
    assert [week.number for week in first.until(first + (count - 1))] == list(range(1, count + 1))
    assert first + count == Week.numbered(year + 1, 1, starts_on=starts_on)


def test_week_53_belongs_to_the_old_year():
    # 1 January 2021 was a Friday, so its week has its fourth day, Thursday, in 2020.
    assert str(parse_week("2021-01-01")) == "2020-W53"
    assert str(parse_week("2021-01-03")) == "2020-W53"
    assert str(parse_week("2021-01-04")) == "2021-W01"
    assert parse_week("2020-W53").start == date(2020, 12, 28)
    assert (weeks_in(2020), weeks_in(2021)) == (53, 52)


def test_week_1_may_begin_in_the_old_year():
    # 1 January 2020 was a Wednesday: Thursday 2 January is the fourth day.
    assert parse_week("2020-W01").start == date(2019, 12, 30)
    assert str(parse_week("2019-12-30")) == "2020-W01"
    assert str(parse_week("2019-12-29")) == "2019-W52"


def test_weeks_from_saturday_and_sunday():
    # Thursday 10 June 2021. The CDC calls 6 to 12 June 2021 week 23; from Saturday the week of
    # 5 to 11 June has its fourth day on Tuesday 8 June, day 159 of the year: 158 // 7 + 1 = 23.
    saturday = parse_week("2021-06-10", starts_on="saturday")
    sunday = parse_week("2021-06-10", starts_on="sunday")
    assert (saturday.start, saturday.end) == (date(2021, 6, 5), date(2021, 6, 11))
    assert (sunday.start, sunday.end) == (date(2021, 6, 6), date(2021, 6, 12))
    assert str(saturday) == str(sunday) == "2021-W23"


def test_the_year_of_a_week_from_sunday_is_that_of_its_wednesday():
    # CDC: 2020 has a week 53, 27 December 2020 to 2 January 2021; 2021 begins on 3 January.
    assert str(parse_week("2021-01-02", starts_on="sunday")) == "2020-W53"
    assert parse_week("2021-W01", starts_on="sunday").start == date(2021, 1, 3)
    # From Saturday 2 January 2021: its fourth day, Tuesday 5 January, is in 2021.
    assert str(parse_week("2021-01-02", starts_on="saturday")) == "2021-W01"


@pytest.mark.parametrize("text", ["2021-W23", "2021W23", "2021-w23", " 2021-W23 ", "2021-06-13"])
def test_a_week_is_read_from_its_label_or_a_day(text):
    assert parse_week(text) == Week(date(2021, 6, 7))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2021-W54", "2021-W01 to 2021-W52"),
        ("2021-W53", "2021-W01 to 2021-W52"),
        ("2020-W54", "2020-W01 to 2020-W53"),
        ("2021-W00", "no week 2021-W00"),
        ("2021-02-31", "'2021-02-31' is neither a week nor a day"),
        ("2021-02-29", "neither a week nor a day"),
        ("last week", "write 2021-W23"),
        ("", "neither a week nor a day"),
        ("0021-W23", "no data of the year 21"),
    ],
)
def test_what_is_no_week_is_refused_with_what_to_write(text, said):
    with pytest.raises(UsageError, match=said):
        parse_week(text)


@example("9999-W01", "monday")
@example("0001-01-01", "sunday")
@given(st.from_regex(r"[0-9]{4}-?(W[0-9]{1,2}|[0-9]{2}-?[0-9]{2})", fullmatch=True), starts)
def test_whatever_looks_like_a_week_is_one_or_is_refused(text, starts_on):
    try:
        week = parse_week(text, starts_on=starts_on)
    except SitrepError:
        return
    assert str(week)


def test_a_misspelt_first_day_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean 'sunday'"):
        Week.of(date(2021, 6, 7), starts_on="sundy")


def test_a_run_of_weeks_has_both_its_ends():
    first, last = parse_week("2020-W52"), parse_week("2021-W02")
    labels = [str(week) for week in first.until(last)]
    assert labels == ["2020-W52", "2020-W53", "2021-W01", "2021-W02"]
    assert first.until(first - 1) == []
    assert interval(first, last) == "2020-W52/2021-W02"
    assert sorted([last, first]) == [first, last]
