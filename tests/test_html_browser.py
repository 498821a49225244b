"""The reports in a browser, as their readers have them: by keyboard, small, large, dark, heard."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from browsing import DESK, TELEPHONE, Chromium, chromium, overflow, shorten, show, violations
from conftest import rendered
from playwright.sync_api import Page

from sitrep.language import LANGUAGES

PAPER = 665  # CSS pixels: the width of A4 less its margins
LARGE = 32  # CSS pixels: twice the size of letters that browsers start from
LEAST_TARGET = 24  # CSS pixels, success criterion 2.5.8
OPEN_ALL = "document.querySelectorAll('.numbers').forEach(e => { e.open = true })"
FOLD_ALL = OPEN_ALL.replace("true", "false")
# A long table and a wide one: axe-core takes seconds for all of them.
OPEN_SOME = """() => {
    const tables = [...document.querySelectorAll('.numbers')]
    for (const e of [tables[0], tables.find(e => e.querySelector('.most'))]) e.open = true
}"""
# Success criterion 1.4.12: a reader may space letters, words and lines so.
SPACED = {"letter-spacing": "0.12em", "word-spacing": "0.16em", "line-height": "1.5"}

pytestmark = pytest.mark.slow
# Colours and rows are of the same style in every language that runs in one direction.
in_both_directions = pytest.mark.parametrize("report", ["en", "ar"], indirect=True)


class Opened(NamedTuple):
    """A page, and what it asked for and complained of since it was opened."""

    page: Page
    short: Page
    spare: Page
    requests: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def running() -> Iterator[Chromium]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample's report in every language."""
    out = tmp_path_factory.mktemp("languages")
    return rendered("report", out, f"--langs={','.join(LANGUAGES)}", week="2021-W23")


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest, running: Chromium, reports: Path) -> Iterator[Opened]:
    """One report; what it asks for and complains of is noted over all its tests."""
    context = running.browser.new_context(reduced_motion="reduce")
    opened = Opened(*(context.new_page() for _ in range(3)), [], [])
    context.on("request", lambda asked: opened.requests.append(asked.url))
    context.on("console", lambda message: opened.complaints.append(message.text))
    context.on("weberror", lambda error: opened.complaints.append(str(error.error)))
    with running.answering():
        for page in (opened.page, opened.short):
            page.goto((reports / f"situation-report.{request.param}.html").as_uri())
        shorten(opened.short)
    yield opened
    context.close()


@pytest.fixture
def page(running: Chromium, report: Opened) -> Iterator[Page]:
    """The report at a desk, in the light, for tests that open its tables and nothing more."""
    with running.answering():
        show(report.page, DESK)
        report.page.evaluate(FOLD_ALL)
        yield report.page


@pytest.fixture
def short(running: Chromium, report: Opened) -> Iterator[Page]:
    """The report with three rows of each kind in every table, two of the tables open."""
    with running.answering():
        show(report.short, DESK)
        report.short.evaluate(OPEN_SOME)
        yield report.short


@pytest.fixture
def spare(running: Chromium, report: Opened) -> Iterator[Page]:
    """The same, opened anew for a test that changes it."""
    with running.answering():
        show(report.spare, DESK)
        report.spare.goto(report.page.url)
        yield report.spare


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_axe_finds_nothing(short: Page, width: int) -> None:
    show(short, width)
    assert short.locator(".numbers table:visible").count() == 2
    assert violations(short, but_colours=True) == []


@in_both_directions
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_letters_stand_out_from_what_is_behind_them(short: Page, width: int, scheme: str) -> None:
    show(short, width, scheme=scheme)
    assert short.locator(".numbers table:visible").count() == 2
    assert violations(short, colours_only=True) == []


@in_both_directions
def test_axe_finds_nothing_in_all_rows(page: Page, short: Page) -> None:
    page.evaluate(OPEN_SOME)
    assert page.locator("tr").count() > 2 * short.locator("tr").count() > 200
    assert violations(page) == []


@in_both_directions
def test_a_fault_would_be_found(spare: Page) -> None:
    shorten(spare)
    spare.evaluate("document.querySelector('h2').style.color = '#999'")
    spare.evaluate("document.querySelector('figure img').removeAttribute('alt')")
    spare.evaluate("[...document.querySelectorAll('tbody td')].at(-1).style.color = '#eee'")
    found = [violation.partition(":")[0] for violation in violations(spare)]
    assert sorted(found) == ["color-contrast", "color-contrast", "image-alt"]


def test_nothing_is_asked_for_and_nothing_is_complained_of(report: Opened) -> None:
    asked = {url for url in report.requests if not url.startswith("data:")}
    assert asked == {report.page.url}
    assert report.complaints == []


@pytest.mark.parametrize("letters", [16, LARGE])
@pytest.mark.parametrize("width", [TELEPHONE, 600, 900, DESK])
def test_the_page_is_read_without_scrolling_sideways(page: Page, width: int, letters: int) -> None:
    show(page, width)
    page.evaluate(OPEN_ALL)
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": letters}})
    size = page.evaluate("getComputedStyle(document.body).fontSize")
    sideways = overflow(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    assert (size, sideways) == (f"{letters}px", 0)


def test_spaced_letters_and_lines_fit(spare: Page) -> None:
    show(spare, TELEPHONE)
    set_all = "(styles) => Object.entries(styles).forEach(([name, value]) => document.body.style"
    spare.evaluate(f"{set_all}.setProperty(name, value, 'important'))", SPACED)
    sideways = overflow(spare)
    assert sideways == 0


def test_no_table_hides_a_column_on_a_telephone_or_on_paper(page: Page) -> None:
    wider = (
        "[...document.querySelectorAll('.table table')].map(table => "
        "table.scrollWidth - table.closest('.table').clientWidth)"
    )
    page.evaluate(OPEN_ALL)
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


@in_both_directions
def test_letters_stand_out_on_paper(short: Page) -> None:
    show(short, PAPER, scheme="dark", media="print")
    assert violations(short, colours_only=True) == []


def test_paper_is_white_and_without_links_to_click(short: Page) -> None:
    show(short, PAPER, scheme="dark", media="print")
    assert violations(short, but_colours=True) == []
    paper = "getComputedStyle(document.body).backgroundColor"
    assert short.evaluate(paper) == "rgb(255, 255, 255)"
    assert short.locator("nav:visible, .numbers:visible").count() == 0


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_each_landmark_is_there_once(page: Page, width: int) -> None:
    show(page, width)
    for role in ("banner", "navigation", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1, role
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("region").count() == 0


def test_the_first_tab_skips_to_the_report(spare: Page) -> None:
    spare.keyboard.press("Tab")
    assert spare.evaluate("document.activeElement.className") == "skip"
    assert spare.locator(".skip").bounding_box()["height"] >= LEAST_TARGET
    spare.keyboard.press("Enter")
    assert spare.evaluate("document.activeElement.id") == "report"
    spare.keyboard.press("Tab")
    assert spare.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [TELEPHONE, DESK])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    spare: Page, width: int
) -> None:
    show(spare, width)
    spare.evaluate(
        "window.stops = [...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')]"
        ".filter(e => e.checkVisibility())"
    )
    count = spare.evaluate("window.stops.length")
    reached, unseen = [], []
    for _ in range(count):
        spare.keyboard.press("Tab")
        at, ring, inside = spare.evaluate(
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
def test_links_to_sections_are_large_enough_to_hit_and_lead_there(spare: Page, width: int) -> None:
    show(spare, width)
    spare.evaluate("document.querySelector('details').open = true")
    links = spare.locator("nav:visible a, nav:visible summary")
    boxes = [link.bounding_box() for link in links.all()]
    assert len(boxes) >= 8
    assert min(min(box["width"], box["height"]) for box in boxes) >= LEAST_TARGET
    assert spare.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')]"
        ".every(e => document.getElementById(decodeURIComponent(e.hash.slice(1))))"
    )


def test_every_chart_opens_its_table_by_keyboard(spare: Page) -> None:
    folded = spare.locator("figure > details.numbers")
    assert spare.locator("figure").count() == folded.count() >= 8
    assert spare.locator(".numbers table:visible").count() == 0
    summary = spare.locator(".numbers summary").first
    assert summary.bounding_box()["height"] >= LEAST_TARGET
    summary.focus()
    spare.keyboard.press("Enter")
    assert spare.locator(".numbers table:visible").count() == 1
    spare.keyboard.press("Tab")  # into its 53 rows, of which it shows some
    assert spare.evaluate("document.activeElement.className") == "scroll long"
    spare.evaluate(
        "window.scrolled = new Promise(told => document.activeElement"
        ".addEventListener('scroll', () => told(true), { once: true })); null"
    )
    spare.keyboard.press("End")
    assert spare.evaluate("window.scrolled")


def test_the_tables_of_charts_are_not_printed(spare: Page) -> None:
    spare.evaluate(OPEN_ALL)
    show(spare, PAPER, media="print")
    assert spare.locator(".numbers:visible").count() == 0


def test_the_page_runs_as_its_language_does(page: Page) -> None:
    language = LANGUAGES[page.evaluate("document.documentElement.lang")]
    side = "right" if language.right_to_left else "left"
    edges = page.evaluate(
        """(side) => {
            const seen = s => [...document.querySelectorAll(s)].find(e => e.checkVisibility())
            const edge = s => seen(s).getBoundingClientRect()[side]
            return ['h1', 'main li', 'tbody th', '.masthead']
                .map(s => Math.abs(edge(s) - edge('main h2')))
        }""",
        side,
    )
    assert max(edges) < 40
    nav = page.locator("nav:visible").bounding_box()
    main = page.locator("main").bounding_box()
    assert (nav["x"] > main["x"]) == language.right_to_left
