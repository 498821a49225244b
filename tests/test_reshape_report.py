"""What a report says of layouts in which a row is not an incident."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from sitrep import charts, maps, sentences, tables
from sitrep.blocks import Paragraph
from sitrep.incidents import Input, read
from sitrep.issue import Issue, make_issue
from sitrep.numbers import measure_of
from sitrep.quality import charts as quality_charts
from sitrep.quality import sentences as quality_sentences
from sitrep.quality import tables as quality_tables
from sitrep.quality.opening import quality_of
from sitrep.settings import Settings
from sitrep.weeks import parse_week

DAYS = """
title = "totals of the ministry"
victims = "all"
lacks = ["single incidents"]
[cumulative]
totals = ["killed", "injured"]
late = { killed = "found" }
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
DAYS_BY_DISTRICT = """
victims = "all"
[cumulative]
totals = ["killed", "injured"]
by = ["admin2"]
[columns.date]
from = "day"
[columns.admin1]
value = "North"
[columns.admin2]
from = "district"
[columns.attack]
value = "shelling"
[columns.perpetrator]
value = "undetermined"
[columns.killed]
from = "killed_cum"
[columns.injured]
from = "injured_cum"
[columns.source]
value = "the ministry"
"""
PEOPLE = """
victims = "civilians"
[group]
by = ["place"]
sex = "sex"
sexes = { M = "male", F = "female" }
age = "age"
[columns.date]
from = "day"
[columns.admin1]
value = "Idlib"
[columns.place]
from = "town"
[columns.source]
value = "the centre"
"""


def issue(folder: Path, profile: str, rows: Sequence[str], week: str = "2021-W23") -> Issue:
    (folder / "mine.toml").write_text(profile, encoding="utf-8")
    (folder / "mine.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    given = Input(folder / "mine.csv", root=folder, profile="mine.toml")
    store = read(given, store=folder / "store")
    return make_issue(store, Settings(root=folder), week=parse_week(week))


def by_day(folder: Path, *totals: str) -> Issue:
    """A total before the week, and one on each of its first days: killed, injured, found."""
    rows = [f"2021-06-{6 + n:02d},{each}" for n, each in enumerate(totals)]
    return issue(folder, DAYS, ["day,killed_cum,injured_cum,found", *rows])


def test_days_are_reports_and_no_incidents(tmp_path: Path) -> None:
    shown = by_day(tmp_path, "100,50,", "104,51,", "110,58,")
    text = sentences.highlights(shown).plain_text()
    assert "10 people were recorded killed and eight injured in two reports." in text
    said = "\n".join([text, *everything_said(shown)])
    for allowed in ("single incidents", "ncidents are not told apart", "so they are not counted"):
        said = said.replace(allowed, "")
    assert "incident" not in said.lower()
    assert "reports this week" in said
    assert "added to a running total" in said
    # In two districts, and with a report without a figure of the killed
    rows = [f"2021-06-{day:02d},{area},{total}" for day, total in ((6, "9,1"), (7, "12,3"),
            (8, ",5")) for area in ("Ariha", "Harim")]  # fmt: skip
    of_districts = issue(tmp_path, DAYS_BY_DISTRICT, ["day,district,killed_cum,injured_cum", *rows])
    said = "\n".join(everything_said(of_districts)).replace("ncidents are not told apart", "")
    assert "incident" not in said.lower()
    assert "Two reports have no figure of the killed." in said


def everything_said(shown: Issue) -> list[str]:
    """What every function of both reports says."""
    rooms = (sentences, tables, charts, maps)
    judged = (quality_of(shown), (quality_sentences, quality_tables, quality_charts))
    return [
        block.plain_text()
        for given, rooms in ((shown, rooms), judged)
        for room in rooms
        for name in room.__all__
        if callable(function := getattr(room, name))
        for made in [function(given, "killed") if name == "weekly" else function(given)]
        for block in (made if isinstance(made, tuple) else (made,))
    ]


def test_numbers_of_days_are_of_reports_and_are_read_back_as_they_were(tmp_path: Path) -> None:
    shown = by_day(tmp_path, "100,50,", "104,51,", "110,58,")
    text = sentences.numbers_file(shown).text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert not [row for row in rows if row["measure"].startswith("incidents")]
    week = [row for row in rows if row["week"] == "2021-W23" and row["measure"] == "reports"]
    assert [row["value"] for row in week if not row["breakdown"]] == ["2"]
    assert {measure_of(row) for row in week} == {"incidents"}


def test_nobody_says_what_people_of_a_running_total_fled_from(tmp_path: Path) -> None:
    moved = DAYS.replace('"injured"]', '"injured", "displaced"]') + (
        '[columns.displaced]\nfrom = "moved"\n'
    )
    rows = ["day,killed_cum,injured_cum,found,moved", "2021-06-06,1,1,,1", "2021-06-07,2,2,,9"]
    text = sentences.highlights(issue(tmp_path, moved, rows)).plain_text()
    assert "Eight people were newly displaced, as recorded." in text


def test_two_reports_of_one_area_are_not_suspected_to_be_one(tmp_path: Path) -> None:
    """Where a place is named, days that lie beside each other would be pairs."""
    placed = DAYS + '[columns.place]\nvalue = "Bara"\n'
    rows = ["day,killed_cum,injured_cum,found", *(f"2021-06-0{n},{n},{n}," for n in range(5, 9))]
    judged = quality_of(issue(tmp_path, placed, rows))
    assert judged.numbers.value("suspected_pairs", judged.window) == 0
    assert "none is suspected" in quality_sentences.pairs(judged).plain_text()


def test_what_a_layout_of_days_cannot_fill_says_so_once(tmp_path: Path) -> None:
    shown = by_day(tmp_path, "100,50,", "104,51,")
    assert "not counted" in charts.weekly(shown, "incidents").plain_text()
    assert "no range is expected" in sentences.unusual(shown).plain_text()
    assert tables.places(shown).plain_text() == "No record of this year names a place."
    assert tables.districts(shown).plain_text() == "No record of this year names a district."
    for empty in (maps.places, charts.expected, charts.districts, charts.completeness):
        block = empty(shown)
        assert isinstance(block, Paragraph)
        assert block.plain_text() == ""
    assert not shown.numbers.groups("incidents_threshold", shown.week, "detector")


def test_a_total_that_was_lowered_is_said_and_the_week_is_less_by_it(tmp_path: Path) -> None:
    shown = by_day(tmp_path, "100,50,", "109,51,", "105,58,", "105,40,")
    assert shown.numbers.value("killed", shown.week) == 105 - 100
    assert shown.numbers.value("injured", shown.week) == 40 - 50
    text = sentences.highlights(shown).plain_text()
    assert "Five people were recorded killed, and that of the injured was lowered by 10" in text
    assert "that of the killed by 4 and that of the injured by 18." in text


def test_a_week_that_is_less_than_none_is_drawn_under_the_line(tmp_path: Path) -> None:
    shown = by_day(tmp_path, "100,50,", "90,50,")
    text = sentences.highlights(shown).plain_text()
    assert "The total of people killed was lowered by 10" in text
    assert "−10" in charts.key_figures(shown).plain_text()
    low = shown.numbers.get("killed", shown.week, breakdown="who",
                            group="men, or sex and age not recorded")  # fmt: skip
    assert low is not None
    assert (low.value, low.low, low.high) == (-10, -10, -10)
    assert charts.weekly(shown, "killed")


def test_what_the_publisher_adds_for_earlier_days_is_said(tmp_path: Path) -> None:
    shown = by_day(tmp_path, "100,50,", "450,51,300", "460,52,1")
    assert "301 of the killed were added for earlier days" in (
        sentences.highlights(shown).plain_text()
    )
    none = by_day(tmp_path, "100,50,9", "450,51,", "460,52,0")
    assert "earlier days" not in sentences.highlights(none).plain_text()


def test_a_week_without_a_report_is_no_week_without_incidents(tmp_path: Path) -> None:
    rows = ["day,killed_cum,injured_cum,found", "2021-06-05,1,1,", "2021-06-06,2,2,"]
    rows += ["2021-06-14,4,4,", "2021-06-15,5,5,"]
    text = sentences.highlights(issue(tmp_path, DAYS, rows)).plain_text()
    assert text.startswith("- No report of these data is of this week (the ministry).")


def test_people_are_counted_one_by_one_and_grouped(tmp_path: Path) -> None:
    rows = ["day,town,sex,age", "2021-06-07,Bara,F,30", "2021-06-07,Bara,M,4", "2021-06-08,,M,"]
    shown = issue(tmp_path, PEOPLE, rows)
    text = sentences.highlights(shown).plain_text()
    assert "Three civilians were recorded killed in two incidents." in text
    assert "One of the dead was a child and one was a woman" in text
    assert "people listed" in sentences.how_to_read(shown).plain_text()
    assert "one person, without a name" in sentences.provenance(shown).plain_text()


@pytest.mark.parametrize(
    ("profile", "rows"),
    [
        (DAYS, ["day,killed_cum,injured_cum,found", "2021-06-06,1,1,", "2021-06-07,9,9,"]),
        (PEOPLE, ["day,town,sex,age", "2021-06-07,Bara,F,30", "2021-06-07,Bara,M,4"]),
    ],
)
def test_every_row_of_the_file_is_accounted_for_in_the_report(
    tmp_path: Path, profile: str, rows: list[str]
) -> None:
    shown = issue(tmp_path, profile, rows)
    read_, used, apart, rejected = (
        shown.numbers.value(f"rows_{name}", "")
        for name in ("read", "used", "set_aside", "rejected")
    )
    assert (read_, used, apart, rejected) == (2, 1, 1, 0)
