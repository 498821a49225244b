"""Numbers, days, lists and names as the language in use writes them.

What runs against the direction of the text around it (a week or a Latin name in Arabic, an
Arabic name in English) is isolated by Unicode's invisible marks, so that `2021-W23` reads
as it should in every program.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from sitrep.language.conventions import conventions
from sitrep.language.languages import in_use
from sitrep.language.proper import in_own_words

ISOLATE, LEFT_TO_RIGHT, POP = "\u2068", "\u2066", "\u2069"
NOT_REPORTED = "–"
_LATIN = "0123456789"
_DIGITS = {"arab": str.maketrans(_LATIN, "٠١٢٣٤٥٦٧٨٩")}
_PARTS_OF_DATE = re.compile("EEEE|MMMM|d|y")
_TURKISH_CAPITALS = {"i": "İ"}


def number(value: float, *, places: int = 0) -> str:
    """``1,867.5``: the value to so many decimals; a dash where nothing was reported (NaN)."""
    if math.isnan(value):
        return NOT_REPORTED
    signs = conventions(in_use())
    text = f"{abs(value):,.{places}f}"
    text = text.translate({ord(","): signs.group, ord("."): signs.decimal})
    return in_digits(text) if value >= 0 else left_to_right(f"−{in_digits(text)}")


def in_digits(text: str) -> str:
    """`text` with the digits that the report is written in."""
    digits = in_use().digits
    return text.translate(_DIGITS[digits]) if digits in _DIGITS else text


def dated(value: date, pattern: str) -> str:
    """A day by a pattern of EEEE (weekday), d, MMMM (month) and y; the rest stands as it is."""
    signs = conventions(in_use())
    parts = {
        "EEEE": signs.days[value.weekday()],
        "MMMM": signs.months[value.month - 1],
        "d": in_digits(str(value.day)),
        "y": in_digits(str(value.year)),
    }
    return _PARTS_OF_DATE.sub(lambda found: parts[found[0]], pattern)


def joined(items: Sequence[str]) -> str:
    """``a, b and c``."""
    signs = conventions(in_use())
    if len(items) < 2:
        return "".join(items)
    if len(items) == 2:
        return signs.pair.format(*items)
    *first, last = items
    text = signs.start.format(first[0], first[1])
    for item in first[2:]:
        text = signs.middle.format(text, item)
    return signs.end.format(text, last)


def named(name: str) -> str:
    """A name of the data (a place, a source, a kind of attack) as this language writes it.

    The user's own table of names decides, then the catalogue; a name that neither has stays
    as it was recorded.
    """
    found = in_use().names.get(name) or in_own_words(name)
    return isolated(found)


def isolated(text: str) -> str:
    """`text` kept apart where it has letters that run against the language in use."""
    against = ("L",) if in_use().right_to_left else ("R", "AL")
    if text[:1] in (ISOLATE, LEFT_TO_RIGHT) or (text.isascii() and "L" not in against):
        return text
    runs_against = any(unicodedata.bidirectional(character) in against for character in text)
    return f"{ISOLATE}{text}{POP}" if runs_against else text


def left_to_right(text: str) -> str:
    """Figures whose order must hold, such as ``17–24`` or ``+6``, kept from being turned round."""
    return f"{LEFT_TO_RIGHT}{text}{POP}" if in_use().right_to_left else text


def capital(text: str) -> str:
    """The first letter as a capital, the rest as it is; marks before it are passed over."""
    at = 1 if text[:1] in (ISOLATE, LEFT_TO_RIGHT) else 0
    first = text[at : at + 1]
    if in_use().code == "tr":
        first = _TURKISH_CAPITALS.get(first, first)
    return text[:at] + first.upper() + text[at + 1 :]
