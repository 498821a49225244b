"""What a profile can say of rows and cells, beyond which column is which."""

import re
from pathlib import Path

import pytest

from sitrep.errors import UsageError
from sitrep.incidents import Input, Store, built_in, read
from sitrep.incidents.profile_file import COLUMN_KEYS, KEYS
from sitrep.incidents.profiles import normalised, read_profile

ROOT = Path(__file__).parents[1]
HEAD = """
title = "our list"
[columns.incident_id]
from = "No"
[columns.date]
from = "Day"
[columns.admin1]
value = "Idlib"
[columns.killed]
from = "Deaths"
[columns.source]
from = "By"
"""


def read_with(folder: Path, profile: str, rows: str) -> Store:
    (folder / "mine.toml").write_text(profile, encoding="utf-8")
    (folder / "list.csv").write_text(f"No,Day,Deaths,By,Kind\n{rows}", encoding="utf-8")
    given = Input(folder / "list.csv", root=folder, profile="mine.toml")
    return read(given, store=folder / "store")


def column(store: Store, name: str) -> list[object]:
    return [None if cell != cell else cell for cell in store.load([name])[name].astype("object")]


def test_cells_that_a_profile_calls_blank_are_blank_and_not_zero(tmp_path: Path) -> None:
    store = read_with(
        tmp_path,
        f'blank = ["n/a"]\n{HEAD}[columns.injured]\nfrom = "Kind"\nblank = ["-1"]\n',
        "1,2021-06-07,n/a,W,-1\n2,2021-06-08,3,W,n/a\n3,2021-06-08,0,W,4\n",
    )
    assert column(store, "killed") == [None, 3, 0]
    assert column(store, "injured") == [None, None, 4]
    assert not store.rows_rejected
    assert not store.flagged


def test_a_blank_of_one_column_is_none_of_another(tmp_path: Path) -> None:
    profile = HEAD.replace('from = "Deaths"', 'from = "Deaths"\nblank = ["2"]')
    store = read_with(tmp_path, profile, "2,2021-06-07,2,W,\n")
    assert column(store, "incident_id") == ["2"]
    assert column(store, "killed") == [None]


@pytest.mark.parametrize(
    ("timezone", "cell", "day"),
    [
        ("Asia/Damascus", "2021-06-06T21:30:00Z", "2021-06-07"),  # 00:30 there in June
        ("UTC", "2021-06-06T21:30:00Z", "2021-06-06"),
        ("UTC", "2021-06-07T01:30:00.000+03:00", "2021-06-06"),
        ("UTC", "2021-06-07T01:30:00+0300", "2021-06-06"),
        ("UTC", "1623024000", "2021-06-07"),
        ("Asia/Damascus", "2021-06-07", "2021-06-07"),  # a day is a day
    ],
)
def test_a_moment_is_the_day_that_it_falls_on_where_it_happened(
    tmp_path: Path, timezone: str, cell: str, day: str
) -> None:
    profile = HEAD.replace('from = "Day"', f'from = "Day"\ntimezone = "{timezone}"')
    store = read_with(tmp_path, profile, f"1,{cell},1,W,\n")
    assert [str(each.date()) for each in store.load(["date"])["date"]] == [day]


def test_a_moment_without_a_timezone_is_refused_as_before(tmp_path: Path) -> None:
    store = read_with(tmp_path, HEAD, "1,2021-06-06T21:30:00Z,1,W,\n")
    assert "holds a time of day" in next(iter(store.rejected))


KEEP = '[[keep]]\ncolumn = "Kind"\n{test} = ["attack"]\nreason = "not ours"\n'


@pytest.mark.parametrize(("test", "kept"), [("is", ["1"]), ("is_not", ["2", "3"])])
def test_rows_that_do_not_count_are_set_aside_before_they_are_checked(
    tmp_path: Path, test: str, kept: list[str]
) -> None:
    rows = "1,2021-06-07,1,W,attack\n2,2021-06-07,1,W,drill\n3,2021-06-07,1,W,\n"
    store = read_with(tmp_path, HEAD + KEEP.format(test=test), rows)
    assert column(store, "incident_id") == kept
    assert store.set_aside == {"not ours": 3 - len(kept)}


def test_what_is_wrong_in_a_row_that_does_not_count_is_not_held_against_the_file(
    tmp_path: Path,
) -> None:
    rows = "1,2021-06-07,1,W,attack\n,soon,many,,drill\n,,,,\n"
    store = read_with(tmp_path, HEAD + KEEP.format(test="is"), rows)
    assert (store.rows_used, store.rows_rejected) == (1, 0)
    assert store.set_aside == {"not ours": 1, "empty row": 1}


def test_the_first_column_that_a_file_has_is_taken(tmp_path: Path) -> None:
    profile = HEAD.replace('from = "Deaths"', 'from = ["Dead", "Deaths", "Kind"]')
    store = read_with(tmp_path, profile, "1,2021-06-07,3,W,9\n")
    assert column(store, "killed") == [3]


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("Ariha (أريحا)", "Ariha"),
        ("أريحا - Ariha", "Ariha"),
        ("أريحا / Ariha", "Ariha"),
        ("Bab al-Hawa [باب الهوى]", "Bab al-Hawa"),
        ("Kafr Nabl (north)", "Kafr Nabl (north)"),
        ("أريحا", "أريحا"),
        ("Ariha", "Ariha"),
        ("Київ (Kyiv)", "(Kyiv)"),
    ],
)
def test_of_a_place_in_two_scripts_the_latin_one_is_taken(
    tmp_path: Path, cell: str, place: str
) -> None:
    profile = f'{HEAD}[columns.place]\nfrom = "Kind"\npart = "latin"\n'
    store = read_with(tmp_path, profile, f"1,2021-06-07,3,W,{cell}\n")
    assert column(store, "place") == [place]


def test_a_profile_extends_one_that_comes_with_the_program(tmp_path: Path) -> None:
    path = tmp_path / "syria.toml"
    path.write_text(
        'extends = "ucdp_ged"\n[[keep]]\ncolumn = "country"\nis = ["Syria"]\nreason = "elsewhere"\n'
        '[columns.place]\nfrom = "where_description"\n',
        encoding="utf-8",
    )
    mine, parent = read_profile(path), read_profile(built_in()["ucdp_ged"])
    assert mine.name == "syria"
    assert mine.columns["place"].source == "where_description"
    assert mine.columns["killed"] == parent.columns["killed"]
    assert (mine.victims, mine.lacks, mine.header) == (parent.victims, parent.lacks, parent.header)
    assert not mine.recognise  # the header shows the parent
    assert mine.must_have == ("place",)


def test_tags_are_the_same_in_any_order_and_spacing() -> None:
    written = (
        "#affected+killed+f",
        "#affected +f +killed",
        " #Affected + Killed +F",
        "# affected+f+killed",
    )
    assert {normalised(tag) for tag in written} == {"#affected+f+killed"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('extends = "ucdp"', "extends cannot be 'ucdp'; there are acled"),
        ('week_start = "sonday"', "week_start cannot be 'sonday'"),
        ('[[keep]]\ncolumn = "Kind"\nis = ["a"]', "and reason ="),
        ('[[keep]]\ncolumn = "Kind"\nis = ["a"]\nis_not = ["b"]\nreason = "c"', "(or is_not)"),
        ('[[keep]]\ncolum = "Kind"', "there is no 'colum'; did you mean 'column'?"),
        ('[columns.date]\nfrom = "Day"\npart = "first"', "split and part go together"),
        ('[columns.date]\nfrom = "Day"\nsplit = ["-"]', "split and part go together"),
        ('[columns.date]\nfrom = "Day"\npart = "middle"', "part cannot be 'middle'"),
        ('[columns.date]\nfrom = "Day"\ntimezone = "Damascus"', "there is no timezone 'Damascus'"),
        ('[columns.date]\nfrom = ["Day", 7]', "from is a list of texts"),
    ],
)
def test_a_key_that_says_nothing_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        read_with(tmp_path, text, "")


def test_every_key_of_a_profile_is_told_to_its_author() -> None:
    told = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    for key in {*KEYS, *COLUMN_KEYS, "is", "is_not", "reason"}:
        assert f"`{key}`" in told or f"`[{key}]`" in told or f"`[[{key}]]`" in told, key
