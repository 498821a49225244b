"""A workbook is read as its CSV would be, and what a CSV would hide is said."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from workbooks import Error, Formula, sheet, write_workbook

from sitrep.cli import main
from sitrep.drafting.sample import read_sample
from sitrep.errors import DataError, UsageError
from sitrep.incidents import Input, Store, package, read

HEADER = ("incident_id", "date", "admin1", "source", "killed")
DAY = date(2021, 6, 7)


def row(name: object, killed: object = 1, day: object = DAY) -> tuple[object, ...]:
    return (name, day, "Idleb", "WH", killed)


def read_workbook(folder: Path, sheets: dict[str, str], **options: object) -> Store:
    hidden = options.pop("hidden", ())
    path = write_workbook(folder / "incidents.xlsx", sheets, hidden=hidden)  # type: ignore[arg-type]
    store = read(Input(path, root=folder, **options), store=folder / "store")  # type: ignore[arg-type]
    assert store.rows_read == store.rows_used + store.rows_set_aside + store.rows_rejected
    return store


def findings(store: Store) -> list[tuple[int, str, str]]:
    return [(found.line, found.outcome, found.reason.split(";")[0]) for found in store.listed()]


def test_dates_and_numbers_are_those_of_the_cells(tmp_path: Path) -> None:
    rows = [HEADER, row("A", 13), row(17, Formula(3.0)), row("C", None), row("D", "1,867")]
    store = read_workbook(tmp_path, {"Data": sheet(rows)})
    table = store.load(["incident_id", "date", "killed", "line"])
    assert list(table["incident_id"]) == ["A", "17", "C", "D"]
    assert {str(day.date()) for day in table["date"]} == {"2021-06-07"}
    assert list(table["killed"].dropna()) == [13, 3, 1867]
    assert list(table["line"]) == [2, 3, 4, 5]


def test_a_fraction_is_never_a_number_of_thousands(tmp_path: Path) -> None:
    # In a CSV 1.867 may mean 1867; a number of a workbook is what it is.
    store = read_workbook(tmp_path, {"Data": sheet([HEADER, row("A", 1.867)])}, thousands=".")
    assert findings(store) == [(2, "rejected", "is not a whole number")]


def test_errors_and_formulas_that_never_ran_are_not_blank(tmp_path: Path) -> None:
    cells = [Error("#REF!"), Formula(), Formula(""), Error("#N/A")]
    rows = [HEADER, *(row(n, value) for n, value in enumerate(cells)), row(Error("#NAME?"))]
    store = read_workbook(tmp_path, {"Data": sheet(rows)})
    error = "is an error of the spreadsheet"
    # A formula that gave an empty text is blank: row 4 is used.
    assert findings(store) == [(n, "rejected", error) for n in (2, 3, 5, 6)]
    assert list(store.load(["line"])["line"]) == [4]


def test_hidden_rows_are_counted_and_said(tmp_path: Path) -> None:
    rows = [HEADER, row("A"), row("B"), row("C", -1)]
    store = read_workbook(tmp_path, {"Data": sheet(rows, hidden=[3, 4])})
    assert findings(store) == [
        (3, "flagged", "stands in a hidden row of the sheet"),
        (4, "rejected", "is negative"),
    ]
    assert store.rows_used == 2


def test_titles_merged_headings_totals_and_empty_rows(tmp_path: Path) -> None:
    rows = [
        ("Incidents of June",),
        (),
        ("incident_id", "date", "admin1", "source", "Killed", None),
        (None, None, None, None, "killed", "killed_women"),
        (*row("A", 3), 1),
        (),
        ("Total", None, None, None, Formula(3.0), Formula(1.0)),
        (),
    ]
    merged = ["A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3"]
    store = read_workbook(tmp_path, {"Data": sheet(rows, merged=merged)})
    above = "row above the names of the columns"
    assert store.header_line == 4
    assert findings(store) == [
        (1, "set aside", above), (3, "set aside", above),
        (6, "set aside", "empty row"), (7, "set aside", "row of totals"),
    ]  # fmt: skip
    assert list(store.load(["killed_women"])["killed_women"]) == [1]


def test_merged_cells_among_the_rows_are_not_repeated(tmp_path: Path) -> None:
    rows = [HEADER, row("A", 15), row("B", None)]
    store = read_workbook(tmp_path, {"Data": sheet(rows, merged=["E2:E3"])})
    assert store.load(["killed"])["killed"].sum() == 15


def test_the_only_sheet_with_the_columns_is_taken(tmp_path: Path) -> None:
    lists = sheet([("admin1", "place"), ("Idleb", "Bara")])
    sheets = {"Lists": lists, "Old": sheet([HEADER, row("Z")]), "June": sheet([HEADER, row("A")])}
    store = read_workbook(tmp_path, sheets, hidden=["Old"])
    assert list(store.load(["incident_id"])["incident_id"]) == ["A"]


def test_of_several_sheets_one_has_to_be_named(tmp_path: Path) -> None:
    sheets = {name: sheet([HEADER, row(name)]) for name in ("May", "June")}
    with pytest.raises(DataError, match=r"several sheets.*'May', 'June'; name the one.*sheet ="):
        read_workbook(tmp_path, sheets)
    assert list(read_workbook(tmp_path, sheets, sheet="June").load(["admin1"])["admin1"])
    with pytest.raises(UsageError, match="there is no sheet 'Jun'; did you mean 'June'"):
        read_workbook(tmp_path, sheets, sheet="Jun")
    sheets = {name: sheet([("a", "b"), (1, 2)]) for name in ("May", "June")}
    with pytest.raises(DataError, match="several sheets hold a table, and none has the columns"):
        read_workbook(tmp_path, sheets)


def test_empty_sheets_beside_the_table_are_not_asked_about(tmp_path: Path) -> None:
    rows = [("No", "Day of event", "Deaths"), (1, DAY, 3)]
    sheets = {"Sheet1": sheet(rows), "Sheet2": sheet([]), "Sheet3": sheet([("notes",)])}
    path = write_workbook(tmp_path / "list.xlsx", sheets)
    sample = read_sample(Input(path, root=tmp_path))
    assert (sample.sheet, sample.other_sheets) == ("Sheet1", ("Sheet2", "Sheet3"))


def test_a_sheet_is_named_on_the_command_line_and_said_by_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("notebooks/situation_report.ipynb", "sitrep.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    sheets = {name: sheet([HEADER, row(name)]) for name in ("May", "June")}
    write_workbook(tmp_path / "list.xlsx", sheets)
    assert main(["check", "list.xlsx"]) == 1  # which of the two is meant?
    assert 'name the one to read: --sheet "May"' in capsys.readouterr().err
    assert main(["check", "list.xlsx", "--sheet", "June"]) == 0
    said = capsys.readouterr().out
    assert "sheet: 'June' of list.xlsx is read; not read: 'May'" in said
    assert "next: sitrep report --data list.xlsx --sheet June" in said
    assert main(["profile", "list.xlsx", "--sheet", "May"]) == 0
    assert 'sheet = "May"' in (tmp_path / "list.toml").read_text(encoding="utf-8")


def test_a_csv_has_no_sheet(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("incident_id,date,admin1,source\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"list\.csv is no \.xlsx, so it has no sheet 'June'"):
        read(Input(Path("list.csv"), sheet="June", root=tmp_path), store=tmp_path / "store")


def test_a_table_that_does_not_begin_in_the_first_column(tmp_path: Path) -> None:
    rows = [(None, None, *HEADER), (None, None, *row("A", 4))]
    store = read_workbook(tmp_path, {"Data": sheet(rows)})
    assert list(store.load(["killed"])["killed"]) == [4]


def test_a_draft_of_a_profile_begins_from_a_workbook_too(tmp_path: Path) -> None:
    rows = [("No", "Day of event", "Deaths"), (1, DAY, 3), (2, DAY, 4)]
    path = write_workbook(tmp_path / "list.xlsx", {"Data": sheet(rows)})
    sample = read_sample(Input(path, root=tmp_path))
    assert sample.headings == ("No", "Day of event", "Deaths")
    assert [row.cells for row in sample.rows] == [
        ("1", "2021-06-07", "3"),
        ("2", "2021-06-07", "4"),
    ]


def refusal(folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        read(Input(folder / "incidents.xlsx", root=folder), store=folder / "store")
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("content.xml", "this is an OpenDocument file (.ods), which is not read"),
        ("xl/workbook.bin", "this is a binary workbook (.xlsb), which is not read"),
        ("photo.txt", "this is a ZIP archive, which is not read"),
        ("xl/workbook.xml", "open it in a spreadsheet program and save it again"),
    ],
)
def test_other_archives_are_refused(tmp_path: Path, name: str, message: str) -> None:
    with zipfile.ZipFile(tmp_path / "incidents.xlsx", "w") as archive:
        archive.writestr(name, "<x/>")
    assert message in refusal(tmp_path)


def test_old_and_locked_workbooks_are_refused(tmp_path: Path) -> None:
    (tmp_path / "incidents.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "an old spreadsheet (.xls), or one with a password" in refusal(tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_workbook(tmp_path / "incidents.xlsx", {"Data": sheet([HEADER, row("A", "x" * 50_000)])})
    monkeypatch.setattr(package, "MOST_BYTES", 50_000)
    assert "unpacks to more than a gigabyte" in refusal(tmp_path)


def test_a_cell_at_the_far_end_of_the_sheet_is_refused(tmp_path: Path) -> None:
    far = sheet([HEADER, row("A")]).replace(
        '<row r="2">', '<row r="2"><c r="XFD1048576"><v>1</v></c>'
    )
    write_workbook(tmp_path / "incidents.xlsx", {"Data": far})
    assert "the cells reach to row 1,048,576 and column 16,384" in refusal(tmp_path)


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    write_workbook(tmp_path / "incidents.xlsx", {"Data": sheet([])})
    assert "sheet Data: the sheet is empty" in refusal(tmp_path)
