"""No spreadsheet program runs a cell of the data as a formula."""

import csv
from pathlib import Path

import pytest

from sitrep.checking.listing import as_csv
from sitrep.checking.opening import open_check
from sitrep.incidents import Input, read_together
from sitrep.incidents.findings import for_people
from sitrep.settings import DataSettings, Settings
from sitrep.spreadsheets import safe

FORMULA = "=HYPERLINK(A1)"


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"), ("+1-2", "'+1-2"), ("-1+cmd", "'-1+cmd"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("  =1", "'=1"), ("-", "'-"), ("\r=1", "'=1"),
        ("-5", "-5"), ("+1.5", "+1.5"), ("-0,5", "-0,5"), ("", ""), ("a = 1", "a = 1"),
        ("two\r\nlines", "two\nlines"),
    ],
)  # fmt: skip
def test_a_formula_is_kept_text_and_a_number_a_number(cell: str, shown: str) -> None:
    assert safe(cell) == shown


def test_what_is_listed_for_people_holds_no_formula(tmp_path: Path) -> None:
    rows = ["incident_id,date,admin1,killed,source,=B1", f"A1,2021-06-07,{FORMULA},{FORMULA},WH,x",
            "A2,2021-06-08,Idlib,-5,WH,x", f"A3,2021-06-09,{FORMULA},1,WH,x"]  # fmt: skip
    (tmp_path / "mine.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "mine.toml").write_text(
        'extends = "native"\nother_columns = "ignore"\n', encoding="utf-8"
    )
    settings = Settings(root=tmp_path, data=DataSettings(path="mine.csv", profile="mine.toml"))
    store = read_together(Input.from_settings(settings), store=tmp_path / ".sitrep/store")
    listed = for_people(store.findings).decode()
    assert {row["value"] for row in csv.DictReader(listed.splitlines())} == {f"'{FORMULA}", "-5"}
    # Beside the table the findings stand as they are, and are read back so.
    assert {found.value for found in store.listed()} == {FORMULA, "-5"}
    checked = as_csv(open_check(store, settings))
    cells = [cell for row in csv.reader(checked.splitlines()) for cell in row]
    assert f"'{FORMULA}" in cells
    assert "'=B1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
