"""Whether this week's number of incidents is unusual, as numbers of the issue.

Incidents are judged, not deaths: deaths cluster in single events. The series are those of
all areas and of each district with enough incidents; how many were tested is printed,
because with twenty of them one outside its range a week is chance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from sitrep.measures import NOT_RECORDED
from sitrep.numbers import COLUMNS, Numbers
from sitrep.opened import Earlier
from sitrep.periods import Periods
from sitrep.settings import StatisticsSettings
from sitrep.spans import cells_of, groups_of, lay, one_group
from sitrep.statistics.baseline import AT_LEAST, LEAVE_OUT, baseline_of
from sitrep.statistics.counts import Counts
from sitrep.statistics.ears import Method, ears
from sitrep.statistics.farrington import farrington
from sitrep.statistics.prediction import position, prediction_interval
from sitrep.statistics.record import record
from sitrep.weeks import Week, parse_week

AREA = "admin2"
DETECTORS: tuple[Method, ...] = ("C1", "C2", "C3")
DETECTOR = "detector"
ALL_AREAS = "All areas"  # the name of their series in tables and charts


def unusual_numbers(
    rows: pd.DataFrame,
    periods: Periods,
    settings: StatisticsSettings,
    *,
    earlier: Earlier | None = None,
) -> pd.DataFrame:
    """What is expected of a week like this one, from the weeks before it.

    Parameters
    ----------
    rows : records of the headline grades, up to the end of the week.
    earlier : the sums of days before the first that the rows are of, where there are any.

    Returns
    -------
    Columns as of `numbers.COLUMNS`, all of this week. For all areas, and for each district
    (breakdown admin2) with at least eight incidents in its baseline:
    ``incidents_expected`` (value: mean of the baseline; low and high: the range in which
    `level` of ordinary weeks lie; incidents: weeks of the baseline) and
    ``incidents_lower`` (in how many of these weeks there were fewer). For all areas:
    ``incidents_record`` (value: weeks for which it holds; group: the last week that was as
    high) and ``incidents_threshold`` of each detector. ``series_tested``,
    ``series_outside`` and ``series_outside_by_chance`` count the series. Nothing where the data
    cover too few weeks.
    """
    weeks = periods.first.until(periods.week)
    left_out = {parse_week(t, starts_on=periods.starts_on) for t in settings.excluded_weeks}
    excluded = [week in left_out for week in weeks]
    total = _counts(rows, weeks)[""]
    if earlier:
        total = (np.array(total) + earlier.incidents(weeks)).tolist()
    found = [*_expected("", total, excluded, settings)]
    if found:
        by_area = _counts(rows, weeks, AREA)
        for area, counts in sorted(by_area.items()):
            if (
                area != NOT_RECORDED
                and sum(counts[: -1 - LEAVE_OUT][-settings.baseline_weeks :]) >= AT_LEAST
            ):
                found += _expected(area, counts, excluded, settings)
        found += [*_summary(found, total, by_area, settings), *_record(total, weeks, settings)]
        found += _thresholds(total, excluded)
    return _table(found, periods.week)


@dataclass(frozen=True)
class Tested:
    """A series that was tested: its area ("" for all), this week's incidents, what is expected."""

    area: str
    recorded: float
    low: float
    high: float
    mean: float

    @property
    def where(self) -> Literal["below", "within", "above"]:
        """Where this week lies against the range expected."""
        if self.recorded < self.low:
            return "below"
        return "above" if self.recorded > self.high else "within"


def tested(numbers: Numbers, week: Week) -> list[Tested]:
    """The series tested, as an issue's numbers hold them: all areas first; none tested, none."""
    found = []
    for area in ("", *numbers.groups("incidents_expected", week, AREA)):
        key = {"breakdown": AREA, "group": area} if area else {}
        number = numbers.get("incidents_expected", week, **key)
        count = numbers.get("incidents", week, **key)
        if number:
            recorded = count.value if count else 0.0
            found.append(Tested(area, recorded, number.low, number.high, number.value))
    return found


Row = tuple[str, str, str, float, float, float, float]
"""Measure, breakdown, group, value, low, high, incidents."""


def _counts(rows: pd.DataFrame, weeks: Sequence[Week], by: str = "") -> dict[str, list[float]]:
    """Incidents of each week by group; zero for a covered week without any."""
    spans = {number: (week.start, week.end) for number, week in enumerate(weeks)}
    groups = groups_of(rows.get(by), count=len(rows)) if by else one_group(rows)
    cells = cells_of(lay(rows["date"], spans, count=len(weeks)), groups)
    counts = cells.counts(rows["is_incident"].to_numpy(bool)).reshape(len(weeks), -1)
    return {str(group): counts[:, n].tolist() for n, group in enumerate(cells.groups)}


def _expected(
    area: str, counts: Counts, excluded: Sequence[bool], settings: StatisticsSettings
) -> Iterator[Row]:
    chosen = baseline_of(counts, weeks=settings.baseline_weeks, excluded=excluded)
    expected = chosen and prediction_interval(chosen.counts, level=settings.level)
    if not chosen or not expected or counts[-1] is None:
        return
    where = (AREA, area) if area else ("", "")
    weeks_used = float(expected.weeks)
    lower = position(int(counts[-1]), chosen.counts).lower
    yield (
        "incidents_expected", *where, round(expected.mean, 1), expected.low, expected.high,
        weeks_used,
    )  # fmt: skip
    yield "incidents_lower", *where, lower, lower, lower, weeks_used


def _summary(
    found: Sequence[Row],
    total: Sequence[float],
    by_area: dict[str, list[float]],
    settings: StatisticsSettings,
) -> Iterator[Row]:
    """How many series were tested, how many lie outside, and how many would by chance."""
    tested = [row for row in found if row[0] == "incidents_expected"]
    outside = 0
    for _, _, area, _, low, high, _ in tested:
        count = by_area[area][-1] if area else total[-1]
        outside += not low <= count <= high
    counted = {
        "series_tested": len(tested),
        "districts_tested": len(tested) - 1,
        "series_outside": outside,
        "series_outside_by_chance": round(len(tested) * (1 - settings.level), 1),
        "expected_level": round(settings.level * 100, 1),  # per cent
    }
    for name, value in counted.items():
        yield name, "", "", value, value, value, np.nan


def _record(
    counts: Sequence[float], weeks: Sequence[Week], settings: StatisticsSettings
) -> Iterator[Row]:
    held = record(counts, floor=settings.record_floor)
    if held:
        since = "" if held.since is None else str(weeks[held.since])
        yield "incidents_record", "since", since, held.span, held.span, held.span, np.nan


def _thresholds(counts: Sequence[float], excluded: Sequence[bool]) -> Iterator[Row]:
    """Of detectors that others use; Farrington only where the data cover three years."""
    stable = [None if out else count for count, out in zip(counts, excluded, strict=True)]
    long = farrington(stable)
    if long and long.threshold is not None:
        limit = float(long.threshold)
        yield "incidents_threshold", DETECTOR, "Farrington", limit, limit, limit, np.nan
    for method in DETECTORS:
        judged = ears(counts, method)
        if judged and judged[-1].threshold is not None:
            threshold = round(judged[-1].threshold, 1)
            name = f"EARS {method}"
            yield "incidents_threshold", DETECTOR, name, threshold, threshold, threshold, np.nan


def _table(found: Sequence[Row], week: Week) -> pd.DataFrame:
    names = ["measure", "breakdown", "group", "value", "low", "high", "incidents"]
    table = pd.DataFrame(found, columns=names).assign(week=str(week))
    return table.reindex(columns=COLUMNS)
