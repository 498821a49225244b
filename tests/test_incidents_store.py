"""A store is whole or not there, and never out of date."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from pandas.testing import assert_frame_equal

from sitrep.errors import UsageError
from sitrep.incidents import Input, Store, read
from sitrep.incidents.loading import FEW, load_rows
from sitrep.incidents.schema import data_package, with_dictionary
from sitrep.incidents.store import known_columns, open_store
from sitrep.incidents.table import COLUMNS, KEPT, NAMES

ROOT = Path(__file__).parents[1]
TEXT = "incident_id,date,admin1,killed,source\nA,2021-06-07,Idleb,3,White Helmets\n"


@pytest.fixture
def given(tmp_path: Path) -> Input:
    path = tmp_path / "incidents.csv"
    path.write_text(TEXT, encoding="utf-8")
    return Input(path, root=tmp_path)


def stored(given: Input) -> Store:
    return read(given, store=given.root / "store")


def test_the_same_file_is_read_once(given: Input) -> None:
    first = stored(given)
    before = first.parquet.stat().st_mtime_ns
    assert stored(given) == first
    assert first.parquet.stat().st_mtime_ns == before
    assert len(list((given.root / "store").iterdir())) == 1


def test_another_byte_or_another_option_is_another_store(given: Input) -> None:
    first = stored(given)
    dropped = stored(Input(given.path, root=given.root, drop_columns=("killed",)))
    assert dropped.folder != first.folder
    assert (first.completeness["killed"], dropped.completeness["killed"]) == (1, 0)
    given.path.write_text(TEXT.replace("3", "4"), encoding="utf-8")
    assert list(stored(given).load(["killed"])["killed"]) == [4]


def test_a_column_that_the_file_lacks_is_not_written_and_is_blank_or_its_default(
    given: Input,
) -> None:
    store = stored(given)
    with duckdb.connect() as connection:
        written = connection.read_parquet(str(store.parquet)).columns
    assert {"incident_id", "date", "admin1", "killed", "source"} <= set(written)
    assert {"injured", "date_end", "place", "date_precision"}.isdisjoint(written)
    table = store.load(["injured", "date_end", "place", "date_precision"])
    assert table.dtypes.astype(str).tolist()[:3] == ["float64", "datetime64[us]", "category"]
    assert table.isna().to_numpy().tolist() == [[True, True, True, False]]
    assert list(table["date_precision"]) == ["day"]


@pytest.mark.parametrize("name", ["store.json", "incidents.parquet", "findings.csv"])
def test_a_damaged_store_is_made_again(given: Input, name: str) -> None:
    first = stored(given)
    file = first.folder / name
    if name == "findings.csv":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-9])
    assert open_store(first.folder) is None
    assert list(stored(given).load(["killed"])["killed"]) == [3]


def test_a_kept_store_is_opened_without_duckdb_and_pandas(given: Input) -> None:
    stored(given)
    program = (
        "import sys; from pathlib import Path; from sitrep.incidents import Input, read\n"
        f"folder = Path({str(given.root)!r})\n"
        "read(Input(folder / 'incidents.csv', root=folder), store=folder / 'store')\n"
        "print(sorted({'duckdb', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "[]\n", done.stderr


def test_columns_arrive_as_the_types_that_the_series_count_on(given: Input) -> None:
    table = stored(given).load([column.name for column in KEPT] + ["line", "killed_parts_valid"])
    kinds = {column.name: column.kind for column in KEPT}
    for name, kind in kinds.items():
        expected = {"date": "datetime64", "count": "float64", "decimal": "float64"}
        assert str(table[name].dtype).startswith(expected.get(kind, "category"))
    assert str(table["line"].dtype) == "int64"
    assert str(table["killed_parts_valid"].dtype) == "bool"


def test_few_rows_arrive_as_many_do(given: Input, sample_store: Store) -> None:
    for store in (stored(given), sample_store):
        for rows in (f"FROM ({store.rows})", f"FROM ({store.rows}) WHERE false"):
            few, many = (load_rows(rows, known_columns(), few=few) for few in (True, False))
            assert_frame_equal(few, many)
    assert len(sample_store.load(["place"])) <= FEW  # they were, there


def test_a_misspelt_column_is_refused_with_the_nearest(given: Input) -> None:
    with pytest.raises(UsageError, match="did you mean 'killed'"):
        stored(given).load(["kiled"])


def test_the_data_dictionary_is_that_of_the_declaration() -> None:
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert all(f"| `{name}`" in text for name in NAMES)
    assert with_dictionary(text) == text, "run python -m sitrep.incidents.schema"


def test_the_table_schema_is_that_of_the_declaration() -> None:
    import json

    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert package == data_package(), "run python -m sitrep.incidents.schema"
    fields = package["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == list(NAMES)


def test_every_example_of_the_declaration_is_a_valid_cell(tmp_path: Path) -> None:
    header = ",".join(NAMES)
    cells = ",".join(f'"{column.example}"' for column in COLUMNS)
    path = tmp_path / "example.csv"
    path.write_text(f"{header}\n{cells}\n", encoding="utf-8")
    store = read(Input(path, root=tmp_path), store=tmp_path / "store")
    assert not list(store.listed())
    assert all(count == 1 for count in store.completeness.values())
