"""Any CSV that a spreadsheet makes is read, and its lines are numbered as an editor does."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitrep.errors import DataError
from sitrep.incidents import Input, Store, read

HEADER = "incident_id,date,admin1,place,killed,source"
ROWS = ("A,2021-06-07,إدلب,Ihsim,3,White Helmets", "B,2021-06-08,إدلب,Bara,,White Helmets")
TEXT = "\n".join((HEADER, *ROWS)) + "\n"


def read_bytes(folder: Path, content: bytes, **options: object) -> Store:
    path = folder / "incidents.csv"
    path.write_bytes(content)
    store = read(Input(path, root=folder, **options), store=folder / "store")  # type: ignore[arg-type]
    assert store.rows_read == store.rows_used + store.rows_set_aside + store.rows_rejected
    return store


def lines(store: Store) -> list[int]:
    return list(store.load(["line"])["line"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_separators_and_line_ends(
    tmp_path: Path, encoding: str, separator: str, end: str
) -> None:
    content = TEXT.replace(",", separator).replace("\n", end).encode(encoding)
    store = read_bytes(tmp_path, content, encoding="cp1256" if encoding == "cp1256" else "")
    table = store.load(["admin1", "killed", "line"])
    assert list(table["admin1"]) == ["إدلب", "إدلب"]
    assert table["killed"][0] == 3
    assert table["killed"].isna()[1]
    assert list(table["line"]) == [2, 3]


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\r\n", "\n , , , , , \n"])
def test_how_a_file_ends_does_not_change_its_incidents(tmp_path: Path, end: str) -> None:
    assert lines(read_bytes(tmp_path, (TEXT.rstrip() + end).encode())) == [2, 3]


def test_line_breaks_in_cells_and_blank_lines_are_counted_as_lines(tmp_path: Path) -> None:
    # The header is line 1, A lines 2 and 3, line 4 is blank, B is line 5.
    text = f'{HEADER}\nA,2021-06-07,Idleb,"Ihs\nim",1,WH\n\nB,2021-06-08,Idleb,Bara,x,WH\n'
    store = read_bytes(tmp_path, text.encode())
    assert [finding.line for finding in store.listed()] == [5]
    table = store.load(["line", "place"])
    assert [list(row) for row in table.to_numpy()] == [[2, "Ihs im"]]


def test_rows_that_do_not_fit_the_header_are_rejected_with_their_lines(tmp_path: Path) -> None:
    text = (
        f"{HEADER}\nA,2021-06-07,Idleb,Ihsim,1,867,WH\nB,2021-06-07\n"
        'C,2021-06-07,Idleb,"Bara"x,1,WH\nD,2021-06-07,Idleb,Bara,1,WH\n'
    )
    store = read_bytes(tmp_path, text.encode())
    found = [(finding.line, finding.reason.split(";")[0]) for finding in store.listed()]
    assert found == [
        (2, "has more cells than the header has columns"),
        (3, "has fewer cells than the header has columns"),
        (4, "has text after a closing quotation mark"),
    ]
    assert lines(store) == [5]


def test_a_cell_of_spaces_or_tabs_alone_is_blank(tmp_path: Path) -> None:
    text = f"{HEADER}\nA,2021-06-07,Idleb, \t,\t,WH\nB,2021-06-07,Idleb,Bara, ,WH\n"
    store = read_bytes(tmp_path, text.encode())
    table = store.load(["place", "killed"])
    assert table.isna().to_numpy().tolist() == [[True, True], [False, True]]


def test_a_tab_in_quotation_marks_is_a_blank_where_tabs_part_the_cells(tmp_path: Path) -> None:
    rows = 'I1\t2021-06-07\tIdleb\t"\t"\tWH\nI2\t2021-06-07\tIdleb\t"Kafr\tNobol"\tWH\n'
    text = "incident_id\tdate\tadmin1\tplace\tsource\n" + rows
    places = read_bytes(tmp_path, text.encode()).load(["place"])["place"]
    assert places.isna().tolist() == [True, False]
    assert places[1] == "Kafr Nobol"


def test_one_blank_cell_too_many_is_a_number_without_quotation_marks(tmp_path: Path) -> None:
    header = "incident_id,date,admin1,source,killed,killed_low,killed_high"
    text = f"{header}\nA,2021-06-07,Idleb,WH,1,867,,\nB,2021-06-07,Idleb,WH,1,,\n"
    store = read_bytes(tmp_path, text.encode())
    assert [(f.line, f.outcome) for f in store.listed()] == [(2, "rejected")]
    assert lines(store) == [3]


def test_blank_cells_after_every_row_are_a_spreadsheets_habit(tmp_path: Path) -> None:
    text = f"{HEADER}\n{ROWS[0]},,\n{ROWS[1]},,\n"
    assert lines(read_bytes(tmp_path, text.encode())) == [2, 3]


def test_a_line_that_ends_like_no_other_is_still_a_line(tmp_path: Path) -> None:
    text = f"{HEADER}\n{ROWS[0]}\r\n{ROWS[1]}\rC,2021-06-08,Idleb,Bara,1,WH\n"
    assert lines(read_bytes(tmp_path, text.encode())) == [2, 3, 4]


def test_a_carriage_return_in_a_cell_is_white_space(tmp_path: Path) -> None:
    text = f'{HEADER}\nA,2021-06-07,Idleb,"Ih\rsim",1,WH\nB,2021-06-07,Idleb,"\r",1,WH\n'
    table = read_bytes(tmp_path, text.encode()).load(["place"])
    assert table["place"][0] == "Ih sim"
    assert table["place"].isna()[1]


def test_empty_rows_and_hxl_tags_are_set_aside(tmp_path: Path) -> None:
    text = f"{HEADER}\n#event+id,#date,,,,#meta+source\n{ROWS[0]}\n,,,,,\n , ,,,,\n{ROWS[1]}\n"
    store = read_bytes(tmp_path, text.encode())
    assert store.set_aside == {"empty row": 2, "row of HXL tags": 1}
    assert [finding.line for finding in store.listed()] == [2, 4, 5]
    assert lines(store) == [3, 6]


def test_columns_without_a_heading_are_left_out_where_they_are_empty(tmp_path: Path) -> None:
    text = f"{HEADER},,\n{ROWS[0]},,\n{ROWS[1]},,left over\n"
    store = read_bytes(tmp_path, text.encode())
    assert [(f.line, f.value) for f in store.listed()] == [(3, "left over")]
    assert lines(store) == [2]


def test_a_spreadsheets_hint_of_its_separator_is_passed_over(tmp_path: Path) -> None:
    text = "sep=;\n" + TEXT.replace(",", ";")
    assert lines(read_bytes(tmp_path, text.encode())) == [3, 4]


def test_names_of_columns_are_known_in_capitals_and_with_spaces(tmp_path: Path) -> None:
    text = TEXT.replace(HEADER, "Incident ID,DATE,Admin1,place,Killed,source")
    assert lines(read_bytes(tmp_path, text.encode())) == [2, 3]


def test_quotation_marks_inside_a_plain_cell_are_text(tmp_path: Path) -> None:
    text = f'{HEADER}\nA,2021-06-07,Idleb,the 5" pipe,1,WH\nB,2021-06-07,Idleb,Bara,1,WH\n'
    store = read_bytes(tmp_path, text.encode())
    assert list(store.load(["place"])["place"]) == ['the 5" pipe', "Bara"]


def test_declared_dates_are_read_beside_those_of_the_project(tmp_path: Path) -> None:
    text = TEXT.replace("2021-06-07", "07/06/2021").replace("2021-06-08", "31/02/2021")
    store = read_bytes(tmp_path, text.encode(), date_formats=("%d/%m/%Y",))
    (finding,) = store.listed()
    assert finding.reason == "is not a day of the calendar as date_formats declares it"
    assert str(store.load(["date"])["date"][0].date()) == "2021-06-07"
    assert read_bytes(tmp_path, TEXT.encode(), date_formats=("%d/%m/%Y",)).rows_used == 2


def test_lone_surrogates_are_taken_out_and_listed(tmp_path: Path) -> None:
    text = TEXT.replace("Ihsim", "Ih\ud800sim")
    for encoding in ("utf-8", "utf-16"):
        content = text.encode(encoding, errors="surrogatepass")
        store = read_bytes(tmp_path, content)
        assert [(f.line, f.column, f.outcome) for f in store.listed()] == [(2, "place", "flagged")]
        assert "Ihsim" in list(store.load(["place"])["place"])


def test_rows_keep_the_order_of_a_large_file(tmp_path: Path) -> None:
    # Long notes make the file larger than what DuckDB reads at a time on each of its threads.
    note = "x" * 1500
    body = (f"{n},2021-06-07,Idleb,{n % 7},WH,{note}\n" for n in range(50_000))
    text = "incident_id,date,admin1,killed,source,notes\n" + "".join(body)
    text = text.replace("4,2021-06-07,Idleb,5,", "4,2021-06-07,Idleb,-5,", 1)
    store = read_bytes(tmp_path, text.encode())
    table = store.load(["incident_id", "line"])
    assert store.rows_rejected == 1
    assert (table["incident_id"].astype(str).astype(int) + 2 == table["line"]).all()
    assert table["line"].is_monotonic_increasing


# No carriage return: Python's writer leaves it unquoted, and its reader ends the row there.
CELLS = st.text(st.sampled_from("ab ,;\t\"\n'é#م"), max_size=6)
KILLED = st.one_of(st.just(""), st.integers(0, 999).map(str))


@given(
    rows=st.lists(st.tuples(CELLS, KILLED), min_size=1, max_size=12),
    separator=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_pythons_csv_module_writes_is_read_whole(
    tmp_path: Path,
    rows: list[tuple[str, str]],
    separator: str,
    end: str,
    quoting: int,
    encoding: str,
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerow(["incident_id", "date", "admin1", "place", "killed", "source"])
    for n, (place, killed) in enumerate(rows):
        writer.writerow([f"I{n}", "2021-06-07", "Idleb", place, killed, "WH"])
    store = read_bytes(tmp_path, file.getvalue().encode(encoding))
    table = store.load(["place", "killed"])
    assert store.rows_used == len(rows)
    assert table["killed"].sum() == sum(int(killed or 0) for _, killed in rows)
    assert table["killed"].isna().sum() == sum(not killed for _, killed in rows)
    blank = sum(not place.strip() for place, _ in rows)
    assert table["place"].isna().sum() == blank


@given(
    cells=st.lists(
        st.sampled_from(["", "0", "3", "1,867", "-1", "x", "2021-06-07", '"']),
        min_size=1,
        max_size=40,
    ),
    order=st.randoms(use_true_random=False),
)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_order_of_rows_does_not_change_the_totals(
    tmp_path: Path, cells: list[str], order: object
) -> None:
    rows = [[f"I{n}", "2021-06-07", "Idleb", cell, "WH"] for n, cell in enumerate(cells)]
    totals = []
    for _ in range(2):
        file = io.StringIO(newline="")
        csv.writer(file).writerows([["incident_id", "date", "admin1", "killed", "source"], *rows])
        store = read_bytes(tmp_path, file.getvalue().encode())
        killed = store.load(["killed"])["killed"].sum()
        totals.append((store.rows_used, store.rejected, store.flagged, killed))
        order.shuffle(rows)  # type: ignore[attr-defined]
    assert totals[0] == totals[1]
    # By hand: only "", 0, 3 and 1,867 are counts.
    assert totals[0][0] == sum(cell in ("", "0", "3", "1,867") for cell in cells)


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_line(tmp_path: Path) -> None:
    text = f'{TEXT}C,2021-06-07,Idleb,"Bara,1,WH\nD,2021-06-07,Idleb,Bara,1,WH\n'
    with pytest.raises(DataError, match=r"line 4: a quotation mark is opened"):
        read_bytes(tmp_path, text.encode())
