"""Names of areas and places that no list has, with the nearest that one has, for a person.

A p-code decides, then the exact name in any of the boundaries' languages, then the alias
table. What none of these finds is listed beside what is spelt like it; nothing is merged.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sitrep.areas import LEVELS, Aliases
from sitrep.incidents import Store
from sitrep.incidents.database import connected
from sitrep.maps.boundaries import Area
from sitrep.spellings import near_pairs, nearest_names

_MOST_AREAS = 200  # those of most rows, whose names are held against each other
_LEVELS = {f"admin{n}": n for n in (1, 2, 3)}


@dataclass(frozen=True)
class Unmatched:
    """A name, and perhaps a p-code, that the boundaries do not have; what is nearest to it."""

    level: str
    name: str
    code: str
    rows: int
    nearest: tuple[str, ...]  # with their p-codes


@dataclass(frozen=True)
class NearPair:
    """Two spellings within one area that may be one place, with the rows of each."""

    level: str
    area: str
    names: tuple[str, str]
    rows: tuple[int, int]


@dataclass
class _Known:
    """The areas of one level: the names under each p-code."""

    names: dict[str, list[str]] = field(default_factory=dict)

    def add(self, code: str, names: Iterable[str]) -> None:
        kept = self.names.setdefault(code, [])
        kept += [name for name in names if name and name not in kept]

    @property
    def folded(self) -> set[str]:
        """Every name, whatever its capitals."""
        return {name.casefold() for names in self.names.values() for name in names}

    def nearest(self, name: str) -> tuple[str, ...]:
        """The names nearest to `name`, each with its p-code; one a code."""
        codes = {one: code for code, names in self.names.items() for one in names}
        near = {codes[one]: one for one in reversed(nearest_names(name, list(codes)))}
        return tuple(f"{one} ({code})" for code, one in reversed(near.items()))


def unmatched(store: Store, areas: Sequence[Area], aliases: Aliases) -> Iterator[Unmatched]:
    """The areas of the data that the boundaries do not have, those of most rows first."""
    known = _known(areas)
    for level in LEVELS:
        if level not in known:
            continue
        names, codes = known[level].folded, known[level].names
        for name, code, rows in _counted(store, f"{level}, {level}_pcode"):
            found = code in codes or code in aliases
            if not code:
                alias, alias_code = aliases.get(name.casefold(), (name, ""))
                found = bool({name.casefold(), alias.casefold()} & names) or alias_code in codes
            if not found:
                yield Unmatched(level, name, code, rows, known[level].nearest(name or code))


def near_spellings(store: Store, aliases: Aliases) -> Iterator[NearPair]:
    """Spellings within one district, or of areas within the next larger one, that are near.

    Two areas with p-codes of their own are two; two spellings of one alias are one already.
    """
    for level, within in (("place", "admin2"), ("admin3", "admin2"), ("admin2", "admin1")):
        code = f"{level}_pcode" if level != "place" else "NULL"
        groups: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
        for area, name, own, rows in _counted(store, f"{within}, {level}, {code}"):
            groups[area].setdefault(name, (own, rows))
        for area, names in islice(groups.items(), _MOST_AREAS):
            for one, other in near_pairs([name for name in names if name]):
                codes = {names[one][0], names[other][0]} - {""}
                same = _alias(one, aliases) == _alias(other, aliases)
                if len(codes) < 2 and not same:
                    yield NearPair(level, area, (one, other), (names[one][1], names[other][1]))


def _alias(name: str, aliases: Aliases) -> str:
    return aliases.get(name.casefold(), (name, ""))[0]


def _counted(store: Store, columns: str) -> list[tuple[Any, ...]]:
    """Each combination of these columns that names something, and its rows; blanks as ``""``."""
    with connected() as connection:
        rows = connection.execute(
            f"SELECT {columns}, count(*) FROM ({store.rows}) GROUP BY ALL "  # noqa: S608
            "ORDER BY count(*) DESC, 1, 2"
        ).fetchall()
    found = [tuple("" if cell is None else cell for cell in row) for row in rows]
    return [row for row in found if any(row[:-1])]


def _known(areas: Sequence[Area]) -> dict[str, _Known]:
    """The areas of the boundaries by level, as far as their properties have p-codes and names."""
    found: dict[str, _Known] = {}
    for area in areas:
        for level, number in _LEVELS.items():
            code = _of(area.properties, rf"adm(in)?_?{number}_?p_?code")
            if code:
                names = _of(
                    area.properties, rf"adm(in)?_?{number}_?(name\d?(_?[a-z]{{2}})?|[a-z]{{2}})"
                )
                found.setdefault(level, _Known()).add(code[0], names)
    return found


def _of(properties: Mapping[str, Any], pattern: str) -> list[str]:
    """The values of the properties that are called so."""
    return [
        str(value).strip()
        for key, value in properties.items()
        if value and re.fullmatch(pattern, str(key), re.IGNORECASE)
    ]
