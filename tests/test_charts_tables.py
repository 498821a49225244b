"""The tables of what charts draw: their numbers worked out by hand from a few records."""

from dataclasses import replace

import pytest

from sitrep import charts, maps
from sitrep.blocks import Chart
from sitrep.quality import charts as quality_charts
from sitrep.quality.opening import quality_of

ARIHA = {"admin2": "Ariha", "place": "Bara", "longitude": 36.5, "latitude": 35.7,
         "place_precision": "exact"}  # fmt: skip
HARIM = {**ARIHA, "admin2": "Harim", "place": "Salqin", "longitude": 36.6}
# W21: 3 killed in Ariha, 2 to 5 by the reports. W22: in Ariha no figure. W23: 5 + 2 killed.
RECORDS = [
    {**ARIHA, "date": "2021-05-24", "attack": "shelling", "killed": 3,
     "killed_low": 2, "killed_high": 5, "injured": 0},
    {**ARIHA, "date": "2021-05-31", "attack": "shelling", "killed": None, "injured": 4},
    {**ARIHA, "attack": "shelling", "killed": 5, "killed_women": 1, "killed_children": 2,
     "killed_girls": 1, "killed_boys": 1, "injured": None},
    {**HARIM, "attack": "air strike", "killed": 2, "injured": 6},
]  # fmt: skip


@pytest.fixture(scope="module")
def issue(issue_of):
    return issue_of(RECORDS, week="2021-W23")


def heads(chart):
    return [column.label for column in chart.table.columns]


def rows(chart):
    return [row.cells for row in chart.table.rows]


DRAWN = {
    "weekly": lambda of: charts.weekly(of, "killed"),
    "weekly, narrow": lambda of: charts.weekly(of, "displaced", width=charts.HALF),
    "who": charts.who,
    "attacks": charts.attacks,
    "places": maps.places,
    "districts": charts.districts,
    "calendar": charts.calendar,
    "expected": charts.expected,
    "arrival": charts.arrival,
    "completeness": charts.completeness,
    "delays": lambda of: quality_charts.delays(quality_of(of)),
    "digits": lambda of: quality_charts.digits(quality_of(of)),
}


@pytest.mark.parametrize("name", DRAWN)
def test_no_chart_of_the_sample_is_without_its_table(sample, name):
    chart = DRAWN[name](sample)
    assert isinstance(chart, Chart)
    table = chart.table
    assert len(table.rows) > 1
    assert all(len(row.cells) == len(table.columns) > 1 for row in table.rows)
    assert all(column.label.strip() for column in table.columns)
    assert (table.columns[0].align, table.columns[1].align) == ("left", "right")


def test_weeks_stand_latest_first_with_ranges_and_marks(issue):
    chart = charts.weekly(issue, "killed")
    assert heads(chart) == ["Week", "civilians killed", "lowest to highest"]
    assert rows(chart) == [
        ("2021-W23", "7", ""), ("2021-W22", "–", ""), ("2021-W21", "3", "2–5"),
    ]  # fmt: skip
    assert "–: recorded without a figure." in chart.table.notes[0]


def test_the_mean_that_is_drawn_stands_below_the_weeks(issue_of):
    # 1 + 2 + 3 + 4 in the four weeks before: 2.5.
    days = ["2021-05-10", "2021-05-17", "2021-05-24", "2021-05-31", "2021-06-07"]
    issue = issue_of([{"date": day, "killed": n} for n, day in enumerate(days, start=1)])
    table = charts.weekly(issue, "killed").table
    assert [row.cells for row in table.rows][-2:] == [("2021-W19", "1"), ("4-week mean", "2.5")]
    assert table.rows[-1].rule


def test_weeks_that_are_filling_up_are_named(issue_of):
    def notes(frozen):
        days = ("2021-05-24", "2021-05-31", "2021-06-07")
        issue = issue_of([{"date": day, "killed": 1, "reported_on": frozen} for day in days])
        return charts.weekly(issue, "killed").table.notes

    # Frozen on 20 June: W22 ended on 6 June, two weeks before, W21 three weeks before.
    assert notes("2021-06-20") == ("Still filling up from 2021-W22 on.",)
    assert notes("2021-08-01") == ()


@pytest.mark.parametrize("draw", [charts.districts, charts.calendar])
def test_a_district_is_a_column_and_a_week_a_row(issue, draw):
    chart = draw(issue)
    assert heads(chart) == ["Week", "Ariha", "Harim"]
    # In W22 nothing is known of anywhere; in W21 nothing was recorded in Harim.
    assert rows(chart)[:3] == [
        ("2021-W23", "5", "2"), ("2021-W22", "–", "–"), ("2021-W21", "3", "0"),
    ]  # fmt: skip


def test_the_calendar_marks_weeks_before_the_data(issue):
    cells = rows(charts.calendar(issue))
    assert len(cells) == 52
    assert cells[3] == ("2021-W20", "·", "·")


def test_the_parts_of_a_bar_stand_under_it_and_children_by_sex_under_them(issue_of):
    row = {"killed": 9, "killed_women": 2, "killed_children": 5, "killed_girls": 2}
    table = charts.who(issue_of([{**row, "killed_boys": 1, "injured": 3}])).table
    assert [(row.indent, *row.cells) for row in table.rows] == [
        (0, "Civilians killed", "9"),
        (1, "women", "2"),
        (1, "children", "5"),
        (2, "girls", "2"),
        (2, "boys", "1"),
        (2, "children, sex not recorded", "2"),
        (1, "men, or sex and age not recorded", "2"),
        (0, "Civilians injured", "3"),
        (1, "sex and age not recorded", "3"),  # no record names any
    ]  # fmt: skip


def test_what_is_withheld_has_a_star_and_no_number(issue_of):
    row = {"admin2": "Ariha", "killed": 12, "killed_women": 7, "killed_men": 0,
           "killed_children": 2}  # fmt: skip
    chart = charts.who(issue_of([row], area="Ariha"))
    # The 2 children go with the 0 men; 12 less 7 women and these 2 are 3.
    assert rows(chart) == [
        ("Civilians killed", "12"),
        ("women", "7"),
        ("men, or sex and age not recorded", "3"),
        ("withheld", "*"),
    ]
    assert "* withheld: fewer than" in chart.table.notes[0]


def test_attacks_have_this_week_and_the_mean(issue_of):
    early = [{"date": "2021-05-03", "killed": 0}]
    before = [{"date": "2021-05-31", "attack": "shelling"} for _ in range(6)]  # in four weeks
    this = [{"attack": "shelling"}, {"attack": "air strike"}, {"attack": "shelling"}]
    chart = charts.attacks(issue_of([*early, *before, *this]))
    assert heads(chart) == ["Attack", "this week", "4-week mean"]
    assert rows(chart) == [("Shelling", "2", "1.5"), ("Air strike", "1", "0.0")]


def test_a_mean_of_weeks_before_the_data_is_not_drawn_as_none(issue_of):
    chart = charts.attacks(issue_of([{"attack": "shelling", "killed": 1}]))
    assert rows(chart) == [("Shelling", "1", "·")]
    assert chart.alt == "Shelling: 1 this week."
    assert "Hollow" not in chart.caption
    assert chart.subtitle == "this week"
    assert chart.svg.count("<circle") == 1


def test_places_have_the_figures_of_their_circles_and_a_blank_is_not_zero(issue):
    chart = maps.places(issue)
    assert heads(chart) == ["Place, district", "killed", "injured"]
    assert rows(chart) == [("Salqin, Harim", "2", "6"), ("Bara, Ariha", "5", "–")]
    assert "Bara, Ariha: 5 killed, no figure injured" in chart.alt


def test_fields_are_filled_in_so_many_of_the_incidents(issue):
    chart = charts.completeness(issue)
    assert heads(chart) == ["Field", "with the field filled", "incidents this week"]
    assert ("Number killed", "2", "2") in rows(chart)
    assert ("Number injured", "1", "2") in rows(chart)


def test_delays_and_digits_are_counted_as_they_are_drawn(issue_of):
    # 10 to 49: four figures for each digit.
    records = [{"displaced": n, "reported_on": "2021-06-08"} for n in range(10, 50)]
    quality = quality_of(issue_of([*records, {"killed": 1}], week="2021-W23"))
    digits = quality_charts.digits(quality)
    assert rows(digits) == [(f"Ending in {digit}", "4") for digit in range(10)]
    delays = rows(quality_charts.delays(quality))
    assert ("1 day", "40") in delays
    assert ("Not known", "1") in delays


def test_a_table_is_in_the_language_of_its_report(issue_of):
    arabic = replace(issue_of(RECORDS, week="2021-W23"), lang="ar")
    chart = charts.weekly(arabic, "killed")
    assert heads(chart)[0] == "الأسبوع"
    assert rows(chart)[2] == ("\u20682021-W21\u2069", "3", "\u20662–5\u2069")
