"""Names beside charts, as long as they come: none is cut off, and none runs into another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sitrep import charts
from sitrep.charts.canvas import TEXT, Canvas
from sitrep.charts.layers import Box, Boxes, Words, width_of
from sitrep.charts.rows import LINE, ROW, in_rows, wrapped
from sitrep.language import LANGUAGES, speaking

LONG = "Saint-Barthélemy-de-la-Montagne-Supérieure-sur-Rivière"
ARABIC = "قضاء جبل العرب الأعلى والقرى المجاورة له"


def test_a_name_with_room_is_one_line_and_a_long_one_is_cut_at_its_words():
    assert wrapped("Ariha", 100) == ["Ariha"]
    # 90 points hold some 22 letters of 7.5 points.
    assert wrapped(LONG, 90) == ["Saint-Barthélemy-de-la-", "Montagne-Supérieure-", "sur-Rivière"]
    assert wrapped("x" * 30, 40) == ["x" * 10, "x" * 10, "x" * 10]
    with speaking(LANGUAGES["ar"]):
        assert wrapped(ARABIC, 100) == ["قضاء جبل العرب الأعلى والقرى", "المجاورة له"]


@given(st.text("ab -قضاء", min_size=1, max_size=40).filter(str.strip), st.floats(8, 120))
def test_wrapped_lines_hold_every_letter_and_no_more_than_their_room(name, room):
    lines = [line.strip("\u2068\u2069") for line in wrapped(name, room)]
    assert "".join("".join(lines).split()) == "".join(name.split())
    assert all(width_of(line, TEXT) <= room or len(line) == 1 for line in lines)


def test_rows_are_as_high_as_their_names_and_names_take_less_than_half():
    named = in_rows(["Ariha", f"{LONG} {LONG}"], width=238, least=84, row=ROW)
    assert named.room == 0.45 * 238
    assert named.heights == [ROW, ROW + LINE * (len(named.lines[1]) - 1)]
    assert len(named.lines[1]) > 3
    # Hung from 100: half of the first row below it; of the second, below the whole first.
    assert named.places(100) == [100 - ROW / 2, 100 - ROW - named.heights[1] / 2]


def test_long_names_of_districts_run_into_nothing(issue_of, monkeypatch):
    canvases = []
    monkeypatch.setattr(Canvas, "svg", lambda canvas, name: canvases.append(canvas) or "<svg/>")
    names = [LONG, ARABIC, "Ariha", "Northern Territory of the Upper Valley and Hills"]
    issue = issue_of([{"admin2": name, "killed": 12} for name in names])
    for draw in (charts.districts, charts.calendar):
        draw(issue)
        canvas = canvases[-1]
        rooms = [room_of(layer) for layer in canvas.layers if isinstance(layer, Words)]
        rooms += [
            box
            for layer in canvas.layers
            if isinstance(layer, Boxes)
            for box in layer.boxes
            if box.bottom < box.top
        ]
        for box in rooms:
            assert 0 <= box.left <= box.right <= canvas.width
            assert 0 <= box.bottom <= box.top <= canvas.height
        for one, other in combinations(rooms, 2):
            beside = one.right <= other.left or other.right <= one.left
            assert beside or one.top <= other.bottom or other.top <= one.bottom, (one, other)


def room_of(words):
    """Where a line stands; of 7.5 points, letters with their feet take some 7."""
    wide = width_of(words.words, words.size)
    left = words.x - {"left": 0, "center": 0.5, "right": 1}[words.align] * wide
    return Box(left, words.y - 3.5, left + wide, words.y + 3.5)
