"""Which preceding weeks a week is compared with.

The weeks just before are left out, because an unusual week seldom comes alone and would
raise its own yardstick; so are weeks in which somebody else recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sitrep.statistics.counts import Counts, is_known, known

WEEKS = 26  # half a year: long enough for a variance, short enough to be of this season
LEAVE_OUT = 2
AT_LEAST = 8


@dataclass(frozen=True)
class Baseline:
    """Positions in the series, oldest first, and their counts; equally many of both."""

    weeks: tuple[int, ...]
    counts: tuple[int, ...]


def baseline_of(
    counts: Counts,
    *,
    weeks: int = WEEKS,
    leave_out: int = LEAVE_OUT,
    at_least: int = AT_LEAST,
    excluded: Sequence[bool] | None = None,
) -> Baseline | None:
    """The weeks that the last week of a series is compared with.

    Parameters
    ----------
    counts : one a week without a gap, oldest first, the current week last; None or NaN
        where the count is not known. An unknown week is skipped, it is never zero.
    weeks : how far the baseline reaches: so many weeks before those left out. A skipped
        week is not made up for by an older one.
    leave_out : how many weeks just before the current one do not count.
    at_least : with fewer known weeks there is no baseline.
    excluded : as long as `counts`; true for a week whose coverage differs from today's.

    Returns
    -------
    None where fewer than `at_least` weeks remain.

    Raises
    ------
    ValueError
        Where `excluded` is not as long as `counts`, or a count in the window is negative
        or not whole.
    """
    if excluded is not None and len(excluded) != len(counts):
        raise ValueError(f"{len(excluded)} marks of excluded weeks for {len(counts)} weeks")
    end = len(counts) - 1 - leave_out
    window = range(max(end - weeks, 0), max(end, 0))
    chosen = tuple(
        week for week in window if is_known(counts[week]) and not (excluded and excluded[week])
    )
    if len(chosen) < at_least:
        return None
    return Baseline(chosen, tuple(known([counts[week] for week in chosen])))
