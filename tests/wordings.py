"""Faults of English that a report may have: words not allowed, plurals, numbers out of nowhere.

Texts are given with names from the data taken out (`without_names`): those are quoted. What
remains is mostly the same in many weeks, so that each text is looked through once.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sitrep.language import LANGUAGES
from sitrep.language.conventions import conventions

LISTS = Path(__file__).parents[1] / "sitrep" / "language" / "wordings"
SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(SMALL)})(?:\.\d+)?"
# The numbers that other languages write, up to nine, in the genders and cases that they have.
SPELLED = {
    "ar": "صفر واحد واحدة اثنان اثنين اثنتان اثنتين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة "
    "ثمان ثماني ثمانية تسع تسعة",
    "fr": "zéro un une deux trois quatre cinq six sept huit neuf",
    "tr": "sıfır bir iki üç dört beş altı yedi sekiz dokuz",
}
NAME = "‹›"  # stands for a name from the data
_START = r"(?<![\w-])"  # of a word

# Words that are counted, one and many, and verbs that agree with them.
NOUNS = {
    "civilian": "civilians", "person": "people", "incident": "incidents", "place": "places",
    "source": "sources", "record": "records", "week": "weeks", "day": "days", "child": "children",
    "woman": "women", "man": "men", "district": "districts", "other": "others", "area": "areas",
    "household": "households", "row": "rows", "death": "deaths", "issue": "issues",
    "pair": "pairs", "figure": "figures",
}  # fmt: skip
VERBS = {"was": "were", "is": "are", "has": "have", "lies": "lie", "accounts": "account",
         "ends": "end"}  # fmt: skip


class Ban(NamedTuple):
    pattern: re.Pattern[str]
    but: re.Pattern[str] | None
    words: str
    reason: str


@cache
def bans_of(code: str) -> list[Ban]:
    """Every wording of a language's list (`not_allowed.ar.toml`), as a pattern."""
    name = "not_allowed.toml" if code == "en" else f"not_allowed.{code}.toml"
    return [
        Ban(_pattern([words], code), _pattern(entry["but"], code) if "but" in entry else None,
            words, entry["reason"])
        for entry in tomllib.loads((LISTS / name).read_text(encoding="utf-8"))["not_allowed"]
        for words in entry["words"]
    ]  # fmt: skip


def _pattern(phrases: Iterable[str], code: str) -> re.Pattern[str]:
    return re.compile("|".join(_phrase(words, number_of(code)) for words in phrases), re.IGNORECASE)


def _phrase(words: str, number: str) -> str:
    inner = (
        re.escape(words)
        .replace(r"\*", r"\w*")
        .replace(r"\#%", rf"{number}\s?(?:[%٪]|per ?cent|pour cent)")
        .replace(r"\#", number)
        .replace(r"\ ", r"\s+")
    )
    start = _START if words[0].isalnum() or words[0] == "#" else ""
    return start + inner + (r"(?!\w)" if words[-1].isalnum() or words[-1] in "*#" else "")


@cache
def number_of(code: str) -> str:
    """A number of a language: in figures, in words, or in braces as a wording has it.

    The figures of either kind of digits: those that Arabic is written in are a setting.
    """
    if code == "en":
        return NUMBER
    language = LANGUAGES[code]
    signs = [conventions(replace(language, digits=digits)) for digits in ("latn", "arab")]
    group = "".join({re.escape(each.group) for each in signs})
    decimal = "".join({re.escape(each.decimal) for each in signs})
    figures = rf"\d{{1,3}}(?:[{group}]\d{{3}})+|\d+"
    words = "|".join(sorted(SPELLED[code].split(), key=len, reverse=True))
    return rf"(?:(?:{figures})(?:[{decimal}]\d+)?|{words}|\{{\w+(?::figures)?\}})"


def _any_of(bans: Iterable[Ban]) -> re.Pattern[str]:
    """Whatever a ban finds; the start of a word is looked for once, not once for each."""
    patterns = [ban.pattern.pattern for ban in bans]
    words = [each.removeprefix(_START) for each in patterns if each.startswith(_START)]
    signs = [each for each in patterns if not each.startswith(_START)]
    return re.compile("|".join([f"{_START}(?:{'|'.join(words)})", *signs]), re.IGNORECASE)


BANS = bans_of("en")
_ANY = _any_of(BANS)  # almost every text is clean, which one pattern says at once


@cache
def not_allowed(text: str, code: str = "en") -> tuple[str, ...]:
    """Wordings of the text that the list of its language forbids, with the reason."""
    if code == "en" and not _ANY.search(text):
        return ()
    return tuple(
        f"{found[0]!r}: {ban.reason}"
        for ban in bans_of(code)
        for found in ban.pattern.finditer(ban.but.sub(" ", text) if ban.but else text)
    )


def without_names(text: str, names: frozenset[str]) -> str:
    """The text with every name of the data taken out, the longest first."""
    return _names(names).sub(NAME, text)


@cache
def _names(names: frozenset[str]) -> re.Pattern[str]:
    longest = sorted((name for name in names if name.strip()), key=len, reverse=True)
    every = "|".join(map(re.escape, longest))
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)


_ONE = "|".join(NOUNS)
_MANY = "|".join(NOUNS.values())
_COUNTED = re.compile(rf"(?<![\w.,-])({NUMBER})\s+({_MANY}|{_ONE})\b", re.IGNORECASE)
_AGREES = re.compile(
    rf"(?<![\w.,-])({NUMBER})(?:\s+(?:{_MANY}|{_ONE}))?(?:\s+of the (?:dead|injured))?\s+"
    rf"({'|'.join([*VERBS, *VERBS.values()])})\b",
    re.IGNORECASE,
)
_NONE = re.compile(rf"\b(?:no|none of the) (?:{_MANY})\s+({'|'.join(VERBS)})\b", re.IGNORECASE)
_CLASS = re.compile(
    r"\ba (?:children|women|men|civilians|people)\b|\bwere (?:a )?(?:child|woman|man)\b"
    r"|\bwas (?:children|women|men)\b|\b(?:all|both|all of the|any of the) (?:1|one)\b"
    r"|\bof the (?:1|one) (?!person|incident|record|report)|\b(?:1|one) (?:children|women|men)\b"
    r"|\bzero (?!\w+s\b)",
    re.IGNORECASE,
)


@cache
def plural_faults(text: str) -> tuple[str, ...]:
    """Numbers that do not agree with their nouns and verbs."""
    return tuple(_plural_faults(text))


def _plural_faults(text: str) -> Iterator[str]:
    for number, noun in _COUNTED.findall(text):
        if _is_one(number) != (noun.lower() in NOUNS):
            yield f"{number} {noun}"
    # "One of the three incidents were" is not ours; "3 of 4 records are" agrees with the first;
    # "whether of one or of two is for a person to decide" with neither.
    for found in _AGREES.finditer(text):
        if re.search(
            rf"{NUMBER}\s+(?:of|of the)\s+$|\bor of\s+$", text[: found.start()], re.IGNORECASE
        ):
            continue
        if _is_one(found[1]) != (found[2].lower() in VERBS):
            yield found[0]
    yield from (found[0] for found in _NONE.finditer(text))
    yield from (found[0] for found in _CLASS.finditer(text))


def _is_one(number: str) -> bool:
    return number.lower() in ("1", "one")


def numbers_in(text: str) -> Iterator[str]:
    """Every number of a text, those up to nine in figures also where they are spelled."""
    for found in re.finditer(rf"(?<!\w){NUMBER}(?!\w)", text, re.IGNORECASE):
        word = found[0].lower()
        yield str(SMALL.index(word)) if word in SMALL else word
