"""Series of a table spread over many files, summed by several processes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from sitrep import cluster, series
from sitrep.areas import COLUMNS as AREA_COLUMNS
from sitrep.areas import read_aliases
from sitrep.errors import UsageError
from sitrep.incidents import Input, Store, read
from sitrep.places import with_one_name
from sitrep.records import COLUMNS, exploded
from sitrep.settings import CountingSettings

ALIASES = read_aliases(ROOT / "data/place_aliases.csv")
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
    cluster.spread(sample_store, folder, aliases=ALIASES)
    return str(folder)


@pytest.fixture(scope="module")
def rows(sample_store: Store) -> pd.DataFrame:
    table = sample_store.load(tuple(dict.fromkeys((*COLUMNS, *AREA_COLUMNS))))
    return cluster.counted(with_one_name(table, ALIASES), COUNTING)


def ordered(table: pd.DataFrame) -> dict[str, Any]:
    """The cells of a table as plain values, its rows by their keys; NaN as None."""
    rows = table.astype(object).sort_values(series.KEYS).reset_index(drop=True)
    return {name: [None if cell != cell else cell for cell in rows[name]] for name in rows}


def test_the_table_is_spread_over_several_files(data: str) -> None:
    assert len(list(Path(data).rglob("*.parquet"))) == 3  # 2019, 2020 and 2021


@pytest.mark.parametrize("by", ["", "admin1", "admin2", "place", "target", "source"])
def test_every_sum_is_the_one_that_pandas_finds(
    by: str, data: str, rows: pd.DataFrame, scheduler: str
) -> None:
    split = exploded(rows, by).reset_index(drop=True) if by in ("target", "source") else rows
    expected = series.weekly(split, by)
    found = cluster.weekly(data, by, counting=COUNTING, scheduler=scheduler)
    assert len(found) > 400
    assert ordered(found) == ordered(expected)


def test_a_place_has_one_name_by_its_code_and_by_the_aliases(
    tmp_path: Path, scheduler: str
) -> None:
    rows = ["incident_id,date,admin1,admin2,admin2_pcode,place,killed,source",
            "A1,2021-06-07,Idlib,Ariha,SY0705,Bara,1,WH", "A2,2021-06-07,Idlib,Areeha,SY0705,,2,WH",
            "A3,2021-06-07,Idleb,Ariha,SY0705,al-Bara,4,WH"]  # fmt: skip
    (tmp_path / "mine.csv").write_text("\n".join(rows), encoding="utf-8")
    store = read(Input(Path("mine.csv"), root=tmp_path), store=tmp_path / "store")
    cluster.spread(store, tmp_path / "spread", aliases=ALIASES)
    named = {}
    for by in ("admin1", "admin2", "place"):
        found = cluster.weekly(str(tmp_path / "spread"), by, counting=COUNTING, only=["killed"],
                               scheduler=scheduler)  # fmt: skip
        named[by] = dict(zip(found["group"], found["value"], strict=True))
    assert named == {
        "admin1": {"Idlib": 7}, "admin2": {"Ariha": 7}, "place": {"Bara": 5, "not recorded": 2}
    }  # fmt: skip


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
