"""One row of the tidy table, before it is in the table."""

import math

from sitrep.numbers import COLUMNS

Counted = dict[str, object]


def counted(
    week: object,
    measure: str,
    value: float,
    *,
    breakdown: str = "",
    group: str = "",
    low: float | None = None,
    high: float | None = None,
    incidents: float = math.nan,
    not_reported: float = math.nan,
    sources: float = math.nan,
) -> Counted:
    """A row with the ten columns of `numbers.csv`; low and high are the value unless given."""
    cells = (
        str(week), measure, breakdown, group, float(value),
        float(value if low is None else low), float(value if high is None else high),
        float(incidents), float(not_reported), float(sources),
    )  # fmt: skip
    return dict(zip(COLUMNS, cells, strict=True))
