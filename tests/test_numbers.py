"""The table of an issue's numbers: look-ups, and its text as CSV."""

import csv
import io
import math

import numpy as np
import pandas as pd
import pytest

from sitrep.numbers import COLUMNS, MISSING, Number, Numbers


def numbers(*rows):
    blank = {"week": "2021-W23", "breakdown": "", "group": ""}
    return Numbers(pd.DataFrame([{**blank, **row} for row in rows]).reindex(columns=COLUMNS))


def line(**row):
    [found] = csv.DictReader(io.StringIO(numbers({"measure": "killed", **row}).to_csv()))
    return found


def test_a_number_is_found_by_measure_week_and_group():
    table = numbers(
        {"measure": "killed", "value": 20},
        {"measure": "killed", "value": 11, "breakdown": "admin2", "group": "Ariha"},
    )
    assert table.value("killed", "2021-W23") == 20
    assert table.value("killed", "2021-W23", breakdown="admin2", group="Ariha") == 11
    assert table.groups("killed", "2021-W23", "admin2") == ["Ariha"]


def test_what_is_not_there_is_none_and_its_value_blank():
    table = numbers({"measure": "killed", "value": 20})
    assert table.get("killed", "2021-W22") is None
    assert math.isnan(table.value("killed", "2021-W22"))
    assert table.groups("killed", "2021-W22", "admin2") == []


def test_blank_is_known_to_be_blank():
    blank = numbers({"measure": "killed", "value": np.nan}).get("killed", "2021-W23")
    assert blank is not None
    assert not blank.known
    assert not blank.ranged
    assert not MISSING.known


@pytest.mark.parametrize(
    ("low", "value", "high", "ranged"),
    [(5, 5, 5, False), (4, 5, 5, True), (5, 5, 6, True), (4, 5, 6, True)],
)
def test_a_range_is_one_where_an_end_differs(low, value, high, ranged):
    assert Number(value, low, high, 1, 0, 1).ranged == ranged


def test_a_number_that_stands_twice_is_a_defect():
    with pytest.raises(AssertionError, match="stands twice"):
        numbers({"measure": "killed", "value": 1}, {"measure": "killed", "value": 1})


def test_the_csv_has_the_columns_that_are_documented():
    header = numbers({"measure": "killed"}).to_csv().splitlines()[0]
    assert header == "week,measure,breakdown,group,value,low,high,incidents,not_reported,sources"


def test_whole_numbers_have_no_point_and_blanks_are_empty():
    found = line(value=1867.0, low=np.nan, high=13.25, incidents=0.0, sources=2)
    assert found["value"] == "1867"
    assert found["low"] == ""
    assert found["high"] == "13.2"  # half to even, as Python rounds
    assert (found["incidents"], found["sources"]) == ("0", "2")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_group_that_a_spreadsheet_would_run_is_kept_text(start):
    assert line(group=f"{start}1+1")["group"] == f"'{start}1+1"


def test_other_groups_stay_as_they_are():
    for group in ("Ariha, Idlib", 'the "old" mill', "إدلب", "a=b", "two\nlines"):
        assert line(group=group)["group"] == group


@pytest.mark.parametrize("group", ["a\nb", "a\rb", "\r=1+1", "a\r\nb"])
def test_a_line_break_in_a_name_makes_no_line_of_its_own(group):
    text = numbers({"measure": "killed", "group": group, "value": 7}).to_csv()
    _, row = csv.reader(io.StringIO(text, newline=""))
    assert row[4] == "7"


def test_lines_end_the_same_on_every_system():
    assert "\r" not in numbers({"measure": "killed", "value": 1}).to_csv()
