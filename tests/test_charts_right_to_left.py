"""Charts of a language that runs from right to left: mirrored, but for maps and for letters."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from sitrep import charts, maps
from sitrep.charts.canvas import Canvas
from sitrep.charts.layers import Boxes, Words
from sitrep.language import LANGUAGES, left_to_right, speaking

ARABIC = LANGUAGES["ar"]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, Canvas]:
    """The canvases that were written, by name."""
    canvases: dict[str, Canvas] = {}

    def keep(canvas: Canvas, name: str) -> str:
        canvases[name] = canvas
        return "<svg/>"

    monkeypatch.setattr(Canvas, "svg", keep)
    return canvases


@pytest.fixture
def arabic() -> Iterator[None]:
    with speaking(ARABIC):
        yield


def boxes(canvas: Canvas) -> list[tuple[float, ...]]:
    return [
        tuple(box) for layer in canvas.layers if isinstance(layer, Boxes) for box in layer.boxes
    ]


def words(canvas: Canvas, wanted: str) -> Words:
    [found] = [each for each in canvas.layers if isinstance(each, Words) and each.words == wanted]
    return found


# Charts


@pytest.mark.parametrize(
    ("name", "draw"),
    [
        ("weekly killed", lambda issue: charts.weekly(issue, "killed")),
        ("districts", charts.districts),
        ("who", charts.who),
        ("completeness", charts.completeness),
        ("spark killed", charts.key_figures),
    ],
)
def test_what_stood_so_far_from_the_left_stands_so_far_from_the_right(
    sample: Any, drawn: dict[str, Canvas], name: str, draw: Any
) -> None:
    draw(sample)
    english, width = boxes(drawn[name]), drawn[name].width
    draw(replace(sample, lang="ar"))
    assert english
    for (left, low, right, high), turned in zip(english, boxes(drawn[name]), strict=True):
        assert turned == pytest.approx((width - right, low, width - left, high))


def test_time_runs_to_the_left_and_the_axis_stands_at_the_right(
    sample: Any, drawn: dict[str, Canvas]
) -> None:
    charts.weekly(replace(sample, lang="ar"), "killed")
    canvas = drawn["weekly killed"]
    assert words(canvas, "W23").x < words(canvas, "W15").x < words(canvas, "2020-W28").x
    zero = words(canvas, "0")
    assert (zero.align, zero.x > canvas.width - 15) == ("left", True)


def test_the_names_of_rows_stand_at_the_right_of_bars_that_grow_to_the_left(
    sample: Any, drawn: dict[str, Canvas]
) -> None:
    charts.completeness(replace(sample, lang="ar"))
    canvas = drawn["completeness"]
    name = words(canvas, "\u200fنوع الهجوم")
    full = boxes(canvas)[1]  # 27 of 27
    assert name.align == "left"
    assert name.x > full[2]
    assert words(canvas, "\u200f3 من 27").x < full[0]


def test_a_map_is_not_mirrored(sample: Any, drawn: dict[str, Canvas]) -> None:
    def circles() -> list[Any]:
        return [layer for layer in drawn["map"].layers if not isinstance(layer, Words)]

    maps.places(sample)
    english = circles()
    maps.places(replace(sample, lang="ar"))
    assert circles() == english


# Letters, as matplotlib shapes them


def glyphs(text: str) -> list[tuple[float, str]]:
    """Where each letter of a text was set, and its outline's name, from the left."""
    canvas = Canvas(300, 20, mirrored=False)
    canvas.text(0, 10, text)
    uses = re.findall(r'<use xlink:href="#([^"]+)"(?: x="([\d.]+)")?', canvas.svg("letters"))
    return sorted((float(x or 0), name) for name, x in uses if not name.endswith("-3"))  # spaces


def latin(text: str) -> list[str]:
    return [name for _, name in glyphs(text) if "Arabic" not in name]


@pytest.mark.usefixtures("arabic")
@pytest.mark.parametrize("figures", ["17–24", "2021-W23"])
def test_figures_keep_their_order_left_of_the_arabic_before_them(figures: str) -> None:
    mixed = glyphs(f"هذا الأسبوع {left_to_right(figures)}")
    assert latin(f"هذا الأسبوع {left_to_right(figures)}") == [latin(each)[0] for each in figures]
    arabic = [x for x, name in mixed if "Arabic" in name]
    assert max(x for x, name in mixed if "Arabic" not in name) < min(arabic)


@pytest.mark.usefixtures("arabic")
def test_a_latin_name_stands_right_of_its_figures() -> None:
    # Read from the right: Bara, then 2, then 3.
    order = latin("\u2068Bara\u2069 2, 3")
    assert order[-4:] == latin("Bara")
    assert (order[0], order[2]) == (latin("3")[0], latin("2")[0])


@pytest.mark.usefixtures("arabic")
def test_arabic_letters_are_joined_and_none_is_missing() -> None:
    whole = [name for _, name in glyphs("أريحا")]
    alone = [name for letter in "أريحا" for _, name in glyphs(letter)]
    assert all(name.startswith("IBMPlexSansArabic") for name in whole)
    assert set(whole) != set(alone)  # ح in the middle of a word has another shape than alone
    for text in (
        "المدنيون الذين قُتلوا كل أسبوع",
        "\u2068Bara\u2069 2, 3",
        "W44",
        "\u206617–24\u2069",
    ):
        assert not [name for _, name in glyphs(text) if name.endswith("-0")]  # the box of no letter


@pytest.mark.usefixtures("arabic")
def test_the_marks_of_direction_take_no_room() -> None:
    assert [x for x, _ in glyphs("\u206617–24\u2069")] == [x for x, _ in glyphs("17–24")]
