"""Series of a table spread over many files, summed by several processes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sitrep import cluster, series
from sitrep.errors import UsageError
from sitrep.incidents import Store
from sitrep.records import COLUMNS, exploded
from sitrep.settings import CountingSettings

COUNTING = CountingSettings(persons_per_household=5.0)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two processes on this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as local:
        yield local.scheduler_address


@pytest.fixture(scope="module")
def data(sample_store: Store, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("spread") / "incidents"
    cluster.spread(sample_store, folder)
    return str(folder)


@pytest.fixture(scope="module")
def rows(sample_store: Store) -> pd.DataFrame:
    return cluster.counted(sample_store.load(COLUMNS), COUNTING)


def ordered(table: pd.DataFrame) -> dict[str, Any]:
    """The cells of a table as plain values, its rows by their keys; NaN as None."""
    rows = table.astype(object).sort_values(series.KEYS).reset_index(drop=True)
    return {name: [None if cell != cell else cell for cell in rows[name]] for name in rows}


def test_the_table_is_spread_over_several_files(data: str) -> None:
    assert len(list(Path(data).rglob("*.parquet"))) == 3  # 2019, 2020 and 2021


@pytest.mark.parametrize("by", ["", "admin2", "target", "source"])
def test_every_sum_is_the_one_that_pandas_finds(
    by: str, data: str, rows: pd.DataFrame, scheduler: str
) -> None:
    split = exploded(rows, by).reset_index(drop=True) if by in ("target", "source") else rows
    expected = series.weekly(split, by)
    found = cluster.weekly(data, by, counting=COUNTING, scheduler=scheduler)
    assert len(found) > 400
    assert ordered(found) == ordered(expected)


def test_the_classes_of_sex_and_age_are_those_that_pandas_finds(
    data: str, rows: pd.DataFrame, scheduler: str
) -> None:
    found = cluster.weekly_parts(data, "killed", counting=COUNTING, scheduler=scheduler)
    assert ordered(found) == ordered(series.weekly_parts(rows, "killed"))


def test_a_sum_of_blanks_is_blank_whoever_adds_it() -> None:
    week = pd.Timestamp("2021-06-07")
    blank = [week, "killed", "", np.nan, np.nan, np.nan, 2, 2]
    three = [week, "killed", "Ariha", 3.0, 3.0, 4.0, 1, 0]
    blank_there = [week, "killed", "Ariha", np.nan, np.nan, np.nan, 1, 1]
    parts = pd.DataFrame([blank, blank, three, blank_there], columns=series.COLUMNS)
    assert ordered(cluster.added(parts)) == {
        "week": [week] * 2, "measure": ["killed"] * 2, "group": ["", "Ariha"],
        "value": [None, 3.0], "low": [None, 3.0], "high": [None, 4.0],
        "incidents": [4, 2], "not_reported": [4, 1],
    }  # fmt: skip


def test_two_tables_are_never_spread_into_one_folder(sample_store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is there already"):
        cluster.spread(sample_store, tmp_path)


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WAIT", 0.2)
    with pytest.raises(UsageError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1 "):
        cluster.weekly("nowhere", counting=COUNTING, scheduler="tcp://127.0.0.1:1")
