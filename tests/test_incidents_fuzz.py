"""Files that are damaged in any way: one clear refusal, or rows that an independent count finds.

Never a traceback, never a row made of two, never a number that does not stand in the file.
"""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import sheet, write_workbook

from sitrep.errors import SitrepError
from sitrep.incidents import Input, Store, layout, read, scan

CORPUS = Path(__file__).parent / "corpus"
HEADER = ("incident_id", "date", "admin1", "killed", "source", "place")
GOOD = (
    "incident_id,date,admin1,killed,source,place\r\n"
    'A-1,2021-06-07,Idleb,3,"White Helmets, SANA","Bara ""old"""\r\n'
    "A-2,2021-06-08,إدلب,,WH,Ihsim\r\n"
    'A-3,2021-06-09,Aleppo,"1,867",WH,"two\r\nlines"\r\n'
    "A-4,2021-06-10,Hama,0,WH,\r\n"
    "Total,,,1870,,\r\n"
).encode()


def outcome(content: bytes, name: str = "incidents.csv") -> Store | str:
    """What becomes of a file: its store, or the message that refuses it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return outcome_of(path)


def outcome_of(path: Path) -> Store | str:
    try:
        store = read(Input(path, root=path.parent), store=path.parent / "store")
    except SitrepError as error:
        told = str(error)
    else:
        return accounted(store, path)
    assert "\n" not in told
    assert path.name in told
    return told


def accounted(store: Store, path: Path) -> Store:
    """Hold what a store says of its rows against each other, and against the file."""
    assert store.rows_read == store.rows_used + store.rows_set_aside + store.rows_rejected
    lost = {finding.line for finding in store.listed() if finding.outcome != "flagged"}
    table = store.load(["line", "incident_id", "killed"])
    assert len(table) == store.rows_used
    assert lost.isdisjoint(table["line"])
    assert len(lost) == store.rows_set_aside + store.rows_rejected
    counted(path, table.itertuples(index=False))
    return store


def counted(path: Path, rows: object) -> None:
    """Hold every row used against the row that Python's csv module finds in its line."""
    content = path.read_bytes()
    if not content.startswith((b"PK", b"\xff\xfe", b"\xfe\xff")):
        found = independent(content.decode("utf-8-sig", errors="surrogatepass"))
        for line, name, killed in rows:  # type: ignore[attr-defined]
            cells = next(cells for cells in found if line in cells)[line]
            assert name in {cell.strip() for cell in cells} | {clean(cell) for cell in cells}
            if killed == killed:  # not blank
                assert killed in {number(cell) for cell in cells}


def independent(text: str) -> list[dict[int, list[str]]]:
    """The rows by the line that they begin in, under each separator."""
    found = []
    for separator in ",;\t":
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows, line = {}, 1
        try:
            for row in reader:
                rows[line] = row
                line = reader.line_num + 1
        except csv.Error:
            pass
        found.append(rows)
    return sorted(found, key=lambda rows: -max((len(row) for row in rows.values()), default=0))


def clean(cell: str) -> str:
    return "".join(letter for letter in " ".join(cell.split()) if letter.isprintable())


def number(cell: str) -> float | None:
    """The number in a cell without its marks; digits of any script."""
    whole = cell.strip().removesuffix(".0")
    digits = "".join(letter for letter in whole if letter.isdecimal())
    return float(digits) if digits else None


EDITS = st.lists(
    st.tuples(
        st.integers(0, len(GOOD)),
        st.integers(0, 12),
        st.one_of(
            st.binary(max_size=4),
            st.sampled_from(
                [b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\x00", b"\xef\xbb\xbf",
                 b"\xff\xfe", b"sep=;\n", b"Total", "٣".encode(), "\u202e".encode(), b"-", b"1e9",
                 b".", b"1.867", b"44354", b"#REF!", b"#date", b"NaN", b"\\", b"'", b"," * 40]
            ),
        ),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


def edited(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, piece in edits:
        content = content[:place] + piece + content[place + length :]
    return content


@given(edits=EDITS)
@settings(max_examples=25, deadline=None)
def test_a_damaged_file_is_refused_or_its_rows_stand_in_it(
    edits: list[tuple[int, int, bytes]],
) -> None:
    outcome(edited(GOOD, edits))


@given(content=st.binary(max_size=300))
@settings(max_examples=12, deadline=None)
def test_bytes_of_any_kind_are_refused(content: bytes) -> None:
    assert isinstance(outcome(content), str)


@given(text=st.text(st.sampled_from('ab1,;\t"\n\r #é\u202e\ufeff٣'), max_size=60))
@settings(max_examples=25, deadline=None)
def test_rows_of_any_text_under_a_header_are_refused_or_accounted_for(text: str) -> None:
    outcome(f"{','.join(HEADER)}\n{text}\nZ,2021-06-07,Idleb,1,WH,Bara\n".encode())


SHEET = sheet([HEADER, *(("A", "2021-06-07", "Idleb", n, "WH", "Bara") for n in range(4))])


@given(
    edits=st.lists(
        st.tuples(
            st.integers(0, len(SHEET)),
            st.integers(0, 20),
            st.sampled_from(
                ["", "<", ">", '"', "</c>", "<c>", "</row>", '<row r="9">', "<v>7</v>", "&x;",
                 'r="ZZ9"', 'r="A0"', ' t="e"', ' t="s"', " hidden='1'", "<f/>", "x:", "\x00", "é"]
            ),
        ),
        min_size=1,
        max_size=3,
    )
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_a_damaged_sheet_is_refused_or_its_rows_are_accounted_for(
    edits: list[tuple[int, int, str]],
) -> None:
    damaged = SHEET
    for place, length, piece in edits:
        damaged = damaged[:place] + piece + damaged[place + length :]
    with tempfile.TemporaryDirectory() as folder:
        outcome_of(write_workbook(Path(folder) / "incidents.xlsx", {"Data": damaged}))


@given(edits=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 8), st.binary(max_size=8))))
@settings(max_examples=12, deadline=None)
def test_a_damaged_archive_is_refused_or_read_whole(edits: list[tuple[int, int, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "incidents.xlsx", {"Data": SHEET})
        path.write_bytes(edited(path.read_bytes(), edits))
        outcome_of(path)


def test_a_line_without_an_end_is_refused_without_reading_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scan, "CHUNK", 1024)
    monkeypatch.setattr(scan, "LONGEST_LINE", 2048)
    told = outcome(GOOD + b"x" * 1_000_000)
    assert "lines of more than 2 megabytes" in str(told)


def test_a_header_of_very_many_columns_is_refused() -> None:
    told = outcome(GOOD.replace(b",place", b"," * layout.MOST_COLUMNS))
    assert "line 1: there are 1,005 columns, more than the 1,000 that are read" in str(told)


EXPECTED = list(csv.DictReader((CORPUS / "expected.csv").open(encoding="utf-8", newline="")))


@pytest.mark.parametrize("expected", EXPECTED, ids=[case["file"] for case in EXPECTED])
def test_each_file_of_the_corpus_is_read_as_expected(
    tmp_path: Path, expected: dict[str, str]
) -> None:
    content = (CORPUS / expected["file"]).read_bytes()
    path = tmp_path / expected["file"]
    path.write_bytes(content)
    told = outcome_of(path)
    if expected["refused"]:
        assert expected["refused"] in str(told)
        return
    assert isinstance(told, Store)
    counts = (told.rows_read, told.rows_used, told.rows_set_aside, told.rows_rejected)
    assert ",".join(map(str, counts)) == expected["read_used_aside_rejected"]
    assert told.load(["killed"])["killed"].sum() == float(expected["killed"])


def test_every_file_of_the_corpus_is_expected() -> None:
    files = {path.name for path in CORPUS.iterdir()} - {"expected.csv"}
    assert files == {case["file"] for case in EXPECTED}
