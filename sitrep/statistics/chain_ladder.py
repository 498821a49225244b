"""How a week's count grows with its age, from a triangle of what was added at each age.

Weeks by ages, NaN where not yet known. A chain ladder that is safe with zeros, after the R
package `baselinenowcast` (0.2.0; Johnson and others 2025, Wellcome Open Research 10:614),
written anew. Points only: `nowcast` has the intervals, and refuses triangles that are not.
"""

import numpy as np

from sitrep.statistics.counts import Floats


def redistributed(triangle: Floats) -> Floats:
    """The triangle without negative increments; what a week has in all stays the same.

    What was withdrawn is taken from the age before, and what that age lacks from the one
    before that, as by `preprocess_negative_values` of baselinenowcast. NaN stays NaN.
    """
    found = triangle.copy()
    for age in range(found.shape[1] - 1, 0, -1):
        withdrawn = np.fmin(found[:, age], 0)  # 0 also where not known
        found[:, age] -= withdrawn
        found[:, age - 1] += withdrawn
    return found


def delay_shares(triangle: Floats) -> Floats:
    """The share of a week's count that arrives at each age: the chain ladder.

    Age by age, what the complete rows added to what they had is added to the others (see
    `estimate_delay` of baselinenowcast); the shares are those of the filled triangle.

    Parameters
    ----------
    triangle : shape (weeks, ages), no negative increments; the first row complete.

    Returns
    -------
    Shape (ages,), summing to 1. Where nothing was recorded at all, everything that will be
    is taken to arrive at once.
    """
    filled = triangle.copy()
    for age in range(1, filled.shape[1]):
        to_fill = np.isnan(triangle[:, age])
        before = filled[:, :age].sum(axis=1)
        growth = filled[~to_fill, age].sum() / max(before[~to_fill].sum(), 1)
        filled[to_fill, age] = growth * before[to_fill]
    by_age = filled.sum(axis=0)
    if not by_age.any():
        by_age[0] = 1
    shares: Floats = by_age / by_age.sum()
    return shares


def apply_delay(triangle: Floats, shares: Floats) -> Floats:
    """What is still expected at the ages that are not yet known; 0 where they are known.

    A week of which x is recorded, a share F of its count, is expected to have
    ``(x + 1 - F) / F`` in all: the mean if x is binomial and every total was as likely
    before, which is above zero also where nothing has been recorded yet (`apply_delay` and
    the vignette "Mathematical methods" of baselinenowcast). Age by age, as there.

    Returns
    -------
    Shape (weeks, ages); NaN where F is 0 and a week's total cannot be told.
    """
    filled = triangle.copy()
    arrived = np.minimum(np.cumsum(shares), 1)
    for age in range(1, filled.shape[1]):
        to_fill, share = np.isnan(triangle[:, age]), arrived[age - 1]
        so_far = filled[to_fill, :age].sum(axis=1)
        total = (so_far + 1 - share) / share if share > 0 else np.full(len(so_far), np.nan)
        filled[to_fill, age] = total * shares[age]
    return np.where(np.isnan(triangle), filled, 0.0)
