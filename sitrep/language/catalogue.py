"""The catalogues of translations, by gettext: `locale/ar/LC_MESSAGES/sitrep.po`.

The context of an entry is the name of its rule or label, so that one English wording may
have several translations. What a catalogue lacks stays English; a test holds that none
lacks anything.
"""

import gettext
from functools import cache
from pathlib import Path

from sitrep.language.languages import ENGLISH, in_use

DOMAIN = "sitrep"
FOLDER = Path(__file__).parent / "locale"
NAME = "name"  # the context of names that stand in the data
PROSE = "notebook"  # that of the Markdown cells of the notebooks
BROKEN = 100  # what stands for a number with decimals where a form is chosen: of many, not one


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == ENGLISH.code:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, FOLDER, [code], fallback=True)


def translated(text: str, *, context: str) -> str:
    """`text` in the language in use."""
    if not text:  # to gettext the empty text is the catalogue's own head
        return ""
    return _catalogue(in_use().code).pgettext(context, text)


def translated_for(count: float, one: str, other: str, *, context: str) -> str:
    """The form for `count`, by the plural rule of the language in use."""
    whole = int(count) if count == int(count) else BROKEN
    return _catalogue(in_use().code).npgettext(context, one, other, whole)


def translated_prose(text: str) -> str:
    """The Markdown of a notebook's cell; an analyst's own stays as it was written."""
    return translated(text, context=PROSE)
