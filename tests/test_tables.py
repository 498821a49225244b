"""Tables: which rows, which marks, and that the rows add up."""

import re
from dataclasses import replace
from datetime import date

import pytest

from sitrep import measures as m
from sitrep import tables
from sitrep.blocks import Table
from sitrep.language import isolated
from sitrep.settings import Baseline

EARLY = {"date": "2021-01-04", "killed": 0, "injured": 0}
# Those of revisions need a published issue: test_archive.py makes one. The annex: test_annex.py.
REVISIONS = ("annex", "first_counts", "ledger", "revised_districts", "revised_numbers")
ALL = [getattr(tables, name) for name in tables.__all__ if name not in REVISIONS]


CELL = (
    r"|[–·*]|(not )?above|below|within"  # words only in the table of unusual weeks
    r"|−?\d{1,3}(,\d{3})*(\.\d)?(–\d{1,3}(,\d{3})*)?"
)


def rows_of(table):
    """First cell to the other cells, by column label."""
    labels = [column.label for column in table.columns][1:]
    return {row.cells[0]: dict(zip(labels, row.cells[1:], strict=True)) for row in table.rows}


def number(text):
    return 0 if text in ("–", "") else float(text.replace(",", ""))


def test_the_published_week_keeps_its_tables(sample, golden):
    shown = (tables.casualties, tables.who, tables.displacement, tables.grades, tables.places)
    golden("tables-2021-W23.txt", "\n\n".join(f(sample).plain_text() for f in shown) + "\n")


@pytest.mark.parametrize("table", ALL)
@pytest.mark.parametrize("week", ["2021-W23", "2021-W24"])
def test_every_row_is_as_wide_as_the_header_and_no_cell_is_raw(sample_week, table, week):
    made = table(sample_week(week))
    assert isinstance(made, Table)
    assert made.rows
    for row in made.rows:
        assert len(row.cells) == len(made.columns)
        for cell in row.cells[1:]:
            assert re.fullmatch(CELL, cell), cell


# This week beside its past


def test_a_row_reads_from_this_week_back(issue_of):
    # Four weeks before: 0, 4, 0, 3; mean 7 / 4 = 1.75. Year: 0 + 4 + 3 + 9 = 16.
    issue = issue_of(
        [
            EARLY,
            {"date": "2021-05-17", "killed": 4},
            {"date": "2021-05-31", "killed": 3},
            {"date": "2021-06-07", "killed": 9, "killed_low": 8, "killed_high": 1200},
        ],
        data={"baselines": (Baseline("May", date(2021, 5, 20)),)},
    )
    row = rows_of(tables.casualties(issue))["Civilians killed"]
    assert row == {
        "this week": "9", "lowest to highest": "8–1,200", "last week": "3", "week before": "0",
        "4-week mean": row["4-week mean"], "year to date": "16", "since May 2021": "12",
    }  # fmt: skip
    assert row["4-week mean"] in ("1.7", "1.8")


def test_each_kind_of_missing_has_its_mark(issue_of):
    # Data from W22 on: the week before (W21) and the four weeks are not covered. This week two
    # incidents were recorded, none with a figure; last week nobody was killed.
    issue = issue_of(
        [
            {"date": "2021-05-31", "killed": 0, "injured": 1},
            {"date": "2021-06-07", "killed": None, "injured": 2},
            {"date": "2021-06-07", "killed": None, "injured": 0},
        ]
    )
    table = tables.casualties(issue)
    row = rows_of(table)["Civilians killed"]
    assert row["this week"] == "–"
    assert row["last week"] == "0"
    assert (row["week before"], row["4-week mean"]) == ("·", "·")
    notes = " ".join(table.notes)
    for said in (
        "0: none recorded.",
        "–: recorded without a figure.",
        "·: not covered by the data.",
    ):
        assert said in notes
    assert "Two incidents have no figure of the killed." in notes


def test_parts_of_a_blank_total_are_blank_not_zero(issue_of):
    issue = issue_of(
        [
            {"date": "2021-05-31", "killed": 2, "killed_women": 2},
            {"date": "2021-06-07", "killed": None, "injured": 1},
        ]
    )
    for name, row in rows_of(tables.casualties(issue)).items():
        if name in ("women", m.REMAINDER, m.REMAINDER_MEN_KNOWN):
            assert row["this week"] == "–", name
    parts = rows_of(tables.who(issue))
    assert parts["Women"]["killed this week"] == "–"
    assert parts["Total"]["killed this week"] == "–"


def test_labels_follow_the_victims(issue_of):
    rows = [{"killed": 2, "injured": 1, "killed_civilians": 1}]
    people = rows_of(tables.casualties(issue_of(rows, victims="all")))
    assert {"People killed", "of them known to be civilians", "People injured"} <= set(people)
    assert "Civilians killed" in rows_of(tables.casualties(issue_of([{"killed": 1}])))


def test_a_measure_that_the_data_lack_has_no_row(issue_of):
    names = set(rows_of(tables.casualties(issue_of([{"killed": 2}]))))
    assert "Civilians injured" not in names
    assert not any("ombatants" in name for name in names)


def test_combatants_stand_apart_from_the_killed(issue_of):
    issue = issue_of([{"killed": 2, "combatants_killed": 7}])
    cells = {name: row["this week"] for name, row in rows_of(tables.casualties(issue)).items()}
    assert cells["Civilians killed"] == "2"
    [combatants] = [value for name, value in cells.items() if name.startswith("Combatants")]
    assert combatants == "7"


# Sex and age


@pytest.mark.parametrize("week", ["2021-W23", "2021-W22", "2020-W10"])
def test_the_parts_of_a_table_add_up_to_its_total(sample_week, week):
    rows = rows_of(tables.who(sample_week(week)))
    total = rows.pop("Total")
    for label, value in total.items():
        assert sum(number(row[label]) for row in rows.values()) == number(value), label


def test_the_rest_is_called_men_or_unknown_unless_men_are_named(issue_of):
    def names(**row):
        return set(rows_of(tables.casualties(issue_of([{"killed": 9, **row}]))))

    assert m.REMAINDER in names(killed_women=2)
    assert m.REMAINDER_MEN_KNOWN in names(killed_men=2)


# Displacement


def test_displacement_returns_stock_and_households_are_rows_of_their_own(issue_of):
    issue = issue_of(
        [
            {"date": "2021-05-31", "displaced": 5000, "displacement_kind": "stock"},
            {"displaced": 100},
            {"displaced_households": 20},
            {"displaced": 30, "displacement_kind": "return"},
            {"displaced": 6000, "displacement_kind": "stock"},
        ]
    )
    table = tables.displacement(issue)
    cells = {name: row["this week"] for name, row in rows_of(table).items()}
    assert cells == {
        "People newly displaced": "100",
        "Households newly displaced, people not counted": "20",
        "People returned": "30",
        "People living in displacement": "6,000",
    }
    stock = rows_of(table)["People living in displacement"]
    assert stock["last week"] == "5,000"
    assert (stock["4-week mean"], stock["year to date"]) == ("", "")
    assert "Households are not turned into people." in table.plain_text()


def test_the_factor_of_households_is_printed(issue_of):
    issue = issue_of([{"displaced_households": 20}], counting={"persons_per_household": 5.5})
    table = tables.displacement(issue)
    assert rows_of(table)["People newly displaced"]["this week"] == "110"
    assert "Households are counted as 5.5 people each." in table.plain_text()


def test_origin_and_arrival_are_two_columns(issue_of):
    issue = issue_of(
        [
            {"displaced": 100, "admin2": "Ariha", "destination_admin2": "Harim"},
            {"displaced": 40, "admin2": "Harim"},
        ]
    )
    rows = rows_of(tables.origins(issue))
    assert rows["Ariha"] == {"from here": "100", "to here": "–"}
    assert rows["Harim"] == {"from here": "40", "to here": "100"}
    assert rows["Not recorded"] == {"from here": "–", "to here": "40"}


# Groups


def test_a_group_hit_before_but_not_this_week_is_shown_as_zero(issue_of):
    rows = [EARLY, *({"date": "2021-05-31", "killed": 1, "attack": "air strike"} for _ in "ab")]
    issue = issue_of([*rows, {"killed": 3, "attack": "shelling"}])
    table = rows_of(tables.attacks(issue))
    assert list(table) == ["Shelling", "Air strike"]
    assert (table["Air strike"]["incidents"], table["Air strike"]["killed"]) == ("0", "0")
    assert table["Air strike"]["4-week mean"] == "0.5"  # two in four weeks
    assert table["Shelling"]["killed"] == "3"


def test_not_recorded_is_a_class_and_the_last(issue_of):
    rows = [{"perpetrator": name} for name in ("", "", "", "undetermined", "A and B")]
    names = list(rows_of(tables.perpetrators(issue_of(rows))))
    assert set(names[:2]) == {"Undetermined", "A and B"}
    assert names[2] == "Not recorded"


def test_several_kinds_of_place_do_not_claim_to_add_up(issue_of):
    table = tables.targets(issue_of([{"killed": 3, "target": "home;school"}]))
    assert {name: row["killed"] for name, row in rows_of(table).items()} == {
        "Home": "3", "School": "3",
    }  # fmt: skip
    assert "do not add up" in table.plain_text()


def test_places_stand_in_order_of_their_casualties(issue_of):
    rows = [{"place": "A", "killed": 1}, {"place": "B", "killed": 2}, {"place": "C", "injured": 9},
            {"place": "", "killed": 50}]  # fmt: skip
    assert list(rows_of(tables.places(issue_of(rows)))) == ["B", "A", "C", "Not recorded"]


MANY = [f"Name {number:02d}" for number in range(25)]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (tables.places, "place"),
        (tables.districts, "admin2"),
        (tables.perpetrators, "perpetrator"),
        (tables.sources, "source"),
    ],
)
def test_a_list_that_is_cut_says_so(issue_of, table, column):
    made = table(issue_of([{column: name, "killed": 1} for name in MANY]))
    assert len(made.rows) >= 25 or "numbers.csv" in made.plain_text()


def test_a_district_has_its_week_before_and_mean(issue_of):
    rows = [EARLY, {"date": "2021-05-31", "admin2": "Ariha", "killed": 1}, {"admin2": "Ariha"}]
    row = rows_of(tables.districts(issue_of(rows)))["Ariha"]
    assert (row["incidents"], row["incidents last week"], row["4-week mean"]) == ("1", "1", "0.2")
    assert row["year to date"] == "2"


# Quality


def test_rows_read_are_used_set_aside_and_rejected(issue_of):
    issue = issue_of(
        [
            {"killed": 1},
            {"killed": 1, "status": "discounted"},
            {"killed": 1, "date_precision": "year"},
            {"killed": -1},
            {"killed": 1, "killed_women": 4},
        ]
    )
    rows = {name: row["rows"] for name, row in rows_of(tables.rows_read(issue)).items()}
    read = [rows[name] for name in ("Read", "Used", "Set aside", "Rejected")]
    assert read == ["5", "2", "2", "1"]
    assert (rows["discounted"], rows["date too imprecise for a week"]) == ("1", "1")
    [flagged] = [value for name, value in rows.items() if name.startswith("Used, with a note")]
    assert flagged == "1"


def test_grades_say_which_are_in_the_totals(issue_of):
    rows = [{"killed": 1, "status": "confirmed"}, {"killed": 2}, {"killed": 4, "status": "pending"}]
    table = tables.grades(issue_of(rows))
    assert {name: row["killed"] for name, row in rows_of(table).items()} == {
        "Confirmed": "1", "Reported": "2", "Pending, not in the totals": "4",
    }  # fmt: skip
    assert "Totals hold the grades confirmed and reported." in table.notes


def test_a_source_that_gives_no_displacement_has_a_dash_there(sample):
    rows = rows_of(tables.sources(sample))
    assert rows["White Helmets"]["displaced this week"] == "–"
    assert rows["White Helmets"]["incidents this week"] == "27"
    assert rows["Response Coordination Group"]["displaced this week"] == "1,867"


# Weeks with little or nothing, and strange names


@pytest.mark.parametrize("table", ALL)
def test_a_quiet_week_breaks_no_table(quiet, table):
    made = table(quiet)
    assert "nan" not in made.plain_text()
    if isinstance(made, Table):
        assert {len(row.cells) for row in made.rows} <= {len(made.columns)}


@pytest.mark.parametrize("name", ["$x_1$ <b> & 100%", "إدلب", "=1+1", "{week}"])
def test_a_name_is_shown_as_it_is(issue_of, name):
    issue = issue_of([{"place": name, "perpetrator": name, "source": name, "killed": 1}])
    for table in (tables.places, tables.perpetrators, tables.sources):
        assert isolated(name) in rows_of(table(issue))


def test_a_table_does_not_change_its_issue(sample):
    before = sample.numbers.to_csv()
    for table in ALL:
        assert table(sample) == table(replace(sample))
    assert sample.numbers.to_csv() == before
