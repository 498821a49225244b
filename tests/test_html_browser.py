"""The reports in a browser, as their readers have them: by keyboard, small, large, dark, heard.

Without Chromium these tests are skipped, but never in CI, where they would then seem to pass.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import rendered
from playwright.sync_api import Browser, Page, sync_playwright

from sitrep.language import LANGUAGES

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TELEPHONE, DESK = 320, 1280  # 320 is also a desk's 1280 at a zoom of 400 %
PAPER = 665  # CSS pixels: the width of A4 less its margins
LARGE = 32  # CSS pixels: twice the size of letters that browsers start from
LEAST_TARGET = 24  # CSS pixels, success criterion 2.5.8
# Success criterion 1.4.12: a reader may space letters, words and lines so.
SPACED = {"letter-spacing": "0.12em", "word-spacing": "0.16em", "line-height": "1.5"}

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]


class Opened(NamedTuple):
    """A page, and what it asked for and complained of since it was opened."""

    page: Page
    requests: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no Chromium here")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=QUIETLY)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample's report in every language."""
    out = tmp_path_factory.mktemp("languages")
    return rendered("report", out, f"--langs={','.join(LANGUAGES)}", week="2021-W23")


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest, browser: Browser, reports: Path) -> Iterator[Opened]:
    """One report; what it asks for and complains of is noted over all its tests."""
    page = browser.new_page(viewport={"width": DESK, "height": 800}, reduced_motion="reduce")
    opened = Opened(page, [], [])
    page.on("request", lambda asked: opened.requests.append(asked.url))
    page.on("console", lambda message: opened.complaints.append(message.text))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.goto((reports / f"situation-report.{request.param}.html").as_uri())
    yield opened
    page.close()


@pytest.fixture
def page(report: Opened) -> Page:
    """The same anew, at a desk, in the light."""
    show(report.page, DESK)
    report.page.goto(report.page.url.partition("#")[0])
    return report.page


def show(page: Page, width: int, *, scheme: Any = "light", media: Any = "screen") -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, media=media)


def violations(page: Page) -> list[str]:
    """What axe-core finds: the rule, and the elements that break it."""
    found = judged(page, RULES)
    if page.evaluate("document.dir") == "rtl":
        # axe-core takes Arabic letters for no text, and does not judge their colours.
        page.evaluate(
            """() => {
                const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
                while (texts.nextNode())
                    texts.currentNode.data = texts.currentNode.data.replace(/\\p{L}/gu, 'n')
            }"""
        )
        found += judged(page, ["color-contrast"])
    return found


def judged(page: Page, rules: list[str]) -> list[str]:
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response
    assert found["passes"]  # rules were tried
    return [
        f"{rule['id']}: {node['html']:.200}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate(
        "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_axe_finds_nothing(page: Page, width: int, scheme: str) -> None:
    show(page, width, scheme=scheme)
    assert violations(page) == []


def test_a_fault_would_be_found(page: Page) -> None:
    page.evaluate("document.querySelector('h2').style.color = '#999'")
    page.evaluate("document.querySelector('figure img').removeAttribute('alt')")
    found = {violation.partition(":")[0] for violation in violations(page)}
    assert found == {"color-contrast", "image-alt"}


def test_nothing_is_asked_for_and_nothing_is_complained_of(report: Opened) -> None:
    asked = {url for url in report.requests if not url.startswith("data:")}
    assert asked == {report.page.url.partition("#")[0]}
    assert report.complaints == []


@pytest.mark.parametrize("letters", [16, LARGE])
@pytest.mark.parametrize("width", [TELEPHONE, 600, 900, DESK])
def test_the_page_is_read_without_scrolling_sideways(page: Page, width: int, letters: int) -> None:
    show(page, width)
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": letters}})
    size = page.evaluate("getComputedStyle(document.body).fontSize")
    sideways = overflow(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    assert (size, sideways) == (f"{letters}px", 0)


def test_spaced_letters_and_lines_fit(page: Page) -> None:
    show(page, TELEPHONE)
    set_all = "(styles) => Object.entries(styles).forEach(([name, value]) => document.body.style"
    page.evaluate(f"{set_all}.setProperty(name, value, 'important'))", SPACED)
    sideways = overflow(page)
    assert sideways == 0


def test_no_table_hides_a_column_on_a_telephone_or_on_paper(page: Page) -> None:
    wider = (
        "[...document.querySelectorAll('.table table')].map(table => "
        "table.scrollWidth - table.closest('.table').clientWidth)"
    )
    for width, media in ((TELEPHONE, "screen"), (PAPER, "print")):
        show(page, width, media=media)
        assert max(page.evaluate(wider)) <= 1, media


def test_a_table_is_a_table_to_those_who_hear_it_also_on_a_telephone(page: Page) -> None:
    tables = {}
    for width in (TELEPHONE, DESK):
        show(page, width)
        tables[width] = [
            (table.get_by_role("row").count(), table.get_by_role("columnheader").count(),
             table.get_by_role("rowheader").count(), table.get_by_role("cell").count())
            for table in page.get_by_role("table").all()
        ]  # fmt: skip
    assert tables[TELEPHONE] == tables[DESK]
    assert len(tables[DESK]) >= 8
    assert all(min(counts[:3]) > 0 for counts in tables[DESK])


def test_paper_is_white_and_without_links_to_click(page: Page) -> None:
    show(page, PAPER, scheme="dark", media="print")
    assert violations(page) == []
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    assert page.locator("nav:visible, .numbers:visible").count() == 0


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_each_landmark_is_there_once(page: Page, width: int) -> None:
    show(page, width)
    for role in ("banner", "navigation", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1, role
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("region").count() == 0


def test_the_first_tab_skips_to_the_report(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["height"] >= LEAST_TARGET
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    page: Page, width: int
) -> None:
    show(page, width)
    page.evaluate(
        "window.stops = [...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')]"
        ".filter(e => e.checkVisibility())"
    )
    count = page.evaluate("window.stops.length")
    reached, unseen = [], []
    for _ in range(count):
        page.keyboard.press("Tab")
        at, ring, inside = page.evaluate(
            """() => {
                const e = document.activeElement, style = getComputedStyle(e)
                const box = e.getBoundingClientRect()
                return [window.stops.indexOf(e), style.outlineStyle + ' ' + style.outlineWidth,
                        box.bottom > 0 && box.top < innerHeight]
            }"""
        )
        reached.append(at)
        if ring != "solid 2px" or not inside:
            unseen.append((at, ring, inside))
    assert reached == list(range(count))
    assert unseen == []
    assert count >= 15


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_links_to_sections_are_large_enough_to_hit_and_lead_there(page: Page, width: int) -> None:
    show(page, width)
    page.evaluate("document.querySelector('details').open = true")
    links = page.locator("nav:visible a, nav:visible summary")
    boxes = [link.bounding_box() for link in links.all()]
    assert len(boxes) >= 8
    assert min(min(box["width"], box["height"]) for box in boxes) >= LEAST_TARGET
    assert page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')]"
        ".every(e => document.getElementById(decodeURIComponent(e.hash.slice(1))))"
    )


def test_every_chart_leads_to_the_numbers(page: Page) -> None:
    charts, links = page.locator("figure"), page.locator("figure a.numbers")
    assert charts.count() == links.count() >= 8
    links.first.click()
    assert page.locator(":target a[download]").count() == 1


def test_the_page_runs_as_its_language_does(page: Page) -> None:
    language = LANGUAGES[page.evaluate("document.documentElement.lang")]
    side = "right" if language.right_to_left else "left"
    edges = page.evaluate(
        "(side) => ['h1', 'main li', 'tbody th', '.masthead']"
        ".map(s => Math.abs(document.querySelector(s).getBoundingClientRect()[side]"
        " - document.querySelector('main h2').getBoundingClientRect()[side]))",
        side,
    )
    assert max(edges) < 40
    nav = page.locator("nav:visible").bounding_box()
    main = page.locator("main").bounding_box()
    assert (nav["x"] > main["x"]) == language.right_to_left
