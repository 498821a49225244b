"""The languages that a report can be written in, and the one that is being written.

English is the source: its wordings stand in `wordings/`. A further language is an entry here
and a catalogue in `locale/`. The language in use is a context variable, set while a block is
made (`spoken`), so that a number deep within a chart is written as its sentence is.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, Protocol, TypeVar

Digits = Literal["latn", "arab"]


@dataclass(frozen=True)
class Language:
    """One language, and how the report in hand writes it."""

    code: str  # of ISO 639, as in HTML's lang
    name: str  # in the language itself
    locale: str  # Babel's name for its conventions
    right_to_left: bool = False
    spells: bool = True  # numbers up to nine in words, within a sentence
    digits: Digits = "latn"
    # Names of places, sources and others as this language writes them, as far as the user says.
    names: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


ENGLISH = Language("en", "English", "en_GB")
LANGUAGES = {
    language.code: language
    for language in (
        ENGLISH,
        # Numbers agree with what they count in ways that a word list cannot give: figures.
        Language("ar", "العربية", "ar_SY", right_to_left=True, spells=False),
        Language("fr", "français", "fr"),
        Language("tr", "Türkçe", "tr"),
    )
}

_in_use: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def in_use() -> Language:
    """The language that is being written; English unless said otherwise."""
    return _in_use.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Write in `language` within the block, and in the one before it after."""
    token = _in_use.set(language)
    try:
        yield
    finally:
        _in_use.reset(token)


class Speaker(Protocol):
    """What a block is made from: it knows the language of its report."""

    @property
    def language(self) -> Language: ...


S = TypeVar("S", bound=Speaker)
P = ParamSpec("P")
R = TypeVar("R")


def spoken(function: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Let `function` write in the language of the issue that it is given first."""

    @wraps(function)
    def speak(issue: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with speaking(issue.language):
            return function(issue, *args, **kwargs)

    return speak
