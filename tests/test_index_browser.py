"""The page of all reports in a browser, from the file system: searched, small, large, dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from browsing import DESK, TELEPHONE, Chromium, chromium, overflow, show, violations
from laying import FOLDED, lay
from PIL import Image
from playwright.sync_api import Page

from sitrep.folding import folded
from sitrep.language import LANGUAGES
from sitrep.run.index import write_index
from sitrep.run.progress import Progress
from sitrep.settings import ReportSettings, Settings

PICTURE = (30, 42)

pytestmark = pytest.mark.slow


class Opened(NamedTuple):
    """A page, and what it complained of since a test began."""

    page: Page
    complaints: list[str]


def laid(out: Path) -> Path:
    """Two reports, far apart: one in all languages, one draft without a picture."""
    (out / "names.csv").write_text("text,ar\nAriha,أريحا\n", encoding="utf-8")
    told = {code: {"title": "T", "lead": f"In {code}."} for code in LANGUAGES}
    figures = {name: ["1867", "1800", "2000"] for name in ("killed", "injured", "displaced")}
    first = lay(out, numbers=figures, documents=told, illustrative=True, published_on="2021-07-01")
    Image.new("RGB", PICTURE).save(first / "thumbnail.jpg")
    told = {"en": {"title": "T", "lead": "Élan."}}
    last = lay(out, week="2020-W50", numbers={}, places=["Saraqab"], documents=told)
    (last / "thumbnail.jpg").unlink()
    return out


@pytest.fixture(scope="module")
def running() -> Iterator[Chromium]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module", params=["en", "ar"])
def opened(
    request: pytest.FixtureRequest, running: Chromium, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    """The page in English and in Arabic."""
    out = laid(tmp_path_factory.mktemp("reports"))
    report = ReportSettings(languages=(request.param,), names="names.csv")
    path = write_index(out, Settings(root=out, report=report), progress=Progress(quiet=True))
    opened = Opened(running.browser.new_page(), [])
    opened.page.on("console", lambda message: opened.complaints.append(message.text))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    with running.answering():
        opened.page.goto(path.as_uri())
    yield opened
    opened.page.close()


@pytest.fixture
def page(running: Chromium, opened: Opened) -> Iterator[Page]:
    """The page anew, at a desk, in the light; what it complains of fails the test."""
    with running.answering():
        opened.complaints.clear()
        show(opened.page, DESK)
        opened.page.reload()
        yield opened.page
    assert opened.complaints == []


BOTH, NEW, OLD = ["2021-W23", "2020-W50"], ["2021-W23"], ["2020-W50"]
FOUND = {
    "": BOTH, "  ": BOTH, "ariha BARA": NEW, "اريحا": NEW, "إريحا": NEW, "1,867": NEW, "1867": NEW,
    "saraqab": OLD, "elan": OLD, "2020-W50": OLD, "idlib": BOTH, "bara saraqab": [], "<script>": [],
}  # fmt: skip


def test_a_reader_finds_a_report_by_its_words(page: Page) -> None:
    field, status = page.get_by_role("searchbox"), page.get_by_role("status")
    for words, weeks in FOUND.items():
        field.fill(words)
        shown = page.locator(".card:visible h3 bdi").all_text_contents()
        assert (words, shown) == (words, weeks)
        assert page.locator("h2:visible").count() == len(weeks)
        label = (status.get_attribute("data-shown" if weeks else "data-none") or "").strip()
        assert status.inner_text() == label.replace("#", str(len(weeks)))


def test_the_script_folds_as_python_does(page: Page) -> None:
    blocks = (range(0x20, 0x700), range(0x1E00, 0x2100), range(0xFB50, 0xFEFD))
    every = "".join(chr(code) for block in blocks for code in block)
    texts = [*FOLDED, *every, every]
    assert page.evaluate("(texts) => texts.map(folded)", texts) == [folded(it) for it in texts]


def test_pictures_are_shown_and_a_page_without_one_leaves_its_room(page: Page) -> None:
    picture = page.locator("img").first
    picture.scroll_into_view_if_needed()
    picture.evaluate("it => it.decode()")  # it is loaded late
    assert picture.evaluate("it => it.naturalWidth") == PICTURE[0]
    sizes = page.locator(".first-page").evaluate_all("all => all.map((it) => it.offsetHeight)")
    assert sizes[0] == sizes[1] > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, width: int, scheme: str) -> None:
    show(page, width, scheme=scheme)
    assert violations(page) == []
    assert overflow(page) == 0


def test_without_scripts_all_is_shown_and_there_is_no_field(
    running: Chromium, tmp_path: Path
) -> None:
    path = write_index(laid(tmp_path), Settings(root=tmp_path), progress=Progress(quiet=True))
    with running.answering():
        plain = running.browser.new_context(java_script_enabled=False).new_page()
        plain.goto(path.as_uri())
        assert plain.locator(".card:visible h3 bdi").all_text_contents() == BOTH
        assert not plain.locator("input").is_visible()
