"""``index.html``: every report as a card, by years, with a search that needs no server.

The page runs one script, its own, which the page's policy names by its hash: nothing that
a manifest or a folder is called can become another.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.folding import LEFT_OUT, SAME
from sitrep.html.theme import style_sheet
from sitrep.language import LANGUAGES, in_digits, named, say, speaking
from sitrep.pdf.thumbnail import WIDTH
from sitrep.run.index import FEED
from sitrep.run.index.cards import card, spellings
from sitrep.run.index.listed import Listed
from sitrep.settings import Settings

if TYPE_CHECKING:
    from jinja2 import Template

_HERE = Path(__file__).parent
SHOWN_WIDTH = WIDTH // 2
SHOWN_HEIGHT = round(SHOWN_WIDTH * 297 / 210)  # A4
FEWEST_YEARS_LISTED = 3


def page(issues: Sequence[Listed], settings: Settings) -> str:
    """The whole page, in the first language of the settings: the same for the same issues."""
    language = settings.language(settings.report.languages[0])
    spelt = spellings(settings.language(code) for code in LANGUAGES)
    style, script = style_sheet(_HERE / "index.css", settings.report.accent), _script()
    with speaking(language):
        cards = [(issue.week.year, card(issue, spelt)) for issue in issues]
        years = [
            (in_digits(str(year)), [one for _, one in group])
            for year, group in groupby(cards, key=lambda pair: pair[0])
        ]
        return _template().render(
            lang=language.code,
            direction="rtl" if language.right_to_left else "ltr",
            title=named(settings.report.title),
            organisation=named(settings.report.organisation),
            years=years,
            list_years=len(years) >= FEWEST_YEARS_LISTED,
            say=_labels(len(issues)),
            digits=in_digits("0123456789"),
            same=SAME,
            left_out=LEFT_OUT,
            feed=FEED,
            width=SHOWN_WIDTH,
            height=SHOWN_HEIGHT,
            style=_trusted(style),
            style_hash=_hash(style),
            script=_trusted(script),
            script_hash=_hash(script),
        )


def _labels(count: int) -> dict[str, str]:
    """The words of the page itself; ``#`` stands for how many reports are shown."""
    return {
        "all": say("index_all"),
        "recorded": say("index_recorded"),
        "none_yet": say("index_none_yet"),
        "skip": say("index_skip"),
        "years": say("index_years"),
        "search": say("index_search"),
        "hint": say("index_search_hint"),
        "shown": say("index_shown", shown="#", all=in_digits(str(count))),
        "none": say("index_none_found"),
        "feed": say("index_feed"),
        "numbers": say("index_numbers"),
    }


@cache
def _template() -> "Template":
    from sitrep.html.templates import environment

    return environment(_HERE).get_template("index.html.j2")


@cache
def _script() -> str:
    return (_HERE / "search.js").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _trusted(text: str) -> Any:
    """Text of our own that is not to be escaped."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 (the style sheet and the script of this package)
