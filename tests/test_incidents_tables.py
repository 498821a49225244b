"""What stands around a table in a spreadsheet: titles above it, totals under it, empty cells."""

import re
from pathlib import Path

import pytest

from sitrep.errors import DataError
from sitrep.incidents import Input, Store, read
from sitrep.incidents.notes import read_notes
from sitrep.incidents.total_rows import is_label

HEADER = "incident_id,date,admin1,place,killed,source"
ROWS = ("A,2021-06-07,Idleb,Ihsim,3,WH", "B,2021-06-08,Idleb,Bara,4,WH")


def read_lines(folder: Path, *lines: str, separator: str = ",") -> Store:
    path = folder / "incidents.csv"
    text = "\n".join(lines) + "\n"
    path.write_text(text.replace(",", separator), encoding="utf-8")
    store = read(Input(path, root=folder), store=folder / "store")
    assert store.rows_read == store.rows_used + store.rows_set_aside + store.rows_rejected
    return store


def killed(store: Store) -> list[float]:
    return list(store.load(["killed"])["killed"])


def apart(store: Store) -> list[tuple[int, str]]:
    return [(found.line, found.reason) for found in store.listed() if found.outcome == "set aside"]


@pytest.mark.parametrize(
    "row",
    [
        "Total,,,,7,", "TOTAL:,,,,7,", ",Grand total,,,7,", ",,,Total général,7,",
        ",,,,7,Sous-total", "المجموع,,,,7,", ",,,المجموع الكلي,7,", ",,الإجمالي,,7,",
        "Toplam,,,,7,",
        ",Genel Toplam :,,,7,", "Total of June,,,,7,", "Total,2021-06-30,Idleb,,7,WH",
        "C,total,Idleb,,7,WH", "Total,7", ',,"Total: 7",,,', ",2021-06-30,Idleb, TOTAL ,7,WH",
    ],
)  # fmt: skip
def test_a_row_of_totals_is_set_aside_wherever_its_word_stands(tmp_path: Path, row: str) -> None:
    store = read_lines(tmp_path, HEADER, *ROWS, row)
    assert killed(store) == [3, 4]
    assert apart(store) == [(4, "row of totals")]
    assert (store.rows_read, store.rows_rejected) == (3, 0)


@pytest.mark.parametrize(
    "row",
    [
        "C,2021-06-08,Idleb,Total,1,WH",  # a place may be called so
        "Total-17,2021-06-08,Idleb,Bara,1,WH",
        "C,2021-06-08,Idleb,Totalan,1,Total recall",
        "Summary 3,2021-06-08,Idleb,Bara,1,WH",
    ],
)
def test_an_incident_is_none_for_a_word_in_it(tmp_path: Path, row: str) -> None:
    store = read_lines(tmp_path, HEADER, *ROWS, row)
    assert killed(store) == [3, 4, 1]
    assert not apart(store)


@pytest.mark.parametrize("word", ["Totally", "Summer", "Somme-Py", "مجموعة", "7", ""])
def test_words_that_only_begin_like_a_total_are_none(word: str) -> None:
    assert not is_label(word)


def test_subtotals_in_the_middle_are_set_aside_too(tmp_path: Path) -> None:
    store = read_lines(tmp_path, HEADER, ROWS[0], "Subtotal,,,,3,", ROWS[1], "Total,,,,7,")
    assert apart(store) == [(3, "row of totals"), (5, "row of totals")]
    assert list(store.load(["line"])["line"]) == [2, 4]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_titles_above_the_header_are_set_aside_and_lines_stay_right(
    tmp_path: Path, separator: str
) -> None:
    above = ["Incidents of June,,,,,", "", "Source:,WH,,,,", ",,,Casualties,,"]
    store = read_lines(tmp_path, *above, HEADER, *ROWS, "C,,Idleb,,1,WH", separator=separator)
    # The blank line 2 is none of the rows; the header is line 5, C line 8.
    assert store.header_line == 5
    assert apart(store) == [(n, "row above the names of the columns") for n in (1, 3, 4)]
    assert list(store.load(["line"])["line"]) == [6, 7]
    assert [(f.line, f.outcome) for f in store.listed()][-1] == (8, "rejected")
    assert store.rows_read == 6


def test_a_title_of_two_lines_in_one_cell_keeps_the_lines_right(tmp_path: Path) -> None:
    store = read_lines(tmp_path, '"Incidents', 'of June",,,,,', HEADER, *ROWS)
    assert (store.header_line, list(store.load(["line"])["line"])) == (3, [4, 5])


def test_a_header_is_not_passed_over_for_a_row_that_holds_one_name(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=re.escape("incidents.csv, line 1: none of the columns")):
        read_lines(tmp_path, "No,Day,Deaths,By", "1,2021-06-07,3,source")


def test_a_title_is_no_note(tmp_path: Path) -> None:
    title = ",,,,,North-west Syria incidents of June"
    read_lines(tmp_path, title, HEADER.replace("place", "notes"), "A,2021-06-07,Idleb,seen,3,WH")
    assert read_notes(Input(tmp_path / "incidents.csv", root=tmp_path)) == {"seen"}


def test_empty_rows_and_columns_around_a_table_lose_and_add_nothing(tmp_path: Path) -> None:
    store = read_lines(tmp_path, f"{HEADER},,", *(f"{row},," for row in ROWS), *[",,,,,,,"] * 3, "")
    assert killed(store) == [3, 4]
    assert store.set_aside == {"empty row": 3}
    assert store.rows_read == 5
