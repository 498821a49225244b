"""How complete a week's record is when the week is 0, 1, 2, … weeks old.

From the records that have arrived, and only from them: what is never recorded has no delay
and is not in the share. It describes the past; `nowcast` says what may be expected of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sitrep.statistics.counts import Floats


@dataclass(frozen=True, eq=False)
class Completeness:
    """How much of what is recorded in the end had arrived by each age.

    Attributes
    ----------
    ages : shape (n,), whole weeks, 0, 1, 2, …; empty where nothing can be said.
    share : shape (n,), between 0 and 1, never falling; 1 at the last age, because of delays
        longer than any that could be seen nothing is known.
    records : how many records the shares come from.
    unknown : how many records had no known delay and were left out.
    too_late : how many records were left out because they came later than the last age.
    """

    ages: Floats
    share: Floats
    records: int
    unknown: int
    too_late: int


def completeness(
    delays_in_weeks: Sequence[float] | Floats, age_limits: Sequence[float] | Floats
) -> Completeness:
    """The share of records that had arrived by each age, corrected for right truncation.

    Of a week that is two weeks old only delays up to two can be seen, so that a plain share
    of the delays makes the record look faster than it is. The product-limit estimator in
    reversed time compares each delay only with records that could have shown it (Lagakos,
    Barraj and De Gruttola 1988, Biometrika 75, 515-523; Kalbfleisch and Lawless 1989,
    Journal of the American Statistical Association 84, 360-372)::

        share(d) = product over j > d of 1 - (delays of j) / (delays of at most j, age at least j)

    Where every record that could show the delay j has it, although shorter delays are known
    from younger weeks, the two cannot be compared: the ages then end before j.

    Parameters
    ----------
    delays_in_weeks : shape (r,), one a record: whole weeks from the end of the event's week
        to the report, 0 for a report within that week; NaN where not known.
    age_limits : shape (r,), whole weeks from the end of the event's week to the day on which
        the data were frozen: the longest delay that could have been seen.

    Raises
    ------
    ValueError
        For arrays of different length, for a value that is negative or not whole, and for a
        delay longer than its week is old.
    """
    delays, limits = np.asarray(delays_in_weeks, float), np.asarray(age_limits, float)
    if delays.shape != limits.shape or delays.ndim != 1:
        raise ValueError(f"{delays.size} delays for {limits.size} ages: expected one for one")
    known = ~np.isnan(delays)
    unknown = int((~known).sum())
    delays, limits = delays[known], limits[known]
    _check(delays, limits)
    if not delays.size:
        return Completeness(np.empty(0), np.empty(0), 0, unknown, 0)
    arrived, could_show = _compared(delays, limits)
    last = _last_age(arrived, could_show, int(delays.min()))
    kept = int((delays <= last).sum())
    factors = 1 - arrived[1 : last + 1] / np.maximum(could_show[1 : last + 1], 1)
    share = np.append(np.cumprod(factors[::-1])[::-1], 1.0)
    return Completeness(np.arange(last + 1.0), share, kept, unknown, delays.size - kept)


def _check(delays: Floats, limits: Floats) -> None:
    for name, values in (("delay", delays), ("age", limits)):
        wrong = ~(np.isfinite(values) & (values >= 0) & (values == np.floor(values)))
        if wrong.any():
            found = values[wrong][0]
            raise ValueError(f"a {name} of {found:g} weeks: expected a whole number from 0")
    if (delays > limits).any():
        at = int(np.argmax(delays > limits))
        raise ValueError(f"a delay of {delays[at]:g} in a week that is {limits[at]:g} weeks old")


def _compared(delays: Floats, limits: Floats) -> tuple[Floats, Floats]:
    """By age: how many records have just this delay, and how many could and have none longer."""
    length = int(limits.max()) + 1
    arrived = np.bincount(delays.astype(int), minlength=length)
    # Delays of at most j, less the records of weeks younger than j, which are among them.
    younger = np.concatenate([[0], np.cumsum(np.bincount(limits.astype(int)))[:-1]])
    return arrived.astype(float), (np.cumsum(arrived) - younger).astype(float)


def _last_age(arrived: Floats, could_show: Floats, shortest: int) -> int:
    """The last age whose share can be compared with those of all ages before it."""
    alone = (arrived > 0) & (arrived == could_show)
    alone[: shortest + 1] = False  # nothing is shorter than the shortest delay
    return int(np.argmax(alone)) - 1 if alone.any() else len(arrived) - 1
