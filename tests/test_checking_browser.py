"""The page of a check in a browser: of two files, in Arabic, and where every row is rejected."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import DESK, TELEPHONE, Chromium, chromium, overflow, show, violations
from conftest import write_csv
from playwright.sync_api import Page
from test_checking import AREA, ROWS, boundaries, checked, opened
from test_reshape import DAYS

from sitrep.checking import Checked, document
from sitrep.html.render import render_html
from sitrep.settings import DataSettings, FileInput, ReportSettings, Settings

pytestmark = pytest.mark.slow


def of_two_files(folder: Path) -> Checked:
    write_csv(folder / "fled.csv", [{"displaced": "40"}, {"displaced": "few", "place": "x" * 90}])
    names = boundaries(folder, AREA)
    return checked(folder, ROWS, boundaries=names, displacement=FileInput(path="fled.csv"))


def of_nothing_used(folder: Path) -> Checked:
    return checked(folder, [{"killed": "-1"}, {"date": "07-06-2021"}])


def of_running_totals(folder: Path) -> Checked:
    (folder / "own.toml").write_text(DAYS, encoding="utf-8")
    (folder / "list.csv").write_text(
        "day,killed_cum,injured_cum\n2021-06-07,3,1\n2021-06-08,2,\n2021-06-09,x,4\n"
    )
    return opened(Settings(root=folder, data=DataSettings(path="list.csv", profile="own.toml")))


def in_arabic(folder: Path) -> Checked:
    found = of_two_files(folder)
    report = ReportSettings(languages=("ar",))
    return opened(Settings(root=folder, data=found.settings.data, report=report))


KINDS = (of_two_files, of_nothing_used, of_running_totals, in_arabic)


@pytest.fixture(scope="module")
def running() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: kind.__name__)
def page(
    request: pytest.FixtureRequest, running: Chromium, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("check")
    kind: Callable[[Path], Checked] = request.param
    (folder / "check.html").write_text(render_html(document(kind(folder))), encoding="utf-8")
    page = running.browser.new_page()
    with running.answering():
        page.goto((folder / "check.html").as_uri())
        yield page
    page.close()


def test_axe_finds_nothing_in_the_light_and_in_the_dark(running: Chromium, page: Page) -> None:
    for width in (TELEPHONE, DESK):
        show(page, width)
        assert violations(page) == []
        show(page, width, scheme="dark")
        assert violations(page, colours_only=True) == []


@pytest.mark.parametrize("width", [TELEPHONE, 360, 600, DESK])
def test_nothing_is_scrolled_sideways(page: Page, width: int) -> None:
    show(page, width)
    assert overflow(page) == 0
