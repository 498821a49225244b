"""Classes of counts and their shades, and the calendar that is shaded by them."""

import re

import pytest

from sitrep import charts
from sitrep.charts.canvas import Canvas
from sitrep.charts.classes import SHADES, Classes, classes_of
from sitrep.charts.layers import Boxes, Words

PALE, MID, DEEP = SHADES


@pytest.mark.parametrize(
    ("top", "least", "said"),
    [
        (1, (1,), ["1 or more"]),
        (2, (1, 2), ["1", "2 or more"]),
        (3, (1, 2, 3), ["1", "2", "3 or more"]),
        (18, (1, 3, 7), ["1–2", "3–6", "7 or more"]),  # 18 is 2.62 three times multiplied
        (1000, (1, 10, 100), ["1–9", "10–99", "100 or more"]),
        (1_000_000, (1, 100, 10_000), ["1–99", "100–9,999", "10,000 or more"]),
    ],
)
def test_each_class_begins_at_the_same_multiple_of_the_one_before(top, least, said):
    found = classes_of([top, 1, 0, float("nan")])
    assert found.least == least
    assert [words for _, words in found.named()] == said


def test_counts_have_the_shade_of_their_class():
    classes = Classes((1, 3, 7))
    assert [classes.shade(count) for count in (1, 2, 3, 6, 7, 70)] == [
        PALE, PALE, MID, MID, DEEP, DEEP,
    ]  # fmt: skip
    assert classes_of([1]).shade(1) == DEEP  # where there is one class, it is the deepest


def test_no_count_has_no_class():
    assert classes_of([0, float("nan")]).named() == []


@pytest.fixture
def drawn(monkeypatch):
    """The canvas that was written last."""
    canvases = []
    monkeypatch.setattr(Canvas, "svg", lambda canvas, name: canvases.append(canvas) or "<svg/>")
    return canvases


def test_a_week_of_none_is_shaded_otherwise_than_one_without_a_figure_or_not_covered(
    issue_of, drawn
):
    # Weeks W20 (8), W21 (a blank), W22 (none), W23 (1); the 48 before are not covered.
    days = {"2021-05-17": 8, "2021-05-24": "", "2021-05-31": 0, "2021-06-07": 1}
    rows = [{"date": day, "killed": killed, "admin2": "Ariha"} for day, killed in days.items()]
    chart = charts.calendar(issue_of(rows))
    [cells] = [layer for layer in drawn[-1].layers if isinstance(layer, Boxes)][:1]
    assert cells.shades == [DEEP, "wash", PALE]
    words = [layer.words for layer in drawn[-1].layers if isinstance(layer, Words)]
    assert (words.count("–"), words.count("·")) == (1, 48)
    assert {"1", "2–3", "4 or more"} <= set(words)
    assert "–: recorded without a figure. ·: not covered by the data." in chart.caption


def test_the_calendar_says_its_weeks_and_totals(sample):
    chart = charts.calendar(sample)
    assert chart.title.endswith("shaded by number, 2020-W25 to 2021-W23")
    assert re.search(r"Year to date: Ariha \d+, ", chart.alt)
    assert "not covered" not in chart.caption  # the sample reaches back so far


def test_where_no_district_has_any_the_calendar_says_so(issue_of):
    made = charts.calendar(issue_of([{"killed": 0, "admin2": "Ariha"}]))
    assert made.plain_text() == "No civilians killed were recorded by district this year."
