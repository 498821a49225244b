"""How complete a week is by age: small records by hand, and truncation undone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.statistics.delay import completeness


def test_weeks_that_are_old_enough_give_plain_shares():
    # Ten weeks old, all delays visible: 2 of 4 at once, 3 of 4 after a week, 4 after three.
    found = completeness([0, 0, 1, 3], [10, 10, 10, 10])
    assert found.ages[:4].tolist() == [0, 1, 2, 3]
    assert found.share[:4].tolist() == [0.5, 0.75, 0.75, 1]
    assert (len(found.ages), found.share[-1]) == (11, 1)


def test_a_young_week_is_compared_only_with_what_it_could_show():
    # Two weeks old: delays 0, 1, 2, 2. One week old: 0, 1. This week: 0, 0.
    # Delay 2: 2 of the 4 that could show it, so share(1) = 1 - 2/4 = 1/2.
    # Delay 1: 2 of the 4 of at most 1 and an age of at least 1 (0, 1, 0, 1), so
    # share(0) = 1/2 * (1 - 2/4) = 1/4. The plain share would have been 4 of 8.
    found = completeness([0, 1, 2, 2, 0, 1, 0, 0], [2, 2, 2, 2, 1, 1, 0, 0])
    assert found.share == pytest.approx([0.25, 0.5, 1])
    assert (found.records, found.unknown, found.too_late) == (8, 0, 0)


def test_unknown_delays_are_left_out_and_counted():
    found = completeness([0, np.nan, 1, np.nan], [1, 1, 1, 5])
    assert found.share.tolist() == [0.5, 1]
    assert (found.records, found.unknown) == (2, 2)


@pytest.mark.parametrize("delays", [[], [np.nan]])
def test_without_a_known_delay_nothing_is_said(delays):
    found = completeness(delays, [3] * len(delays))
    assert found.ages.size == found.share.size == found.records == 0


def test_where_all_come_late_nothing_has_come_before():
    assert completeness([2, 2], [2, 3]).share.tolist() == [0, 0, 1, 1]


def test_the_only_old_record_does_not_empty_all_younger_ages():
    # Delay 3 can be seen in one week alone, whose one record has it: 1 of 1, and the product
    # would make every younger share 0. The ages end at 2 instead: 1 of the 2 of at most 1
    # in weeks at least 1 old came at 1, so half had come at once.
    found = completeness([3, 0, 1, 0], [3, 2, 1, 0])
    assert found.share.tolist() == [0.5, 1, 1]
    assert (found.records, found.too_late) == (3, 1)


def test_truncation_is_undone():
    # Half of the records arrive at once, 30 % a week later, 20 % after four weeks; of twelve
    # weeks with 400 records each, those that have not arrived are not there.
    random = np.random.default_rng(8)
    ages = np.repeat(np.arange(12), 400)
    delays = random.choice([0, 1, 4], ages.size, p=[0.5, 0.3, 0.2])
    seen = delays <= ages
    found = completeness(delays[seen], ages[seen])
    plain = np.mean(delays[seen] == 0)
    assert found.share[:5] == pytest.approx([0.5, 0.8, 0.8, 0.8, 1], abs=0.02)
    assert plain > 0.53


@pytest.mark.parametrize(
    ("delays", "ages", "said"),
    [
        ([0, 1], [1], "one for one"),
        ([-1], [1], "a delay of -1 weeks"),
        ([0.5], [1], "a delay of 0.5 weeks"),
        ([0], [np.nan], "an? age of nan weeks"),
        ([2], [1], "a delay of 2 in a week that is 1 weeks old"),
    ],
)
def test_what_cannot_be_is_refused(delays, ages, said):
    with pytest.raises(ValueError, match=said):
        completeness(delays, ages)


records = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30)


@given(records, st.randoms())
def test_shares_rise_to_one_whatever_the_order(pairs, random):
    pairs = [(min(pair), max(pair)) for pair in pairs]
    found = completeness(*np.array(pairs).reshape(-1, 2).T)
    assert np.all((found.share >= 0) & (found.share <= 1))
    assert np.all(np.diff(found.share) >= 0)
    assert not pairs or found.share[-1] == 1
    assert found.records + found.too_late == len(pairs)
    random.shuffle(pairs)
    again = completeness(*np.array(pairs).reshape(-1, 2).T)
    assert again.share.tolist() == found.share.tolist()


@given(records)
def test_without_truncation_the_shares_are_plain(pairs):
    delays = [delay for delay, _ in pairs] or [0]
    found = completeness(delays, [9] * len(delays))
    assert found.share == pytest.approx([np.mean(np.array(delays) <= age) for age in range(10)])
