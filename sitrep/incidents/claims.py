"""What each of several files counts, so that no two count the same thing.

The first file counts what no other claims. Two claims that meet are refused: figures that
describe the same thing are never added.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sitrep.areas import read_aliases
from sitrep.errors import DataError, UsageError, nearest
from sitrep.incidents.sql import identity, listed, literal
from sitrep.settings import FurtherInput
from sitrep.spellings import near_pairs

CASUALTIES, DISPLACEMENT = "casualties", "displacement"
AREA = identity("admin1", "admin1_pcode")  # of a row, as SQL

Area = tuple[str, str]  # name and p-code, blank where there is none


@dataclass(frozen=True)
class Claim:
    """What one file is read for.

    `counts` is ``casualties``, ``displacement`` or ``both``; `areas` are names and p-codes
    of the first level, without capitals, `shown` as the user wrote them; `kinds` are of
    displacement. Empty ones mean all. Both days are included.
    """

    counts: str = "both"
    areas: frozenset[str] = frozenset()
    shown: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    first_day: date = date.min
    last_day: date = date.max
    name: str = ""

    @property
    def measures(self) -> frozenset[str]:
        """Casualties, displacement, or both."""
        both = frozenset({CASUALTIES, DISPLACEMENT})
        return both if self.counts == "both" else frozenset({self.counts})

    @property
    def takes_over(self) -> bool:
        """Whether it counts all that there is of its measures from a day on."""
        return not (self.areas or self.kinds) and self.last_day == date.max

    def holds(self, area: Area) -> bool:
        """Whether rows of an area are claimed, by its name or its p-code."""
        return not self.areas or bool(self.areas & {text.casefold() for text in area if text})

    def condition(self, measure: str, areas: Iterable[Area]) -> str:
        """Which rows it counts `measure` of, as SQL; `areas` are those of all rows."""
        if measure not in self.measures:
            return "false"
        parts = []
        if self.areas:
            rows = listed(map(_identity, filter(self.holds, areas)))
            parts.append(f"{AREA} IN ({rows})" if rows else "false")
        if self.kinds:
            parts.append(f"coalesce(displacement_kind, 'new') IN ({listed(self.kinds)})")
        if self.first_day > date.min:
            parts.append(f"date >= {literal(str(self.first_day))}::DATE")
        if self.last_day < date.max:
            parts.append(f"date <= {literal(str(self.last_day))}::DATE")
        return f"coalesce({' AND '.join(parts) or 'true'}, false)"

    def meets(self, other: "Claim", areas: Iterable[Area]) -> bool:
        """Whether both would count the same thing; `areas` are those of all files."""
        days = self.first_day <= other.last_day and other.first_day <= self.last_day
        kinds = not (self.kinds and other.kinds) or bool({*self.kinds} & {*other.kinds})
        named = not (self.areas and other.areas) or bool(self.areas & other.areas)
        shared = named or any(self.holds(area) and other.holds(area) for area in areas)
        return bool(self.measures & other.measures) and days and kinds and shared


EVERYTHING = Claim()


def claim_of(given: FurtherInput, aliases: Path | None) -> Claim:
    """What the settings say that a file counts; an area under all spellings of the aliases."""
    known = read_aliases(aliases) if given.areas else {}
    named = {area.casefold() for area in given.areas}
    spellings = [(one, {text.casefold() for text in (one, *known[one])}) for one in known]
    meant = {known[one] for one, texts in spellings if texts & named}
    areas = named.union(*(texts for one, texts in spellings if known[one] in meant))
    return Claim(
        counts=given.counts,
        areas=frozenset(areas - {""}),
        shown=given.areas,
        kinds=given.kinds,
        first_day=given.first_day,
        last_day=given.last_day,
        name=given.name,
    )


def refuse_shared(
    names: Sequence[str], claims: Sequence[Claim], areas: Sequence[Sequence[Area]]
) -> None:
    """Refuse files of which two count the same, and an area that its file does not have.

    `names` are the files, `claims` and `areas` (of the rows of each) in their order. Of the
    first nothing is asked: it counts what the others leave.

    Raises
    ------
    UsageError
        Two claims that meet.
    DataError
        An area that no row of its file has.
    """
    everywhere = {area for each in areas for area in each}
    for n, (name, claim) in enumerate(zip(names, claims, strict=True)):
        for other in range(1, n):
            if claim.meets(claims[other], everywhere):
                shared = " and ".join(sorted(claim.measures & claims[other].measures))
                raise UsageError(
                    f"{names[other]} and {name} would both count the same {shared}; figures of "
                    "two sources are never added: say in [[data.inputs]] what each counts alone, "
                    "with areas, kinds, first_day or last_day, or make a report of each"
                )
        if claim.areas and not any(map(claim.holds, areas[n])):
            known = sorted({text for area in areas[n] for text in area if text})
            hints = [nearest(area, tuple(known)) for area in claim.shown]
            hint = next(filter(None, hints), f"; it has {', '.join(known[:8])}")
            raise DataError(
                f"{name}: no row lies in {', '.join(claim.shown)}, which [[data.inputs]] has it "
                f"count (areas){hint}"
            )


def spelt_alike(claims: Sequence[Claim], areas: Sequence[Sequence[Area]]) -> list[tuple[str, str]]:
    """Names that the first file counts, each with a claimed one that it is spelt nearly like."""
    claimed = {name for claim in claims[1:] for name in claim.shown} | {
        area[0]
        for claim, each in zip(claims[1:], areas[1:], strict=True)
        for area in each
        if claim.areas and claim.holds(area)
    }
    left = {
        area[0] for area in areas[0] if not any(c.areas and c.holds(area) for c in claims[1:])
    } - claimed
    pairs = near_pairs(sorted(filter(None, claimed | left)))
    return [
        (one, other) if one in left else (other, one)
        for one, other in pairs
        if (one in left) != (other in left)
    ]


def _identity(area: Area) -> str:
    """As `AREA` writes it."""
    return "/".join(text.replace("%", "%25").replace("/", "%2F") for text in area)
