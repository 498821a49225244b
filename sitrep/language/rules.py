"""The wordings of the report, read from `wordings/*.toml`; the one way to say something.

Here numbers, days and lists are put into words. Which rule holds is decided by the
rooms that say it.
"""

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sitrep.blocks import Run, Runs, text_of
from sitrep.language.catalogue import translated, translated_for
from sitrep.language.languages import in_use
from sitrep.language.writing import capital, dated, isolated, joined, number

FOLDER = Path(__file__).parent / "wordings"
# Sentences have the numbers under which they are said; labels are the short words of
# tables, charts and pages.
FILES = ("sentences.toml", "labels.toml")
_PATTERNS = {  # with the weekday, with the year
    (False, False): "pattern_day",
    (False, True): "pattern_day_year",
    (True, False): "pattern_weekday_day",
    (True, True): "pattern_weekday_day_year",
}
SMALL = 10  # numbers below it are words in a sentence
STRONG = "**"
_BRACES = re.compile(r"\{(\w+)(?::(figures))?\}")

Value = str | float | date | Sequence[str]


@dataclass(frozen=True)
class Rule:
    """One rule: `forms` are its wordings by plural category, `other` where there is one only."""

    key: str
    when: str
    forms: Mapping[str, str]
    count: str = ""  # the placeholder that chooses the form

    @property
    def names(self) -> frozenset[str]:
        """What has to be given to say it."""
        found = {
            _name(match[1]) for text in self.forms.values() for match in _BRACES.finditer(text)
        }
        return frozenset(found | ({self.count} if self.count else set()))


def say(key: str, /, **values: Value) -> str:
    """The words of a rule, without styles.

    Parameters
    ----------
    key : the rule's name in `wordings/`.
    values : what its braces hold: a number, a day, a list of texts, or text as it is.

    Raises
    ------
    KeyError
        For a rule that there is not.
    TypeError
        For a value that is missing, or that the rule has no braces for.
    """
    return text_of(runs(key, **values))


def runs(key: str, /, **values: Value) -> Runs:
    """The same, with what stands between stars in bold."""
    found = rule(key)
    if values.keys() != found.names:
        wrong = sorted(values.keys() ^ found.names)
        raise TypeError(f"{key!r} takes {sorted(found.names)}: check {', '.join(wrong)}")

    def filled(match: re.Match[str]) -> str:
        text = _written(values[_name(match[1])], in_figures=bool(match[2]))
        return capital(text) if match[1][0].isupper() else text

    stretches = _form(found, values).split(STRONG)
    return tuple(
        Run(_BRACES.sub(filled, text), "strong" if number % 2 else "")
        for number, text in enumerate(stretches)
        if text
    )


def spaced(*sentences: Runs) -> Runs:
    """Sentences one after the other, with a space between two."""
    out: list[Run] = []
    for each in filter(None, sentences):
        first, *rest = each
        if out and first.style == "strong":
            out.append(Run(" "))
        elif out:
            first = Run(f" {first.text}", first.style, first.href)
        out += [first, *rest]
    return tuple(out)


@cache
def rule(key: str) -> Rule:
    """The rule or label of that name; KeyError where there is none."""
    if key not in wordings():
        raise KeyError(f"there is no rule {key!r} in {' or '.join(FILES)}")
    found = wordings()[key]
    if isinstance(found, str):
        return Rule(key, "", {"other": found})
    said = found["say"]
    forms = {"other": said} if isinstance(said, str) else said
    return Rule(key, found.get("when", ""), forms, found.get("count", ""))


def names() -> tuple[str, ...]:
    """The names of all rules and labels, in the order of the files."""
    return tuple(wordings())


def figure(value: float) -> str:
    """``1,867``, ``12.5``: whole numbers as they are, others to one decimal."""
    return number(value, places=0 if math.isnan(value) or value == int(value) else 1)


def spelled(value: float) -> str:
    """In a sentence: up to nine in words, where the language does so, the rest in figures."""
    if in_use().spells and 0 <= value < SMALL and value == int(value):
        return say(f"number_{int(value)}")
    return figure(value)


def day(value: date, *, weekday: bool = False, year: bool = True) -> str:
    """``7 June 2021``."""
    return dated(value, say(_PATTERNS[weekday, year]))


@cache
def wordings() -> dict[str, Any]:
    """The contents of the files: a label's words, or the table of a rule, by its name."""
    return {
        key: found
        for file in FILES
        for key, found in tomllib.loads((FOLDER / file).read_text(encoding="utf-8")).items()
    }


def _form(found: Rule, values: Mapping[str, Value]) -> str:
    """The wording for the count, by the plural rule of the language in use."""
    other = found.forms["other"]
    count = values[found.count] if found.count else ""
    if not isinstance(count, int | float):
        return translated(other, context=found.key)
    return translated_for(count, found.forms.get("one", other), other, context=found.key)


def _name(placeholder: str) -> str:
    return placeholder[0].lower() + placeholder[1:]


def _written(value: Value, *, in_figures: bool) -> str:
    if isinstance(value, str):
        return isolated(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Sequence):
        return joined([isolated(item) for item in value])
    return figure(value) if in_figures else spelled(value)
