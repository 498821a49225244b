"""Distributions of counts against scipy, and their limits by hand."""

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sitrep.statistics.counts import BackTest, known, known_or_nan, limits, probabilities

means = st.floats(0.01, 300)
sizes = st.floats(0.1, 1000)


@settings(deadline=None)  # scipy is slow in long tails
@given(means, sizes)
def test_a_negative_binomial_is_that_of_scipy(mean, size):
    found = probabilities(mean, size)
    expected = stats.nbinom.pmf(np.arange(len(found)), size, size / (size + mean))
    assert found == pytest.approx(expected, rel=1e-8, abs=1e-12)


@given(means)
def test_an_infinite_size_gives_the_poisson_of_scipy(mean):
    found = probabilities(mean, math.inf)
    assert found == pytest.approx(stats.poisson.pmf(np.arange(len(found)), mean), abs=1e-12)


@given(means, sizes)
def test_next_to_nothing_is_left_beyond_the_end(mean, size):
    assert 1 - probabilities(mean, size).sum() < 1e-8


def test_a_mean_of_thousands_does_not_underflow():
    # P(0) of a Poisson with mean 5000 is below the least number that a float can hold.
    found = probabilities(5000, math.inf)
    assert found.sum() == pytest.approx(1)
    assert np.argmax(found) in (4999, 5000)


def test_nothing_is_all_that_a_mean_of_nothing_gives():
    assert probabilities(0, 3).tolist() == [1.0]


@pytest.mark.parametrize(("mean", "size"), [(-1, 2), (math.inf, 2), (math.nan, 2), (3, 0)])
def test_what_is_no_distribution_is_refused(mean, size):
    with pytest.raises(ValueError, match="no distribution of counts"):
        probabilities(mean, size)


def test_a_count_is_inside_if_half_of_its_own_probability_and_that_below_lie_within():
    # Middles: 0.03, 0.2, 0.55, 0.85, 0.975. From 0.05 to 0.95 are 1, 2 and 3.
    distribution = np.array([0.06, 0.28, 0.42, 0.18, 0.05, 0.01])
    assert limits(distribution, 0.9) == (1, 3)
    # From 0.025 to 0.975: 0 is in by its half (0.03); of 4 the middle is 0.94 + 0.025 = 0.965.
    assert limits(distribution, 0.95) == (0, 4)


@given(st.floats(0.001, 200), sizes, st.floats(0.5, 0.999))
def test_there_are_always_limits_and_the_median_lies_within(mean, size, level):
    distribution = probabilities(mean, size)
    low, high = limits(distribution, level)
    assert low <= np.searchsorted(np.cumsum(distribution), 0.5) <= high


@pytest.mark.parametrize("level", [0.4, 1, 95])
def test_a_level_in_per_cent_is_refused(level):
    with pytest.raises(ValueError, match=r"at least 0\.5, below 1"):
        limits(np.ones(1), level)


def test_an_unknown_count_is_not_zero():
    assert known([3, None, 0, math.nan, 5.0]) == [3, 0, 5]
    assert known_or_nan([3, None, 0]) == pytest.approx([3, math.nan, 0], nan_ok=True)


@pytest.mark.parametrize("count", [-1, 2.5, math.inf])
def test_what_is_no_count_is_refused_with_its_position(count):
    with pytest.raises(ValueError, match="position 1"):
        known([3, count])


def test_nothing_tested_has_no_share():
    assert BackTest(16, 20).share == 0.8
    assert math.isnan(BackTest(0, 0).share)


def test_the_room_opens_without_anything_that_is_slow_to_import():
    # A report imports it cold; scipy and statsmodels each take longer than its numbers.
    rooms = "baseline, counts, delay, ears, farrington, nowcast, prediction, record"
    script = (
        f"from sitrep.statistics import {rooms}; import sys; "
        "print(*{'scipy', 'pandas', 'statsmodels', 'matplotlib'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
