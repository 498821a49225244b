"""The expected range of a week: by hand, against scipy, and whether it holds what it says."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sitrep.statistics.prediction import (
    Position,
    back_test,
    position,
    prediction_interval,
    rolling_coverage,
)

baselines = st.lists(st.integers(0, 200), min_size=8, max_size=30)


def middle(distribution, count):
    """The probability of less than `count`, and half of its own."""
    return distribution.cdf(count) - distribution.pmf(count) / 2


def test_a_baseline_that_varies_more_than_its_mean_is_negative_binomial():
    # Mean 5. Squared deviations 2 * (9 + 1 + 1 + 9) = 40, so s² = 40 / 7 and the size is
    # 25 / (40 / 7 - 5) = 35. Widened: 40 / 7 * 9 / 8 * 7 / 5 = 9, so the new week has the
    # size 25 / (9 - 5) = 6.25 and the probability 6.25 / 11.25.
    found = prediction_interval([2, 4, 6, 8, 2, 4, 6, 8])
    assert (found.family, found.mean, found.weeks) == ("negative binomial", 5, 8)
    assert found.size == pytest.approx(35)
    new = stats.nbinom(6.25, 6.25 / 11.25)
    assert middle(new, found.low - 1) < 0.025 <= middle(new, found.low)
    assert middle(new, found.high) <= 0.975 < middle(new, found.high + 1)


def test_a_baseline_that_varies_no_more_than_its_mean_is_poisson():
    # 48 incidents in 8 weeks: the new week is negative binomial with size 48.5 and the
    # probability 8 / 9, which leaves the mean at 48.5 / 8.
    found = prediction_interval([5, 6, 7, 6, 5, 6, 7, 6])
    assert (found.family, found.mean, found.size) == ("poisson", 6, math.inf)
    new = stats.nbinom(48.5, 8 / 9)
    assert middle(new, found.low - 1) < 0.025 <= middle(new, found.low)
    assert middle(new, found.high) <= 0.975 < middle(new, found.high + 1)


def test_quiet_weeks_allow_an_incident_only_where_there_are_few_of_them():
    # Size 1/2. Eight weeks: P(0) = sqrt(8 / 9) = 0.943, P(1) = P(0) / 2 / 9 = 0.052; the
    # middle of 1 is 0.969, inside. 26 weeks: P(0) = 0.981, P(1) = 0.018; 0.990, outside.
    few, many = prediction_interval([0] * 8), prediction_interval([0] * 26)
    assert (few.low, few.high) == (0, 1)
    assert (many.low, many.high) == (0, 0)


def test_one_incident_in_half_a_year_is_on_the_border_and_counts_as_poisson():
    # s² = (1 - 1 / 26) / 25 = 1 / 26, the mean exactly: in floats it would be either.
    assert prediction_interval([0] * 25 + [1]).family == "poisson"


def test_a_range_holds_both_of_its_ends():
    found = replace(prediction_interval([6] * 8), low=9, high=31)
    assert 9 in found
    assert 31 in found
    assert 8 not in found
    assert 32 not in found


def test_fewer_than_eight_known_weeks_give_no_range():
    assert prediction_interval([5] * 7) is None
    assert prediction_interval([5] * 7 + [None, math.nan]) is None
    assert prediction_interval([5] * 8) is not None


def test_a_count_that_is_none_is_refused():
    with pytest.raises(ValueError, match="position 8 is -1"):
        prediction_interval([5] * 8 + [-1])
    with pytest.raises(ValueError, match="level 95"):
        prediction_interval([5] * 8, level=95)


@given(baselines)
def test_the_range_holds_the_mean_rounded_down(baseline):
    found = prediction_interval(baseline)
    assert found.low <= found.mean
    assert math.floor(found.mean) <= found.high


@given(baselines, st.randoms())
def test_the_order_of_the_weeks_does_not_matter(baseline, random):
    shuffled = random.sample(baseline, len(baseline))
    assert prediction_interval(shuffled) == prediction_interval(baseline)


@given(baselines)
def test_unknown_weeks_change_nothing(baseline):
    assert prediction_interval([None, *baseline, math.nan]) == prediction_interval(baseline)


@given(baselines)
def test_a_higher_level_is_a_range_no_narrower(baseline):
    narrow, wide = (prediction_interval(baseline, level=level) for level in (0.8, 0.95))
    assert wide.low <= narrow.low <= narrow.high <= wide.high


def test_a_count_stands_above_so_many_of_the_weeks():
    # Of 2, 9, 5, 5, 7 the counts 2, 5, 5 are below 6; 5 equals two of them.
    assert position(6, [2, 9, None, 5, 5, 7]) == Position(lower=3, equal=0, higher=2)
    assert position(5, [2, 9, 5, 5, 7]) == Position(lower=1, equal=2, higher=2)
    assert position(5, [2, 9, None, 5, 5, 7]).weeks == 5


@pytest.mark.parametrize("family", [None, "poisson", "negative binomial"])
@pytest.mark.parametrize("weeks", [26, 8])
def test_a_range_of_95_per_cent_holds_93_to_97_of_a_hundred_ordinary_weeks(family, weeks):
    found = back_test(10_000, family=family, weeks=weeks, seed=20210607)
    assert found.tested == 10_000
    assert 0.93 <= found.share <= 0.97


def test_a_back_test_needs_a_baseline():
    with pytest.raises(ValueError, match="7 weeks: expected at least 8"):
        back_test(1, weeks=7)


def test_each_week_with_a_baseline_is_tested_by_the_weeks_before_it():
    # Twenty weeks of 6: the first with a baseline of 8 is week 10, after two left out; that
    # makes ten. Week 20 has 60 and lies outside. Week 21 is unknown and is not tested.
    assert rolling_coverage([6] * 20 + [60]) == rolling_coverage([6] * 20 + [60, None])
    found = rolling_coverage([6] * 20 + [60])
    assert (found.inside, found.tested) == (10, 11)


def test_weeks_of_another_coverage_are_neither_tested_nor_compared_with():
    # Weeks 0 to 9 are of another coverage: the first tested is 10 + 8 + 2 = 20, the last 21.
    counts = [100] * 10 + [6] * 12
    found = rolling_coverage(counts, excluded=[week < 10 for week in range(22)])
    assert (found.inside, found.tested) == (2, 2)
