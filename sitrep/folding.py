"""Folding words, so that they are found however they are typed.

Capitals, accents and vowel marks do not count, nor does the form of an Arabic letter or
digit. The `search.js` of the page of all reports folds what the reader types in the same way,
with the same tables.
"""

import re
import unicodedata
from functools import cache

# What NFKD leaves apart, though a reader takes one for the other.
SAME = {
    "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ہ": "ه", "ı": "i",
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
    **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
}  # fmt: skip
# Written or left out at will: tatweel, apostrophes, the signs of ain and hamza.
LEFT_OUT = "ـ'’‘`´ʿʾʼ"
_COMMAS = ",٬"
_IN_A_NUMBER = re.compile(f"([0-9])[{_COMMAS}](?=[0-9]{{3}})")


def folded(text: str) -> str:
    """The words of `text` in their plainest form, with a space between two."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    letters = _IN_A_NUMBER.sub(r"\1", "".join(map(_folded, plain)))
    return " ".join(re.sub(f"[{_COMMAS}]", " ", letters).split())


@cache
def _folded(character: str) -> str:
    if character in LEFT_OUT or unicodedata.category(character)[0] == "M":
        return ""
    character = SAME.get(character, character)
    is_kept = character in _COMMAS or unicodedata.category(character)[0] in "LN"
    return character if is_kept else " "
