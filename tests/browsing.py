"""A page in a real browser, and what is looked for in it.

Without Chromium the tests that need it are skipped, but never in CI, where they would then
seem to pass.
"""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Timer
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIETLY = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TELEPHONE, DESK = 320, 1280  # 320 is also a desk's 1280 at a zoom of 400 %
CONTRAST = "color-contrast"
# Rows that a style may tell from others by their place have two of their kind beside them.
SHORTEN = """() => {
    const marks = (e) => [e.tagName, ...[...e.attributes].filter(a => a.name !== 'href')
        .map(a => `${a.name}=${a.value}`), ...[...e.children].map(marks)].join('|')
    for (const rows of document.querySelectorAll('tbody')) {
        const seen = {}
        for (const row of [...rows.children]) {
            const kind = marks(row)
            seen[kind] = (seen[kind] ?? 0) + 1
            if (seen[kind] > 3) row.remove()
        }
    }
}"""
LIMIT = 60  # seconds in which a browser has to answer, on a busy machine too


class Chromium(NamedTuple):
    """A browser that is open, and the number of its process."""

    browser: Browser
    process: int

    @contextmanager
    def answering(self, *, within: float = LIMIT) -> Iterator[None]:
        """End the browser if the block is not done in time: `evaluate` waits without a limit.

        What it was asked then fails at once, and so does all that it is asked later.
        """
        ended = Event()

        def end() -> None:
            ended.set()
            os.kill(self.process, signal.SIGKILL)

        timer = Timer(within, end)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            if ended.is_set():
                pytest.fail(f"Chromium did not answer within {within} seconds, and was ended")


@contextmanager
def chromium() -> Iterator[Chromium]:
    """A browser, open until the end of the block."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no Chromium here")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=QUIETLY)
        yield Chromium(opened, _process(opened))
        opened.close()


def _process(browser: Browser) -> int:
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return next(each["id"] for each in found if each["type"] == "browser")


def show(page: Page, width: int, *, scheme: Any = "light", media: Any = "screen") -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, media=media)


def shorten(page: Page) -> None:
    """Leave three rows of each kind in every table: axe-core judges hundreds of them for minutes.

    Of one kind are rows of the same elements with the same attributes, which no style tells apart.
    """
    page.evaluate(SHORTEN)


def violations(page: Page, *, but_colours: bool = False, colours_only: bool = False) -> list[str]:
    """What axe-core finds: the rule, and the elements that break it.

    Judging colours takes four fifths of the time.
    """
    if colours_only or but_colours:
        return _contrast(page) if colours_only else judged(page, RULES, but=(CONTRAST,))
    if page.evaluate("document.dir") == "rtl":
        return judged(page, RULES, but=(CONTRAST,)) + _contrast(page)
    return judged(page, RULES)


def _contrast(page: Page) -> list[str]:
    """axe-core takes Arabic letters for no text, and does not judge their colours."""
    if page.evaluate("document.dir") != "rtl":
        return judged(page, [CONTRAST])
    page.evaluate(
        """() => {
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
            window.said = []
            while (texts.nextNode()) {
                window.said.push([texts.currentNode, texts.currentNode.data])
                texts.currentNode.data = texts.currentNode.data.replace(/\\p{L}/gu, 'n')
            }
        }"""
    )
    found = judged(page, [CONTRAST])
    page.evaluate("window.said.forEach(([node, text]) => { node.data = text })")
    return found


def judged(page: Page, rules: list[str], *, but: tuple[str, ...] = ()) -> list[str]:
    left_out = {name: {"enabled": False} for name in but}
    options = {"runOnly": rules, "resultTypes": ["violations"], "rules": left_out}
    found = Axe().run(page, options=options).response
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
