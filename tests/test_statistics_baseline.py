"""Which weeks are compared with, by hand: positions are those of the series, from 0."""

import math

import pytest

from sitrep.statistics.baseline import baseline_of


def test_the_current_week_and_the_two_before_it_are_no_baseline():
    # Weeks 0 to 12; the current one is 12, left out are 10 and 11: 0 to 9 remain.
    found = baseline_of(list(range(100, 113)))
    assert found.weeks == tuple(range(10))
    assert found.counts == tuple(range(100, 110))


def test_the_baseline_reaches_back_so_many_weeks_and_no_further():
    # Week 39 is current, 37 and 38 are left out: 26 weeks back from 36 is 11.
    assert baseline_of(list(range(40))).weeks == tuple(range(11, 37))
    assert baseline_of(list(range(40)), weeks=10, leave_out=0).weeks == tuple(range(29, 39))


def test_an_unknown_week_is_skipped_and_not_made_up_for():
    counts = [5] * 40
    counts[20], counts[30] = None, math.nan
    found = baseline_of(counts)
    assert found.weeks == tuple(week for week in range(11, 37) if week not in (20, 30))
    assert found.counts == (5,) * 24


def test_a_week_without_incidents_counts():
    assert baseline_of([0] * 11).counts == (0,) * 8


def test_weeks_of_another_coverage_are_left_out():
    excluded = [week < 25 for week in range(40)]
    assert baseline_of([5] * 40, excluded=excluded).weeks == tuple(range(25, 37))


def test_fewer_than_eight_weeks_are_no_baseline():
    # Eleven weeks: the current one, two left out, eight remain. Ten weeks leave seven.
    assert len(baseline_of([5] * 11).weeks) == 8
    assert baseline_of([5] * 10) is None
    assert baseline_of([5] * 10, at_least=7) is not None
    assert baseline_of([5] * 10 + [None]) is not None  # the current week may be unknown
    assert baseline_of([5, None] + [5] * 9) is None
    assert baseline_of([]) is None


def test_marks_of_another_length_are_refused():
    with pytest.raises(ValueError, match="39 marks of excluded weeks for 40 weeks"):
        baseline_of([5] * 40, excluded=[False] * 39)


def test_a_count_out_of_the_window_is_not_looked_at_and_one_inside_has_to_be_a_count():
    assert baseline_of([-1] + [5] * 40) is not None
    with pytest.raises(ValueError, match="whole number"):
        baseline_of([5] * 20 + [2.5] + [5] * 10)
