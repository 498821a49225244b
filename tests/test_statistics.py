"""Expected ranges, records and EARS: by hand, against scipy-free identities, and against R."""

import csv
import math
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.statistics.baseline import baseline_of
from sitrep.statistics.counts import limits, probabilities
from sitrep.statistics.ears import ears
from sitrep.statistics.prediction import back_test, position, prediction_interval
from sitrep.statistics.record import record

TABLE = Path(__file__).parent / "surveillance" / "ears.csv"


def of_the_package() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("method", ["C1", "C2", "C3"])
@pytest.mark.parametrize("series", ["short", "sparse", "overdispersed", "outbreak"])
def test_ears_agrees_with_the_r_package_surveillance_to_three_decimals(series, method) -> None:
    rows = [row for row in of_the_package() if (row["series"], row["method"]) == (series, method)]
    counts = [int(row["count"]) for row in rows]
    ours = {week.week: week for week in ears(counts, method)}
    compared = 0
    for row in rows:
        week = int(row["week"])
        if row["threshold"] in ("", "NaN"):
            continue
        theirs = float(row["threshold"])
        if week not in ours or ours[week].threshold is None:
            # A baseline without variation has no C3: the package divides by zero there.
            assert not math.isfinite(theirs), row
            continue
        assert ours[week].threshold == pytest.approx(theirs, abs=0.0005), row
        compared += 1
    assert compared >= (3 if series == "short" else 20)


def test_the_baseline_ends_before_the_weeks_left_out_and_skips_unknown_ones() -> None:
    counts = [9, 1, None, 3, 4, 5, 6, 7, 8, 50, 50, 99]
    found = baseline_of(counts, weeks=8, leave_out=2, at_least=7)
    # The current week is the last; 50 and 50 are left out; eight weeks before: 1 to 8.
    assert found is not None
    assert found.counts == (1, 3, 4, 5, 6, 7, 8)
    assert baseline_of(counts, weeks=8, leave_out=2, at_least=8) is None


def test_excluded_weeks_are_no_part_of_the_baseline() -> None:
    counts = [4] * 10 + [0, 0, 4]
    excluded = [week == 3 for week in range(len(counts))]
    found = baseline_of(counts, excluded=excluded)
    assert found is not None
    assert 3 not in found.weeks
    with pytest.raises(ValueError, match="marks of excluded weeks"):
        baseline_of(counts, excluded=[True])


def test_a_position_counts_lower_equal_and_higher_weeks() -> None:
    found = position(5, [1, 5, 9, None, 5, 4])
    assert (found.lower, found.equal, found.higher, found.weeks) == (2, 2, 1, 5)


def test_probabilities_are_those_of_the_textbook() -> None:
    # Poisson with mean 2: e^-2 = 0.1353, then 0.2707, 0.2707, 0.1804.
    found = probabilities(2.0, math.inf)
    assert found[:4] == pytest.approx([0.135335, 0.270671, 0.270671, 0.180447], abs=1e-6)
    # Negative binomial of size 1 is geometric: with mean 3, P(n) = 1/4 · (3/4)^n.
    assert probabilities(3.0, 1.0)[:3] == pytest.approx([0.25, 0.1875, 0.140625], abs=1e-9)
    assert sum(probabilities(120.0, 0.7)) == pytest.approx(1, abs=1e-6)


def test_limits_are_mid_p_limits() -> None:
    # P = 0.5, 0.3, 0.2; below and half of its own: 0.25, 0.65, 0.9; a level of 0.6 asks for
    # 0.2 to 0.8: counts 0 and 1.
    assert limits(probabilities(0.0, 1.0), 0.95) == (0, 0)
    import numpy as np

    assert limits(np.array([0.5, 0.3, 0.2]), 0.6) == (0, 1)


def test_a_steady_series_is_poisson_and_a_wild_one_is_not() -> None:
    steady = prediction_interval([4, 5, 4, 5, 4, 5, 4, 5])
    wild = prediction_interval([0, 40, 1, 2, 30, 0, 1, 60])
    assert steady is not None
    assert wild is not None
    assert (steady.family, wild.family) == ("poisson", "negative binomial")
    assert prediction_interval([4] * 7) is None


@given(st.lists(st.integers(0, 80), min_size=8, max_size=30), st.randoms())
def test_the_order_of_the_baseline_does_not_matter_and_its_mean_lies_inside(
    baseline: list[int], random: Random
) -> None:
    found = prediction_interval(baseline)
    assert found is not None
    mixed = [*baseline, None]
    random.shuffle(mixed)
    assert prediction_interval(mixed) == found
    assert found.low <= math.ceil(found.mean)
    assert found.high >= math.floor(found.mean)


@pytest.mark.parametrize("family", [None, "poisson", "negative binomial"])
def test_of_ten_thousand_ordinary_weeks_93_to_97_per_cent_lie_inside(family) -> None:
    assert 0.93 <= back_test(10_000, family=family).share <= 0.97


def test_a_tie_is_no_record_and_a_low_count_is_none() -> None:
    counts = [3] * 60
    assert record([*counts, 3], floor=1) is None
    assert record([*counts, 4], floor=5) is None
    found = record([9, *counts, 7], floor=5)
    assert found is not None
    # Sixty weeks of 3 are between: 52 hold, 156 are not covered; the 9 is the week as high.
    assert (found.span, found.since) == (52, 0)
