"""How things are said: the wordings, the languages, and how each writes numbers and days.

`say` and `runs` are the only way to words that a reader of a report sees; `wordings/` holds
them in English, `locale/` in other languages. Knows nothing of incidents or reports.
"""

from sitrep.language.catalogue import translated_prose
from sitrep.language.languages import ENGLISH, LANGUAGES, Digits, Language, in_use, speaking, spoken
from sitrep.language.names import read_names
from sitrep.language.rules import day, figure, runs, say, spaced, spelled
from sitrep.language.writing import (
    NOT_REPORTED,
    capital,
    dated,
    in_digits,
    isolated,
    joined,
    left_to_right,
    named,
    number,
)

__all__ = [
    "ENGLISH", "LANGUAGES", "NOT_REPORTED", "Digits", "Language", "capital", "dated", "day",
    "figure", "in_digits", "in_use", "isolated", "joined", "left_to_right", "named", "number",
    "read_names", "runs", "say", "spaced", "speaking", "spelled", "spoken", "translated_prose",
]  # fmt: skip
