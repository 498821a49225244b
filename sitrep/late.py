"""How late records come in, and what is still expected of the last weeks: as numbers.

What is expected is what will be *recorded* once late reports are in, never what occurred.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sitrep.archive.issues import Archive
from sitrep.numbers import COLUMNS, MISSING, Numbers
from sitrep.periods import Periods
from sitrep.records import week_starts
from sitrep.settings import StatisticsSettings
from sitrep.statistics.counts import Floats
from sitrep.statistics.delay import completeness
from sitrep.statistics.nowcast import back_test, nowcast
from sitrep.weeks import Week

DELAY_WEEKS = 52  # the delays of so many weeks make the curve
AGES = 9  # 0 to 8 weeks, as far as the curve is printed
NOWCAST_AGES = 6  # issues after which a count is taken for complete

Row = tuple[str, str, str, str, float, float, float, float]
"""Week, measure, breakdown, group, value, low, high, incidents."""


def late_numbers(
    rows: pd.DataFrame,
    numbers: Numbers,
    archive: Archive,
    periods: Periods,
    settings: StatisticsSettings,
) -> pd.DataFrame:
    """The numbers of late reports, columns as of `numbers.COLUMNS`.

    ``records_arrived`` (breakdown age, group 0, 1, 2 …; per cent): the share of incidents
    that had been reported so many weeks after the end of their week, from those of the last
    year. ``incidents_nowcast`` of the weeks still filling up, and ``nowcast_inside`` of
    ``nowcast_tested`` past ones, where the settings ask for a nowcast and the archive
    holds enough issues.
    """
    found = [*_arrived(rows, periods)]
    if settings.nowcast:
        found += _nowcast(numbers, archive, periods, settings)
    names = ["week", "measure", "breakdown", "group", "value", "low", "high", "incidents"]
    return pd.DataFrame(found, columns=names).reindex(columns=COLUMNS)


def _arrived(rows: pd.DataFrame, periods: Periods) -> Iterator[Row]:
    if "reported_on" not in rows:
        return
    since = pd.Timestamp((periods.week - (DELAY_WEEKS - 1)).start)
    chosen = rows[rows["is_incident"] & (rows["week"] >= since)]
    frozen = pd.Timestamp(Week.of(periods.frozen_on, starts_on=periods.starts_on).start)
    age = (frozen - chosen["week"]).dt.days // 7
    reported = week_starts(chosen["reported_on"], starts_on=periods.starts_on)
    # A report dated before its event, or after the data were frozen, has no delay to speak of.
    delay = (reported - chosen["week"]).dt.days // 7
    delay = delay.where((delay >= 0) & (delay <= age))
    if not delay.notna().any():
        return
    curve = completeness(np.array(delay, dtype=np.float64), np.array(age, dtype=np.float64))
    week = str(periods.week)
    for at, share in zip(curve.ages[:AGES], curve.share[:AGES], strict=True):
        value = round(100 * float(share), 1)
        yield week, "records_arrived", "age", f"{at:.0f}", value, value, value, curve.records


def _nowcast(
    numbers: Numbers, archive: Archive, periods: Periods, settings: StatisticsSettings
) -> Iterator[Row]:
    weeks, triangle = reporting_triangle(numbers, archive, periods)
    made = nowcast(triangle, level=settings.nowcast_level) if len(weeks) else None
    if made is None:
        return
    for at, week in enumerate(weeks):
        if np.isnan(triangle[at, -1]) and not np.isnan(made.point[at]):
            yield (
                str(week), "incidents_nowcast", "", "", round(float(made.point[at]), 1),
                float(made.low[at]), float(made.high[at]), np.nan,
            )  # fmt: skip
    tested = back_test(triangle, level=settings.nowcast_level)
    level = round(100 * settings.nowcast_level, 1)
    counted = {"inside": tested.inside, "tested": tested.tested, "level": level}
    for name, value in counted.items():
        yield str(periods.week), f"nowcast_{name}", "", "", value, value, value, np.nan


def reporting_triangle(
    numbers: Numbers, archive: Archive, periods: Periods
) -> tuple[list[Week], Floats]:
    """Incidents of each week as the issues printed them: by how much each count grew.

    Rows are the weeks of the longest unbroken run of issues up to this one, oldest first;
    column a is what the issue a weeks later added, NaN where there is none yet. This week's
    draft counts as the last issue.
    """
    weeks = [periods.week]
    while archive.first_of(weeks[0] - 1):
        weeks.insert(0, weeks[0] - 1)
    counts = np.full((len(weeks), NOWCAST_AGES), np.nan)
    for row, week in enumerate(weeks):
        for age, later in enumerate(weeks[row : row + NOWCAST_AGES]):
            issue = archive.first_of(later) if later < periods.week else None
            printed = issue.get("incidents", week) if issue else numbers.get("incidents", week)
            counts[row, age] = (printed or MISSING).value
    # A week of which an issue says nothing (it lay before its data) ends the run.
    due = np.minimum(NOWCAST_AGES, len(weeks) - np.arange(len(weeks)))
    short = np.flatnonzero((~np.isnan(counts)).sum(axis=1) < due)
    start = int(short[-1]) + 1 if len(short) else 0
    return weeks[start:], np.diff(counts[start:], axis=1, prepend=0)
