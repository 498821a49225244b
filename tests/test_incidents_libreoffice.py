"""A table saved by LibreOffice reads the same from every dialect of CSV, and from .xlsx."""

import csv
from pathlib import Path
from typing import Any

import pytest
from libreoffice import CSV, ENCODINGS, SEPARATORS, XLSX, options, save_all

from sitrep.incidents import Input, Store, read

pytestmark = pytest.mark.xdist_group("libreoffice")

HEADER = [
    "incident_id", "date", "admin1", "place", "latitude", "longitude", "place_precision",
    "killed", "displaced", "source",
]  # fmt: skip
ROWS = [
    ["A-1", "2021-06-07", "إدلب", 'the "old" town', "35.62", "36.5", "near", "3", "1867", "WH"],
    ["A-2", "2021-06-08", "Idleb", "Bara, north; near the mill", "", "", "", "", "0", "WH;SANA"],
    [
        "A-3",
        "2021-06-09",
        "حلب",
        "first line\nsecond line",
        "36.2",
        "37.125",
        "exact",
        "0",
        "",
        "WH",
    ],
    ["", "", "", "", "", "", "", "", "", ""],
    ["Total", "", "", "", "", "", "", "3", "1867", ""],
]
DIALECTS = {
    f"{separator}, {encoding}, {'every text' if quoted else 'as little as needed'} quoted": (
        separator,
        encoding,
        quoted,
    )
    for separator in SEPARATORS
    for encoding in ENCODINGS
    for quoted in (False, True)
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *ROWS])
    targets = {
        folder / f"{name}.csv".replace(" ", "_"): (CSV, options(separator, encoding, quoted=quoted))
        for name, (separator, encoding, quoted) in DIALECTS.items()
    }
    save_all(folder / "table.csv", {**targets, folder / "table.xlsx": (XLSX, "")}, dates="2/5")
    return folder


def told(store: Store) -> dict[str, Any]:
    """All that a store says of its rows."""
    columns = [name for name in HEADER if name != "latitude"]
    return {
        "rows": store.load([*columns, "latitude", "line"]).astype(str).to_numpy().tolist(),
        "counts": (store.rows_read, store.rows_used, store.rows_set_aside, store.rows_rejected),
        "findings": [(found.line, found.outcome, found.reason) for found in store.listed()],
    }


@pytest.fixture(scope="module")
def original(saved: Path) -> dict[str, Any]:
    found = told(read(Input(saved / "table.csv", root=saved), store=saved / "store"))
    assert found["counts"] == (5, 3, 2, 0)
    return found


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_of_csv_reads_the_same(
    saved: Path, original: dict[str, Any], dialect: str
) -> None:
    encoding = DIALECTS[dialect][1]
    path = saved / f"{dialect}.csv".replace(" ", "_")
    declared = encoding if encoding == "cp1256" else ""
    assert told(read(Input(path, encoding=declared, root=saved), store=saved / "store")) == original


def test_the_workbook_reads_the_same_but_for_lines_within_cells(
    saved: Path, original: dict[str, Any]
) -> None:
    found = told(read(Input(saved / "table.xlsx", root=saved), store=saved / "store"))
    # In the CSV a cell of row 4 takes two lines, so that what follows stands a line further down.
    assert found["findings"] == [(n - 1, *rest) for n, *rest in original["findings"]]
    assert found["counts"] == original["counts"]
    assert found["rows"] == original["rows"]
