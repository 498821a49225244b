"""What a report may say: a thousand random weeks against the rules of `sitrep/sentences`.

Every text of every sentence is held against the wordings that are not allowed, the plurals
and the numbers table; and no sentence may be written anywhere but in `rules.toml`.
"""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from random_weeks import Drawn, draw
from wordings import not_allowed, numbers_in, plural_faults, without_names

from sitrep import charts, maps, sentences, tables
from sitrep.blocks import Block
from sitrep.sentences import rules
from sitrep.words import figure, mean_figure

PACKAGE = Path(rules.__file__).parents[1]
WEEKS = 1000
PICTURED = 100  # of them, whose charts and tables are read too
pytestmark = pytest.mark.xdist_group("claims")  # the weeks are drawn once

NUMBER = r"[\w,.]+"
# Numbers in sentences that are not in the issue's numbers.
EXEMPT = {
    rf"{NUMBER} sources? reported this week": "sources are counted from the table's groups",
    rf"{NUMBER} others?, who did in the four weeks before": "sources are counted likewise",
    r"who did in the four weeks before": "what the weeks before are",
    rf"less than {NUMBER} weeks? old": "a setting",
    r"more than seven days": "what no longer fits into a week",
    r"at least eight are needed, besides the two before": "what a baseline is",
    r"^One incident accounts": "one of them, not a count",
    r"^One series was tested": "no district was",
    r"[Tt]his one\b": "this week",
    r"the one (?:person|incident)": "the only one there is, which the total says",
    r"4-week": "a column's heading",
    r"EARS C\d": "the name of a method",
    r"of the dead|of the injured": "no number",
}


# The thousand weeks


@dataclass
class Said:
    """What a thousand weeks say, read once: faults by kind, and the wordings used."""

    texts: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: {k: [] for k in CHECKS})
    forms: set[str] = field(default_factory=set)

    def read(self, drawn: Drawn, room: str, text: str) -> None:
        self.texts[room] += 1
        ours = without_names(text, drawn.names)
        for kind, faults in CHECKS.items():
            found = faults(ours, drawn, room)
            self.faults[kind] += [f"week {drawn.seed}, {room}: {each}: {text}" for each in found]


def strange_numbers(text: str, drawn: Drawn, room: str) -> list[str]:
    for pattern in (*printed_exemptions(), *EXEMPT):
        text = re.sub(pattern, " ", text)
    found = set(numbers_in(text))
    return sorted(found - known(drawn, room)) if found else []


def unfilled(text: str, drawn: Drawn, room: str) -> list[str]:
    """Braces, stars, doubled spaces; blanks of the program; a clause that begins in the middle."""
    return re.findall(r"[{}]|\*\*|  |\bnan\b|\bNone\b|\s[.,;:]|\.\.|^\s|\s$|\( *\)", text)


CHECKS = {
    "not allowed": lambda text, drawn, room: not_allowed(text),
    "plural": lambda text, drawn, room: plural_faults(text),
    "number": strange_numbers,
    "unfilled": unfilled,
}


@cache
def printed_exemptions() -> tuple[str, ...]:
    with (Path(__file__).parent / "number_exemptions.csv").open(encoding="utf-8") as file:
        return tuple(row["pattern"] for row in csv.DictReader(file))


def known(drawn: Drawn, room: str) -> set[str]:
    """The numbers a text may hold: a sentence those of its own week, a picture all of them."""
    table, periods = drawn.issue.numbers.table, drawn.issue.periods
    if room in sentences.__all__:
        mine = ("", str(periods.week), *(periods.since(each) for each in periods.baselines))
        table = table[table["week"].isin(mine)]
    columns = ["value", "low", "high", "incidents", "not_reported", "sources"]
    values = {abs(value) for value in table[columns].to_numpy(float).ravel() if value == value}
    return {write(value) for value in values for write in (figure, mean_figure)}


def texts_of(block: Block) -> Iterator[str]:
    """Every text of a block that is set in type or read out, a sentence or a cell each."""
    return _texts(block.to_json())


_MACHINE = {"kind", "svg", "style", "href", "lang", "date", "media_type", "name", "tone", "align"}


def _texts(part: Any, name: str = "") -> Iterator[str]:
    if isinstance(part, str):
        if part and name not in _MACHINE:
            yield part
    elif isinstance(part, dict):
        if part.get("kind") == "attachment":
            part = {"description": part["description"]}
        for key, value in part.items():
            yield from _texts(value, key)
    elif isinstance(part, list | tuple):
        if part and isinstance(part[0], dict) and "href" in part[0]:  # runs are one text
            yield "".join(run["text"] for run in part)
        else:
            for each in part:
                yield from _texts(each, name)


def blocks_of(drawn: Drawn, room: Any) -> Iterator[tuple[str, Block]]:
    for name in room.__all__:
        function = getattr(room, name)
        if callable(function):
            made = function(drawn.issue, "killed") if name == "weekly" else function(drawn.issue)
            yield from ((name, block) for block in (made if isinstance(made, tuple) else (made,)))


@pytest.fixture(scope="module")
def said() -> Iterator[Said]:
    found = Said()
    form = rules._form

    def recorded(rule: rules.Rule, values: Any) -> str:
        text = form(rule, values)
        found.forms.add(text)
        return text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "_form", recorded)
        for seed in range(WEEKS):
            drawn = draw(seed)
            for name, block in blocks_of(drawn, sentences):
                for text in texts_of(block):
                    found.read(drawn, name, text)
    for seed in range(0, WEEKS, WEEKS // PICTURED):
        drawn = draw(seed)
        for room in (tables, charts, maps):
            for name, block in blocks_of(drawn, room):
                for text in texts_of(block):
                    found.read(drawn, f"{room.__name__}.{name}", text)
    return found


@pytest.mark.parametrize("kind", CHECKS)
def test_a_thousand_weeks_say_nothing_that_may_not_be_said(said: Said, kind: str) -> None:
    assert not said.faults[kind][:20], f"{len(said.faults[kind])} faults"
