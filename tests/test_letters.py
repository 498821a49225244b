"""Lines of words: how wide they are, and that each letter is drawn once."""

import re
import xml.etree.ElementTree as ET

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from sitrep.charts.canvas import Canvas
from sitrep.drawing.letters import UNITS, line
from sitrep.figures import use_house_style

MARK, ISOLATE, POP = (
    "\N{RIGHT-TO-LEFT MARK}",
    "\N{FIRST STRONG ISOLATE}",
    "\N{POP DIRECTIONAL ISOLATE}",
)


@pytest.mark.parametrize(
    "words", ["lp", "2021-W23", "1,867", "Maarat al-Numan", "إدلب 12", "مُحَمَّد", "j", "fi fl AV", ""]
)
def test_a_line_is_as_wide_and_high_as_matplotlib_sets_it(words: str) -> None:
    use_house_style()
    latin = all(letter < "\u0590" for letter in words)
    font = FontProperties(family=["Noto Sans"] if latin else None, size=100)
    width, height, descent = text_to_path.get_text_width_height_descent(words, font, False)
    found = line(words)
    for ours, theirs in (
        (found.width, width),
        (found.top - found.bottom, height),
        (-found.bottom, descent),
    ):
        assert 100 * ours / UNITS == pytest.approx(theirs, abs=0.02)


def test_marks_of_direction_take_no_room() -> None:
    marked = line(f"{MARK}{ISOLATE}إدلب{POP}{MARK}")
    assert marked.width == line("إدلب").width


def test_arabic_stands_from_the_right_in_joined_letters() -> None:
    # The first letter that is read stands furthest right; the Latin digits after it, at its left.
    letters = line("بب 1").letters
    first, last = (max(letters, key=lambda each: each[1]), min(letters, key=lambda each: each[1]))
    assert first[0].name.startswith("IBMPlexSansArabic")
    assert last[0].name == line("1").letters[0][0].name
    assert len({letter.name for letter, _, _ in letters if "Arabic" in letter.name}) >= 2


def test_a_letter_is_outlined_once_in_a_picture_and_used_wherever_it_stands() -> None:
    canvas = Canvas(100, 20)
    canvas.text(0, 5, "noon")
    canvas.text(50, 5, "on")
    svg = canvas.svg("words")
    outlines = [each.get("id") for each in ET.fromstring(svg).iter() if each.get("id")]
    assert len(re.findall("<use ", svg)) == 6
    assert outlines == ["words", *dict.fromkeys(outlines[1:])]
    assert len(outlines) == 1 + 2


def test_words_stand_with_their_right_end_at_the_point() -> None:
    canvas = Canvas(100, 20)
    canvas.text(90, 5, "1,867", align="right", size=10, upright="baseline")
    moved = re.search(r"translate\(([\d.]+) ([\d.]+)\)", canvas.svg("words"))
    assert moved
    # 255.6 hundredths of the size wide, as matplotlib has it: 90 - 25.56; and 5 from the foot.
    assert [float(each) for each in moved.groups()] == [64.44, 15]
