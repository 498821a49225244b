"""Names that are spelt alike: candidates for a person to choose from, never a decision.

Nothing here says that two names are one place.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

from sitrep.folding import folded

ALIKE = 0.85  # of two spellings that may be one name: Kafr Latah, Kafar Latah
NEAR = 0.6  # of a name that is worth showing beside one that is in no list
_ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az"})  # as in an-Numan
_MOST = 150  # names of one area that are held against each other


@cache
def plain(name: str) -> str:
    """A name as it is compared: folded, without spaces and the Arabic article in either script."""
    words = folded(name).split()
    named = [word for word in words if word not in _ARTICLES] or words
    return "".join(word.removeprefix("ال") if len(word) > 4 else word for word in named)


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < NEAR or matcher.quick_ratio() < NEAR:
        return 0
    return matcher.ratio()


def nearest_names(name: str, known: Sequence[str], *, most: int = 3) -> list[str]:
    """The names of `known` that are spelt most like `name`, the likest first."""
    mine = plain(name)
    found = [(likeness(mine, plain(other)), other) for other in dict.fromkeys(known)]
    near = sorted((-score, other) for score, other in found if score >= NEAR)
    return [other for _, other in near[:most]]


def near_pairs(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names of one area that are spelt nearly alike, each pair once, in the order given.

    Of very many names only the first are compared. Names that differ in a figure, such as
    Camp 1 and Camp 2, are two; so are those that neither begin nor end alike.
    """
    shown = [(name, plain(name)) for name in dict.fromkeys(names)][:_MOST]
    for place, (one, mine) in enumerate(shown):
        for other, theirs in shown[place + 1 :]:
            if _comparable(mine, theirs) and likeness(mine, theirs) >= ALIKE:
                yield one, other


def _comparable(one: str, other: str) -> bool:
    """Whether two plain names are worth the time that it takes to compare them."""
    ends = one[:1] == other[:1] or one[-1:] == other[-1:]
    return ends and _digits(one) == _digits(other)


@cache
def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
