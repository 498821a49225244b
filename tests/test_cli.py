"""The command line: what it makes, what it says, and with which exit status."""

import csv
import errno
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from sitrep.cli import main
from sitrep.run.imports import NOTEBOOK_MODULES, OUTPUT_MODULES, warm_up

PARAMETERS = """week = ""
data = ""
profile = ""
area = ""
edition = ""
lang = "en"
settings = ""
"""
SHOWN = """%load_ext sitrep
from sitrep import open_issue
from sitrep.blocks import Attachment, Paragraph, Run
issue = open_issue(week, data=data, profile=profile, area=area, edition=edition, settings=settings)
Attachment("numbers.csv", "text/csv", "every number", "week,killed\\n" + str(issue.week) + ",20\\n")
"""
ROWS = [
    # Two weeks, 2021-W22 (31 May to 6 June) and 2021-W23 (7 to 13 June).
    {"incident_id": "A1", "date": "2021-06-01", "admin1": "Aleppo", "killed": "2"},
    {"incident_id": "A2", "date": "2021-06-07", "admin1": "Idlib", "killed": "13"},
    {"incident_id": "A3", "date": "2021-06-13", "admin1": "Idlib", "killed": "7"},
]


@pytest.fixture(autouse=True)
def warm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork a warm process, though the test runner has threads: a spawned one takes a second."""
    monkeypatch.setenv("SITREP_START", "fork")
    warm_up(NOTEBOOK_MODULES + OUTPUT_MODULES)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with three incidents and a notebook of three cells, as the working directory."""
    (tmp_path / "sitrep.toml").write_text('[data]\npath = "incidents.csv"\n')
    write_rows(tmp_path / "incidents.csv", ROWS)
    write_notebook(tmp_path, SHOWN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, [*rows[0], "source", "status"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({"source": "White Helmets", "status": "confirmed", **row} for row in rows)
    path.write_text(text.getvalue())


def write_notebook(folder: Path, *sources: str) -> None:
    cells = [new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
    cells += [new_code_cell(source) for source in sources]
    cells.append(new_markdown_cell("## Casualties"))
    (folder / "notebooks").mkdir(exist_ok=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(
        new_notebook(cells=cells, metadata={"kernelspec": kernel}),
        folder / "notebooks" / "situation_report.ipynb",
    )


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(arguments)
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def run_apart(*arguments: str) -> tuple[int, str, str]:
    """Run in a process of its own: one that has set a PDF has threads, and must not be forked."""
    environment = {name: value for name, value in os.environ.items() if name != "SITREP_START"}
    done = subprocess.run(
        [sys.executable, "-m", "sitrep", *arguments],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_report_is_a_folder_of_documents_numbers_notebook_and_manifest(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run("report", "2021-W23", capsys=capsys)
    assert status == 0
    made = files(project / "reports")
    assert set(made) == {"index.html", "feed.xml"} | {
        f"2021-W23/{name}"
        for name in (
            "situation-report.en.html", "situation-report.en.pdf", "numbers.csv",
            "notebook.ipynb", "manifest.json", "thumbnail.jpg",
        )
    }  # fmt: skip
    assert made["2021-W23/numbers.csv"] == b"week,killed\n2021-W23,20\n"
    assert made["2021-W23/situation-report.en.pdf"].startswith(b"%PDF")
    assert out.splitlines() == [
        "incidents.csv: 3 rows read = 3 used + 0 set aside + 0 rejected",
        "reports/2021-W23/situation-report.en.pdf",
        "reports/2021-W23/situation-report.en.html",
    ]
    assert b"2021-W23/situation-report.en.pdf" in made["index.html"]
    assert b"2021-W23/thumbnail.jpg" in made["index.html"]
    assert b"<script" not in made["2021-W23/situation-report.en.html"]


def test_the_same_input_gives_the_same_bytes_and_names_no_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("report", "2021-W23", "--out", "first", capsys=capsys)
    run("report", "2021-06-10", "--out", "second", capsys=capsys)
    assert files(project / "first") == files(project / "second")
    for name in ("notebook.ipynb", "manifest.json"):
        text = (project / "first" / "2021-W23" / name).read_text()
        assert str(project) not in text
        assert "start_time" not in text


def test_data_outside_the_project_are_named_by_their_file_alone(
    project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write_rows(elsewhere / "other.csv", ROWS)
    status, *_ = run("report", "2021-W23", "--data", str(elsewhere / "other.csv"), capsys=capsys)
    assert status == 0
    made = files(project / "reports" / "2021-W23")
    assert b'data = \\"other.csv\\"' in made["notebook.ipynb"]
    assert all(
        str(elsewhere).encode() not in made[name] for name in ("notebook.ipynb", "manifest.json")
    )


def test_without_a_week_it_is_the_latest_complete_one_of_the_data(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # The data end on Sunday 13 June 2021, the last day of 2021-W23.
    status, *_ = run("report", capsys=capsys)
    assert status == 0
    assert (project / "reports" / "2021-W23").is_dir()


def test_area_and_edition_are_part_of_the_folders_name(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, *_ = run(
        "report", "2021-W23", "--area", "idlib", "--edition", "internal", capsys=capsys
    )
    assert status == 0
    assert (project / "reports" / "2021-W23-idlib-internal" / "numbers.csv").is_file()
    parameters = json.loads(
        (project / "reports" / "2021-W23-idlib-internal" / "manifest.json").read_text()
    )
    assert parameters["inputs"]["parameters"]["area"] == "Idlib"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["reprt"], "there is no command 'reprt'; did you mean 'report'?"),
        (["report", "--dta", "x.csv"], "there is no option '--dta'; did you mean '--data'?"),
        (["report", "2021-W54"], "there is no week 2021-W54: 2021 has weeks 2021-W01 to 2021-W52"),
        (["report", "2021-02-31"], "'2021-02-31' is neither a week nor a day"),
        (["report", "2021-W23", "--edition", "internl"], "did you mean 'internal'?"),
        (["report", "2021-W23", "--langs", "en aa"], "there is no language 'aa'"),
        (["report", "2021-W23", "--engine", "quick"], "known: sitrep, nbclient"),
        (["report", "2021-W23", "--out", "incidents.csv"], "incidents.csv is a file"),
        (["report", "2021-W23", "--area", "Idleb"], "did you mean 'Idlib'?"),
        (["reports", "2021-W23..2021-W22"], "FROM=2021-W23 is after TO=2021-W22"),
        (["reports", "2021-W23"], "two weeks are needed"),
        (["reports", "2021-W22..2021-W23", "--jobs", "0"], "1 or more"),
        (["explore"], "there is no notebooks/explore.ipynb"),
    ],
)
def test_a_wrong_command_is_one_line_and_status_2(
    project: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(
        *arguments, *(["--quiet"] if arguments[0] == "report" else []), capsys=capsys
    )
    assert status == 2
    lines = [line for line in err.splitlines() if not line.startswith("Reading ")]
    assert len(lines) == 1
    assert lines[0].startswith("sitrep: ")
    assert message in lines[0]
    assert not list(project.glob("reports/*"))


@pytest.mark.parametrize(
    ("week", "data"), [("2030-W01", "incidents.csv"), ("2021-W23", "missing.csv")]
)
def test_data_that_cannot_be_used_are_one_line_and_status_1(
    project: Path, week: str, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run("report", week, "--data", data, "--quiet", capsys=capsys)
    assert status == 1
    assert len(err.splitlines()) == 1
    assert err.startswith(f"sitrep: {data}")


def test_a_cell_that_fails_is_named_and_leaves_the_earlier_report(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("report", "2021-W23", capsys=capsys)
    before = files(project / "reports")
    write_notebook(project, "# the deaths\nkilled = {}['killed']")
    status, _, err = run("report", "2021-W23", "--quiet", capsys=capsys)
    assert status == 1
    assert err.startswith(
        "sitrep: notebooks/situation_report.ipynb: the cell that begins \"killed = {}['killed']\" "
        "failed with KeyError: 'killed'."
    )
    assert "JupyterLab" in err
    assert "Traceback" not in err
    assert files(project / "reports") == before


def test_what_a_cell_says_of_the_data_is_said_as_it_stands(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notebook(project, "from sitrep.errors import DataError\nraise DataError('no rows here')")
    status, _, err = run("report", "2021-W23", "--quiet", capsys=capsys)
    assert (status, err) == (1, "sitrep: no rows here\n")


def test_a_notebook_that_lacks_a_parameter_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "notebooks" / "situation_report.ipynb"
    path.write_text(path.read_text().replace('area = \\"\\"', ""))
    status, _, err = run("report", "2021-W23", "--quiet", capsys=capsys)
    assert status == 1
    assert "lacks area" in err


def test_a_full_disk_leaves_the_earlier_report_and_says_what_to_do(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("report", "2021-W23", capsys=capsys)
    before = files(project / "reports")
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.suffix == ".pdf":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    status, _, err = run("report", "2021-W23", "--quiet", capsys=capsys)
    assert status == 1
    assert "the disk that holds" in err
    assert "make room" in err
    assert files(project / "reports") == before


def test_ctrl_c_leaves_the_earlier_report_and_no_process(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("report", "2021-W23", capsys=capsys)
    before = files(project / "reports")
    write_notebook(
        project, "open('begun', 'w').write(str(__import__('os').getpid()))\nwhile True: pass"
    )
    command = subprocess.Popen(
        [sys.executable, "-m", "sitrep", "report", "2021-W23"],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    begun = project / "begun"
    while not (begun.exists() and begun.read_text()):
        assert command.poll() is None
    command.send_signal(signal.SIGINT)
    _, err = command.communicate()
    assert command.returncode == 130
    assert err.splitlines()[-1] == "sitrep: stopped; earlier reports are as they were"
    assert "Traceback" not in err
    assert files(project / "reports") == before
    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)


def test_many_reports_skip_what_is_up_to_date_and_carry_on_past_a_failure(
    project: Path,
) -> None:
    status, out, err = run_apart("reports", "2021-W22..2021-W24", "--jobs", "2")
    # The data end in 2021-W23: the third week cannot be reported.
    assert status == 1
    assert out.splitlines()[-1] == "2 made, 0 up to date, 1 failed"
    assert "sitrep: 2021-W24: incidents.csv holds nothing on 2021-W24" in err
    (project / "reports" / "2021-W22" / "numbers.csv").write_text("changed by hand")
    status, out, _ = run_apart("reports", "2021-W22", "2021-W23")
    assert status == 0
    assert out.splitlines()[-1] == "1 made, 1 up to date, 0 failed"


def test_one_of_many_reports_has_the_bytes_of_a_single_one(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_apart("reports", "2021-W22..2021-W23", "--out", "many")
    run("report", "2021-W23", "--out", "one", capsys=capsys)
    assert files(project / "many" / "2021-W23") == files(project / "one" / "2021-W23")


def test_rejected_rows_are_counted_and_listed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = [{**ROWS[0], "incident_id": f"B{n}"} for n in range(40)]
    write_rows(project / "incidents.csv", [*good, {**ROWS[1], "killed": "-1"}, ROWS[2]])
    status, out, _ = run("report", "2021-W23", capsys=capsys)
    assert status == 0
    assert out.startswith(
        "incidents.csv: 42 rows read = 41 used + 0 set aside + 1 rejected\n  1 rejected: "
    )
    assert "row by row in rejected.csv" in out
    listed = list(csv.DictReader((project / "rejected.csv").open()))
    # The header is line 1, so the 41st row is line 42.
    assert [(row["line"], row["column"], row["value"]) for row in listed] == [
        ("42", "killed", "-1")
    ]


def test_check_prints_what_is_wrong_row_by_row_and_refuses_too_much_of_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rows(project / "incidents.csv", [{**ROWS[0], "killed": "some"}, ROWS[1]])
    status, out, err = run("check", capsys=capsys)
    # One row of two is half, and the settings allow a twentieth.
    assert status == 1
    assert "incidents.csv, line 2, column killed: 'some'" in out.splitlines()[0]
    assert "2 rows read = 1 used + 0 set aside + 1 rejected" in out
    assert "layout: " in out
    assert "more than counting.max_rejected_share = 0.05 allows" in err
    assert not (project / "reports").exists()


def test_strict_allows_no_rejected_row(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = [{**ROWS[0], "incident_id": f"B{n}"} for n in range(40)]
    write_rows(project / "incidents.csv", [*good, {**ROWS[1], "killed": "-1"}])
    assert run("check", capsys=capsys)[0] == 0
    status, _, err = run("check", "--strict", capsys=capsys)
    assert status == 1
    assert "more than --strict allows" in err


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["--help"],
        ["report", "--help"],
        ["reports", "--help"],
        ["check", "--help"],
        ["explore", "--help"],
    ],
)
def test_help_has_examples(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    if command:
        with pytest.raises(SystemExit, match=r"^0$"):
            main(command)
    else:
        assert main(command) == 0
    assert "examples:\n  sitrep " in capsys.readouterr().out


def test_a_mistyped_week_is_refused_before_anything_heavy_is_imported() -> None:
    program = (
        "import sys\nfrom sitrep.cli import main\nstatus = main(['report', '2021-W54'])\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'duckdb', 'IPython', 'papermill', 'nbconvert'}\n"
        "print(status, sorted(heavy & set(sys.modules)))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert finished.stdout == "2 []\n"


def test_the_process_that_makes_a_report_never_imports_what_its_notebook_needs(
    project: Path,
) -> None:
    program = (
        "import sys\nfrom sitrep.cli import main\n"
        "status = main(['report', '2021-W23', '--quiet'])\n"
        "print(status, sorted({'pandas', 'numpy', 'matplotlib', 'IPython'} & set(sys.modules)))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert finished.stdout.splitlines()[-1] == "0 []"
