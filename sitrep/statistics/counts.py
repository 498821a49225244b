"""What the rest of this room shares: known counts, and limits of a distribution of counts.

Only numpy: scipy.special takes longer to import than everything that this room computes
for a report, and every report imports this module.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Counts = Sequence[float | None]  # None or NaN where a week's count is not known
Floats = np.ndarray[Any, np.dtype[np.float64]]

# Probability that may be left beyond the last count of a distribution; far less than any
# limit asks for.
_TAIL = 1e-9


@dataclass(frozen=True)
class BackTest:
    """How many of the counts that were tested lay inside their intervals."""

    inside: int
    tested: int

    @property
    def share(self) -> float:
        """Between 0 and 1; NaN where nothing was tested."""
        return self.inside / self.tested if self.tested else math.nan


def is_known(count: float | None) -> bool:
    """Whether there is a count at all: neither None nor NaN. Zero is a count."""
    return count is not None and not math.isnan(count)


def known(counts: Counts) -> list[int]:
    """The counts that are known, in their order.

    Raises
    ------
    ValueError
        For a count that is negative, infinite or not whole, with its position.
    """
    return [_whole(count, at) for at, count in enumerate(counts) if is_known(count)]


def known_or_nan(counts: Counts) -> Floats:
    """The counts as floats, shape and order kept, NaN where unknown; checked as by `known`."""
    return np.array(
        [_whole(count, at) if is_known(count) else math.nan for at, count in enumerate(counts)],
        dtype=np.float64,
    )


def probabilities(mean: float, size: float) -> Floats:
    """P(0), P(1), … of a negative binomial distribution, as far as they matter.

    Parameters
    ----------
    mean : at least 0.
    size : above 0; the variance is ``mean + mean² / size``. Infinity gives the Poisson.

    Returns
    -------
    Shape (k,), from 0 upwards without a gap; at most 1e-9 is left beyond the end. Each
    probability follows from the one before it, in logarithms, so that no gamma function
    is needed and nothing underflows.
    """
    if not (mean >= 0 and math.isfinite(mean) and size > 0):
        raise ValueError(f"no distribution of counts has the mean {mean} and the size {size}")
    if mean == 0:
        return np.ones(1)
    spread = math.sqrt(mean + mean * mean / size)
    length = math.ceil(mean + 8 * spread) + 20
    limit = mean / size / (1 + mean / size)  # what the ratio of two neighbours tends to
    while True:
        count = np.arange(1.0, length)
        ratio = ((count - 1) / size + 1) / (1 + mean / size) * mean / count
        logarithms = np.concatenate([[_log_of_none(mean, size)], np.log(ratio)])
        found: Floats = np.exp(np.cumsum(logarithms))
        steepest = max(float(ratio[-1]), limit)
        if steepest < 1 and found[-1] * steepest / (1 - steepest) < _TAIL:
            return found
        length *= 2


def limits(distribution: Floats, level: float) -> tuple[int, int]:
    """The lowest and the highest count of a two-sided interval, both of them inside.

    A count is inside if the probability of a lower count, with half of its own, lies
    between ``(1 - level) / 2`` and its complement: mid-p limits (Lancaster 1961, Journal
    of the American Statistical Association 56, 223-234). The usual limits hold *at least*
    `level`, which at a mean of five is nearer 98 % than 95 %; these hold about `level`
    over the means, at some a little less, at others a little more.

    Parameters
    ----------
    distribution : shape (k,), P(0), P(1), …, as of `probabilities`.
    level : at least 0.5, below 1. Above a half there is always a count inside.
    """
    if not 0.5 <= level < 1:
        raise ValueError(f"an interval of level {level} was asked for: at least 0.5, below 1")
    tail = (1 - level) / 2
    middle = np.cumsum(distribution) - distribution / 2
    inside = np.flatnonzero((middle >= tail) & (middle <= 1 - tail))
    return int(inside[0]), int(inside[-1])


def _log_of_none(mean: float, size: float) -> float:
    """The logarithm of P(0)."""
    return -mean if math.isinf(size) else -size * math.log1p(mean / size)


def _whole(count: float | None, at: int) -> int:
    if count is None or not math.isfinite(count) or count < 0 or count != int(count):
        raise ValueError(f"the count at position {at} is {count!r}: expected a whole number from 0")
    return int(count)
