"""What the bytes of a piece of a file hold, told in two ways."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitrep.incidents.pieces import ENDS, LargePiece, SmallPiece

MARKS = [bytes([mark]) for mark in (*ENDS, 0x7F)]
BYTES = st.lists(st.sampled_from([*b' ,;\t\r\n"ab\x00\x1f\x7f\x80', 0xFF])).map(bytes)


@given(BYTES)
@example(b"a ,b")
@example(b"ab, c")
@example(b"a, b,")
def test_both_ways_tell_the_same_of_any_bytes(text):
    small, large = SmallPiece(text), LargePiece(text)
    assert small.blank_at_an_end() == large.blank_at_an_end()
    assert small.controls() == large.controls()
    assert [*map(small.count, MARKS)] == [*map(large.count, MARKS)]


@pytest.mark.parametrize("piece_of", [SmallPiece, LargePiece])
@pytest.mark.parametrize(
    ("text", "blank"),
    [
        (b"", False),
        (b"a b,c d\n", False),
        (b" a", True),
        (b"a ", True),
        (b"a ,b", True),
        (b"aa ,b", True),
        (b"a, b", True),
        (b"aa, b", True),
        (b"a;\t b", True),
        (b'a" b', True),
        (b"a \r\n", True),
        (b"a\n b", True),
    ],
)
def test_a_blank_at_an_end_of_a_cell_is_seen(piece_of, text, blank):
    assert piece_of(text).blank_at_an_end() is blank


@pytest.mark.parametrize("piece_of", [SmallPiece, LargePiece])
def test_controls_are_all_below_a_blank_but_tabs_and_line_feeds(piece_of):
    assert piece_of(bytes(range(33)) + b"\x7f\x80").controls() == 31  # 32, less 2, and 127
