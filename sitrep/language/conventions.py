"""How a language writes numbers, days and lists: names, signs and patterns.

English is written out here, since every report that is made needs it and Babel takes a
twentieth of a second to import; a test holds it against Babel. Others are Babel's (Unicode
CLDR).
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sitrep.language.languages import ENGLISH, Language


@dataclass(frozen=True)
class Conventions:
    """`months` and `days` as within a date; `days` begin on Monday; `{0}`, `{1}` in lists."""

    months: tuple[str, ...]
    days: tuple[str, ...]
    decimal: str
    group: str
    pair: str  # a list of two
    start: str  # of a longer one
    middle: str
    end: str


_ENGLISH = Conventions(
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    decimal=".",
    group=",",
    pair="{0} and {1}",
    start="{0}, {1}",
    middle="{0}, {1}",
    end="{0} and {1}",
)  # fmt: skip


def conventions(language: Language) -> Conventions:
    """Those of `language`, with the signs of its digits."""
    return _ENGLISH if language == ENGLISH else of_locale(language.locale, language.digits)


@cache
def of_locale(name: str, digits: str) -> Conventions:
    """The conventions that Babel knows of a locale."""
    from babel import Locale

    locale: Any = Locale.parse(name)
    symbols = locale.number_symbols[digits]
    lists = locale.list_patterns["standard"]
    return Conventions(
        months=tuple(locale.months["format"]["wide"][month] for month in range(1, 13)),
        days=tuple(locale.days["format"]["wide"][day] for day in range(7)),
        decimal=symbols["decimal"],
        group=symbols["group"],
        pair=lists["2"],
        start=lists["start"],
        middle=lists["middle"],
        end=lists["end"],
    )
