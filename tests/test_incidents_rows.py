"""What becomes of a row: used, flagged, set aside or rejected, each with its reason."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from sitrep.incidents import Finding, Store

StoreOf = Callable[[Iterable[dict[str, Any]]], Store]


def listed(store: Store) -> list[Finding]:
    found = list(store.listed())
    assert store.rows_read == store.rows_used + store.rows_set_aside + store.rows_rejected
    return found


def only(store: Store) -> Finding:
    (finding,) = listed(store)
    return finding


WRONG = [
    ("killed", "-3", "is negative; a count is 0 or more, blank if not reported"),
    ("killed", "2.5", "is not a whole number; people are counted whole"),
    ("killed", "several", "is not a whole number; write digits alone"),
    ("killed", "1-2", "is a range; write its ends in columns of their own"),
    ("killed", "10 – 12", "is a range; write its ends in columns of their own"),
    ("injured", "3+", "says how many at least; write that in a column of its own"),
    ("displaced", "> 100", "says how many at least; write that in a column of its own"),
    ("killed", "1e3", "is not a whole number; write digits alone"),
    ("killed", "0x10", "is not a whole number; write digits alone"),
    ("killed", "99999999999", "is too large to be a count"),
    ("killed", "18,67", "is not a whole number; people are counted whole"),
    ("date", "2021-02-31", "is not a day of the calendar"),
    ("date", "0021-06-07", "is of a year before 1900 or after 2199"),
    ("date", "07/06/2021", 'declare date_formats = ["%d/%m/%Y"]'),
    ("date", "7.6.2021", 'declare date_formats = ["%d.%m.%Y"]'),
    ("date", "2021-06-07T23:00:00Z", "holds a time of day"),
    ("date", "soon", "is not a date; write it as 2021-06-10"),
    ("date", "", "is blank; every row needs it"),
    ("source", " ", "is blank; every row needs it"),
    ("incident_id", "", "is blank; every row needs it"),
    ("attack", "bombing", "is not one of shelling, air strike"),
    ("target", "home;bridge", "holds what is not one of home, school"),
    ("status", "checked", "is not one of confirmed, reported, pending, discounted"),
    ("latitude", "95", "is outside -90 to 90 degrees"),
    ("latitude", "35,62,1", "is not a number of degrees"),
    ("longitude", "36E", "is not a number of degrees"),
    ("longitude", "nan", "is not a number of degrees"),
    ("date_end", "2021-06-06", "is before date"),
]


@pytest.fixture(scope="module")
def wrong(store_of: StoreOf) -> Store:
    return store_of([{"killed": 1}, *({column: cell} for column, cell, _ in WRONG)])


@pytest.mark.parametrize(
    ("number", "column", "cell", "reason"), [(n, *w) for n, w in enumerate(WRONG)]
)
def test_a_cell_that_cannot_be_read_rejects_its_row(
    wrong: Store, number: int, column: str, cell: str, reason: str
) -> None:
    # The header is line 1 and a row that is right line 2.
    (finding,) = (finding for finding in listed(wrong) if finding.line == number + 3)
    assert (finding.column, finding.outcome) == (column, "rejected")
    assert finding.value == cell.strip()
    assert reason in finding.reason


def test_of_rows_that_are_wrong_none_is_used(wrong: Store) -> None:
    assert (wrong.rows_used, wrong.rows_rejected) == (1, len(WRONG))
    assert sum(wrong.rejected.values()) == len(WRONG)
    assert list(wrong.load(["line"])["line"]) == [2]


def test_a_finding_reads_as_a_sentence_with_file_line_column_and_value() -> None:
    finding = Finding("data/incidents.csv", 17, "killed", "-3", "rejected", "is negative")
    assert str(finding) == "data/incidents.csv, line 17, column killed: '-3' is negative"


@pytest.mark.parametrize("cell", ["1,867", "1 867", "1\u00a0867", "1\u202f867"])
def test_a_number_with_separators_is_read_and_flagged(store_of: StoreOf, cell: str) -> None:
    store = store_of([{"displaced": cell}, {"displaced": "0012"}])
    finding = only(store)
    assert (finding.value, finding.outcome) == (cell, "flagged")
    assert finding.reason.startswith("was read without its separators")
    assert list(store.load(["displaced"])["displaced"]) == [1867, 12]


def test_blank_is_not_zero(store_of: StoreOf) -> None:
    killed = store_of([{"killed": "0"}, {"killed": ""}, {"killed": " "}]).load(["killed"])["killed"]
    assert killed[0] == 0
    assert killed[1:].isna().all()


def test_a_blank_choice_stands_for_its_default_and_capitals_do_not_matter(
    store_of: StoreOf,
) -> None:
    columns = ["date_precision", "status", "displacement_kind", "attack", "target"]
    store = store_of([{"attack": " Shelling", "target": "Home; School"}, {"status": "Confirmed"}])
    table = store.load(columns)
    assert list(table.iloc[0]) == ["day", "reported", "new", "shelling", "home;school"]
    assert table["status"][1] == "confirmed"
    assert not listed(store)


def test_parts_never_exceed_the_whole(store_of: StoreOf) -> None:
    rows: list[tuple[dict[str, int], bool]] = [
        # 6 + 0 + 5 = 11 of 20: the other 9 are not recorded
        ({"killed": 20, "killed_women": 6, "killed_children": 5}, True),
        ({"killed": 10, "killed_women": 6, "killed_children": 5}, False),  # 11 > 10
        ({"killed": 5, "killed_children": 5, "killed_girls": 3, "killed_boys": 2}, True),
        ({"killed": 9, "killed_children": 4, "killed_girls": 3, "killed_boys": 2}, False),  # 5 > 4
        ({"killed": 4, "killed_girls": 3, "killed_boys": 2}, False),  # 5 > 4, children blank
        ({"killed": 5, "killed_girls": 3, "killed_boys": 2}, True),
        ({"killed_women": 1}, False),  # a part without a total
        ({"killed": 2, "killed_civilians": 3}, False),
        ({"killed": 0}, True),
        ({}, True),
    ]
    store = store_of([row for row, _ in rows])
    assert list(store.load(["killed_parts_valid"])["killed_parts_valid"]) == [v for _, v in rows]
    assert store.rows_used == len(rows)
    invalid = {line for line, (_, valid) in enumerate(rows, start=2) if not valid}
    assert {(f.line, f.outcome) for f in listed(store)} == {(n, "flagged") for n in invalid}


def test_low_best_and_high_stand_in_that_order(store_of: StoreOf) -> None:
    rows = [  # low, best, high
        (1, 2, 3, True),
        (2, 2, 2, True),
        (3, 2, 4, False),
        (1, 5, 4, False),
        ("", 2, "", True),
        (3, "", 2, False),
        (1, "", 2, True),
    ]
    names = ("injured_low", "injured", "injured_high")
    store = store_of([dict(zip(names, row, strict=False)) for row in rows])
    table = store.load(["injured_range_valid", "killed_range_valid"])
    assert list(table["injured_range_valid"]) == [row[3] for row in rows]
    assert table["killed_range_valid"].all()
    assert {f.line for f in listed(store)} == {4, 5, 7}


def test_a_point_that_does_not_say_what_it_stands_for_is_not_used(store_of: StoreOf) -> None:
    point = {"latitude": "35.62", "longitude": "36.56"}
    store = store_of([point, {**point, "place_precision": "near"}, {"latitude": "35.62"}])
    table = store.load(["latitude", "longitude"])
    assert list(table["latitude"].isna()) == [True, False, True]
    assert list(table["longitude"].isna()) == [True, False, True]
    assert [(f.line, f.column) for f in listed(store)] == [(2, "place_precision"), (4, "latitude")]


def test_an_identical_row_counts_once_and_its_copy_is_set_aside(store_of: StoreOf) -> None:
    row = {"incident_id": "A", "killed": 2}
    store = store_of([row, {"incident_id": "B"}, row])
    assert store.set_aside == {"copy of a row already read": 1}
    assert list(store.load(["line"])["line"]) == [2, 3]
    both = store.load(["line", "set_aside"], include_set_aside=True)
    assert list(both["line"]) == [2, 3, 4]
    assert both["set_aside"][2] == "copy of a row already read"


def test_rows_that_differ_under_one_id_are_all_rejected(store_of: StoreOf) -> None:
    store = store_of([{"incident_id": "A", "killed": 2}, {}, {"incident_id": "A", "killed": 3}])
    assert (store.rows_used, store.rows_rejected) == (1, 2)
    assert [(f.line, f.value) for f in listed(store)] == [(2, "A"), (4, "A")]


def test_an_id_is_free_again_where_the_other_row_is_rejected(store_of: StoreOf) -> None:
    store = store_of([{"incident_id": "A", "killed": -1}, {"incident_id": "A", "killed": 1}])
    assert (store.rows_used, store.rows_rejected) == (1, 1)


def test_rows_that_no_week_can_hold_are_set_aside(store_of: StoreOf) -> None:
    store = store_of(
        [
            {"date": "2021-06-01", "date_precision": "month"},
            {"date": "2021-01-01", "date_precision": "year"},
            {"date": "2021-06-07", "date_end": "2021-06-13"},  # seven days
            {"date": "2021-06-07", "date_end": "2021-06-14"},  # eight
            {"date": "2021-06-07", "status": "discounted"},
        ]
    )
    assert store.set_aside == {"date too imprecise for a week": 3, "discounted": 1}
    assert list(store.load(["line"])["line"]) == [4]
    assert [f.column for f in listed(store)] == [
        "date_precision",
        "date_precision",
        "date_end",
        "status",
    ]


def test_a_row_with_two_faults_is_rejected_once_and_both_are_listed(store_of: StoreOf) -> None:
    store = store_of([{"killed": "-1", "attack": "bomb", "injured": 1, "injured_low": 2}])
    # The range out of order is not listed: the row is not used.
    assert [f.column for f in listed(store)] == ["attack", "killed"]
    assert store.rows_rejected == sum(store.rejected.values()) == 1
    assert not store.flagged


def test_what_is_known_of_the_file_is_summed_up(store_of: StoreOf) -> None:
    store = store_of(
        [
            {"date": "2021-06-07", "reported_on": "2021-06-09", "killed": 1},
            {"date": "2021-06-20", "updated_on": "2021-06-28"},
            {"date": "2021-06-30", "killed": -1},
        ]
    )
    assert (str(store.first_date), str(store.last_date)) == ("2021-06-07", "2021-06-20")
    assert str(store.frozen_on) == "2021-06-28"  # the rejected row does not count
    assert (store.completeness["killed"], store.completeness["admin2"]) == (1, 0)


def test_notes_stay_out_of_the_table_and_of_the_findings(store_of: StoreOf) -> None:
    store = store_of([{"notes": "told by a neighbour"}, {"notes": "second call", "killed": "-1"}])
    assert b"neighbour" not in store.parquet.read_bytes()
    assert b"second call" not in store.parquet.read_bytes() + store.findings.read_bytes()


def test_hidden_characters_are_taken_out_and_listed(store_of: StoreOf) -> None:
    store = store_of([{"place": "Ih\u202esim\x07"}, {"place": "Cafe\u0301"}, {"place": "إحسم"}])
    assert list(store.load(["place"])["place"]) == ["Ihsim", "Caf\u00e9", "إحسم"]
    assert [(f.line, f.column, f.outcome) for f in listed(store)] == [
        (2, "place", "flagged"),
        (3, "place", "flagged"),
    ]
