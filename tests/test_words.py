"""How numbers, days and lists are written."""

import math
from datetime import date

import pytest

from sitrep import words
from sitrep.numbers import MISSING, Number
from sitrep.weeks import parse_week


def number(value, low=None, high=None):
    return Number(value, value if low is None else low, value if high is None else high, 1, 0, 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (20, "20"), (1867, "1,867"), (12.5, "12.5"), (1234.56, "1,234.6"), (math.nan, "–")],
)
def test_figures(value, text):
    assert words.figure(value) == text


def test_a_mean_always_has_its_decimal():
    assert [words.mean_figure(v) for v in (13, 0.25, math.nan)] == ["13.0", "0.2", "–"]


def test_the_marks_of_missing_are_three():
    assert words.cell(number(0)) == "0"  # none recorded
    assert words.cell(MISSING) == "–"  # recorded without a figure
    assert words.cell(None) == "·"  # not covered


@pytest.mark.parametrize(
    ("value", "text"), [(0, "zero"), (1, "one"), (9, "nine"), (10, "10"), (2.5, "2.5")]
)
def test_one_to_nine_are_words_in_a_sentence(value, text):
    assert words.spelled(value) == text


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (number(6), "+6 on the week before"),
        (number(-1200), "−1,200 on the week before"),
        (number(0), "as in the week before"),
        (None, "not comparable with the week before"),
        (MISSING, "not comparable with the week before"),
    ],
)
def test_a_change_is_a_difference_not_a_percentage(change, text):
    assert words.change(change) == text


def test_a_range_is_written_only_where_it_says_more():
    assert words.low_high(number(20, 17, 24)) == "17–24"
    assert words.low_high(number(1867, 1800, 2000)) == "1,800–2,000"
    assert words.low_high(number(20)) == ""
    assert words.low_high(MISSING) == ""
    assert words.low_high(None) == ""


def test_lists_have_an_and():
    lists = [words.joined(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])]
    assert lists == ["", "a", "a and b", "a, b and c"]


def test_a_capital_leaves_the_rest_alone():
    assert words.capital("al-Magarah") == "Al-Magarah"
    assert words.capital("") == ""


@pytest.mark.parametrize(
    ("week", "text"),
    [
        ("2021-W23", "Monday 7 to Sunday 13 June 2021"),
        ("2021-W22", "Monday 31 May to Sunday 6 June 2021"),
        ("2020-W53", "Monday 28 December 2020 to Sunday 3 January 2021"),
    ],
)
def test_the_days_of_a_week_name_month_and_year_where_they_differ(week, text):
    assert words.days_of(parse_week(week)) == text


def test_days_and_months_are_english_whatever_the_locale():
    assert words.day(date(2020, 3, 6)) == "6 March 2020"
    assert words.day(date(2020, 3, 6), weekday=True, year=False) == "Friday 6 March"
    assert words.month(date(2020, 3, 6)) == "March 2020"
