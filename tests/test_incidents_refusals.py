"""Input that cannot be used gets one clear message with what to do, and leaves nothing behind."""

from pathlib import Path

import pytest

from sitrep.errors import DataError, UsageError
from sitrep.incidents import Input, read

HEADER = "incident_id,date,admin1,killed,source"
ROW = "A,2021-06-07,Idleb,3,White Helmets"


def refusal(folder: Path, content: bytes | str | None, **options: object) -> str:
    path = folder / "incidents.csv"
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises((DataError, UsageError)) as caught:
        read(Input(path, root=folder, **options), store=folder / "store")  # type: ignore[arg-type]
    kept = folder / "store"
    assert not kept.exists() or not list(kept.iterdir())
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "incidents.csv: there is no such file; name one with DATA=path/to.csv"),
        ("", "incidents.csv: the file is empty"),
        ("\n\n\n", "incidents.csv: the file holds blank lines only"),
        (HEADER, "incidents.csv, line 1: there is a header and no row under it"),
        (f"{HEADER}\n#id,#date,#adm1,,\n", "line 1: there is a header and no row under it"),
        (b"%PDF-1.7\n\x00", "incidents.csv: this is a PDF, not a CSV"),
        (b"PK\x03\x04\x14\x00", "the workbook is damaged; open it in a spreadsheet"),
        (b"a,b\x00c\n1,2\n", "this is not text (it holds NUL bytes)"),
        ("a,b,c\n1,2,3\n", "line 1: none of the columns is known"),
        (f"{HEADER}\n{ROW}\n".replace("admin1", "admn1"), "did you mean 'admin1'?"),
        ("incident_id,date,killed\nA,2021-06-07,1\n", "column 'admin1' is missing"),
        ("incident,date,admin1,source\nA,2021-06-07,I,W\n", "which needs incident_id as well"),
        (f"{HEADER},killed\n{ROW},3\n", "column 'killed' stands there 2 times"),
        (f"{HEADER},weather\n{ROW},rain\n", 'drop_columns = ["weather"]'),
        (f'{HEADER},"wea\n""ther"""\n{ROW},rain\n', r'drop_columns = ["wea\n\"ther\""]'),
        (f"{HEADER},Victim Name\n{ROW},N\n", "'Victim Name' looks like personal data"),
        (f"{HEADER},phone\n{ROW},1\n", "'phone' looks like personal data"),
        (f"{HEADER},الاسم\n{ROW},1\n", "looks like personal data"),
        (f"{HEADER}\n{ROW}\nB,2021-06-07,إدلب,1,W\n".encode("cp1256"), "line 3: the text is not"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(
    tmp_path: Path, content: bytes | str | None, message: str
) -> None:
    assert message in refusal(tmp_path, content)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "incidents.csv").mkdir()
    assert "this is a folder" in refusal(tmp_path, None)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"profile": "ucdp"}, "there is no profile 'ucdp'; did you mean 'ucdp_ged'?"),
        ({"profile": "mine.toml"}, "mine.toml: the profile cannot be read"),
        ({"encoding": "cp9999"}, "there is no encoding 'cp9999'"),
        ({"encoding": "hex"}, "there is no encoding 'hex'"),
        ({"date_formats": ("%d/%m/%Y", "%m/%d/%Y")}, "would both read 07/06/2021"),
        ({"date_formats": ("dd/mm/yyyy",)}, "'dd/mm/yyyy' is no format of a day"),
    ],
)
def test_options_that_mean_nothing_are_refused(
    tmp_path: Path, options: dict[str, object], message: str
) -> None:
    assert message in refusal(tmp_path, f"{HEADER}\n{ROW}\n", **options)


def test_a_byte_that_the_declared_encoding_does_not_have_is_refused(tmp_path: Path) -> None:
    content = f"{HEADER}\n{ROW}\n".encode() + b"B,2021-06-07,\x81\x8d,1,W\n"
    message = refusal(tmp_path, content, encoding="cp1252")
    assert "line 3: a character that does not exist in cp1252" in message


def test_columns_are_dropped_by_name(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text(f"{HEADER},Victim Name\n{ROW},Somebody\n", encoding="utf-8")
    given = Input(path, root=tmp_path, drop_columns=("Victim Name",))
    store = read(given, store=tmp_path / "store")
    assert store.rows_used == 1
    assert b"Somebody" not in store.parquet.read_bytes()


def test_strict_stops_at_the_first_rejected_row(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text(f"{HEADER}\n{ROW}\nB,2021-06-07,Idleb,-3,WH\n", encoding="utf-8")
    given = Input(path, root=tmp_path)
    assert read(given, store=tmp_path / "store").rows_rejected == 1
    with pytest.raises(DataError, match=r"incidents.csv, line 3, column killed: '-3' is negative"):
        read(given, store=tmp_path / "store", strict=True)
