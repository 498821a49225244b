"""What each of several files counts of its rows, as conditions on them."""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from collections.abc import Sequence
from dataclasses import dataclass

from sitrep.errors import UsageError
from sitrep.incidents.claims import CASUALTIES, DISPLACEMENT, Area, Claim
from sitrep.incidents.database import connected
from sitrep.incidents.sql import literal
from sitrep.incidents.store import Store

OF_DISPLACEMENT_ALONE = "displacement is counted from another file"
OF_NO_DISPLACEMENT = "no figure of displacement, which is all that this file is read for"
OF_ANOTHER = "is counted from another file"
OUTSIDE = "is none of what this file is read for"
NOT_COUNTED = "is counted from another file; the figure is not used"
_FLED = "(displaced IS NOT NULL OR displaced_households IS NOT NULL)"
_HURT = "(killed IS NOT NULL OR injured IS NOT NULL)"


@dataclass(frozen=True)
class Part:
    """One file of several: what became of its rows, and which of them it counts, as SQL."""

    store: Store
    claim: Claim
    first: bool
    casualties: str
    displacement: str

    @property
    def shown(self) -> str:
        """The file as its own findings call it."""
        first = next(iter(self.store.listed()), None)
        return first.file if first else self.store.file_name

    @property
    def prefix(self) -> str:
        """What the ids of a further file begin with."""
        return self.claim.name or self.store.profile.name

    @property
    def counts_casualties(self) -> bool:
        """Whether any casualties may be counted from it."""
        return self.first or CASUALTIES in self.claim.measures

    @property
    def aside(self) -> dict[str, str]:
        """Why a used row counts nothing any more: conditions by reason, the first that holds."""
        counts = f"({self.casualties}) OR ({self.displacement})"
        return {
            OF_ANOTHER if self.first else OUTSIDE: f"NOT ({counts})",
            OF_DISPLACEMENT_ALONE: f"NOT ({self.displacement}) AND {_FLED} AND NOT {_HURT}",
            OF_NO_DISPLACEMENT: f"NOT ({self.casualties}) AND NOT {_FLED}",
        }

    @property
    def reason(self) -> str:
        """The reason of `aside` as SQL, NULL for rows that count."""
        cases = " ".join(f"WHEN {which} THEN {literal(why)}" for why, which in self.aside.items())
        return f"CASE {cases} END"


def areas_of(store: Store) -> list[Area]:
    """Name and p-code of each first-level area of the rows used."""
    with connected() as connection:
        return connection.execute(
            "SELECT DISTINCT coalesce(admin1, ''), coalesce(admin1_pcode, '') "
            f"FROM ({store.rows}) WHERE set_aside IS NULL ORDER BY ALL"
        ).fetchall()


def part_of(n: int, files: Sequence[tuple[Store, Claim]], areas: Sequence[Sequence[Area]]) -> Part:
    """What the file `n` counts; the first, what no other claims."""
    store, claim = files[n]
    measures = (CASUALTIES, DISPLACEMENT)
    if n:
        return Part(store, claim, False, *(claim.condition(name, areas[n]) for name in measures))
    left = (
        " AND ".join(f"NOT {other.condition(name, areas[0])}" for _, other in files[1:])
        for name in measures
    )
    return Part(store, claim, True, *left)


def refuse_unlike(names: Sequence[str], parts: Sequence[Part]) -> None:
    """Casualties of files that count different people, or different things, are not added."""
    counting = [
        (name, part.store.profile)
        for name, part in zip(names, parts, strict=True)
        if part.counts_casualties
    ]
    (name, one), *others = counting
    for other_name, other in others:
        if other.victims != one.victims:
            raise UsageError(
                f"{name} counts the deaths of {one.victims}, {other_name} those of {other.victims}"
                ": the two are never added; make a report of each"
            )
        if "days" in (one.rows, other.rows) and one.rows != other.rows:
            raise UsageError(
                f"of {name} and {other_name} one holds running totals by day, the other "
                f"{other.rows if one.rows == 'days' else one.rows}: days are not counted as "
                "incidents; make a report of each"
            )
    ids = [part.prefix for part in parts[1:]]
    for twice in (name for n, name in enumerate(ids) if name in ids[:n]):
        raise UsageError(
            f"two files of [[data.inputs]] are called {twice!r}, by which their ids are told "
            'apart: give each a name = "..." of its own'
        )
