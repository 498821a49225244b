"""Several files in one report: each counts what no other counts."""

from pathlib import Path

import pandas as pd
import pytest

from sitrep.errors import SitrepError, UsageError
from sitrep.incidents import Input, Store, read_together
from sitrep.incidents.claims import Claim
from sitrep.issue import open_issue
from sitrep.settings import read_settings

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
    return (
        Input(names[0], root=tmp_path),
        Input(names[1], root=tmp_path, claim=Claim(counts="displacement")),
    )


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


# Of three governorates and two months, with figures in powers of two: a sum tells its rows.
NORTH = """incident_id,date,admin1,killed,displaced,displacement_kind,source
N1,2021-06-07,Idlib,1,,,White Helmets
N2,2021-06-08,Aleppo,2,100,,White Helmets
N3,2021-06-09,Latakia,4,,,White Helmets
N4,2021-07-07,Idlib,8,1000,return,White Helmets
"""
ALEPPO = """incident_id,date,admin1,killed,source
A1,2021-06-08,Halab,16,Aleppo desk
A2,2021-06-09,Idlib,32,Aleppo desk
"""
RETURNS = """incident_id,date,admin1,displaced,displacement_kind,source
R1,2021-06-08,Idlib,20,return,Camps team
R2,2021-06-09,Aleppo,40,new,Camps team
"""
JULY = """incident_id,date,admin1,killed,source
J1,2021-07-08,Latakia,64,White Helmets
J2,2021-06-10,Latakia,128,White Helmets
"""
ALIASES = "alias,name,pcode\nHalab,Aleppo,SY02\n"


def together(folder: Path, inputs: str, **files: str) -> Store:
    """What the settings with these `inputs` read; the first file is NORTH unless given."""
    for name, text in {"north": NORTH, **files}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "aliases.csv").write_text(ALIASES, encoding="utf-8")
    settings = folder / "sitrep.toml"
    settings.write_text(
        f'[data]\npath = "north.csv"\naliases = "aliases.csv"\n{inputs}', encoding="utf-8"
    )
    given = Input.from_settings(read_settings(settings))
    return read_together(given, store=folder / "store")


def counted(store: Store) -> dict[str, tuple[float | None, float | None]]:
    """Killed and displaced of the rows used, by id."""
    table = store.load(("incident_id", "killed", "displaced"))
    rows = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    return {name: (killed, displaced) for name, killed, displaced in rows}


OF_ALEPPO = """[[data.inputs]]
path = "aleppo.csv"
counts = "casualties"
areas = ["Aleppo"]
"""


def test_an_area_is_counted_from_the_file_that_claims_it_under_any_spelling(tmp_path: Path) -> None:
    store = together(tmp_path, OF_ALEPPO, aleppo=ALEPPO)
    # N2 keeps its displacement, which aleppo.csv does not count; A2 lies outside of Aleppo.
    assert counted(store) == {
        "N1": (1, None), "N2": (None, 100), "N3": (4, None), "N4": (8, 1000),
        "native:A1": (16, None),
    }  # fmt: skip
    assert store.set_aside == {"is none of what this file is read for": 1}
    assert store.flagged == {"killed is counted from another file; the figure is not used": 1}


def test_a_kind_of_displacement_is_counted_from_its_own_file(tmp_path: Path) -> None:
    inputs = '[[data.inputs]]\npath = "returns.csv"\ncounts = "displacement"\nkinds = ["return"]\n'
    store = together(tmp_path, inputs, returns=RETURNS)
    # The return of N4 is the other file's, its killed are not; R2 is no return.
    assert counted(store) == {
        "N1": (1, None), "N2": (2, 100), "N3": (4, None), "N4": (8, None), "native:R1": (None, 20),
    }  # fmt: skip


def test_days_are_counted_from_the_file_that_claims_them(tmp_path: Path) -> None:
    inputs = (
        '[[data.inputs]]\npath = "july.csv"\ncounts = "both"\nfirst_day = 2021-07-01\n'
        'name = "july"\n'
    )
    store = together(tmp_path, inputs, july=JULY)
    assert counted(store) == {
        "N1": (1, None), "N2": (2, 100), "N3": (4, None), "july:J1": (64, None)
    }  # fmt: skip
    # N4 is of July; the first file is not waited for after June, July's alone tells the last day.
    assert store.set_aside == {
        "is counted from another file": 1,
        "is none of what this file is read for": 1,
    }
    assert str(store.frozen_on) == "2021-07-08"


def test_three_files_are_one_table(tmp_path: Path) -> None:
    inputs = f"{OF_ALEPPO}name = 'desk'\n[data.displacement]\npath = \"returns.csv\"\n"
    store = together(tmp_path, inputs, aleppo=ALEPPO, returns=RETURNS)
    assert counted(store) == {
        "N1": (1, None), "N3": (4, None), "N4": (8, None),
        "native:R1": (None, 20), "native:R2": (None, 40), "desk:A1": (16, None),
    }  # fmt: skip
    assert (store.rows_read, store.rows_used) == (8, 6)
    assert (store.rows_set_aside, store.rows_rejected) == (2, 0)


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ('counts = "casualties"\nareas = ["halab"]', "would both count the same casualties"),
        ('counts = "both"\nfirst_day = 2021-06-01', "would both count the same casualties"),
        ('counts = "casualties"\nareas = ["Latakiah"]', "did you mean 'Latakia'"),
        ('counts = "casualties"', "say which casualties it alone counts"),
        ('counts = "killed"', "it cannot be 'killed'"),
        ('counts = "casualties"\nareas = ["Latakia"]\nkinds = ["new"]', "kinds are those of disp"),
        ('counts = "both"\nfirst_day = 2021-07-01\nlast_day = 2021-06-01', "after last_day"),
        ('counts = "casualties"\nareas = ["Latakia"]', "called 'native', by which their ids"),
    ],
)  # fmt: skip
def test_what_would_be_counted_twice_or_not_at_all_is_refused(
    second: str, said: str, tmp_path: Path
) -> None:
    inputs = f'{OF_ALEPPO}[[data.inputs]]\npath = "july.csv"\n{second}\n'
    with pytest.raises(SitrepError, match=said):
        together(tmp_path, inputs, aleppo=ALEPPO, july=JULY)


def test_deaths_of_civilians_and_of_all_are_not_added(tmp_path: Path) -> None:
    (tmp_path / "all.toml").write_text(
        'extends = "native"\nvictims = "all"\nsame_names = true\n', encoding="utf-8"
    )
    with pytest.raises(UsageError, match=r"deaths of civilians, aleppo\.csv those of all"):
        together(tmp_path, OF_ALEPPO + 'profile = "all.toml"\n', aleppo=ALEPPO)


def test_a_spelling_that_may_be_a_claimed_area_is_told_of(tmp_path: Path) -> None:
    store = together(tmp_path, OF_ALEPPO, north=NORTH.replace("Aleppo", "Aleppoo"), aleppo=ALEPPO)
    assert any("'Aleppoo' is counted from the first file" in note for note in store.profile.notes)


def test_an_area_that_begins_later_begins_the_whole_unless_its_first_day_is_told(
    tmp_path: Path,
) -> None:
    assert str(together(tmp_path, OF_ALEPPO, aleppo=ALEPPO).first_date) == "2021-06-08"
    told = OF_ALEPPO + "first_day = 2021-06-08\n"
    assert str(together(tmp_path, told, aleppo=ALEPPO).first_date) == "2021-06-07"
