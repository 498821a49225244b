"""The record rule, on series small enough to see through."""

import math

from hypothesis import given
from hypothesis import strategies as st

from sitrep.statistics.record import Record, record


def test_the_highest_of_a_year_says_since_when():
    # Week 10 had 30, the 60 weeks after it 5 each: 20 is the highest in 52 weeks, not in 156.
    counts = [5] * 10 + [30] + [5] * 60 + [20]
    assert record(counts, floor=10) == Record(count=20, span=52, unknown=0, since=10)


def test_the_longest_span_that_holds_is_told():
    assert record([5] * 156 + [20], floor=10) == Record(20, span=156, unknown=0, since=None)
    assert record([20] + [5] * 155 + [20], floor=10) == Record(20, span=52, unknown=0, since=0)


def test_a_tie_is_no_record():
    # A year back, 52 weeks before the last, is still within the span; one more is not.
    assert record([20] + [5] * 51 + [20], floor=10) is None
    assert record([20] + [5] * 52 + [20], floor=10) is not None
    assert record([20] + [5] * 51 + [21], floor=10) is not None


def test_a_series_shorter_than_the_span_has_no_record():
    assert record([5] * 51 + [20], floor=10) is None
    assert record([5] * 52 + [20], floor=10) is not None
    assert record([], floor=10) is None


def test_below_the_floor_nothing_is_a_record():
    assert record([0] * 60 + [9], floor=10) is None
    assert record([0] * 60 + [10], floor=10) is not None


def test_unknown_weeks_are_told_and_an_unknown_week_is_no_record():
    counts = [5] * 60 + [20]
    counts[30], counts[31] = None, math.nan
    assert record(counts, floor=10).unknown == 2
    assert record([5] * 60 + [None], floor=10) is None
    assert record([None] * 60 + [20], floor=10) is None  # nothing to be higher than


@given(st.lists(st.integers(0, 30), min_size=8, max_size=30))
def test_every_week_since_was_lower(counts):
    found = record(counts, floor=0, spans=(5, 7))
    highest = max(counts[-6:-1])
    assert (found is not None) == (counts[-1] > highest)
    if found:
        after = 0 if found.since is None else found.since + 1
        assert all(earlier < found.count for earlier in counts[after:-1])
        assert found.since is None or counts[found.since] >= found.count
