"""EARS C1, C2 and C3: short-memory detectors, kept as references.

They compare a week with a few weeks before it, as counts with a normal distribution. They
are in wide use, need almost no history, and ring often. Numbers as of `earsC` in the R
package surveillance, against which the tests hold them.
"""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from sitrep.statistics.counts import Counts, Floats, known_or_nan

Method = Literal["C1", "C2", "C3"]

ALPHA = {"C1": 0.001, "C2": 0.001, "C3": 0.025}
# Weeks between the week tested and its baseline; C3 also looks at the two weeks before.
_LAG = {"C1": 0, "C2": 2, "C3": 2}
_MEMORY = {"C1": 0, "C2": 0, "C3": 2}


@dataclass(frozen=True)
class EarsWeek:
    """A week of the series by its position; an alarm where the count exceeds the threshold.

    `threshold` and `alarm` are None where a count that they need is not known, or where C3
    has a baseline without any variation.
    """

    week: int
    threshold: float | None
    alarm: bool | None


def ears(
    counts: Counts,
    method: Method = "C1",
    *,
    baseline: int = 7,
    min_sigma: float = 0.0,
    alpha: float | None = None,
) -> tuple[EarsWeek, ...]:
    """The threshold of every week that has enough weeks before it.

    C1 compares with the mean of the preceding weeks and z standard deviations; C2 leaves
    two weeks out between; C3 lowers C2's threshold by what the two weeks before exceeded
    one standard deviation, and is no less than zero (Hutwagner, Thompson, Seeman and
    Treadwell 2003, Journal of Urban Health 80, i89-i96; the thresholds as in Fricker,
    Hegler and Dunfee 2008, Statistics in Medicine 27, 3407-3429).

    Parameters
    ----------
    counts : incidents a week, oldest first; None or NaN where not known.
    baseline : weeks, at least 3.
    min_sigma : the least standard deviation, in incidents, so that a quiet baseline does
        not make every incident an alarm.
    alpha : the share of false alarms under a normal distribution; by default 0.001, and
        0.025 for C3.

    Returns
    -------
    Oldest first: from position 7, 9 and 11 on for C1, C2, C3 with a baseline of 7; empty
    for a shorter series.
    """
    if baseline < 3 or min_sigma < 0:
        raise ValueError("EARS needs a baseline of at least 3 weeks and a sigma from 0")
    series = known_or_nan(counts)
    first = baseline + _LAG[method]
    if len(series) <= first + _MEMORY[method]:
        return ()
    z = NormalDist().inv_cdf(1 - (ALPHA[method] if alpha is None else alpha))
    tested = series[first:]
    windows = np.lib.stride_tricks.sliding_window_view(series, baseline)[: len(tested)]
    sigma = np.maximum(windows.std(axis=1, ddof=1), min_sigma)
    if method == "C3":
        threshold = _lowered(tested, windows.mean(axis=1), sigma, z)
        tested = tested[_MEMORY[method] :]
    else:
        threshold = windows.mean(axis=1) + z * sigma
    start = first + _MEMORY[method]
    return tuple(
        EarsWeek(start + at, *_judged(float(count), float(limit)))
        for at, (count, limit) in enumerate(zip(tested, threshold, strict=True))
    )


def _lowered(tested: Floats, mean: Floats, sigma: Floats, z: float) -> Floats:
    """C3's threshold, of all weeks but the first two, which only add to the others."""
    with np.errstate(divide="ignore", invalid="ignore"):
        above = np.maximum(0, (tested - mean) / sigma - 1)
        lowered: Floats = tested[2:] + sigma[2:] * (z - above[:-2] - above[1:-1])
    return np.maximum(0, lowered)


def _judged(count: float, threshold: float) -> tuple[float | None, bool | None]:
    if np.isnan(threshold):
        return None, None
    return threshold, None if np.isnan(count) else count > threshold
