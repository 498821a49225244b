"""The second look at a public report: what it stops, and that nothing else stops."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, write_csv

from sitrep.errors import ReportError
from sitrep.incidents import Input, read_together
from sitrep.incidents.notes import read_notes
from sitrep.run.inspection import NOTE, SOURCE, Inspection, Secrets, secrets_of
from sitrep.settings import CountingSettings, DataSettings, Settings

SECRETS = Secrets(
    {("second", "call", "expected", "at", "dawn"): NOTE, ("quiet", "desk"): SOURCE},
    frozenset({("35.6207", "36.5642")}),
)


def stops(folder: Path, name: str, text: str) -> bool:
    (folder / name).write_text(text, encoding="utf-8")
    try:
        Inspection(lambda: SECRETS).finish(folder)
    except ReportError as error:
        return name in str(error)
    return False


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<td>Second call <b>expected</b>,\n at dawn &amp; later</td>"),
        ("a.html", '<img alt="Second call expected at dawn">'),
        ("notebook.ipynb", json.dumps({"cells": ["second call expected at dawn"]})),
        ("numbers.csv", 'killed,"The Quiet Desk",3'),
        ("points.csv", "35.6207,36.5642"),
        ("points.csv", "36.5642 E\n35.6207 N"),
    ],
)
def test_what_must_not_be_there_stops_the_report(tmp_path, name, text):
    assert stops(tmp_path, name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "A second call is expected at dawn."),
        ("a.html", "The quiet, and the desk"),
        ("points.csv", "35.62,36.56"),
        ("points.csv", "35.6207,36.9"),
        ("points.csv", "135.6207,36.5642"),
        ("thumbnail.jpg", "the quiet desk"),
    ],
)
def test_what_is_alike_does_not(tmp_path, name, text):
    assert not stops(tmp_path, name, text)


def test_what_was_looked_through_is_looked_through_again_if_it_has_changed(tmp_path):
    inspection = Inspection(lambda: SECRETS)
    inspection.look("a.html", b"nothing")
    (tmp_path / "a.html").write_bytes(b"nothing")
    inspection.finish(tmp_path)
    (tmp_path / "a.html").write_bytes(b"the quiet desk")
    with pytest.raises(ReportError, match=r"a\.html would hold"):
        inspection.finish(tmp_path)


def test_without_secrets_nothing_stops_the_report(tmp_path):
    (tmp_path / "a.html").write_bytes(b"the quiet desk")
    Inspection(lambda: None).finish(tmp_path)


def test_words_beside_a_drawing_are_looked_at(tmp_path):
    svg = (
        r"<svg><use x=\"1\"/><g fill=\"a\"><path d=\"M1\"/></g><title>The quiet desk</title></svg>"
    )
    assert stops(tmp_path, "notebook.ipynb", svg)


def secrets(folder: Path, *rows: dict[str, object], **counting: object) -> Secrets:
    write_csv(folder / "incidents.csv", rows)
    settings = Settings(
        root=folder, data=DataSettings(path="incidents.csv"), counting=CountingSettings(**counting)
    )
    return secrets_of(
        read_together(Input.from_settings(settings), store=folder / "store"), settings
    )


def test_notes_and_protected_sources_are_looked_for_by_their_words(tmp_path):
    found = secrets(
        tmp_path, {"notes": "Call the mother of the two, in the evening"}, {"notes": "see above"},
        {"notes": ""}, protected_sources=("Quiet-Desk",),
    )  # fmt: skip
    assert found.phrases == {
        ("call", "the", "mother", "of", "the", "two"): NOTE,
        ("quiet", "desk"): SOURCE,
    }


def test_points_are_looked_for_that_the_public_edition_does_not_show(tmp_path):
    near = {"latitude": 35.6207, "longitude": 36.5642, "place_precision": "near"}
    exact = {"latitude": 35.7101, "longitude": 36.7101, "place_precision": "exact"}
    coarse = {"latitude": 35.5, "longitude": 36.25, "place_precision": "near"}
    school = {**exact, "latitude": 35.9001, "target": "school"}
    assert secrets(tmp_path, near, exact, coarse, school).points == {
        ("35.6207", "36.5642"),
        ("35.9001", "36.7101"),
    }


def test_notes_are_read_whatever_the_file_looks_like(tmp_path):
    header, row = "incident_id;date;admin1;source;notes", "a;2021-06-07;Idleb;A;à l'aube"
    (tmp_path / "a.csv").write_bytes(f"{header}\r\n{row}\r\n".encode("cp1252"))
    given = Input(Path("a.csv"), root=tmp_path, encoding="cp1252")
    assert read_notes(given) == {"à l'aube"}
    (tmp_path / "b.csv").write_text("incident_id,date,admin1,source\na,2021-06-07,I,A\n")
    assert read_notes(Input(Path("b.csv"), root=tmp_path)) == frozenset()


@pytest.mark.slow
@pytest.mark.parametrize(("edition", "stopped"), [("public", True), ("internal", False)])
def test_a_cell_that_shows_notes_stops_the_public_report_alone(tmp_path, edition, stopped):
    write_csv(tmp_path / "incidents.csv",
              [{"killed": 1, "notes": "her brother asked us not to write"}])  # fmt: skip
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    (tmp_path / "sitrep.toml").write_text('[data]\npath = "incidents.csv"\n')
    path = tmp_path / "notebooks" / "situation_report.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = "import pandas as pd\npd.read_csv('incidents.csv')[['incident_id', 'notes']]"
    notebook["cells"].append({"cell_type": "code", "id": "own", "metadata": {}, "outputs": [],
                              "execution_count": None, "source": code})  # fmt: skip
    path.write_text(json.dumps(notebook), encoding="utf-8")
    command = [sys.executable, "-m", "sitrep", "report", "2021-W23", "--edition", edition]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode != 0) == stopped, done.stderr
    assert ("would hold a note (her brother asked us not to)" in done.stderr) == stopped
    assert list((tmp_path / "reports").glob("2021-W23*")) == [] or not stopped
