"""What a recent week's count is expected to become once late reports are in.

Expected to be *recorded*: the past delays carried forward, for weeks that have ended. Not
the true count, which no record shows, and not a forecast of weeks to come.

The method is that of the R package `baselinenowcast` (0.2.0; Johnson and others 2025,
Wellcome Open Research 10:614), written anew: a chain ladder that is safe with zeros, and a
negative binomial whose dispersion is fitted to the errors of past nowcasts, after the
reference model of Wolffram and others (2023, PLOS Computational Biology 19, e1011394).
Unlike there, limits are computed rather than sampled, and by default delays and errors come
from half a year, not from three times the longest delay, which for weeks is very little.
"""

import math
from dataclasses import dataclass

import numpy as np

from sitrep.statistics.chain_ladder import apply_delay, delay_shares, redistributed
from sitrep.statistics.counts import BackTest, Floats, limits, probabilities

AT_LEAST = 12  # stored issues, one a row of the triangle
WEEKS = 26  # that delays are estimated from, and past nowcasts that errors are taken from
ERRORS_AT_LEAST = 2  # past nowcasts; baselinenowcast asks for as many

# Sizes of the negative binomial that are tried, as in baselinenowcast from 0.1, hardly
# informative, to 1000, all but Poisson; a quarter apart, nearer than so few errors can tell.
_SIZES = np.geomspace(0.1, 1000, 41)
_PADDING = 0.001  # where nothing more was expected, so that a late record is not impossible


@dataclass(frozen=True, eq=False)
class Nowcast:
    """A range for the count of each week of a triangle, oldest week first.

    Attributes
    ----------
    recorded : shape (weeks,), counts so far.
    point : shape (weeks,), counts expected once late reports are in; `recorded` itself for
        a week of which every age is known. NaN, like the limits, for a week too young to
        have had any record at its age in the past: nothing can be carried forward.
    low, high : shape (weeks,), whole counts, both inside the interval.
    level : of the interval.
    errors : how many past nowcasts the width of the interval comes from.
    """

    recorded: Floats
    point: Floats
    low: Floats
    high: Floats
    level: float
    errors: int


def nowcast(triangle: Floats, *, level: float = 0.8) -> Nowcast | None:
    """Point and interval for each week, from how late the weeks before were completed.

    Parameters
    ----------
    triangle : shape (weeks, ages), oldest week first: by how much the week's count grew
        between ages, column 0 being the first count. NaN where not yet known, at the end
        of a row only. A negative increment, a record withdrawn, is taken from the younger
        ages of its week.
    level : of the two-sided interval, at least 0.5, below 1.

    Returns
    -------
    None with fewer than `AT_LEAST` rows, or too few for `ERRORS_AT_LEAST` past nowcasts,
    each of which needs one row more than there are weeks still filling up.

    Raises
    ------
    ValueError
        For increments that are infinite or not whole, for a week whose count falls below
        zero, and for a triangle in which an older week is known less far than a younger.
    """
    known = _known_ages(triangle)
    past = min(len(triangle) - _open(triangle) - 1, WEEKS)
    if len(triangle) < AT_LEAST or past < ERRORS_AT_LEAST:
        return None
    expected = _expected(triangle)
    sizes = _sizes([_error(triangle, known, back) for back in range(1, past + 1)])
    recorded = np.nansum(triangle, axis=1)
    low, high = recorded.copy(), recorded.copy()
    for horizon, size in enumerate(sizes):
        week = len(triangle) - 1 - horizon
        low[week], high[week] = recorded[week] + _interval(expected[week].sum(), size, level)
    return Nowcast(recorded, recorded + expected.sum(axis=1), low, high, level, past)


def back_test(triangle: Floats, *, level: float = 0.8) -> BackTest:
    """How many weeks' later count lay inside the interval given when the week was youngest.

    Each past issue's nowcast is made anew from what that issue knew. Each week counts
    once, at its first nowcast, the hardest; weeks whose last age is not yet known, and
    weeks for which there was no nowcast, are not tested. Parameters as of `nowcast`.
    """
    known = _known_ages(triangle)
    inside = []
    for back in range(max(_open(triangle), 1), len(triangle) - AT_LEAST + 1):
        made = nowcast(_as_known(triangle, known, back), level=level)
        if made and not math.isnan(made.point[-1]):
            later = triangle[len(triangle) - 1 - back].sum()
            inside.append(bool(made.low[-1] <= later <= made.high[-1]))
    return BackTest(sum(inside), len(inside))


def fitted_size(counts: Floats, means: Floats) -> float:
    """The negative binomial size under which counts with these means are the most likely.

    Shapes (n,) both; pairs with a NaN are left out. As `fit_nb` of baselinenowcast, by
    trying each of a row of sizes: the likelihood is too flat for more to be worth it.
    """
    paired = ~(np.isnan(counts) | np.isnan(means))
    counts, means = counts[paired], means[paired] + _PADDING
    ways = np.array([[math.lgamma(n + of) - math.lgamma(of) for n in counts] for of in _SIZES])
    size = _SIZES[:, np.newaxis]
    likelihood = ways - (counts + size) * np.log1p(means / size) - counts * np.log(size)
    return float(_SIZES[np.argmax(likelihood.sum(axis=1))])


def _known_ages(triangle: Floats) -> list[int]:
    """How many ages are known of each week, the youngest week first; the triangle checked."""
    if triangle.ndim != 2:
        raise ValueError(f"an array of {triangle.ndim} dimensions: expected weeks by ages")
    known = ~np.isnan(triangle)
    ages = known.sum(axis=1)
    if not (known == (np.arange(triangle.shape[1]) < ages[:, np.newaxis])).all():
        raise ValueError("an age of a week is unknown before one that is known")
    if (np.diff(ages) > 0).any() or (ages < 1).any():
        raise ValueError("a week is known less far than the week after it, or not at all")
    increments = triangle[known]
    if not (np.isfinite(increments) & (increments == np.floor(increments))).all():
        raise ValueError("an increment of a week's count is not a whole number")
    if (np.nancumsum(triangle, axis=1) < 0).any():
        raise ValueError("the increments of a week take its count below zero")
    return [int(age) for age in ages[::-1]]


def _open(triangle: Floats) -> int:
    """How many weeks are still filling up; they are the youngest."""
    return int(np.isnan(triangle[:, -1]).sum())


def _as_known(triangle: Floats, known: list[int], back: int) -> Floats:
    """The triangle as it was so many issues ago: as ragged as today's, as in baselinenowcast."""
    found = triangle[: len(triangle) - back].copy()
    for week, ages in zip(reversed(range(len(found))), known, strict=False):
        found[week, ages:] = np.nan
    return found


def _expected(triangle: Floats) -> Floats:
    """What is still expected of each week, by age, from the delays of the last weeks."""
    whole = redistributed(triangle)
    return apply_delay(whole, delay_shares(whole[-max(WEEKS, _open(whole) + 1) :]))


def _error(triangle: Floats, known: list[int], back: int) -> Floats:
    """What came of a past nowcast: shape (2, open weeks), youngest first, came and expected.

    Of the ages that were not known then and are now; a negative binomial for a part of what
    was to come has the size of the whole. What was withdrawn on balance counts as none.
    """
    then = _as_known(triangle, known, back)
    expected = np.where(np.isnan(triangle[: len(then)]), 0, _expected(then))
    came = np.nansum(np.where(np.isnan(then), triangle[: len(then)], 0), axis=1)
    both = np.stack([np.maximum(came, 0), expected.sum(axis=1)])
    return both[:, ::-1][:, : _open(triangle)]


def _sizes(errors: list[Floats]) -> list[float]:
    """A size for each week still filling up, the youngest first."""
    together = np.stack(errors)
    return [fitted_size(*together[:, :, horizon].T) for horizon in range(together.shape[2])]


def _interval(mean: float, size: float, level: float) -> tuple[float, float]:
    if math.isnan(mean):
        return math.nan, math.nan
    return limits(probabilities(mean, size), level)
