"""EARS and the improved Farrington method against tables of the R package surveillance.

The series and the tables are in `tests/surveillance/`, made by `make_tables.R` there; their
first lines name the versions.
"""

import csv
import math
from pathlib import Path

import pytest

from sitrep.statistics.ears import ears
from sitrep.statistics.farrington import farrington

TABLES = Path(__file__).parent / "surveillance"
THREE_DECIMALS = 0.0005


def table(name):
    with (TABLES / name).open(encoding="utf-8") as lines:
        assert "surveillance 1.20" in next(lines)
        return list(csv.DictReader(lines))


def number(cell):
    return float(cell) if cell else None


def series():
    found = {}
    for row in table("series.csv"):
        found.setdefault(row["series"], []).append(number(row["count"]))
    return found


SERIES = series()
EARS = table("ears.csv")
FARRINGTON = table("farrington.csv")
EARS_RUNS = sorted({(row["series"], row["method"]) for row in EARS})


@pytest.mark.parametrize(("name", "method"), EARS_RUNS)
def test_ears_agrees_with_r(name, method):
    rows = [row for row in EARS if (row["series"], row["method"]) == (name, method)]
    found = ears(SERIES[name][: int(rows[-1]["week"]) + 1], method)
    assert [week.week for week in found] == [int(row["week"]) for row in rows]
    for week, row in zip(found, rows, strict=True):
        assert week.threshold == pytest.approx(number(row["threshold"]), abs=THREE_DECIMALS)
        assert week.alarm == (None if row["alarm"] == "" else row["alarm"] == "1")


def test_the_tables_hold_alarms_and_weeks_that_cannot_be_judged():
    assert {row["alarm"] for row in EARS} == {"0", "1", ""}
    assert {row["alarm"] for row in FARRINGTON} == {"0", "1"}
    assert {row["trend"] for row in FARRINGTON} == {"0", "1"}
    assert any(row["threshold"] == "" for row in FARRINGTON)
    assert {row["years"] for row in FARRINGTON} == {"3", "4", "5"}


def test_ears_by_hand():
    # The mean of 1 to 7 is 4, squared deviations 28, sigma sqrt(28 / 6) = 2.1602; z of
    # 0.999 is 3.0902: 4 + 3.0902 * 2.1602 = 10.6756.
    (found,) = ears([1, 2, 3, 4, 5, 6, 7, 11])
    assert (found.week, found.alarm) == (7, True)
    assert found.threshold == pytest.approx(10.6756, abs=1e-4)
    # C2 leaves the two 50s out and compares week 9 with the same seven.
    (found,) = ears([1, 2, 3, 4, 5, 6, 7, 50, 50, 10], "C2")
    assert (found.week, found.alarm) == (9, False)
    assert found.threshold == pytest.approx(10.6756, abs=1e-4)


def test_a_least_sigma_keeps_a_quiet_baseline_quiet():
    # Without it the threshold is 0 and one incident an alarm; with sigma 1 it is 3.09.
    assert ears([0] * 7 + [1])[0].alarm is True
    (found,) = ears([0] * 7 + [1], min_sigma=1)
    assert found.threshold == pytest.approx(3.0902, abs=1e-4)
    assert found.alarm is False


def test_ears_asks_for_a_baseline_of_three_weeks_and_a_series_longer_than_it():
    with pytest.raises(ValueError, match="at least 3 weeks"):
        ears([1] * 10, baseline=2)
    assert ears([1, 2, 3, 4, 5, 6, 7]) == ()
    assert ears([1] * 11, "C3") == ()
    assert len(ears([1, 2] * 6, "C3")) == 1


@pytest.mark.parametrize(
    "row", FARRINGTON, ids=lambda row: f"{row['series']}-{row['week']}-{row['years']}"
)
def test_farrington_agrees_with_r(row):
    counts = SERIES[row["series"]][: int(row["week"]) + 1]
    found = farrington(counts, years=int(row["years"]), alpha=float(row["alpha"]))
    assert found.threshold == number(row["threshold"])
    for name in ("expected", "dispersion", "p_value"):
        assert getattr(found, name) == pytest.approx(number(row[name]), abs=THREE_DECIMALS)
    assert (found.trend, found.alarm) == (row["trend"] == "1", row["alarm"] == "1")
    assert found.years == int(row["years"])


def test_farrington_uses_as_many_years_as_there_are_up_to_five():
    # Week k needs k - 3 weeks in whole years before it: 159 weeks before it are three.
    counts = SERIES["outbreak"]
    assert farrington(counts[:159]) is None
    assert farrington(counts[:160]).years == 3
    assert farrington(counts).years == 5
    assert farrington(counts[:160], years=4) is None
    with pytest.raises(ValueError, match="expected 3 to 5"):
        farrington(counts, years=2)


@pytest.mark.filterwarnings("ignore:Perfect separation")
def test_farrington_has_no_model_of_years_without_incidents():
    # Nor has the R package. Weeks that are all alike have one: of a Poisson with mean 5
    # the 0.95 quantile is 9.
    assert farrington([0] * 331 + [6]) is None
    found = farrington([5] * 331 + [10])
    assert (found.threshold, found.dispersion, found.alarm) == (9, 1, True)
    assert found.expected == pytest.approx(5)


def test_farrington_does_not_judge_an_unknown_week_or_without_this_season():
    counts = SERIES["outbreak"]
    assert farrington([*counts, None]) is None
    # This season's window is week k - 52 y and three weeks around it, in each of the years.
    last = len(counts) - 1
    unknown = [
        math.nan if week < last and min((last - week) % 52, (week - last) % 52) <= 3 else count
        for week, count in enumerate(counts)
    ]
    assert farrington(unknown) is None
