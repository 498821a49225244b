"""Layouts in which a row is not an incident: running totals by day, and one row per person."""

import csv
import os
import tempfile
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitrep.errors import DataError, UsageError
from sitrep.incidents import Input, Store, read
from sitrep.incidents.increments import (
    CORRECTION,
    DIFFERS,
    LATE,
    NO_WEEK,
    SEVERAL_DAYS,
    UNKNOWN_START,
)
from sitrep.incidents.shapes import FILLED, FIRST, NO_DATE, NO_TOTAL, PERSON

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("SITREP_SHARED_DATA", ROOT.parent / "shared" / "data")) / "gaza-daily"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not there")

DAYS = """
victims = "all"
[cumulative]
totals = ["killed", "injured"]
[columns.date]
from = "day"
[columns.admin1]
value = "North"
[columns.killed]
from = "killed_cum"
[columns.injured]
from = "injured_cum"
[columns.source]
value = "the ministry"
"""


def read_text(folder: Path, text: str, profile: str) -> Store:
    (folder / "mine.toml").write_text(profile, encoding="utf-8")
    (folder / "mine.csv").write_text(text, encoding="utf-8")
    given = Input(folder / "mine.csv", root=folder, profile="mine.toml")
    store = read(given, store=folder / "store")
    assert store.rows_read == store.rows_used + store.rows_set_aside + store.rows_rejected
    return store


def days(folder: Path, *rows: str, profile: str = DAYS, more: str = "") -> Store:
    return read_text(folder, "\n".join([f"day,killed_cum,injured_cum{more}", *rows, ""]), profile)


def table(store: Store, *names: str) -> list[tuple[object, ...]]:
    frame = store.load(names).astype(object)
    return [tuple(None if cell != cell else cell for cell in row) for row in frame.to_numpy()]


def listed(store: Store, reason: str) -> list[tuple[int, str, str]]:
    return [(f.line, f.column, f.value) for f in store.listed() if f.reason == reason]


def iso(cell: object) -> str:
    return str(cell)[:10]


# Running totals by day


def test_a_day_counts_what_its_total_rose_by(tmp_path: Path) -> None:
    store = days(tmp_path, "2021-06-07,10,100", "2021-06-08,13,100", "2021-06-09,20,104")
    assert table(store, "incident_id", "killed", "injured") == [
        ("2021-06-08", 3, 0),
        ("2021-06-09", 7, 4),
    ]
    assert store.set_aside == {FIRST: 1}
    assert listed(store, FIRST) == [(2, "", "")]
    assert not store.flagged


def test_days_may_stand_in_any_order(tmp_path: Path) -> None:
    store = days(tmp_path, "2021-06-09,20,104", "2021-06-07,10,100", "2021-06-08,13,100")
    assert table(store, "line", "killed") == [(2, 7), (4, 3)]


def test_a_restatement_is_counted_as_it_is_and_listed(tmp_path: Path) -> None:
    store = days(tmp_path, "2021-06-07,10,5", "2021-06-08,8,5", "2021-06-09,12,6")
    assert table(store, "killed", "injured") == [(-2, 0), (4, 1)]
    assert listed(store, CORRECTION) == [(3, "killed", "-2")]
    assert store.rows_rejected == 0


def test_an_increment_over_a_gap_is_of_all_its_days(tmp_path: Path) -> None:
    store = days(tmp_path, "2021-06-07,10,5", "2021-06-08,,", "2021-06-10,16,9")
    ((first, last, killed),) = table(store, "date", "date_end", "killed")
    assert (iso(first), iso(last), killed) == ("2021-06-08", "2021-06-10", 6)
    assert store.set_aside == {FIRST: 1, NO_TOTAL: 1}
    assert iso(store.frozen_on) == "2021-06-10"


def test_an_increment_over_more_than_a_week_belongs_to_none(tmp_path: Path) -> None:
    store = days(tmp_path, "2021-06-01,10,5", "2021-06-08,12,5", "2021-06-16,19,5")
    assert table(store, "killed") == [(2,)]  # seven days are a week, eight are not
    assert store.set_aside == {FIRST: 1, "date too imprecise for a week": 1}
    every = store.load(["killed"], include_set_aside=True)["killed"]
    assert every.sum() == 19 - 10


def test_a_total_that_comes_less_often_than_the_others_keeps_to_a_week(tmp_path: Path) -> None:
    rows = [f"2021-06-{day:02d},{day}," for day in range(2, 12)]
    rows = ["2021-06-01,1,50", *rows[:2], "2021-06-04,4,53", *rows[3:9], "2021-06-12,12,60"]
    store = days(tmp_path, *rows)
    assert [n for (n,) in table(store, "injured") if n is not None] == [3]
    assert listed(store, SEVERAL_DAYS) == [(5, "injured", "3")]
    assert listed(store, NO_WEEK) == [(12, "injured", "7")]


def test_days_that_the_publisher_filled_take_no_part(tmp_path: Path) -> None:
    profile = DAYS.replace(
        "[columns.date]", 'filled = { column = "by", is = ["none"] }\n[columns.date]'
    )
    rows = ("2021-06-07,10,5,A", "2021-06-08,11,5,none", "2021-06-09,16,5,A")
    store = days(tmp_path, *rows, profile=profile, more=",by")
    ((first, last, killed),) = table(store, "date", "date_end", "killed")
    assert (iso(first), iso(last), killed) == ("2021-06-08", "2021-06-09", 6)
    assert listed(store, FILLED) == [(3, "", "")]


def test_the_publishers_own_figure_of_a_day_is_taken_for_the_first_and_compared_after(
    tmp_path: Path,
) -> None:
    profile = DAYS.replace("[columns.date]", 'daily = { killed = "killed" }\n[columns.date]')
    rows = ("2021-06-07,10,5,4", "2021-06-08,13,6,3", "2021-06-09,15,7,1", "2021-06-11,16,7,9")
    store = days(tmp_path, *rows, profile=profile, more=",killed")
    assert table(store, "killed", "injured") == [(4, None), (3, 1), (2, 1), (1, 0)]
    assert listed(store, DIFFERS) == [(4, "killed", "1")]
    assert listed(store, UNKNOWN_START) == [(2, "injured", "5")]


def test_what_was_added_for_earlier_days_is_listed(tmp_path: Path) -> None:
    profile = DAYS.replace("[columns.date]", 'late = { killed = "found" }\n[columns.date]')
    rows = ("2021-06-07,10,5,", "2021-06-08,313,6,300", "2021-06-09,315,7,0")
    store = days(tmp_path, *rows, profile=profile, more=",found")
    assert table(store, "killed") == [(303,), (2,)]
    assert listed(store, LATE) == [(3, "killed", "300")]


def test_each_area_has_totals_of_its_own(tmp_path: Path) -> None:
    profile = DAYS.replace('value = "North"', 'from = "area"')
    profile = profile.replace("[columns.date]", 'by = ["admin1"]\n[columns.date]')
    rows = ("2021-06-07,10,5,N", "2021-06-07,100,5,S", "2021-06-08,11,5,N", "2021-06-08,105,5,S")
    store = days(tmp_path, *rows, profile=profile, more=",area")
    assert table(store, "incident_id", "admin1", "killed") == [
        ("2021-06-08/N", "N", 1),
        ("2021-06-08/S", "S", 5),
    ]


def test_a_row_that_is_rejected_is_no_step_of_the_series(tmp_path: Path) -> None:
    store = days(
        tmp_path, "2021-06-07,10,5", "2021-06-08,many,5", "2021-06-09,-4,5", "9/6/2021,12,5",
        "2021-06-10,15,6", "2021-06-10,15,6", "2021-06-11,20,7", "2021-06-11,21,7",
    )  # fmt: skip
    assert table(store, "killed") == [(5,)]
    assert store.rows_rejected == 5  # three cells, and two totals of one day
    assert store.set_aside == {FIRST: 1, "copy of a row already read": 1}
    lines = [finding.line for finding in store.listed() if finding.outcome == "rejected"]
    assert lines == [3, 4, 5, 8, 9]


def test_increments_are_held_to_the_rules_of_parts(tmp_path: Path) -> None:
    profile = DAYS.replace('"injured"]', '"injured", "killed_children"]')
    profile += '[columns.killed_children]\nfrom = "children"\n'
    rows = ("2021-06-07,10,5,1", "2021-06-08,12,5,4", "2021-06-09,15,5,6", "2021-06-10,14,5,5")
    store = days(tmp_path, *rows, profile=profile, more=",children")
    assert table(store, "killed", "killed_children", "killed_parts_valid") == [
        (2, 3, False),
        (3, 2, True),
        (-1, -1, True),  # a restatement is of parts and whole alike
    ]
    reason = "is less than its parts; the row is kept out of the breakdown by sex and age"
    assert listed(store, reason) == [(3, "killed", "2")]


series = st.lists(
    st.tuples(st.integers(1, 12), st.one_of(st.none(), st.integers(0, 10_000))), max_size=12
)


@settings(max_examples=5, deadline=None)
@given(st.lists(series, min_size=1, max_size=20))
def test_increments_add_up_to_the_last_total_less_the_first(
    drawn: list[list[tuple[int, int | None]]],
) -> None:
    """Of every area, whatever is restated, and however long nothing was published."""
    rows, known = [], {}
    for area, steps in enumerate(drawn):
        day = date(2021, 1, 1)
        for gap, total in steps:
            day += timedelta(days=gap)
            rows.append(f"{day},{'' if total is None else total},,area {area}")
        known[f"area {area}"] = [total for _, total in steps if total is not None]
    if not rows:
        return
    profile = DAYS.replace('value = "North"', 'from = "area"')
    profile = profile.replace("[columns.date]", 'by = ["admin1"]\n[columns.date]')
    with tempfile.TemporaryDirectory() as folder:
        store = days(Path(folder), *rows, profile=profile, more=",area")
        frame = store.load(["admin1", "killed"], include_set_aside=True)
        assert store.rows_rejected == 0
        found = dict(frame.groupby("admin1", observed=True)["killed"].sum())
        differences = {area: each[-1] - each[0] for area, each in known.items() if len(each) > 1}
        assert found == differences
        falls = sum(now < before for each in known.values() for before, now in pairwise(each))
        assert len(listed(store, CORRECTION)) == falls


# One row per person

PEOPLE = """
victims = "civilians"
drop_columns = ["name", "family"]
[group]
by = ["admin1", "place", "attack"]
sex = "sex"
sexes = { M = "male", F = "female", "Child - F" = "girl", "?" = "unknown" }
age = "age"
[columns.date]
from = "died"
[columns.admin1]
from = "province"
default = "not recorded"
[columns.place]
from = "town"
[columns.attack]
from = "cause"
values = { Shelling = "shelling", Shooting = "shooting" }
[columns.source]
from = "told by"
default = "the centre"
"""
HEAD = "name,family,died,province,town,cause,sex,age,told by"


def people(folder: Path, *rows: str, profile: str = PEOPLE) -> Store:
    return read_text(folder, "\n".join([HEAD, *rows, ""]), profile)


PARTS = ("killed", "killed_women", "killed_men", "killed_children", "killed_girls", "killed_boys")


def test_people_of_one_day_place_and_cause_are_one_incident(tmp_path: Path) -> None:
    store = people(
        tmp_path,
        "A,B,2021-06-07,Idlib,Bara,Shelling,F,30,",
        "A,B,2021-06-07,Idlib,Ihsim,Shelling,M,40,",
        "A,B,2021-06-07,Idlib,Bara,Shelling,M,17,White Helmets",
        "A,B,2021-06-08,Idlib,Bara,Shelling,M,18,",
        "A,B,2021-06-07,Idlib,Bara,Shooting,M,20,",
    )
    assert table(store, "line", "incident_id", *PARTS) == [
        (2, "2021-06-07/Idlib/Bara/shelling", 2, 1, 0, 1, 0, 1),
        (3, "2021-06-07/Idlib/Ihsim/shelling", 1, 0, 1, 0, 0, 0),
        (5, "2021-06-08/Idlib/Bara/shelling", 1, 0, 1, 0, 0, 0),
        (6, "2021-06-07/Idlib/Bara/shooting", 1, 0, 1, 0, 0, 0),
    ]
    assert store.set_aside == {PERSON: 1}
    person = "2021-06-07/Idlib/Bara/shelling, line 2"
    assert listed(store, PERSON) == [(4, "incident_id", person)]
    assert table(store, "source")[0] == ("White Helmets;the centre",)


@pytest.mark.parametrize(
    ("sex", "age", "parts"),
    [
        ("F", "18", (1, 0, 0, 0, 0)),
        ("M", "17.5", (0, 0, 1, 0, 1)),
        ("F", "0", (None, 0, None, None, 0)),  # a woman or a girl
        ("?", "30", (None, None, 0, 0, 0)),
        ("", "7", (0, 0, 1, None, None)),
        ("", "", (None, None, None, None, None)),
        ("Child - F", "", (0, 0, 1, 1, 0)),
        ("f", "18", (1, 0, 0, 0, 0)),
    ],
)
def test_what_is_not_known_of_a_person_is_blank_and_not_zero(
    tmp_path: Path, sex: str, age: str, parts: tuple[int | None, ...]
) -> None:
    store = people(tmp_path, f"A,B,2021-06-07,Idlib,Bara,Shelling,{sex},{age},")
    assert table(store, *PARTS) == [(1, *parts)]
    assert not store.flagged


def test_a_class_is_zero_only_where_everybodys_is_known(tmp_path: Path) -> None:
    row = "A,B,2021-06-07,Idlib,Bara,Shelling"
    store = people(tmp_path, f"{row},M,30,", f"{row},,,", f"{row},M,31,")
    assert table(store, *PARTS) == [(3, None, 2, None, None, None)]


def test_an_odd_sex_or_age_does_not_lose_the_person(tmp_path: Path) -> None:
    store = people(
        tmp_path,
        "A,B,2021-06-07,Idlib,Bara,Shelling,X,30,",
        "A,B,2021-06-07,Idlib,Bara,Shelling,M,thirty,",
        "A,B,2021-06-07,Idlib,Bara,Shelling,M,300,",
    )
    assert table(store, "killed", "killed_men") == [(3, None)]
    found = [(f.line, f.column, f.value) for f in store.listed() if f.outcome == "flagged"]
    assert found == [(2, "sex", "X"), (3, "age", "thirty"), (4, "age", "300")]


def test_a_person_whose_day_is_not_known_is_set_aside(tmp_path: Path) -> None:
    store = people(
        tmp_path,
        "A,B,0000-00-00,Idlib,Bara,Shelling,M,30,",
        "A,B,,Idlib,Bara,Shelling,M,30,",
        "A,B,2021-06-07,Idlib,Bara,Shelling,M,30,",
        "A,B,2021-02-30,Idlib,Bara,Shelling,M,30,",
    )
    assert table(store, "killed") == [(1,)]
    assert store.set_aside == {NO_DATE: 2}
    assert [(f.line, f.outcome) for f in store.listed()] == [
        (2, "set aside"), (3, "set aside"), (5, "rejected"),
    ]  # fmt: skip


def test_what_people_of_one_incident_do_not_agree_on_is_left_blank(tmp_path: Path) -> None:
    profile = PEOPLE + '[columns.perpetrator]\nfrom = "name"\n'
    profile = profile.replace('["name", "family"]', '["family"]')
    store = people(
        tmp_path,
        "one,B,2021-06-07,Idlib,Bara,Shelling,M,30,",
        "two,B,2021-06-07,Idlib,Bara,Shelling,M,30,",
        ",B,2021-06-08,Idlib,Bara,Shelling,M,30,",
        "one,B,2021-06-08,Idlib,Bara,Shelling,M,30,",
        profile=profile,
    )
    assert table(store, "perpetrator") == [(None,), ("one",)]
    (finding,) = [f for f in store.listed() if f.outcome == "flagged"]
    assert (finding.line, finding.column, finding.value) == (2, "perpetrator", "one … two")


def test_the_same_person_twice_is_a_copy_where_people_have_numbers(tmp_path: Path) -> None:
    profile = PEOPLE.replace('["name", "family"]', '["family"]')
    profile += '[columns.incident_id]\nfrom = "name"\n'
    row = "B,2021-06-07,Idlib,Bara,Shelling,M,30,"
    store = people(tmp_path, f"1,{row}", f"2,{row}", f"2,{row}", f"3,{row}", profile=profile)
    assert table(store, "incident_id", "killed") == [("2021-06-07/Idlib/Bara/shelling", 3)]
    assert store.set_aside == {PERSON: 2, "copy of a row already read": 1}


def test_names_are_never_read(tmp_path: Path) -> None:
    """Neither into the table, nor into what is listed, whatever is wrong with a row."""
    store = people(
        tmp_path,
        "Zebulon,Quixote,2021-06-07,Idlib,Bara,Shelling,X,old,",
        "Zebulon,Quixote,2021-06-31,Idlib,Bara,Shelling,M,30,",
        "Zebulon,Quixote,,,,,,,",
        '"Zebulon\nthe younger",Quixote,2021-06-07,Idlib,Bara,Shelling,M,30,',
        "Zebulon,Quixote,too,few",
    )
    assert store.rows_read == 5
    for path in store.folder.parent.rglob("*"):
        if path.is_file():
            for name in (b"Zebulon", b"Quixote"):
                assert name not in path.read_bytes(), path
    assert not list(store.folder.parent.glob(".reading-*"))


def test_a_column_of_names_still_stops_the_reading_where_the_profile_does_not_say_so(
    tmp_path: Path,
) -> None:
    with pytest.raises(DataError, match="'name' looks like personal data"):
        people(
            tmp_path,
            "A,B,2021-06-07,Idlib,Bara,Shelling,M,30,",
            profile=PEOPLE.replace('drop_columns = ["name", "family"]', ""),
        )


persons = st.lists(
    st.tuples(
        st.sampled_from(["2021-06-07", "2021-06-08", "2021-06-20"]),
        st.sampled_from(["Bara", "A/B", "A", "B/shelling", ""]),
        st.sampled_from(["Shelling", "Shooting", ""]),
        st.sampled_from(["M", "F", "", "?", "odd"]),
        st.sampled_from(["0", "3", "17", "18", "", "odd"]),
    ),
    min_size=1,
    max_size=60,
)


@settings(max_examples=6, deadline=None)
@given(persons)
def test_the_killed_are_as_many_as_the_rows_that_can_be_used(rows: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"A,B,{d},Idlib,{place},{c},{s},{a}," for d, place, c, s, a in rows]
        store = people(Path(folder), *lines)
        frame = store.load(["killed", "incident_id"])
        assert frame["killed"].sum() == len(rows)
        assert frame["incident_id"].is_unique
        assert len(frame) == len({row[:3] for row in rows})
        assert store.rows_used + store.set_aside.get(PERSON, 0) == len(rows)


# What a profile may say


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (DAYS.replace("totals", "total"), r"\[cumulative\]: there is no 'total'; did you mean"),
        (DAYS.replace('"injured"]', '"deaths"]'), "totals: there is no 'deaths'"),
        (DAYS.replace('"injured"]', '"displaced"]'), "add .columns.displaced"),
        (DAYS + '[columns.incident_id]\nfrom = "day"\n', "take .columns.incident_id. out"),
        (DAYS + '[group]\nby = ["place"]\n', "not both"),
        (
            DAYS.replace("[columns.date]", 'filled = { column = "x" }\n[columns.date]'),
            "write filled",
        ),
        (PEOPLE.replace("by =", "by_ ="), r"\[group\]: there is no 'by_'"),
        (PEOPLE.replace('"male"', '"manly"'), "sexes: there is no 'manly'"),
        (PEOPLE.replace('sex = "sex"\n', ""), "stand together"),
        (PEOPLE.replace('age = "age"', 'adult_from = "18"'), "is an age in years"),
        (PEOPLE + '[columns.killed]\nfrom = "age"\n', "killed is made of other columns"),
    ],
)
def test_a_profile_that_cannot_be_meant_is_refused(
    tmp_path: Path, profile: str, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        read_text(tmp_path, f"{HEAD}\n", profile)


def test_a_column_that_the_shape_needs_is_missed(tmp_path: Path) -> None:
    profile = DAYS.replace(
        "[columns.date]", 'filled = { column = "flag", is = ["f"] }\n[columns.date]'
    )
    with pytest.raises(DataError, match="column 'flag', which the profile reads, is missing"):
        days(tmp_path, "2021-06-07,1,1", profile=profile)


# Real files


@needs_shared
@pytest.mark.parametrize(
    ("name", "flag", "filled", "totals"),
    [
        ("casualties_daily.csv", "report_source", "missing",
         {"killed": "killed_cum", "injured": "injured_cum"}),
        ("west_bank_daily.csv", "flash_source", "fill",
         {"killed": "killed_cum", "injured": "injured_cum", "displaced": "displaced_persons_cum",
          "killed_children": "killed_children_cum"}),
    ],
)  # fmt: skip
def test_real_series_add_up_to_what_the_csv_module_finds(
    tmp_path: Path, name: str, flag: str, filled: str, totals: dict[str, str]
) -> None:
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    store = read(Input(SHARED / name, root=tmp_path), store=tmp_path / "store")
    assert store.rows_read == len(rows) == store.rows_used + store.rows_set_aside
    assert store.set_aside[FILLED] == sum(row[flag] == filled for row in rows)
    frame = store.load(["date", *totals], include_set_aside=True)
    for measure, column in totals.items():
        given = [int(row[column]) for row in rows if row[column] and row[flag] != filled]
        daily = int(rows[0].get(measure) or 0)  # the publisher's own figure of the first day
        assert frame[measure].sum() == given[-1] - given[0] + daily


@needs_shared
def test_every_week_of_a_real_series_is_the_difference_of_its_totals(tmp_path: Path) -> None:
    """Weeks that end with a report after one that did: summed here from the file alone."""
    with (SHARED / "casualties_daily.csv").open(encoding="utf-8", newline="") as file:
        totals = {
            date.fromisoformat(row["report_date"]): int(row["killed_cum"])
            for row in csv.DictReader(file)
            if row["killed_cum"] and row["report_source"] != "missing"
        }
    given = Input(SHARED / "casualties_daily.csv", root=tmp_path)
    frame = read(given, store=tmp_path / "store").load(["date", "killed"])
    weeks: dict[date, float] = defaultdict(float)
    for day, killed in zip(frame["date"].dt.date, frame["killed"], strict=True):
        weeks[day - timedelta(days=day.weekday())] += 0 if killed != killed else killed
    compared = 0
    for monday, total in weeks.items():
        before, last = monday - timedelta(days=1), monday + timedelta(days=6)
        if before in totals and last in totals:
            assert total == totals[last] - totals[before]
            compared += 1
    assert compared > 100
