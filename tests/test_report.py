"""The report of 2021-W23, made through the command that a user types, and read back."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import ROOT, known_numbers, pdf_text, printed_numbers, rendered

WEEK = "2021-W23"
VILLAGES = (
    "Bara", "Fattira", "Iblin", "Ihsim", "Kafr Latah", "Kafar Aweed", "Deir Sunbul", "al-Magarah",
    "Mareian", "Fleifel", "Sufuhon", "Sarja", "Mantef", "Ruwaiha", "Benin",
)  # fmt: skip

pytestmark = pytest.mark.slow


def make(out: Path, *options: str, week: str = WEEK) -> Path:
    """The folder of a report made by `sitrep report` with `options`."""
    return rendered("report", out, *options, week=week)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("reports"))


def html_text(folder: Path) -> str:
    html = (folder / "situation-report.en.html").read_text(encoding="utf-8")
    body = html[html.index("<body") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


@pytest.mark.parametrize("text_of", [pdf_text, html_text])
def test_the_published_facts_are_in_both_documents(report: Path, text_of) -> None:
    text = re.sub(r"\s+", " ", text_of(report))
    assert "20 civilians were recorded killed and 36 injured" in text
    assert "Five of the dead were children and six were women" in text
    assert "not recorded for the other nine" in text
    assert "1,867 people were newly displaced" in text
    assert "White Helmets" in text
    assert "Response Coordination Group" in text
    for village in VILLAGES:
        assert village.casefold() in text.casefold(), village


@pytest.mark.parametrize("text_of", [pdf_text, html_text])
def test_no_number_is_printed_that_numbers_csv_does_not_hold(report: Path, text_of) -> None:
    strays = printed_numbers(text_of(report)) - known_numbers(report)
    assert not strays


def test_a_stray_number_would_be_found(report: Path) -> None:
    assert "987,654" in printed_numbers("killed 987,654 in 2021-W23") - known_numbers(report)


def test_numbers_csv_holds_the_published_totals(report: Path) -> None:
    rows = csv.DictReader(io.StringIO((report / "numbers.csv").read_text(encoding="utf-8")))
    found = {
        (row["measure"], row["breakdown"], row["group"]): row["value"]
        for row in rows
        if row["week"] == WEEK
    }
    assert found["killed", "", ""] == "20"
    assert found["injured", "", ""] == "36"
    assert found["displaced", "", ""] == "1867"
    assert found["places", "", ""] == "15"
    assert found["killed", "who", "women"] == "6"
    assert found["killed", "who", "children"] == "5"
    assert found["killed", "who", "men, or sex and age not recorded"] == "9"
    assert found["killed", "source", "White Helmets"] == "20"
    assert found["displaced", "source", "Response Coordination Group"] == "1867"


def test_rows_read_are_rows_used_set_aside_and_rejected(report: Path) -> None:
    rows = csv.DictReader(io.StringIO((report / "numbers.csv").read_text(encoding="utf-8")))
    found = {r["measure"]: int(r["value"]) for r in rows if not r["week"] and not r["breakdown"]}
    with (ROOT / "data" / "incidents.csv").open(encoding="utf-8", newline="") as file:
        lines = sum(1 for _ in csv.DictReader(file))
    assert found["rows_read"] == lines
    assert lines == found["rows_used"] + found["rows_set_aside"] + found["rows_rejected"]


def test_the_report_has_two_to_six_pages_and_eight_charts_with_words(report: Path) -> None:
    with pikepdf.open(report / "situation-report.en.pdf") as pdf:
        assert 2 <= len(pdf.pages) <= 6
        figures = [
            element
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure"
        ]
        assert len(figures) >= 8
        assert all(str(figure["/Alt"]).strip() for figure in figures)
        attached = pdf.attachments["numbers.csv"].get_file().read_bytes()
    assert attached == (report / "numbers.csv").read_bytes()


def test_the_html_makes_no_request_and_runs_no_script(report: Path) -> None:
    html = (report / "situation-report.en.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in html
    assert "<script" not in html.casefold()
    assert not re.search(r'(?:src|href|action)="(?!data:|#|mailto:)', html)
    assert not re.search(r"url\((?!data:)|@import", html)
    assert html.count("<img") == len(re.findall(r'<img[^>]* alt="[^"]+"', html)) >= 8


def test_the_same_input_gives_the_same_bytes(report: Path, tmp_path: Path) -> None:
    again = make(tmp_path)
    names = sorted(path.name for path in report.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    for name in names:
        assert (report / name).read_bytes() == (again / name).read_bytes(), name


def test_both_engines_give_the_same_documents(report: Path, tmp_path: Path) -> None:
    reference = make(tmp_path, "--engine", "nbclient")
    for name in ("situation-report.en.html", "situation-report.en.pdf", "numbers.csv"):
        assert (report / name).read_bytes() == (reference / name).read_bytes(), name


def test_what_is_released_names_no_path_and_no_host(report: Path) -> None:
    for name in ("manifest.json", "notebook.ipynb", "numbers.csv"):
        text = (report / name).read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert str(Path.home()) not in text
    assert json.loads((report / "manifest.json").read_text(encoding="utf-8"))


def test_a_week_without_incidents_says_that_none_were_recorded_and_by_whom(tmp_path: Path) -> None:
    data = tmp_path / "quiet.csv"
    data.write_text(
        "incident_id,date,admin1,source,killed\n"
        "a,2021-05-03,Idlib,White Helmets,1\n"
        "b,2021-05-25,Idlib,White Helmets,2\n",
        encoding="utf-8",
    )
    folder = make(tmp_path / "out", "--data", str(data), week="2021-W19")
    text = re.sub(r"\s+", " ", pdf_text(folder))
    assert "No incidents were recorded in this week" in text
    assert "White Helmets" in text


def test_hostile_text_in_a_csv_is_only_text(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> $x$ #hash *b* =1+1 \u202e"
    data = tmp_path / "hostile.csv"
    data.write_text(
        "incident_id,date,admin1,admin2,place,source,killed,perpetrator\n"
        f'a,2021-05-03,Idlib,Ariha,"{hostile}","{hostile}",1,"{hostile}"\n'
        "b,2021-05-09,Idlib,Ariha,Bara,Someone,0,\n",
        encoding="utf-8",
    )
    folder = make(tmp_path / "out", "--data", str(data), week="2021-W18")
    html = (folder / "situation-report.en.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert(1)</script> $x$ #hash *b*" in re.sub(r"\s+", " ", pdf_text(folder))


def test_nbconvert_makes_the_pdf_from_the_committed_notebook(tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "jupyter", "nbconvert", "--to", "sitrep_pdf",
        "notebooks/situation_report.ipynb", "--output-dir", str(tmp_path),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pdf = pypdfium2.PdfDocument(tmp_path / "situation_report.pdf")
    assert "20 civilians were recorded killed" in pdf[0].get_textpage().get_text_bounded()
