"""Whether a week's count is a record. This needs no model, only the series.

A record says that nothing as high was *recorded* in so many weeks. It says nothing of
weeks without a count, which is why their number comes with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sitrep.statistics.counts import Counts, is_known, known

SPANS = (156, 52)  # weeks: three years, a year


@dataclass(frozen=True)
class Record:
    """The last week's count is higher than that of every known week of `span`.

    Attributes
    ----------
    count : the last week's.
    span : weeks before the last one; the longest asked for that holds.
    unknown : how many of those weeks have no count.
    since : position of the latest earlier week with a count as high or higher, wherever in
        the series; None where there is none, so that it is the highest of the series.
    """

    count: int
    span: int
    unknown: int
    since: int | None


def record(counts: Counts, *, floor: int, spans: Sequence[int] = SPANS) -> Record | None:
    """The longest span for which the last week is a record, if there is one.

    Parameters
    ----------
    counts : one a week without a gap, oldest first, the current week last; None or NaN
        where not known.
    floor : the least count that may be called a record: in a quiet place two incidents
        are soon the highest number in a year.
    spans : in weeks, each counted back from the week before the last.

    Returns
    -------
    None where the last count is not known or below `floor`, where the series is shorter
    than each span and the current week, or where a week of each span was as high: a tie
    is no record.
    """
    if not counts or not is_known(counts[-1]):
        return None
    count = known(counts[-1:])[0]
    last = len(counts) - 1
    since = _latest_as_high(counts, count)
    held = [span for span in spans if span <= last and (since is None or last - since > span)]
    if count < floor or not held:
        return None
    span = max(held)
    unknown = sum(not is_known(earlier) for earlier in counts[last - span : last])
    return Record(count, span, unknown, since) if unknown < span else None


def _latest_as_high(counts: Counts, count: int) -> int | None:
    for week in range(len(counts) - 2, -1, -1):
        earlier = counts[week]
        if earlier is not None and earlier >= count:  # NaN is never as high
            return week
    return None
