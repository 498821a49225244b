"""The annex: the records of a week one by one."""

import pytest

from sitrep import annex, tables
from sitrep.blocks import Heading, Table

WEEK = [
    {"date": "2021-05-31", "killed": 9},  # the week before: not listed
    {"incident_id": "B", "date": "2021-06-09", "place": "Bara", "admin2": "Ariha",
     "attack": "shelling", "killed": 2, "killed_low": 1, "killed_high": 4, "injured": None},
    {"incident_id": "A", "date": "2021-06-07", "admin2": "Ariha", "killed": 0, "injured": 3},
    {"incident_id": "C", "date": "2021-06-09", "place": "Sarja", "admin2": "Ariha", "displaced": 40,
     "killed": None, "injured": None, "source": "Camps team;White Helmets"},
    {"incident_id": "D", "date": "2021-06-10", "killed": 7, "status": "pending"},  # not in totals
]  # fmt: skip


def listed(issue):
    heading, table = tables.annex(issue)
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    return table


def test_each_record_of_the_week_is_a_row_in_the_order_of_days(issue_of):
    table = listed(issue_of(WEEK, week="2021-W23"))
    rows = [tuple(cell.strip("\u2066\u2069") for cell in row.cells) for row in table.rows]
    day = "7\u00a0June", "9\u00a0June"
    assert rows == [
        ("A", day[0], "Ariha", "–", "0", "3", "–", "White Helmets"),
        ("B", day[1], "Bara, Ariha", "Shelling", "2 (1–4)", "–", "–", "White Helmets"),
        ("C", day[1], "Sarja, Ariha", "–", "–", "–", "40", "Camps team, White Helmets"),
    ]


def test_a_record_of_several_days_says_its_first_and_its_last(issue_of):
    several = {"date": "2021-06-07", "date_end": "2021-06-09", "killed": 1}
    one = {"date": "2021-06-10", "date_end": "2021-06-10", "killed": 1}
    table = listed(issue_of([several, one], week="2021-W23"))
    days = "7\u00a0June to 9\u00a0June", "10\u00a0June"
    assert [row.cells[1] for row in table.rows] == list(days)


def test_its_figures_add_up_to_the_totals_and_stand_in_the_table_of_numbers(sample):
    for measure in annex.MEASURES:
        ids = sample.numbers.groups(measure, sample.week, annex.RECORD)
        of_records = [
            sample.numbers.value(measure, sample.week, breakdown=annex.RECORD, group=each)
            for each in ids
        ]
        assert sum(of_records) == sample.numbers.value(measure, sample.week) > 0


def test_a_record_is_listed_once_whatever_it_says(sample):
    ids = [row.cells[0] for row in listed(sample).rows]
    assert len(ids) == len(set(ids)) == len(sample.annex)
    assert not sample.annex_cut


def test_a_week_of_more_lists_those_with_most_casualties(issue_of, monkeypatch):
    monkeypatch.setattr(annex, "MOST", 2)
    rows = [
        {"incident_id": str(n), "date": f"2021-06-{7 + n:02}", "killed": n % 4} for n in range(5)
    ]
    issue = issue_of(rows)  # killed: 0, 1, 2, 3, 0
    table = listed(issue)
    assert [row.cells[0].strip("\u2066\u2069") for row in table.rows] == ["2", "3"]
    assert "The 2 records with most casualties are listed." in table.notes[0]
    assert issue.numbers.groups("killed", issue.week, annex.RECORD) == ["2", "3"]


def test_it_shows_neither_points_nor_sex_and_age_nor_notes(issue_of):
    row = {"killed": 3, "killed_women": 2, "latitude": 35.9, "longitude": 36.6,
           "place_precision": "exact", "notes": "seen by a neighbour"}  # fmt: skip
    issue = issue_of([row], report={"edition": "internal"})
    assert {"killed_women", "latitude", "longitude", "notes"}.isdisjoint(issue.annex)


def test_a_protected_source_is_not_named(issue_of):
    issue = issue_of([{"source": "Somebody"}], counting={"protected_sources": ("Somebody",)})
    assert "Somebody" not in listed(issue).plain_text()


@pytest.mark.parametrize("report", [{"annex": False}, {}])
def test_there_is_none_where_the_settings_want_none_or_the_week_is_empty(issue_of, report):
    rows = [{"date": "2021-05-31"}, {"date": "2021-06-14"}]
    week = "2021-W23" if not report else "2021-W24"
    assert tables.annex(issue_of(rows, week=week, report=report)) == ()
