"""Words as headings and values are compared: without case, accents, articles or noise.

Nothing here knows which words mean what; that is in the TOML files beside it.
"""

import re
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from sitrep.folding import folded
from sitrep.spellings import likeness

_HERE = Path(__file__).parent
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LEVEL = re.compile(r"\b(adm|admin|actor)(?:istrative)? (?:level )?(\d)\b")
_ARTICLE = re.compile(r"\b(?:ال|لل|وال|بال)(?=\w{2,})")  # also grown to a preposition
_SMALL = frozenset({"the", "of", "de", "des", "du", "la", "le", "les"})
LIKE = 0.84  # how near two spellings are that may be one word; below it most are two
LONGEST_HEADING = 5  # words, but articles, of the name of a count
SHORTEST_LIKE = 5  # letters; of shorter words one letter makes another word

Words = tuple[str, ...]


class Fit(NamedTuple):
    """How well a text fits a known phrase: from 0 to 1, and in what way."""

    score: float
    how: str
    phrase: str = ""


@cache
def table(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words_of(text: str) -> Words:
    """The words of `text` as they are compared: folded, without articles and small words."""
    plain = folded(_CAMEL.sub(" ", text))
    words = _ARTICLE.sub("", _LEVEL.sub(r"\1\2", plain)).split()
    return tuple(word for word in words if word not in _SMALL) or tuple(words)


def without_noise(text: str) -> Words:
    """The words without those that every heading of a count may have, such as "total"."""
    return tuple(word for word in words_of(text) if word not in _noise())


def fit(text: str, phrases: tuple[str, ...]) -> Fit:
    """The best fit of `text` to any of `phrases`: the same, holding it, or spelt like it."""
    mine = words_of(text)
    fits = (_fit(mine, words_of(phrase), phrase) for phrase in phrases)
    return max(fits, key=lambda found: found.score, default=Fit(0, ""))


def holds(text: str, phrases: tuple[str, ...]) -> str:
    """The first of `phrases` whose words stand in `text` one after the other, or nothing."""
    mine = words_of(text)
    return next((phrase for phrase in phrases if _within(words_of(phrase), mine)), "")


@cache
def is_heading(text: str) -> bool:
    """Whether the tables know `text` as what a column is called, or it names a count of people.

    A sentence of that is a title or a note, and a number what was counted.
    """
    if words_of(text) in _headings():
        return True
    if len(words_of(text)) > LONGEST_HEADING or any(map(str.isdigit, text)):
        return False
    return any(holds(text, tuple(verbs)) for verbs in table("headings")["counts"].values())


@cache
def says_no_figure(text: str) -> bool:
    """Whether a cell of a count says that there is none: a dash, or words of the table."""
    mine = words_of(text)
    return not mine or mine in map(words_of, table("headings")["no_figure"]["words"])


@cache
def _headings() -> frozenset[Words]:
    known = table("headings")
    phrases = [*known["nothing"]["words"], *chain.from_iterable(known["columns"].values())]
    return frozenset(map(words_of, phrases))


@cache
def _noise() -> frozenset[str]:
    return frozenset(
        word for text in table("headings")["noise"]["words"] for word in words_of(text)
    )


def _fit(mine: Words, theirs: Words, phrase: str) -> Fit:
    if not mine or not theirs:
        return Fit(0, "")
    if mine == theirs:
        return Fit(1, "is", phrase)
    if _within(theirs, mine):
        return Fit(0.5 + 0.35 * len("".join(theirs)) / len("".join(mine)), "holds", phrase)
    one, other = " ".join(mine), " ".join(theirs)
    alike = likeness(one, other) if min(len(one), len(other)) >= SHORTEST_LIKE else 0
    return Fit(0.7 * alike, "is spelt like", phrase) if alike >= LIKE else Fit(0, "")


def _within(part: Words, whole: Words) -> bool:
    return any(
        whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1)
    ) and bool(part)
