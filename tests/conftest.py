"""Builders that the tests share: issues from a few rows, read the way a user's file is."""

import csv
import gc
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pypdfium2
import pytest

from sitrep.incidents import Input, Store, read
from sitrep.issue import Issue, choose_week, make_issue
from sitrep.run.imports import skip_formats
from sitrep.settings import (
    CountingSettings,
    DataSettings,
    ReportSettings,
    Settings,
    StatisticsSettings,
    read_settings,
)
from sitrep.weeks import parse_week

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"

Row = dict[str, Any]
IssueOf = Callable[..., Issue]


os.environ.pop("MAKELEVEL", None)  # of `make test`: commands are named as make's under it
# As where reports are made, without the pyarrow that only tests of a cluster bring.
pd.set_option("mode.string_storage", "python")
skip_formats()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden files anew")


# The files that take longest, the longest first: two workers then end at about one time.
LONGEST = (
    "test_claims", "test_html_browser", "test_archive", "test_report", "test_totals",
    "test_withholding", "test_cli", "test_quality", "test_layouts", "test_incidents_dialects",
)  # fmt: skip


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):  # of pytest-xdist, which hands files out in this order
        rank = {name: number for number, name in enumerate(LONGEST)}
        items.sort(key=lambda item: rank.get(item.path.stem, len(LONGEST)))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with `golden/NAME`; a file that is missing fails."""
    anew = request.config.getoption("--golden") or os.environ.get("SITREP_GOLDEN") == "write"

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if anew:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path} is missing: `make golden` writes it"
        assert text == path.read_text(encoding="utf-8")

    return compare


def write_csv(path: Path, rows: Iterable[Row]) -> None:
    """A native CSV; what a row does not say of id, day, governorate and source is made up."""
    complete = [
        {
            "incident_id": f"T-{number}",
            "date": "2021-06-07",
            "admin1": "Idleb",
            "source": "White Helmets",
            **row,
        }
        for number, row in enumerate(rows, start=1)
    ]
    names = dict.fromkeys(name for row in complete for name in row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(names), restval="")
        writer.writeheader()
        writer.writerows(complete)


@pytest.fixture(scope="session")
def store_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Iterable[Row]], Store]:
    """Rows to the store of a CSV that holds them."""
    folder, numbers = tmp_path_factory.mktemp("issues"), count(1)

    def make(rows: Iterable[Row]) -> Store:
        number = next(numbers)
        path = folder / f"incidents-{number}.csv"
        write_csv(path, rows)
        # Of stores that stand together the old ones are looked through at each reading.
        return read(Input(path, root=folder), store=folder / f"store-{number}")

    return make


@pytest.fixture(scope="session")
def issue_of(store_of: Callable[[Iterable[Row]], Store]) -> IssueOf:
    """Rows to the issue of a week, that of the last row unless said; settings by section."""

    def make(
        rows: Iterable[Row],
        *,
        week: str = "",
        area: str = "",
        victims: str = "civilians",
        report: Row | None = None,
        counting: Row | None = None,
        data: Row | None = None,
        statistics: Row | None = None,
    ) -> Issue:
        store = store_of(rows)
        store = replace(store, profile=replace(store.profile, victims=victims))
        settings = Settings(
            root=store.folder,
            report=ReportSettings(**(report or {})),
            counting=CountingSettings(**(counting or {})),
            data=DataSettings(**(data or {})),
            statistics=StatisticsSettings(**(statistics or {})),
        )
        chosen = choose_week(week or str(store.last_date), store, settings)
        return make_issue(store, settings, week=chosen, area=area)

    return make


# Weeks that say little: each reader of numbers has to have words for them.
QUIET = {
    "one incident": [{"killed": 1, "place": "Bara", "admin2": "Ariha", "attack": "shelling"}],
    "one blank incident": [{"killed": None}],
    "only blanks": [{"date": day, "killed": None} for day in ("2021-05-31", "2021-06-07")],
    "displacement alone": [{"displaced": 5}],
    "no incident": [
        {"date": "2021-05-31", "killed": 1, "injured": 2, "attack": "shelling"},
        {"date": "2021-06-14", "killed": 1},
    ],
}


@pytest.fixture(scope="session", params=QUIET)
def quiet(request: pytest.FixtureRequest, issue_of: IssueOf) -> Issue:
    """2021-W23 with little in it."""
    return issue_of(QUIET[request.param], week="2021-W23")


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    (given,) = Input.from_settings(read_settings(ROOT / "sitrep.toml"))
    return read(given, store=tmp_path_factory.mktemp("sample") / "store")


@pytest.fixture(scope="session")
def sample_week(sample_store: Store) -> Callable[[str], Issue]:
    """The issue of a week of the sample data, with the project's settings."""
    settings = read_settings(ROOT / "sitrep.toml")
    return cache(lambda week: make_issue(sample_store, settings, week=parse_week(week)))


@pytest.fixture(scope="session")
def sample(sample_week: Callable[[str], Issue]) -> Issue:
    """The issue of the published week, 7 to 13 June 2021."""
    return sample_week("2021-W23")


def rendered(command_name: str, out: Path, *options: str, week: str) -> Path:
    """The folder of a report made in a process of its own, by the program's own command."""
    command = [sys.executable, "-m", "sitrep", command_name, week, "--out", str(out), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(path for path in out.iterdir() if path.is_dir() and path.name.startswith(week))


def pdf_text(folder: Path) -> str:
    """What a reader can copy from the one PDF in a report's folder."""
    pdf = pypdfium2.PdfDocument(next(folder.glob("*.en.pdf")))
    pages = [pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf))]
    # A hyphen at a line's end comes out as U+FFFE.
    return "\n".join(pages).replace("\r\n", "\n").replace("\ufffe", "-")


def printed_numbers(text: str) -> set[str]:
    """Every number in the text, less what `number_exemptions.csv` lets pass with a reason."""
    with (ROOT / "tests" / "number_exemptions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["reason"]
            text = re.sub(row["pattern"], " ", text)
    return set(re.findall(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", text))


def known_numbers(folder: Path) -> set[str]:
    """Every number of numbers.csv as the report writes it."""
    known = set()
    with (folder / "numbers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in ("value", "low", "high", "incidents", "not_reported", "sources"):
                if row[name]:
                    value = abs(float(row[name]))
                    known |= (
                        {f"{value:,.1f}", f"{value:,.0f}"}
                        if value.is_integer()
                        else {f"{value:,.1f}"}
                    )
    return known


def pytest_sessionfinish() -> None:
    """Let what a report made in this process set apart for good be taken apart at its end."""
    gc.unfreeze()
