"""The wordings of the report, read from `rules.toml`; the one way to say something.

Here numbers, days and lists are put into words. Which rule holds is decided by the
modules beside this one.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sitrep.blocks import Run, Runs, text_of
from sitrep.words import capital, day, figure, joined, spelled

FILE = Path(__file__).parent / "rules.toml"
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
    key : the rule's name in `rules.toml`.
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
    """The rule of that name; KeyError where there is none."""
    if key not in _file():
        raise KeyError(f"there is no rule {key!r} in {FILE.name}")
    table = _file()[key]
    said = table["say"]
    forms = {"other": said} if isinstance(said, str) else said
    return Rule(key, table["when"], forms, table.get("count", ""))


def names() -> tuple[str, ...]:
    """The names of all rules, in the order of the file."""
    return tuple(_file())


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _form(found: Rule, values: Mapping[str, Value]) -> str:
    """The wording for the count, by the plural rule of English."""
    one = bool(found.count) and values[found.count] == 1
    return found.forms["one"] if one and "one" in found.forms else found.forms["other"]


def _name(placeholder: str) -> str:
    return placeholder[0].lower() + placeholder[1:]


def _written(value: Value, *, in_figures: bool) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Sequence):
        return joined(value)
    return figure(value) if in_figures else spelled(value)
