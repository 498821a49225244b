"""Two files in one report: casualties from the one, displacement from the other."""

from pathlib import Path

import pandas as pd
import pytest

from sitrep.errors import UsageError
from sitrep.incidents import Input, Store, read_together
from sitrep.issue import open_issue

INCIDENTS = """incident_id,date,admin1,admin2,killed,injured,displaced,source
A1,2021-06-07,Idlib,Ariha,2,1,,White Helmets
A2,2021-06-08,Idlib,Ariha,,3,50,White Helmets
A3,2021-06-09,Idlib,Ariha,,,70,White Helmets
A4,2021-06-10,Idlib,Ariha,,,,White Helmets
A5,2021-06-11,Idlib,Ariha,one,,,White Helmets
"""
# Of the same week: 50 of these are the people of A2.
MOVEMENTS = """incident_id;date;admin1;admin2;killed;displaced;source
A1;2021-06-08;Idlib;Ariha;9;300;Camps team
A2;2021-06-09;Idlib;Harim;;;Camps team
A3;2021-06-20;Idlib;Harim;;40;Camps team
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Input, Input]:
    (tmp_path / "incidents.csv").write_text(INCIDENTS, encoding="utf-8")
    (tmp_path / "movements.csv").write_text(MOVEMENTS, encoding="utf-8")
    names = (Path("incidents.csv"), Path("movements.csv"))
    one, other = (Input(name, root=tmp_path) for name in names)
    return one, other


@pytest.fixture
def joined(files: tuple[Input, Input], tmp_path: Path) -> Store:
    return read_together(files, store=tmp_path / "store")


def test_each_measure_comes_from_one_file(joined: Store) -> None:
    table = joined.load(("incident_id", "killed", "injured", "displaced"))
    rows = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    assert rows == [
        ["A1", 2, 1, None],
        ["A2", None, 3, None],  # the 50 are counted by the other file, or by nobody
        ["A4", None, None, None],
        ["native:A1", None, None, 300],  # its 9 killed are the first file's business
        ["native:A3", None, None, 40],
    ]


def test_every_row_of_both_is_accounted_for(joined: Store) -> None:
    # A5 is rejected, A3 speaks of displacement alone, the second file's A2 of nothing.
    assert (joined.rows_read, joined.rows_used) == (8, 5)
    assert (joined.rows_set_aside, joined.rows_rejected) == (2, 1)
    assert joined.set_aside == {
        "displacement is counted from another file": 1,
        "no figure of displacement, which is all that this file is read for": 1,
    }
    unused = "is counted from another file; the figure is not used"
    assert joined.flagged == {f"displaced {unused}": 1, f"killed {unused}": 1}


def test_what_is_not_counted_is_listed_with_its_file_and_line(joined: Store) -> None:
    listed = {(f.file, f.line, f.column, f.value, f.outcome) for f in joined.listed()}
    assert listed == {
        ("incidents.csv", 6, "killed", "one", "rejected"),
        ("incidents.csv", 4, "displaced", "70", "set aside"),
        ("movements.csv", 3, "", "", "set aside"),
        ("incidents.csv", 3, "displaced", "50", "flagged"),
        ("movements.csv", 2, "killed", "9", "flagged"),
    }


def test_lines_are_of_one_row_each(joined: Store) -> None:
    lines = joined.load(("line",), include_set_aside=True)["line"]
    assert lines.is_unique
    assert joined.ids([2, 4]) == {2: "A1", 4: "A3"}


def test_no_week_is_reported_that_one_of_them_does_not_reach(joined: Store) -> None:
    assert str(joined.frozen_on) == "2021-06-10"  # the incidents; movements reach the 20th
    assert joined.file_name == "incidents.csv + movements.csv"
    assert len(joined.sha256) == 2 * 64 + 3


def test_a_change_of_either_file_is_read(files: tuple[Input, Input], tmp_path: Path) -> None:
    before = read_together(files, store=tmp_path / "store")
    (tmp_path / "movements.csv").write_text(MOVEMENTS.replace(";300;", ";301;"), encoding="utf-8")
    after = read_together(files, store=tmp_path / "store")
    assert before.folder != after.folder
    displaced = after.load(("displaced",))["displaced"]
    assert displaced.sum() == 341
    again = read_together(files, store=tmp_path / "store")
    assert again == after
    assert pd.Series(again.load(("displaced",))["displaced"]).equals(displaced)


def test_one_file_under_both_names_is_refused(files: tuple[Input, Input], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="named for displacement too"):
        read_together((files[0], files[0]), store=tmp_path / "store")


def test_a_report_counts_displacement_from_its_own_file(
    files: tuple[Input, Input], tmp_path: Path
) -> None:
    settings = tmp_path / "sitrep.toml"
    settings.write_text(
        '[data]\npath = "incidents.csv"\n[data.displacement]\npath = "movements.csv"\n'
        "[counting]\nmax_rejected_share = 0.5\n",
        encoding="utf-8",
    )
    issue = open_issue("2021-W23", settings=str(settings))
    # Incidents A1, A2 and A4; two killed, four injured, and 300 displaced: not 350, nor 420.
    found = [issue.numbers.value(name, issue.week)
             for name in ("incidents", "killed", "injured", "displaced")]  # fmt: skip
    assert found == [3, 2, 4, 300]
    assert issue.sources("displaced") == ["Camps team"]
