"""A browser that hangs is ended, and says so."""

import pytest
from browsing import chromium
from playwright.sync_api import Error

pytestmark = pytest.mark.slow


def test_a_browser_that_does_not_answer_is_ended() -> None:
    with chromium() as running:
        page = running.browser.new_page()
        with (
            pytest.raises(pytest.fail.Exception, match="Chromium did not answer within"),
            running.answering(within=0.5),
        ):
            page.evaluate("while (true) {}")
        with pytest.raises(Error, match="closed"):
            page.evaluate("1")
