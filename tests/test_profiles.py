"""Layouts of others: recognised by their header, or described in a few lines by a user."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from sitrep.errors import DataError, UsageError
from sitrep.incidents import Input, Store, built_in, read
from sitrep.incidents.profiles import read_profile
from sitrep.incidents.table import NAMES

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("SITREP_SHARED_DATA", ROOT.parent / "shared" / "data")) / "ucdp-ged"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not there")

UCDP = "id,type_of_violence,side_a,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude"
UCDP += ",date_prec,date_start,date_end,deaths_civilians,best,high,low"


def read_text(folder: Path, text: str, *, profile: str = "") -> Store:
    path = folder / "events.csv"
    path.write_text(text, encoding="utf-8")
    return read(Input(path, root=folder, profile=profile), store=folder / "store")


def test_every_built_in_profile_names_columns_that_exist() -> None:
    assert set(built_in()) >= {"native", "ucdp_ged"}
    for name, path in built_in().items():
        profile = read_profile(path)
        assert profile.name == name
        assert set(profile.columns) <= set(NAMES)
        assert profile.recognise or profile.by_tags or name == "idmc_idu_disasters"


def test_ucdp_events_become_incidents(tmp_path: Path) -> None:
    store = read_text(
        tmp_path,
        f"{UCDP}\n"
        "7,3,IS,1,Ihsim,Idlib governorate,Ariha,35.6,36.5,1,2013-01-03,2013-01-03,2,3,5,1\n"
        "8,1,Government of Syria,6,Syria,,,35.0,38.0,3,2013-01-07,2013-01-13,0,0,4,0\n"
        "9,2,JSS,4,Idlib,Idlib governorate,,35.6,36.5,4,01.02.2013,28.02.2013,0,1,1,1\n",
    )
    assert store.profile.name == "ucdp_ged"
    assert store.profile.victims == "all"
    assert "people injured" in store.profile.lacks
    table = store.load(
        ["killed", "killed_low", "killed_high", "killed_civilians", "injured", "date_precision"]
    )
    assert list(table.iloc[0])[:4] == [3, 1, 5, 2]
    assert table["injured"].isna().all()  # a layout without a column leaves it blank, never zero
    assert list(table["date_precision"]) == ["day", "week"]
    where = store.load(["admin1", "admin2", "place", "place_precision", "latitude", "perpetrator"])
    assert list(where.iloc[0]) == [
        "Idlib governorate",
        "Ariha",
        "Ihsim",
        "exact",
        35.6,
        "IS",
    ]
    assert where["admin1"][1] == "not recorded"
    # A country's middle is no place, and neither side of a battle is coded as the attacker.
    assert where.loc[1, ["admin2", "place_precision", "latitude", "perpetrator"]].isna().all()
    assert store.set_aside == {"date too imprecise for a week": 1}
    assert not store.flagged


@needs_shared
@pytest.mark.parametrize(
    ("name", "tags"), [("ged231_sample_1000.csv", 0), ("hdx_hxl_conflict_data_BGD.csv", 1)]
)
def test_real_ucdp_files_add_up_to_what_the_csv_module_finds(
    tmp_path: Path, name: str, tags: int
) -> None:
    with (SHARED / name).open(encoding="utf-8-sig", newline="") as file:
        events = list(csv.DictReader(file))[tags:]
    store = read(Input(SHARED / name, root=tmp_path), store=tmp_path / "store")
    columns = ["incident_id", "killed", "killed_low", "killed_high", "killed_civilians"]
    table = store.load([*columns, "place_precision", "perpetrator"], include_set_aside=True)
    assert (store.rows_read, store.rows_rejected) == (len(events) + tags, 0)
    assert store.set_aside.get("row of HXL tags", 0) == tags
    assert list(table["incident_id"]) == [event["id"] for event in events]
    sources = ("best", "low", "high", "deaths_civilians")
    for column, source in zip(columns[1:], sources, strict=True):
        assert table[column].sum() == sum(int(event[source]) for event in events)
    imprecise = sum(event["date_prec"] in "45" for event in events)
    assert store.set_aside["date too imprecise for a week"] >= imprecise
    precisions = Counter(event["where_prec"] for event in events)
    assert (table["place_precision"] == "exact").sum() == precisions["1"]
    assert table["place_precision"].isna().sum() == sum(precisions[code] for code in "567")
    one_sided = sum(event["type_of_violence"] == "3" for event in events)
    assert table["perpetrator"].notna().sum() == one_sided


MINE = """
title = "our list"
victims = "civilians"
date_formats = ["%d/%m/%Y"]
[columns.incident_id]
from = "No"
[columns.date]
from = "Day of event"
[columns.admin1]
value = "Idlib"
[columns.killed]
from = "Deaths"
[columns.attack]
from = "Weapon"
values = { Artillery = "shelling", Rocket = "shelling" }
[columns.source]
from = "Reported by"
default = "own observer"
"""
ROWS = (
    "No,Day of event,Deaths,Weapon,Reported by,Weather\n"
    "1,07/06/2021,3,Rocket,White Helmets,sun\n"
    "2,08/06/2021,,Artillery,,rain\n"
)


def mine(folder: Path, text: str = MINE) -> str:
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return "mine.toml"


def test_a_users_own_profile_reads_a_users_own_layout(tmp_path: Path) -> None:
    store = read_text(tmp_path, ROWS, profile=mine(tmp_path))
    table = store.load(["date", "admin1", "killed", "attack", "source"])
    assert store.profile.title == "our list"
    assert list(table["source"]) == ["White Helmets", "own observer"]
    assert list(table["attack"]) == ["shelling", "shelling"]
    assert list(table["admin1"]) == ["Idlib", "Idlib"]
    assert str(table["date"][0].date()) == "2021-06-07"
    assert table["killed"].isna()[1]


def test_a_value_that_a_profile_does_not_translate_rejects_the_row(tmp_path: Path) -> None:
    store = read_text(tmp_path, ROWS.replace("Rocket", "Gas"), profile=mine(tmp_path))
    (finding,) = store.listed()
    assert (finding.line, finding.column, finding.outcome) == (2, "attack", "rejected")
    assert "it knows Artillery, Rocket" in finding.reason


def test_a_star_translates_every_other_value(tmp_path: Path) -> None:
    profile = mine(tmp_path, MINE.replace('Rocket = "shelling"', '"*" = "other"'))
    store = read_text(tmp_path, ROWS, profile=profile)
    assert list(store.load(["attack"])["attack"]) == ["other", "shelling"]


def test_a_change_to_a_profile_is_another_store(tmp_path: Path) -> None:
    first = read_text(tmp_path, ROWS, profile=mine(tmp_path))
    second = read_text(tmp_path, ROWS, profile=mine(tmp_path, MINE.replace("Idlib", "Aleppo")))
    assert first.folder != second.folder
    assert list(second.load(["admin1"])["admin1"]) == ["Aleppo", "Aleppo"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("victims", "victim", "there is no 'victim'; did you mean 'victims'?"),
        ('"civilians"', '"everyone"', "victims cannot be 'everyone'; allowed are civilians, all"),
        ("columns.killed", "columns.kiled", "there is no 'kiled'; did you mean 'killed'?"),
        ('value = "Idlib"', 'valu = "Idlib"', "there is no 'valu'; did you mean 'value'?"),
        ('value = "Idlib"', "", "needs one of from"),
        ('title = "our list"', "title = 7", "title is text"),
        ("title", "title title", "not a TOML file"),
    ],
)
def test_a_profile_with_a_mistake_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read_text(tmp_path, ROWS, profile=mine(tmp_path, MINE.replace(old, new, 1)))
    assert message in str(caught.value)


def test_a_column_that_a_users_profile_names_must_be_there(tmp_path: Path) -> None:
    profile = mine(tmp_path, MINE.replace('"Deaths"', '"Death"'))
    with pytest.raises(DataError, match="column 'Death', which the profile reads, is missing"):
        read_text(tmp_path, ROWS, profile=profile)


def test_a_profile_must_say_where_required_columns_come_from(tmp_path: Path) -> None:
    profile = mine(tmp_path, MINE.replace('[columns.admin1]\nvalue = "Idlib"\n', ""))
    with pytest.raises(DataError, match="does not say where admin1 comes from"):
        read_text(tmp_path, ROWS, profile=profile)
