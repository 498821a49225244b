"""A large file is opened in part, and its issue says the same as if all of it had been opened."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sitrep import explore, opened, series
from sitrep.errors import UsageError
from sitrep.incidents import Store
from sitrep.issue import Issue, make_issue
from sitrep.quality.opening import quality_of
from sitrep.settings import Baseline, ReportSettings, Settings, read_settings
from sitrep.weeks import parse_week

ROOT = Path(__file__).parents[1]
SHORT = replace(
    read_settings(ROOT / "sitrep.toml"),
    report=ReportSettings(chart_weeks=8),
)
WEEK = "2021-W23"


@pytest.fixture
def store(sample_store: Store, tmp_path: Path) -> Store:
    """The sample's store in a folder of its own, so that nothing is kept beside the other."""
    for path in sample_store.folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return replace(sample_store, folder=tmp_path)


@pytest.fixture
def in_part(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Issue]:
    """The issue of a store that is taken for a large one."""

    def make(settings: Settings = SHORT, *, week: str = WEEK, area: str = "") -> Issue:
        with monkeypatch.context() as patch:
            patch.setattr(opened, "LARGE", 0)
            return make_issue(store, settings, week=parse_week(week), area=area)

    return make


def whole(store: Store, settings: Settings = SHORT, *, week: str = WEEK, area: str = "") -> Issue:
    return make_issue(store, settings, week=parse_week(week), area=area)


def internal(settings: Settings) -> Settings:
    return replace(settings, report=replace(settings.report, edition="internal"))


@pytest.mark.parametrize(
    ("week", "area", "edition"),
    [
        ("2021-W23", "", "public"),
        ("2020-W40", "", "public"),
        ("2020-W05", "", "public"),  # all that the data have had until then
        ("2021-W23", "Ariha", "public"),
        ("2021-W23", "Ariha", "internal"),
        ("2021-W10", "SY07", "internal"),
    ],
)
def test_every_number_is_the_same(
    store: Store, in_part: Callable[..., Issue], week: str, area: str, edition: str
) -> None:
    settings = internal(SHORT) if edition == "internal" else SHORT
    settings = replace(settings, data=replace(settings.data, baselines=BASELINES))
    part = in_part(settings, week=week, area=area)
    all_of_it = whole(store, settings, week=week, area=area)
    pd.testing.assert_frame_equal(part.numbers.table, all_of_it.numbers.table)
    assert part.numbers.withheld == all_of_it.numbers.withheld
    for measure in ("killed", "stock", "returned", "households", "killed_civilians"):
        assert part.has(measure) == all_of_it.has(measure)


BASELINES = (
    Baseline("the first week", date(2019, 12, 4)),
    Baseline("a day in the middle of a week", date(2020, 3, 6)),
)


def test_fewer_rows_are_opened(store: Store, in_part: Callable[..., Issue]) -> None:
    part = in_part()
    assert len(part.records) < 0.75 * len(whole(store).records)
    # 52 weeks before, which is further back than the charts, the year and what is compared.
    assert part.records["date"].min() == pd.Timestamp("2020-06-08")


def test_the_quality_of_the_records_is_the_same(
    store: Store, in_part: Callable[..., Issue]
) -> None:
    part, all_of_it = quality_of(in_part()), quality_of(whole(store))
    pd.testing.assert_frame_equal(part.numbers.table, all_of_it.numbers.table)
    assert part.unplaced == all_of_it.unplaced


def test_sums_are_kept_and_other_rules_make_others(
    store: Store, in_part: Callable[..., Issue], monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept() -> int:
        return len(list(store.folder.glob("daily-*.parquet")))

    first = in_part()
    assert kept() == 1
    monkeypatch.setattr(opened, "_daily", None)  # a second counting would fail
    pd.testing.assert_frame_equal(in_part().numbers.table, first.numbers.table)
    monkeypatch.undo()
    in_part(replace(SHORT, counting=replace(SHORT.counting, persons_per_household=5.0)))
    assert kept() == 2
    in_part(replace(SHORT, counting=replace(SHORT.counting, headline_grades=("confirmed",))))
    assert kept() == 3


def test_kept_sums_that_are_wrong_stop_the_report(
    store: Store, in_part: Callable[..., Issue], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQL over the rows themselves is the second route to what is since a baseline, too."""
    count = opened._daily
    monkeypatch.setattr(
        opened, "_daily",
        lambda *args: (days.assign(value=days["value"] + 1) for days in count(*args)),
    )  # fmt: skip
    with pytest.raises(Exception, match="the two ways of computing"):
        in_part()


def test_it_does_not_matter_how_many_rows_are_summed_at_a_time(
    store: Store, in_part: Callable[..., Issue], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "ROWS", 700)
    pd.testing.assert_frame_equal(in_part().numbers.table, whole(store).numbers.table)


def test_weeks_that_are_not_opened_cannot_be_explored(in_part: Callable[..., Issue]) -> None:
    issue = in_part()
    assert str(explore.weeks(issue)[0]) == "2020-W24"
    with pytest.raises(UsageError, match="2020-W10 to 2021-W23 is not within 2020-W24"):
        explore.narrowed(issue, first="2020-W10")
    assert explore.narrowed(issue, first="2021-W01").numbers.get("killed", "2021-W23")


def test_a_blank_adds_nothing_and_two_blanks_are_blank() -> None:
    nan, counts = np.nan, {"incidents": np.array([1, 1, 1]), "not_reported": np.array([0, 1, 1])}
    ends = dict.fromkeys(("value", "low", "high"))
    one = {name: np.array([3.0, nan, nan]) for name in ends} | counts
    other = {name: np.array([4.0, 2.0, nan]) for name in ends} | counts
    found = series.both(one, other)
    for name in ends:
        np.testing.assert_array_equal(found[name], [7.0, 2.0, nan])
    assert found["incidents"].tolist() == [2, 2, 2]
    assert found["not_reported"].tolist() == [0, 2, 2]
