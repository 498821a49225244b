"""The range in which one new week's count of incidents is expected, from ordinary weeks.

For counts of incidents, not of deaths: deaths come in clusters, one event at a time, and
neither distribution here allows for that. What is expected is what is *recorded* in a week
like those of the baseline; a trend or a season within the baseline widens the range.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal, get_args

import numpy as np

from sitrep.statistics.baseline import AT_LEAST, LEAVE_OUT, WEEKS, baseline_of
from sitrep.statistics.counts import BackTest, Counts, is_known, known, limits, probabilities

Family = Literal["poisson", "negative binomial"]

# The ordinary weeks that `back_test` simulates: incidents a week, and the size of the
# negative binomial (1 is a standard deviation as large as the mean, 10 a third of it).
MEANS = (3.0, 120.0)
SIZES = (1.0, 10.0)


@dataclass(frozen=True)
class Prediction:
    """The expected range of one new week; ``count in prediction`` tells whether it held.

    Attributes
    ----------
    family : negative binomial where the baseline varies more than a Poisson, else Poisson.
    mean : incidents a week, of the baseline.
    size : of the negative binomial, by moments; infinite for the Poisson. The variance of
        the baseline is ``mean + mean² / size``.
    low, high : the range, both of them inside.
    weeks : how many weeks of the baseline were known.
    level : the share of ordinary weeks that the range is to hold.
    """

    family: Family
    mean: float
    size: float
    low: int
    high: int
    weeks: int
    level: float

    def __contains__(self, count: float) -> bool:
        return self.low <= count <= self.high


@dataclass(frozen=True)
class Position:
    """In how many weeks of the baseline the count was lower, the same, higher."""

    lower: int
    equal: int
    higher: int

    @property
    def weeks(self) -> int:
        """How many weeks of the baseline were known."""
        return self.lower + self.equal + self.higher


def prediction_interval(baseline: Counts, *, level: float = 0.95) -> Prediction | None:
    """The two-sided range for one new week, with the uncertainty of what was estimated.

    Where the variance is at most the mean, the counts are taken for Poisson with a gamma
    prior of shape 1/2 (Jeffreys); the new week is then negative binomial with mean
    ``(total + 1/2) / n`` and size ``total + 1/2``, the uncertain mean integrated out
    (compare Krishnamoorthy and Peng 2011, Journal of Statistical Planning and Inference
    141, 1709-1718).

    Where the variance s² exceeds the mean, the new week is a negative binomial with the
    baseline's mean and the variance ``s² (1 + 1/n) (n - 1) / (n - 3)``, matched by moments
    (Anscombe 1950, Biometrika 37, 358-382). 1 + 1/n is for the estimated mean. The last
    factor is for the estimated variance: it is the variance of Student's t with n - 1
    degrees of freedom, which a new normal observation follows (Whitmore 1986, The American
    Statistician 40, 141-143); at 26 weeks 1.09, at 8 weeks 1.40.

    The limits are mid-p limits, see `counts.limits`. ``python -m benchmarks.backtest``
    prints how many ordinary weeks they hold.

    Parameters
    ----------
    baseline : incidents in each week, in any order; None or NaN where not known.
    level : at least 0.5, below 1.

    Returns
    -------
    None with fewer than 8 known weeks.

    Raises
    ------
    ValueError
        For a negative or fractional count, or a level out of its bounds.
    """
    counts = known(baseline)
    n, total = len(counts), sum(counts)
    if n < AT_LEAST:
        return None
    mean = total / n
    excess = n * sum(count * count for count in counts) - total * total  # n (n - 1) s², exact
    if excess > (n - 1) * total:
        variance = excess / (n * (n - 1))
        widened = variance * (1 + 1 / n) * (n - 1) / (n - 3)
        family: Family = "negative binomial"
        size = mean * mean / (variance - mean)
        distribution = probabilities(mean, mean * mean / (widened - mean))
    else:
        family, size = "poisson", inf
        distribution = probabilities((total + 0.5) / n, total + 0.5)
    low, high = limits(distribution, level)
    return Prediction(family, mean, size, low, high, n, level)


def position(count: int, baseline: Counts) -> Position:
    """Where a count stands among the known weeks of a baseline; unknown ones are skipped."""
    counts = known(baseline)
    lower = sum(earlier < count for earlier in counts)
    equal = sum(earlier == count for earlier in counts)
    return Position(lower, equal, len(counts) - lower - equal)


def rolling_coverage(
    counts: Counts,
    *,
    weeks: int = WEEKS,
    leave_out: int = LEAVE_OUT,
    at_least: int = AT_LEAST,
    excluded: Sequence[bool] | None = None,
    level: float = 0.95,
) -> BackTest:
    """How many weeks of a series fell inside the range expected from the weeks before.

    Each known week that has a baseline is tested as if it were the current one; excluded
    weeks are not tested. Parameters as of `baseline.baseline_of`.
    """
    found = []
    for week, count in enumerate(counts):
        if count is None or not is_known(count) or (excluded and excluded[week]):
            continue
        chosen = baseline_of(
            counts[: week + 1],
            weeks=weeks,
            leave_out=leave_out,
            at_least=at_least,
            excluded=excluded[: week + 1] if excluded else None,
        )
        expected = chosen and prediction_interval(chosen.counts, level=level)
        if expected:
            found.append(count in expected)
    return BackTest(sum(found), len(found))


def back_test(
    tested: int = 10_000,
    *,
    family: Family | None = None,
    weeks: int = WEEKS,
    level: float = 0.95,
    seed: int = 1,
) -> BackTest:
    """How many simulated ordinary weeks fall inside the range expected from `weeks` others.

    Each time a mean is drawn from `MEANS` and a size from `SIZES`, evenly in logarithms;
    the baseline and the new week are then drawn alike. Without a `family`, every second
    series is Poisson, the others negative binomial.
    """
    random = np.random.default_rng(seed)
    inside = 0
    for number in range(tested):
        chosen = family or get_args(Family)[number % 2]
        *baseline, new = _ordinary_weeks(random, chosen, weeks + 1)
        expected = prediction_interval(baseline, level=level)
        if expected is None:
            raise ValueError(f"a baseline of {weeks} weeks: expected at least {AT_LEAST}")
        inside += new in expected
    return BackTest(inside, tested)


def _ordinary_weeks(random: np.random.Generator, family: Family, weeks: int) -> list[int]:
    mean, size = (float(np.exp(random.uniform(*np.log(bounds)))) for bounds in (MEANS, SIZES))
    rate = mean if family == "poisson" else random.gamma(size, mean / size, weeks)
    return [int(count) for count in random.poisson(rate, weeks)]
