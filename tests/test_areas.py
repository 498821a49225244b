"""Areas by name, p-code and spelling."""

import duckdb
import pytest

from sitrep.areas import find_area, read_aliases
from sitrep.errors import DataError, UsageError

ALIASES = """alias,name,pcode
Idleb,Idlib,SY07
إدلب,Idlib,SY07
Edlib,Idlib,SY07
Areeha,Ariha,SY0705
Far away,Elsewhere,SY99
"""


@pytest.fixture
def aliases(tmp_path):
    path = tmp_path / "aliases.csv"
    path.write_text(ALIASES, encoding="utf-8-sig")
    return read_aliases(path)


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture(scope="module")
def store(store_of):
    codes = {"admin1": "Idleb", "admin1_pcode": "SY07"}
    return store_of(
        [
            {**codes, "admin2": "Ariha", "admin2_pcode": "SY0705"},
            {**codes, "admin2": "Harim", "admin2_pcode": "SY0703", "admin3": "Salqin"},
            {**codes, "admin2": "Idleb", "admin2_pcode": "SY0700"},
            {"admin1": "Hama", "admin1_pcode": "SY05"},
        ]
    )


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Ariha", "Ariha"),
        ("ARIHA", "Ariha"),
        ("Areeha", "Ariha"),
        ("SY0705", "Ariha"),
        ("Salqin", "Salqin"),
        ("Idlib", "Idlib"),
        ("Idleb", "Idlib"),
        ("edlib", "Idlib"),
        ("إدلب", "Idlib"),
        ("SY07", "Idlib"),
        ("Hama", "Hama"),
        ("SY05", "Hama"),  # the alias table has no name for it: the one in the data
    ],
)
def test_an_area_is_found_by_name_code_or_spelling(store, database, aliases, text, area):
    assert find_area(text, store.rows, aliases, database=database) == area


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Salqinn", "did you mean 'Salqin'"),
        ("Far away", "no area 'Far away' in the data"),  # a known spelling, but not in the data
        ("Damascus", "among its areas are"),
        ("SY0701", "no area 'SY0701' in the data"),
        ("'; DROP TABLE x", "no area"),
        ("%", "no area"),
    ],
)
def test_an_area_that_the_data_lack_is_refused(store, database, aliases, text, said):
    with pytest.raises(UsageError, match=said):
        find_area(text, store.rows, aliases, database=database)


def test_without_aliases_names_alone_count(store, database):
    assert find_area("Idleb", store.rows, {}, database=database) == "Idleb"
    with pytest.raises(UsageError, match="did you mean 'Idleb'"):
        find_area("Idlib", store.rows, {}, database=database)


def test_a_table_with_other_columns_is_refused(tmp_path):
    path = tmp_path / "aliases.csv"
    path.write_text("spelling,name\nIdleb,Idlib\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"line 1: the columns of an alias table are alias,name"):
        read_aliases(path)


@pytest.mark.parametrize("broken", [b"Idleb\n", b"Idl\xe9b,a,\n"], ids=["short", "cp1252"])
def test_a_table_that_cannot_be_read_is_refused(tmp_path, broken):
    path = tmp_path / "aliases.csv"
    path.write_bytes(b"alias,name,pcode\n" + broken)
    with pytest.raises(DataError, match=r"aliases\.csv"):
        read_aliases(path)


def test_a_table_that_is_named_and_missing_is_refused(tmp_path):
    assert read_aliases(None) == {}
    with pytest.raises(DataError, match=r"plcaes\.csv"):
        read_aliases(tmp_path / "plcaes.csv")
