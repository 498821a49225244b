"""What the bytes of a piece of a file hold, told in two ways."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitrep.errors import DataError
from sitrep.incidents import scan
from sitrep.incidents.pieces import ENDS, LargePiece, SmallPiece

MARKS = [bytes([mark]) for mark in (*ENDS, 0x7F)]
BYTES = st.lists(st.sampled_from([*b' ,;\t\r\n"ab\x00\x1f\x7f\x80', 0xFF])).map(bytes)


@given(BYTES, st.booleans())
@example(b"a ,b", False)
@example(b"ab, c", False)
@example(b'a"b"c"', True)
def test_both_ways_tell_the_same_of_any_bytes(text, opened):
    small, large = SmallPiece(text), LargePiece(text)
    assert small.blanks_beside_ends() == large.blanks_beside_ends()
    assert small.quoted(opened) == large.quoted(opened)
    assert small.controls() == large.controls()
    assert [*map(small.count, MARKS)] == [*map(large.count, MARKS)]


@pytest.mark.parametrize("piece_of", [SmallPiece, LargePiece])
@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (b"", 0),
        (b"a b,c d\n", 0),
        (b" a", 0),  # no end stands before it
        (b"a ,b", 1),
        (b"aa ,b", 1),
        (b"a, b", 1),
        (b"aa, b", 1),
        (b"a, ,b", 2),
        (b"a;\t b", 1),
        (b'a" b', 1),
        (b"a \r\n", 1),
        (b"a\n b", 1),
    ],
)
def test_blanks_at_the_ends_of_cells_are_counted(piece_of, text, pairs):
    assert piece_of(text).blanks_beside_ends() == pairs


@pytest.mark.parametrize("piece_of", [SmallPiece, LargePiece])
def test_what_stands_within_quotation_marks_begins_in_an_open_one_or_after_the_next(piece_of):
    piece = piece_of(b'a"b","c"d"e')
    assert piece.quoted(opened=False) == [b"b", b"c", b"e"]
    assert piece.quoted(opened=True) == [b"a", b",", b"d"]


@pytest.mark.parametrize("piece_of", [SmallPiece, LargePiece])
def test_controls_are_all_below_a_blank_but_tabs_and_line_feeds(piece_of):
    assert piece_of(bytes(range(33)) + b"\x7f\x80").controls() == 31  # 32, less 2, and 127


@pytest.mark.parametrize("least", [scan.LARGE, -1])
def test_a_byte_that_is_no_text_is_found_beside_controls_and_far_down(monkeypatch, tmp_path, least):
    monkeypatch.setattr(scan, "LARGE", least)
    monkeypatch.setattr(scan, "CHUNK", 8)
    path = tmp_path / "incidents.csv"
    path.write_bytes(b"a,b\n1,2\n" * 50 + b"\x07,\xff\n" + b"1,2\n" * 50)
    with pytest.raises(DataError, match="line 101: the text is not UTF-8"):
        scan.scan(path, shown="incidents.csv")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"a,b\n1, 2\n",
        b'a,b\r\n"1,5", x\r\n',
        b'a;b\n"; ";"\t"\n1;2',
        b'a,b\n"1\n2",3\n"4",5\n',
        "a,b\nإدلب,#\x7f\n".encode(),
    ],
)
def test_a_large_file_is_scanned_as_a_small_one_is(monkeypatch, tmp_path, text):
    path = tmp_path / "incidents.csv"
    path.write_bytes(text)
    small = scan.scan(path, shown="")
    monkeypatch.setattr(scan, "LARGE", -1)
    monkeypatch.setattr(scan, "CHUNK", 3)
    assert scan.scan(path, shown="") == small
