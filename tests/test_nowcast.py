"""Nowcasts: small triangles by hand, what must hold for any, and whether intervals hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.statistics.chain_ladder import apply_delay, delay_shares, redistributed
from sitrep.statistics.nowcast import AT_LEAST, back_test, fitted_size, nowcast

NAN = np.nan


def steady(weeks, *rows):
    """Six records at once and two a week later in every week, except for the last rows."""
    return np.array([[6, 2]] * (weeks - len(rows)) + list(rows), float)


def as_of_the_last_week(full):
    """Of a table of all increments, those known when the last week had just ended."""
    weeks, ages = full.shape
    age = weeks - 1 - np.arange(weeks)
    return np.where(np.arange(ages) <= age[:, np.newaxis], full, NAN)


def test_what_was_withdrawn_is_taken_from_younger_ages():
    # From the right: the 4 withdrawn at age 3 and the 1 at age 2 make 5, of which age 1
    # gives its 3 and age 0 another 2. In all 5 before and after.
    found = redistributed(np.array([[5, 3, -1, -4, 2], [7, -1, NAN, NAN, NAN]]))
    assert found[0].tolist() == [3, 0, 0, 0, 2]
    assert found[1, :2].tolist() == [6, 0]
    assert np.isnan(found[1, 2:]).all()


def test_shares_by_age_are_those_of_the_filled_triangle():
    # Age 1: the first two weeks grew by 2 + 2 on 4 + 6, so the third gets 4/10 of 5: 2.
    # Age 2: the first grew by 2 on 6, so the others get 1/3 of 8 and of 7.
    # Sums by age: 15, 6, and 2 + 8/3 + 7/3 = 7; in all 28.
    found = delay_shares(np.array([[4, 2, 2], [6, 2, NAN], [5, NAN, NAN]]))
    assert found == pytest.approx([15 / 28, 6 / 28, 7 / 28])


def test_shares_where_nothing_was_recorded():
    assert delay_shares(np.array([[0, 0], [0, NAN]])).tolist() == [1, 0]


def test_what_is_still_expected_by_age():
    # Shares 1/2, 1/4, 1/4. Week 1: (4 + 1 - 3/4) / (3/4) = 17/3 in all, a quarter of it to
    # come. Week 2: (2 + 1/2) / (1/2) = 5, of which 5/4 at age 1; then with 13/4 of 3/4,
    # (13/4 + 1/4) / (3/4) = 14/3, of which 7/6. Week 3, with nothing yet: 1, so 1/4, then
    # (1/4 + 1/4) / (3/4) = 2/3, so 1/6.
    triangle = np.array([[3, 1, NAN], [2, NAN, NAN], [0, NAN, NAN]])
    found = apply_delay(triangle, np.array([0.5, 0.25, 0.25]))
    assert found == pytest.approx(np.array([[0, 0, 17 / 12], [0, 5 / 4, 7 / 6], [0, 1 / 4, 1 / 6]]))


def test_a_steady_record_is_carried_forward():
    # Shares 3/4 and 1/4; the last week has 6: (6 + 1/4) / (3/4) / 4 = 25/12 to come. Every
    # past nowcast expected the same 25/12 and saw 2, so the size is the largest, all but
    # Poisson: P(0) to P(5) = 0.125, 0.259, 0.270, 0.188, 0.098, 0.041. Below 0 and half
    # of 0: 0.06, under 0.1; to half of 1: 0.25; of 4: 0.89; of 5: 0.96. So 1 to 4 more.
    found = nowcast(steady(12, [6, NAN]))
    assert found.point[-1] == pytest.approx(6 + 25 / 12)
    assert (found.low[-1], found.high[-1]) == (7, 10)
    assert (found.level, found.errors) == (0.8, 10)
    for counts in (found.recorded, found.point, found.low, found.high):
        assert counts[:-1].tolist() == [8] * 11


def test_the_size_is_the_likeliest():
    # None where ten were expected: P(0) = (1 + 10 / size) ** -size falls as the size grows.
    assert fitted_size(np.array([0.0]), np.array([10.0])) == pytest.approx(0.1)
    assert fitted_size(np.array([10.0, 9.0]), np.array([10.0, 10.0])) == pytest.approx(1000)
    random = np.random.default_rng(4)
    means = random.uniform(5, 50, 3000)
    counts = random.poisson(random.gamma(4, means / 4)).astype(float)
    counts[0], means[1] = NAN, NAN
    assert fitted_size(counts, means) == pytest.approx(4, rel=0.15)


def test_errors_that_were_large_widen_the_interval():
    triangle = steady(13, [6, NAN])
    uneven = triangle.copy()
    uneven[:-1, 1] = [0, 4] * 6  # as many in all
    calm, wild = nowcast(triangle), nowcast(uneven)
    assert wild.high[-1] - wild.low[-1] > calm.high[-1] - calm.low[-1]


def test_too_few_issues_give_no_nowcast():
    assert nowcast(steady(AT_LEAST - 1, [6, NAN])) is None
    assert nowcast(steady(AT_LEAST, [6, NAN])) is not None
    # Twelve weeks of ten ages: nine are filling up, and with one of the three that are
    # complete to estimate delays from, two past nowcasts can be made; of eleven ages, one.
    full = np.ones((12, 11))
    assert nowcast(as_of_the_last_week(full[:, :10])).errors == 2
    assert nowcast(as_of_the_last_week(full)) is None
    assert nowcast(as_of_the_last_week(np.ones((12, 20)))) is None


def test_a_week_with_nothing_yet_is_expected_to_get_something():
    found = nowcast(steady(12, [0, NAN]))
    # Shares 66/88 and 22/88 of the filled triangle: (0 + 1/4) / (3/4) / 4 = 1/12.
    assert found.point[-1] == pytest.approx(1 / 12)
    assert found.low[-1] == 0


def test_a_record_of_nothing_stays_so():
    found = nowcast(as_of_the_last_week(np.zeros((12, 3))))
    assert not found.point.any()
    assert not found.high.any()


def test_an_age_at_which_nothing_ever_came_says_nothing():
    found = nowcast(as_of_the_last_week(np.array([[0.0, 3, 1]] * 14)))
    for counts in (found.point, found.low, found.high):
        assert np.isnan(counts[-1])
        assert not np.isnan(counts[:-1]).any()
    assert back_test(as_of_the_last_week(np.array([[0.0, 3, 1]] * 20))).tested == 0


def test_withdrawn_records_are_not_counted():
    found = nowcast(steady(13, [6, -2], [6, NAN]))
    assert found.recorded[-2:].tolist() == [4, 6]
    assert found.point[-2] == 4


def test_the_back_test_counts_weeks_whose_last_age_is_known():
    # Fourteen issues: the last two before this one had twelve or more behind them. Each
    # expected 7 to 10 and saw 8, or for the later of the two 15.
    calm, broken = steady(14, [6, NAN]), steady(14, [6, 9], [6, NAN])
    assert (back_test(calm).inside, back_test(calm).tested) == (2, 2)
    assert (back_test(broken).inside, back_test(broken).tested) == (1, 2)
    assert back_test(steady(12, [6, NAN])).tested == 0


def test_a_past_nowcast_knows_only_what_was_known_then():
    # The third age of the last two of 30 weeks is not known: 28 later counts, and twelve
    # issues are needed before the first nowcast. Each is made again from its own issue.
    full = np.random.default_rng(6).poisson([8, 4, 2], (30, 3)).astype(float)
    held = []
    for issues in range(AT_LEAST, 29):
        then = nowcast(as_of_the_last_week(full[:issues]))
        held.append(then.low[-1] <= full[issues - 1].sum() <= then.high[-1])
    found = back_test(as_of_the_last_week(full))
    assert (found.inside, found.tested) == (sum(held), 17)
    assert 0 < sum(held) < 17  # or the two would agree whatever they did


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([[6, 0.5], [6, NAN]], "not a whole number"),
        ([[6, np.inf], [6, NAN]], "not a whole number"),
        ([[1, -2], [6, NAN]], "below zero"),
        ([[6, NAN], [6, 2]], "less far"),
        ([[NAN, NAN]], "not at all"),
        ([[NAN, 2]], "before one that is known"),
    ],
)
def test_what_is_no_triangle_is_refused(rows, said):
    for function in (nowcast, back_test):
        with pytest.raises(ValueError, match=said):
            function(steady(14, *rows))


tables = st.integers(12, 20).flatmap(
    lambda weeks: st.lists(
        st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=weeks, max_size=weeks
    )
)


@given(tables)
def test_no_nowcast_lies_below_what_is_recorded(rows):
    triangle = as_of_the_last_week(np.array(rows, float))
    found = nowcast(triangle)
    told = ~np.isnan(found.point)
    assert found.recorded.tolist() == np.nansum(triangle, axis=1).tolist()
    assert (found.point >= found.recorded)[told].all()
    assert ((found.recorded <= found.low) & (found.low <= found.high))[told].all()
    assert (found.point == found.recorded)[:-3].all()
    assert delay_shares(triangle).sum() == pytest.approx(1)


@given(st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=1, max_size=9))
def test_redistributing_keeps_every_total(counts):
    # Counts at each age, however they rise and fall, as increments.
    found = redistributed(np.diff(np.array(counts, float), axis=1, prepend=0))
    assert (found >= 0).all()
    assert found.sum(axis=1).tolist() == [row[-1] for row in counts]


@pytest.mark.parametrize("mean", [5, 40])
@pytest.mark.parametrize("weeks", [12, 26])
def test_intervals_of_80_percent_hold_about_80_percent(mean, weeks):
    # Weekly totals vary more than Poisson, and so do the delays of a week.
    random = np.random.default_rng(weeks + mean)
    usual = 30 * np.array([0.5, 0.2, 0.15, 0.1, 0.05])
    inside = []
    for _ in range(200):
        totals = random.poisson(random.gamma(4, mean / 4, weeks))
        full = np.array([random.multinomial(n, random.dirichlet(usual)) for n in totals], float)
        found, later = nowcast(as_of_the_last_week(full)), full.sum(axis=1)
        inside.append(((found.low <= later) & (later <= found.high))[-4:])
    assert 0.7 < np.mean(inside, axis=0)[-1] < 0.9  # of the youngest week
    assert 0.7 < np.mean(inside) < 0.9
