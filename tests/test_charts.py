"""Charts by their data, labels and words, not by their pixels."""

import re
import xml.etree.ElementTree as ET
from importlib import import_module
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep import charts
from sitrep import measures as m
from sitrep.blocks import Chart
from sitrep.charts import canvas
from sitrep.charts.canvas import Canvas
from sitrep.charts.layers import Boxes, Circles, Lines, Words, width_of

who = import_module("sitrep.charts.who")  # the package has a function of the same name

CHARTS = {
    "killed": lambda issue: charts.weekly(issue, "killed"),
    "injured, narrow": lambda issue: charts.weekly(issue, "injured", width=charts.HALF, height=70),
    "displaced": lambda issue: charts.weekly(issue, "displaced"),
    "incidents": lambda issue: charts.weekly(issue, "incidents"),
    "who": charts.who,
    "attacks": charts.attacks,
    "districts": charts.districts,
    "calendar": charts.calendar,
    "completeness": charts.completeness,
    "expected": charts.expected,
}


@pytest.fixture(params=CHARTS)
def draw(request):
    return CHARTS[request.param]


def layers(canvas, kind):
    return [layer for layer in canvas.layers if isinstance(layer, kind)]


def texts(canvas):
    return [layer.words for layer in layers(canvas, Words)]


def boxes(canvas, count):
    """The `count` bars of a canvas, all drawn at once."""
    [found] = [layer.boxes for layer in layers(canvas, Boxes) if len(layer.boxes) == count]
    return found


def heights(canvas, count):
    """The heights in points of the `count` bars on a canvas."""
    return [box.top - box.bottom for box in boxes(canvas, count)]


# Words


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("killed", ["2020-W25 to 2021-W23", "In 2021-W23: 20.", "four weeks before was 8.0"]),
        ("displaced", ["people newly displaced", "In 2021-W23: 1,867."]),
        ("who", ["Of 20 killed: 6 women, 5 children and 9 men, or sex and age not recorded"]),
        ("attacks", ["Shelling: 27 this week"]),
        ("districts", ["This week: Ariha 18, Al Ma'ra 2,", "Al Ma'ra 17 in 2020-W45"]),
        ("districts", ["Year to date: Ariha 85, "]),
        ("calendar", ["Weeks with any recorded, of 52: Ariha 43, "]),
        ("expected", ["Above the range expected: all areas and Ariha. All areas: 27 recorded"]),
        ("completeness", ["Place: 27 of 27", "Number killed: 24 of 27"]),
    ],
)
def test_the_alternative_text_says_the_numbers(sample, name, said):
    alt = CHARTS[name](sample).alt
    for words in said:
        assert words in alt


def test_a_chart_names_its_source_and_that_its_data_are_made_up(sample, sample_week, draw):
    assert "Illustrative, but for this week's totals." in draw(sample).caption
    assert "Illustrative data." in draw(sample_week("2021-W20")).caption
    if draw is not CHARTS["completeness"]:
        assert re.search(r"Sources?: ", draw(sample).caption)


def test_the_same_issue_gives_the_same_bytes(sample, draw):
    assert draw(sample) == draw(sample)


def test_what_two_charts_of_a_page_call_the_same_is_the_same(sample):
    # Inline SVGs share one page: a clip path found under another chart's id would cut this one.
    drawn = [draw(sample).svg for draw in CHARTS.values()]
    drawn += [item.svg for item in charts.key_figures(sample).items]
    meant = {}
    for svg in drawn:
        defined = {each.get("id"): ET.tostring(each) for each in ET.fromstring(svg).iter()}
        referred = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
        assert referred <= set(defined)
        for name in referred:
            assert meant.setdefault(name, defined[name]) == defined[name], name


def test_a_chart_is_one_svg_without_script_or_request(sample, draw):
    svg = draw(sample).svg
    assert ET.fromstring(svg).tag.endswith("svg")
    assert not re.search(r"<script|https?://(?!www\.w3\.org)|<text|<metadata|font-family", svg)


def test_a_quiet_week_breaks_no_chart(quiet, draw):
    made = draw(quiet)
    words = made.alt if isinstance(made, Chart) else made.plain_text()
    assert re.search("[a-z]{3}", words), f"{words!r} says nothing"
    assert "nan" not in words


def test_a_quiet_week_has_key_figures(quiet):
    for item in charts.key_figures(quiet).items:
        assert "nan" not in f"{item.value} {item.alt} {item.change}"
        assert item.value
        assert item.alt


@pytest.mark.parametrize("name", ["$x_1$", "a_b <i> & 100%", "إدلب", "two\nlines", r"\alpha {"])
def test_names_from_the_file_break_no_chart(issue_of, name):
    row = {"admin2": name, "place": name, "source": name, "killed": 3, "killed_women": 1}
    issue = issue_of([{**row, "attack": "shelling"}])
    for draw in CHARTS.values():
        made = draw(issue)
        if isinstance(made, Chart):
            ET.fromstring(made.svg)
    assert "3" in charts.districts(issue).alt


def test_data_of_one_week_make_every_chart(issue_of):
    issue = issue_of([{"killed": 1, "killed_women": 1, "admin2": "Ariha", "attack": "shelling"}])
    assert "2021-W23 to 2021-W23" in charts.weekly(issue, "killed").alt
    assert "Ariha 1" in charts.districts(issue).alt
    assert "1 women" in charts.who(issue).alt or "1 woman" in charts.who(issue).alt


def test_labels_follow_the_victims(issue_of):
    rows = [{"killed": 1, "killed_women": 1, "admin2": "Ariha"}]
    assert charts.weekly(issue_of(rows), "killed").title.startswith("Civilians killed")
    people = issue_of(rows, victims="all")
    for draw in CHARTS.values():
        assert "ivilian" not in draw(people).plain_text()


# Bars over the weeks


@pytest.fixture
def drawn(monkeypatch):
    """The canvases that were written, by name."""
    canvases = {}

    def keep(canvas, name):
        canvases[name] = canvas
        return "<svg/>"

    monkeypatch.setattr(Canvas, "svg", keep)
    return canvases


@pytest.mark.parametrize("measure", ["killed", "displaced", "incidents"])
def test_bars_are_as_high_as_their_numbers_from_zero(sample, drawn, measure):
    charts.weekly(sample, measure)
    weeks = sample.periods.charted
    values = np.nan_to_num([sample.numbers.value(measure, week) for week in weeks])
    found = heights(drawn[f"weekly {measure}"], 52)
    assert max(found) > 35  # points, of 74
    assert found == pytest.approx(values / values.max() * max(found), abs=0.01)


def test_this_week_is_labelled_and_the_first_week_of_each_year_named(sample, drawn):
    charts.weekly(sample, "killed")
    words = texts(drawn["weekly killed"])
    assert "20" in words
    # Every eighth week back from 2021-W23: W15, W07, 2020-W52, ... 2020-W28 is the first.
    assert [word for word in words if "W" in word] == [
        "2020-W28", "W36", "W44", "W52", "2021-W07", "W15", "W23",
    ]  # fmt: skip


def test_a_blank_week_is_marked_and_a_zero_is_not(issue_of, drawn):
    days = {"2021-05-24": 3, "2021-05-31": None, "2021-06-07": 0}
    charts.weekly(issue_of([{"date": day, "killed": n} for day, n in days.items()]), "killed")
    canvas = drawn["weekly killed"]
    assert texts(canvas).count("–") == 1
    three, blank, zero = heights(canvas, 3)
    assert three > 0
    assert (blank, zero) == (0, 0)


def test_the_line_of_the_mean_stands_at_its_height_over_the_four_weeks_before(sample, drawn):
    charts.weekly(sample, "killed")
    canvas = drawn["weekly killed"]
    bars = boxes(canvas, 52)
    # This week's bar is 20 high, the mean is 8.0.
    eight = bars[51].bottom + (bars[51].top - bars[51].bottom) * 8 / 20
    lines = [line for layer in layers(canvas, Lines) for line in layer.lines]
    short = [line for line in lines if line[1][0] - line[0][0] < 100]  # the grid's go across
    [(start, end)] = [line for line in short if [y for _, y in line] == pytest.approx([eight] * 2)]
    assert bars[46].right < start[0] < bars[47].right
    assert bars[50].left < end[0] < bars[51].left


def test_weeks_that_are_filling_up_are_marked_as_such(issue_of, drawn):
    def words(frozen):
        charts.weekly(issue_of([{"killed": 1, "reported_on": frozen}]), "killed")
        return texts(drawn["weekly killed"])

    assert "still filling up" in words("2021-06-20")
    assert "still filling up" not in words("2021-08-01")


def test_districts_share_one_scale_and_the_largest_comes_first(issue_of, drawn):
    # Harim 8 and Ariha 2 this week: on one scale, Ariha's bar is a quarter of Harim's.
    rows = [{"admin2": "Ariha", "killed": 2}, {"admin2": "Harim", "killed": 8}]
    chart = charts.districts(issue_of(rows))
    assert chart.alt.endswith("Year to date: Harim 8 and Ariha 2.")
    words = texts(drawn["districts"])
    assert words.index("Harim") < words.index("Ariha")
    bars = [box.top - box.bottom for layer in layers(drawn["districts"], Boxes)
            for box in layer.boxes]  # fmt: skip
    assert bars[1] == pytest.approx(bars[0] / 4)


def test_the_dots_of_attacks_are_this_week_and_the_mean(issue_of, drawn):
    early = [{"date": "2021-05-03", "killed": 0}]
    before = [{"date": "2021-05-31", "attack": "shelling"} for _ in range(8)]  # mean 2
    this = [{"attack": "shelling"} for _ in range(4)]
    charts.attacks(issue_of([*early, *before, *this]))
    means, values = [layer.centres for layer in layers(drawn["attacks"], Circles)]
    left = min(line[0][0] for layer in layers(drawn["attacks"], Lines) for line in layer.lines)
    assert means[0].x - left == pytest.approx((values[0].x - left) / 2)
    assert "Shelling" in texts(drawn["attacks"])


def test_the_parts_of_a_bar_are_as_long_as_their_share(sample, drawn):
    charts.who(sample)
    longs = [box.right - box.left for box in layers(drawn["who"], Boxes)[0].boxes]
    # 6 women, 5 children and 9 others of 20
    assert longs == pytest.approx([sum(longs) * part / 20 for part in (6, 5, 9)], abs=1.5)
    assert {"6 women", "5 children"} <= set(texts(drawn["who"]))


def test_what_is_not_recorded_is_hatched_as_long_as_its_share(sample, drawn):
    charts.who(sample)
    [*_, unknown] = layers(drawn["who"], Boxes)[0].boxes
    strokes = layers(drawn["who"], Lines)[0].lines
    xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
    assert (min(xs), max(xs)) == (unknown.left, unknown.right)
    assert (min(ys), max(ys)) == (unknown.bottom, unknown.top)
    assert len(strokes) > 20


def test_children_are_divided_into_girls_boys_and_those_of_unknown_sex(issue_of, drawn):
    row = {"killed": 9, "killed_women": 2, "killed_children": 5, "killed_girls": 2}
    chart = charts.who(issue_of([{**row, "killed_boys": 1}]))
    children = "5 children (2 girls, 1 boy and 2 of sex not recorded)"
    assert children in chart.alt
    assert children in texts(drawn["who"])
    longs = [box.right - box.left for box in layers(drawn["who"], Boxes)[0].boxes]
    assert longs == pytest.approx([sum(longs) * part / 9 for part in (2, 2, 1, 2, 2)], abs=1.5)
    # Of none the sex is recorded: they are one part.
    assert "5 children and" in charts.who(issue_of([{"killed": 9, "killed_children": 5}])).alt


@given(st.lists(st.tuples(st.integers(1, 60), st.text("abc ", min_size=1, max_size=14)),
                min_size=1, max_size=4))  # fmt: skip
def test_labels_of_narrow_parts_do_not_cover_each_other(parts):
    whole = sum(size for size, _ in parts)
    starts = [sum(size for size, _ in parts[:n]) / whole for n in range(len(parts))]
    labels = [text for _, text in parts]
    placed = who.spread(starts, labels)
    for line in (False, True):
        row = [
            (x, x + width_of(text, who.SIZE) / who.BAR)
            for (x, below), text in zip(placed, labels, strict=True)
            if below == line
        ]
        assert all(end <= start for (_, end), (start, _) in pairwise(sorted(row)))


# Key figures


def test_the_key_figures_of_the_published_week(sample):
    items = {item.label: item for item in charts.key_figures(sample).items}
    assert {label: item.value for label, item in items.items()} == {
        "Civilians killed": "20", "Civilians injured": "36", "People newly displaced": "1,867",
        "Incidents": "27", "Places hit": "15",
    }  # fmt: skip
    killed = items["Civilians killed"]
    assert (killed.range, killed.change) == ("17–24", "+6 on the week before")  # 14 the week before
    assert killed.sources == "White Helmets"
    assert killed.alt.endswith(", 14, 20.")
    assert items["People newly displaced"].tone == "displacement"


def test_what_the_data_lack_is_no_key_figure(issue_of):
    items = charts.key_figures(issue_of([{"killed": 1}])).items
    assert [item.label for item in items] == ["Civilians killed", "Incidents", "Places hit"]


def test_several_sources_are_counted(issue_of):
    items = charts.key_figures(issue_of([{"killed": 1, "source": "A;B"}])).items
    assert items[0].sources == "2 sources"


def test_every_measure_has_colours():
    for measure in m.MEASURES.values():
        assert canvas.DEEP[measure.tone]
        assert canvas.PALE[measure.tone]
