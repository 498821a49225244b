"""How far the data can be trusted: gaps, delays, pairs, digits, spellings, contradictions."""

import csv
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pandas as pd
import pikepdf
import pytest
from conftest import ROOT, known_numbers, pdf_text, printed_numbers, rendered
from hypothesis import given, settings
from hypothesis import strategies as st

from sitrep.language import proper
from sitrep.numbers import COLUMNS
from sitrep.quality import charts, opening, sentences, tables
from sitrep.quality.completeness import FIELDS
from sitrep.quality.delay import LABELS, delays, measure_of
from sitrep.quality.digits import last_digits
from sitrep.quality.flags import CONTRADICTIONS
from sitrep.quality.opening import quality_of
from sitrep.quality.pairs import suspected

YEAR = "2021-W23/2021-W23"  # of rows that are all of 7 to 13 June: the data begin there


@pytest.fixture
def quality(issue_of):
    """Rows to the quality of the week of the last of them."""
    return lambda rows, **options: quality_of(issue_of(rows, **options))


def shown(of):
    """Every block of the report."""
    return [
        sentences.masthead(of), sentences.scope(of), sentences.rows(of), tables.rows_read(of),
        sentences.grades(of), tables.grades(of), sentences.contradictions(of),
        tables.contradictions(of), tables.rejected(of), sentences.completeness(of),
        tables.completeness(of), sentences.delays(of), charts.delays(of), tables.delays(of),
        sentences.pairs(of), tables.pairs(of), sentences.gaps(of), tables.gaps(of),
        sentences.spellings(of), tables.spellings(of),
        sentences.digits(of), charts.digits(of), tables.digits(of),
    ]  # fmt: skip


def cells(table):
    """Label of a row to its other cells."""
    return {row.cells[0]: row.cells[1:] for row in table.rows}


# Rows


def test_rejected_rows_are_listed_and_the_public_edition_keeps_their_cells_back(quality):
    rows = [{"killed": "about ten"}, {"killed": 1}]
    public, internal = (quality(rows, report={"edition": name}) for name in ("public", "internal"))
    assert [column.label for column in tables.rejected(public).columns] == [
        "Row", "column", "reason",
    ]  # fmt: skip
    assert "about ten" not in tables.rejected(public).plain_text()
    # The header is line 1.
    assert tables.rejected(internal).rows[0].cells[:3] == ("line\u00a02", "killed", "about ten")
    assert sentences.rows(public).plain_text().startswith("Of the 2 rows read, 1 is used")


def test_of_many_rejected_rows_forty_are_listed_and_the_others_counted(quality):
    found = quality([*({"killed": -1} for _ in range(43)), {"killed": 1}])
    table = tables.rejected(found)
    assert len(table.rows) == 40
    assert table.notes[0] == "And 3 more in rejected.csv."
    assert found.numbers.value("findings_rejected", "") == 43


# Completeness


def test_fields_are_counted_of_all_incidents_and_of_those_of_each_source(quality):
    # Four incidents and one record of displacement alone, which is none. Coordinates: the first
    # two. Number killed: the first (1) and the third (0, which is a figure). The second names
    # two sources and stands under both: White Helmets have incidents 1, 2 and 4, Councils 2 and 3.
    point = {"latitude": 35.6, "longitude": 36.5, "place_precision": "near"}
    found = quality(
        [
            {"killed": 1, **point},
            {"injured": 2, "source": "White Helmets; Councils", **point},
            {"killed": 0, "source": "Councils"},
            {"injured": 1},
            {"displaced": 50},
        ]
    )
    table = tables.completeness(found)
    assert [column.label for column in table.columns[1:]] == [
        "all sources", "White Helmets", "Councils",
    ]  # fmt: skip
    assert cells(table)["Coordinates"] == ("2 of 4", "2 of 3", "1 of 2")
    assert cells(table)["Number killed"] == ("2 of 4", "1 of 3", "1 of 2")
    assert cells(table)["Place"] == ("0 of 4", "0 of 3", "0 of 2")


# Delays


def day(offset, *, start="2021-06-07"):
    return str(date.fromisoformat(start) + timedelta(offset))


def test_a_delay_falls_into_its_class_by_whole_days(quality):
    # One record at either end of each class; one without a day of report; one before its event.
    ends = [0, 1, 2, 3, 4, 7, 8, 14, 15, 28, 29, 400]
    rows = [{"killed": 1, "reported_on": day(days)} for days in ends]
    found = quality([*rows, {"killed": 1}, {"killed": 1, "reported_on": day(-1)}], week="2021-W23")
    counts = {label: found.numbers.value(measure_of(label), YEAR) for label in LABELS}
    assert counts == {
        "before the event": 1, "same day": 1, "1 day": 1, "2–3 days": 2, "4–7 days": 2,
        "8–14 days": 2, "15–28 days": 2, "over 28 days": 2, "not known": 1,
    }  # fmt: skip
    # Before, same day, 1 day, 2–3 and 4–7 days: 1 + 1 + 1 + 2 + 2.
    assert found.numbers.value("records_within_7_days", YEAR) == 7
    assert "Not known: 1" in charts.delays(found).alt


def test_a_class_without_records_before_the_event_is_not_drawn(quality):
    found = quality([{"killed": 1, "reported_on": day(0)}], week="2021-W23")
    assert "Before the event" not in charts.delays(found).alt + tables.delays(found).plain_text()


def test_sources_with_few_records_are_not_shown_apart(quality):
    many = [{"killed": 1, "reported_on": day(1)} for _ in range(20)]
    few = [{"killed": 1, "reported_on": day(1), "source": "Councils"} for _ in range(19)]
    table = tables.delays(quality([*many, *few], week="2021-W23"))
    assert [column.label for column in table.columns[1:]] == ["all", "White Helmets"]
    assert cells(table)["1 day"] == ("39", "20")


def test_a_record_has_changed_if_it_was_updated_after_its_first_report(quality):
    rows = [
        {"killed": 1, "reported_on": day(1), "updated_on": day(2)},  # changed
        {"killed": 1, "reported_on": day(1), "updated_on": day(1)},  # the same day: not known to
        {"killed": 1, "reported_on": day(1)},
        {"killed": 1, "updated_on": day(2)},  # changed, whenever it came in
    ]
    found = quality(rows, week="2021-W23").numbers.get("records_changed", YEAR)
    assert (found.value, found.not_reported) == (2, 1)


@given(st.lists(st.one_of(st.none(), st.integers(-400, 400)), max_size=30))
def test_every_record_has_one_class_of_delay(days):
    start = pd.Timestamp("2021-06-07")
    reported = [pd.NaT if n is None else start + pd.Timedelta(days=n) for n in days]
    rows = pd.DataFrame(
        {"date": pd.to_datetime([start] * len(days)), "reported_on": pd.to_datetime(reported)}
    )
    found = delays(rows)
    assert set(found) <= set(LABELS)
    assert (found == "not known").sum() == days.count(None)


# Suspected duplicates

BARA = {"place": "Bara", "admin2": "Ariha"}


def pairs_of(found):
    ids = found.listed["incident_id"].tolist()
    return list(zip(ids[::2], ids[1::2], strict=True))


@pytest.mark.parametrize(
    ("first", "second", "pair"),
    [
        ({"killed": 3}, {"killed": 3}, True),
        ({"killed": 3}, {"killed": 4}, False),
        # 2 to 4 meets 4 to 6.
        ({"killed": 3, "killed_low": 2, "killed_high": 4},
         {"killed": 5, "killed_low": 4, "killed_high": 6}, True),
        ({"killed": 3}, {"killed": 3, "date": "2021-06-08"}, True),
        ({"killed": 3}, {"killed": 3, "date": "2021-06-09"}, False),
        ({"killed": 3}, {"killed": 3, "place": "Ihsim"}, False),
        # The same name in another district is another place.
        ({"killed": 3}, {"killed": 3, "admin2": "Harim"}, False),
        # Nobody: says nothing. A blank contradicts nothing, a figure that lies apart does.
        ({"killed": 0}, {"killed": 0}, False),
        ({"killed": 3}, {"killed": None, "injured": 2}, False),
        ({"killed": 3, "injured": 2}, {"killed": 3}, True),
        ({"killed": 3, "injured": 2}, {"killed": 3, "injured": 5}, False),
        ({"displaced": 120}, {"displaced": 120}, True),
        ({"killed": 3}, {"killed": 3, "status": "pending"}, False),
        ({"killed": 3, "place": ""}, {"killed": 3, "place": ""}, False),
    ],
)  # fmt: skip
def test_two_records_are_a_pair_by_place_day_and_overlapping_counts(quality, first, second, pair):
    rows = [{**BARA, **first}, {**BARA, **second}, {"date": "2021-06-13", "killed": 9}]
    found = quality(rows)
    assert pairs_of(found) == ([("T-1", "T-2")] if pair else [])
    assert found.numbers.value("suspected_pairs", found.window) == pair


def test_the_same_point_is_the_same_place_whatever_its_name_but_not_the_middle_of_an_area(quality):
    def rows(precision):
        point = {"latitude": 35.6, "longitude": 36.5, "place_precision": precision, "killed": 3}
        return [{**BARA, **point}, {**BARA, **point, "place": "Al Bara"}]

    assert pairs_of(quality(rows("near"))) == [("T-1", "T-2")]
    assert pairs_of(quality(rows("admin2"))) == []


def test_pairs_are_listed_latest_first_and_those_of_before_twelve_weeks_only_counted(quality):
    # 12 weeks up to 13 June 2021 begin on Monday 22 March.
    days = ["2021-03-21", "2021-03-21", "2021-03-22", "2021-06-10", "2021-06-11"]
    rows = [{**BARA, "date": each, "killed": 2} for each in days]
    found = quality(rows)
    # 1 and 2 on one day, each with 3 on the next; 4 with 5.
    assert found.numbers.value("suspected_pairs", found.window) == 4
    assert found.numbers.value("suspected_pairs", found.recent) == 3
    assert found.numbers.value("records_in_suspected_pairs", found.window) == 5
    assert pairs_of(found) == [("T-4", "T-5"), ("T-1", "T-3"), ("T-2", "T-3")]
    assert sentences.pairs(found).plain_text().startswith("Four pairs of records, five records")


def test_the_public_edition_names_the_district_of_a_pair_alone(quality):
    rows = [{**BARA, "killed": 3}, {**BARA, "killed": 3}]
    public, internal = (quality(rows, report={"edition": name}) for name in ("public", "internal"))
    assert "Bara" not in tables.pairs(public).plain_text()
    assert "Ariha" in tables.pairs(public).plain_text()
    assert "Bara, Ariha" in tables.pairs(internal).plain_text()


def test_a_protected_source_is_not_named(quality):
    rows = [{**BARA, "killed": 3, "source": "Someone"}] * 2
    rows = [{**row, "incident_id": f"A-{n}"} for n, row in enumerate(rows)]
    found = quality(rows, counting={"protected_sources": ("Someone",)})
    assert "Someone" not in "\n".join(block.plain_text() for block in shown(found))


record = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["Bara", "Ihsim", None]),
        "latitude": st.sampled_from([35.5, 35.6, float("nan")]),
        "day": st.integers(0, 4),
        "killed": st.sampled_from([0.0, 1.0, 2.0, float("nan")]),
        "killed_high": st.sampled_from([0.0, 1.0, 2.0]),
        "injured": st.sampled_from([0.0, 1.0, float("nan")]),
    }
)


def table_of(rows):
    table = pd.DataFrame(
        rows, columns=["place", "latitude", "day", "killed", "killed_high", "injured"]
    )
    return table.assign(
        date=pd.Timestamp("2021-06-07") + pd.to_timedelta(table["day"].astype(int), unit="D"),
        longitude=36.5,
        place_precision="near",
        killed_low=table["killed"],
        killed_high=table["killed"] + table["killed_high"],
        displaced=float("nan"),
    )


def is_pair(one, other):
    """The rule, read slowly."""
    same = (one.place is not None and one.place == other.place) or one.latitude == other.latitude
    both = [
        (one.killed_low, one.killed_high, other.killed_low, other.killed_high),
        (one.injured, one.injured, other.injured, other.injured),
    ]
    known = [ends for ends in both if not any(pd.isna(end) for end in ends)]
    meet = all(low <= top and bottom <= high for low, high, bottom, top in known)
    return (
        same
        and abs(one.day - other.day) <= 1
        and meet
        and any(high > 0 and top > 0 for _, high, _, top in known)
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(record, max_size=9))
def test_the_pairs_are_those_that_comparing_every_two_would_find(rows):
    table = table_of(rows)
    # A record that counts nobody at best is left out, whatever its highest.
    people = table[(table["killed"] > 0) | (table["injured"] > 0)]
    each = {row.Index: row for row in people.itertuples()}
    each = {n: row._replace(place=row.place if isinstance(row.place, str) else None)
            for n, row in each.items()}  # fmt: skip
    expected = {(a, b) for a, b in combinations(sorted(each), 2) if is_pair(each[a], each[b])}
    found = suspected(table)
    listed = list(found.itertuples(index=False, name=None))
    assert len(listed) == len(set(listed))
    assert set(listed) == expected
    backwards = suspected(table.iloc[::-1])
    assert {
        tuple(sorted(pair)) for pair in backwards.itertuples(index=False, name=None)
    } == expected


# Places


def test_names_without_codes_and_points_and_several_spellings_are_named(quality):
    rows = [
        {"admin1": "Idlib", "admin1_pcode": "SY07", "place": "Bara"},
        {"admin1": "Idleb", "admin1_pcode": "SY07", "place": "Bara"},
        {"admin1": "Idleb", "admin1_pcode": "SY07", "place": "Ihsim",
         "latitude": 35.6, "longitude": 36.5, "place_precision": "near"},
        {"admin1": "Edlib", "place": "Ihsim"},
    ]  # fmt: skip
    table = tables.gaps(quality([{"killed": 1, **row} for row in rows]))
    # Bara has no coordinates in two records; Ihsim has, in one of its two.
    assert cells(table) == {
        "Governorates, no code": ("1", "1", "Edlib"),
        "Places, no point": ("1", "2", "Bara"),
        "P-codes spelt variously": ("1", "3", "Idleb / Idlib"),
    }


# Digits


def test_figures_of_ten_or_more_are_counted_by_their_last_digit(quality):
    # 10 to 49: forty figures, four for each digit. 5 is less than ten. So 8 end in 0 or 5, and
    # a fifth of 40 is 8.
    rows = [{"displaced": number} for number in (5, *range(10, 50))]
    found = quality(rows)
    numbers = found.numbers
    assert numbers.value("displaced_figures", found.window) == 40
    assert numbers.value("displaced_round", found.window) == 8
    assert numbers.value("displaced_round_by_chance", found.window) == 8
    assert "Ending in 5: 4" in charts.digits(found).alt
    assert "40 figures of people displaced, 8 end in 0 or 5" in sentences.digits(found).plain_text()


def test_too_few_figures_are_not_looked_at(quality):
    found = quality([{"displaced": 100} for _ in range(29)])
    assert charts.digits(found).plain_text() == ""
    assert "Fewer than thirty" in sentences.digits(found).plain_text()


@given(st.lists(st.one_of(st.none(), st.integers(0, 3000)), max_size=40))
def test_digits_count_every_figure_of_ten_or_more_once(figures):
    digits = last_digits(pd.DataFrame({"displaced": pd.Series(figures, dtype=float)}), "displaced")
    assert digits.sum() == sum(number is not None and number >= 10 for number in figures)
    assert digits[0] == sum(
        number is not None and number >= 10 and number % 10 == 0 for number in figures
    )


# Contradictions and grades


def test_records_that_contradict_themselves_are_counted_by_span_and_named(quality):
    found = quality(
        [
            {"date": "2021-05-31", "killed": 2, "killed_women": 3},
            {"killed": 2, "killed_low": 3, "killed_high": 4},
            {"injured": 1, "injured_women": 1},
        ]
    )
    table = cells(tables.contradictions(found))
    # 31 May is in the week before; the data begin there, so the four weeks are not covered.
    assert table["Killed: parts against the total"] == ("0", "·", "1")
    assert table["Killed: figure outside its range"] == ("1", "·", "1")
    assert tables.contradictions(found).notes == ("The records: T-2 and T-1.",)


def test_grades_are_counted_for_the_week_and_the_year(quality):
    found = quality(
        [
            {"date": "2021-05-31", "killed": 2, "status": "confirmed"},
            {"killed": 1, "status": "reported"},
            {"killed": 4, "status": "pending"},
        ]
    )
    table = cells(tables.grades(found))
    assert table["Confirmed"] == ("0", "·", "1", "0", "·", "2")
    assert table["Pending, not in the totals"] == ("1", "·", "1", "4", "·", "4")
    assert "none is confirmed. One more, pending, stands beside" in (
        sentences.grades(found).plain_text()
    )


# The report


def test_quiet_weeks_have_words_for_what_is_not_there(quiet):
    text = "\n".join(block.plain_text() for block in shown(quality_of(quiet)))
    assert not re.search(r"\bnan\b|\bNone\b|[{}%!]", text)


def test_judging_the_data_changes_no_number_that_both_reports_print(sample):
    own = quality_of(sample).numbers.table
    other = sample.numbers.table
    both = own.merge(other, on=COLUMNS[:4], suffixes=("", "_other"))
    assert len(both) > 20
    for name in COLUMNS[4:]:
        pd.testing.assert_series_equal(both[name], both[f"{name}_other"], check_names=False)


def test_every_group_that_the_report_names_is_in_the_catalogue_of_names():
    assert {*LABELS, *CONTRADICTIONS.values(), *FIELDS.values()} <= {*proper.names()}


def test_of_one_pair_both_are_in_the_totals_and_of_a_round_figure_it_ends(quality):
    found = quality([{**BARA, "killed": 3}, {**BARA, "killed": 3}])
    assert "both are in the totals" in sentences.pairs(found).plain_text()
    # Thirty figures, of which one, 10, ends in 0.
    found = quality([{"displaced": number} for number in (10, *[11] * 29)])
    assert (
        "30 figures of people displaced, 1 ends in 0 or 5" in sentences.digits(found).plain_text()
    )


def test_a_record_of_two_sources_names_both_in_its_pair(quality):
    rows = [{**BARA, "killed": 3, "source": "White Helmets; Councils"}, {**BARA, "killed": 3}]
    table = cells(tables.pairs(quality(rows)))
    assert table["T-1"][-1] == "White Helmets and Councils"


def test_records_are_matched_with_their_origin(sample):
    rows = opening.with_origin(replace(sample, records=sample.records.iloc[::-1]))
    assert (rows["date"] == sample.records["date"].loc[rows.index]).all()
    assert rows["line"].is_monotonic_decreasing


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered("quality", tmp_path_factory.mktemp("reports"), week="2021-W23")


@pytest.mark.slow
def test_the_command_makes_a_report_beside_that_of_the_week(report: Path) -> None:
    assert report.name == "2021-W23-quality"
    assert {path.name for path in report.iterdir()} == {
        "data-quality.en.html", "data-quality.en.pdf", "numbers.csv", "notebook.ipynb",
        "manifest.json", "thumbnail.jpg",
    }  # fmt: skip
    index = (report.parent / "index.html").read_text(encoding="utf-8")
    assert "Data quality" in index
    assert 'href="2021-W23-quality/data-quality.en.pdf"' in index
    with pikepdf.open(report / "data-quality.en.pdf") as pdf:
        assert 2 <= len(pdf.pages) <= 4


@pytest.mark.slow
def test_no_number_is_printed_that_numbers_csv_does_not_hold(report: Path) -> None:
    printed = printed_numbers(pdf_text(report))
    assert {"6,000", "5,856"} <= printed
    assert not printed - known_numbers(report)


@pytest.mark.slow
def test_the_public_report_holds_no_cell_of_a_rejected_row(report: Path) -> None:
    with (ROOT / "data" / "incidents.csv").open(encoding="utf-8", newline="") as file:
        odd = [row["killed"] for row in csv.DictReader(file) if re.search("[^0-9]", row["killed"])]
    assert "about 10" in odd
    for path in report.iterdir():
        assert b"about 10" not in path.read_bytes(), path.name


@pytest.mark.slow
def test_a_week_without_incidents_has_its_report(tmp_path: Path) -> None:
    data = tmp_path / "quiet.csv"
    data.write_text(
        "incident_id,date,admin1,source,killed\n"
        "a,2021-05-03,Idlib,White Helmets,1\n"
        "b,2021-05-25,Idlib,White Helmets,2\n",
        encoding="utf-8",
    )
    folder = rendered("quality", tmp_path / "out", "--data", str(data), week="2021-W19")
    assert "No incidents were recorded in this week" in re.sub(r"\s+", " ", pdf_text(folder))


# Names that may be one


def test_names_of_one_district_that_are_spelt_nearly_alike_are_listed_with_their_records(quality):
    names = ["Kafr Latah", "Kafr Latah", "Kafar Latah", "Bara", "Camp 1", "Camp 2"]
    rows = [{"place": name, "admin2": "Ariha"} for name in names]
    of = quality([*rows, {"place": "Kafar Latah", "admin2": "Harim"}])
    assert cells(tables.spellings(of)) == {"Kafr Latah, Ariha": ("2", "Kafar Latah, Ariha", "1")}
    assert of.numbers.value("names_spelt_alike", of.window) == 1
    assert sentences.spellings(of).plain_text().startswith("One pair of names of the same area")


def test_districts_with_codes_of_their_own_are_not_taken_for_one(quality):
    two = [("Al Hamra", "SY1"), ("Al Hamraa", "SY2")]
    coded = [{"admin2": name, "admin2_pcode": code} for name, code in two]
    assert not quality(coded).spelt
    plain = quality([{"admin2": name} for name, _ in two])
    assert [one.name for one in plain.spelt[0]] == ["Al Hamra, Idleb", "Al Hamraa, Idleb"]
    assert "No names of the same area" in sentences.spellings(quality(coded)).plain_text()
