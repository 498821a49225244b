"""The summary of a table of several files: its counts, its layout, the days that it covers."""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.incidents.claims import CASUALTIES, DISPLACEMENT
from sitrep.incidents.findings import Finding
from sitrep.incidents.parts import Part
from sitrep.incidents.sql import literal
from sitrep.incidents.store import SEVERAL, TABLE, Store, StoredProfile
from sitrep.incidents.table import KEPT

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NOTE_ALIKE = (
    "{left!r} is counted from the first file and {claimed!r}, spelt nearly like it, from another; "
    "if they are one place, name both in areas, or in the table of aliases"
)


def summary(
    parts: Sequence[Part],
    more: list[Finding],
    filled: dict[str, int],
    built: Path,
    *,
    alike: list[tuple[str, str]],
) -> Store:
    """The counts of all, and what has come to be set aside."""
    stores = [part.store for part in parts]
    apart = Counter(found.reason for found in more if found.outcome == "set aside")
    flagged = Counter(found.kind for found in more if found.outcome == "flagged")
    summary = Store(
        folder=built,
        profile=_profile(parts, alike),
        sha256=SEVERAL.join(each.sha256 for each in stores),
        file_name=SEVERAL.join(each.file_name for each in stores),
        rows_read=sum(each.rows_read for each in stores),
        rows_used=sum(each.rows_used for each in stores) - apart.total(),
        rows_set_aside=sum(each.rows_set_aside for each in stores) + apart.total(),
        rows_rejected=sum(each.rows_rejected for each in stores),
        set_aside=_added(*(each.set_aside for each in stores), apart),
        rejected=_added(*(each.rejected for each in stores)),
        flagged=_added(*(each.flagged for each in stores), flagged),
        first_date=_first_day(parts),
        last_date=max((each.last_date for each in stores if each.last_date), default=None),
        frozen_on=_frozen_on(parts),
        completeness=filled,
        first_line=0,
        header_line=0,
        table_size=(built / TABLE).stat().st_size,
    )
    assert summary.rows_read == (summary.rows_used + summary.rows_set_aside + summary.rows_rejected)
    return summary


def _first_day(parts: Sequence[Part]) -> date | None:
    """The first day of which casualties are known everywhere.

    A file that counts some areas from no day on leaves them out before it begins; one that
    is told its first day has them counted by the first file before that.
    """
    counting = [p for p in parts if p.counts_casualties]
    everywhere = [p.store.first_date for p in counting if p.store.first_date and not p.claim.areas]
    somewhere = [
        part.store.first_date
        for part in counting
        if part.store.first_date and part.claim.areas and part.claim.first_day == date.min
    ]
    return max(filter(None, (min(everywhere, default=None), *somewhere)), default=None)


def _frozen_on(parts: Sequence[Part]) -> date | None:
    """The last day that all speak of: of later ones a file knows nothing yet.

    A file whose last day is told is not waited for, nor the first where others take over.
    """
    over = [part.claim.measures for part in parts[1:] if part.claim.takes_over and _later(part)]
    waited = [
        part.store.frozen_on
        for part in parts
        if part.store.frozen_on
        and part.claim.last_day == date.max
        and not (part.first and {CASUALTIES, DISPLACEMENT} <= set().union(*over))
    ]
    return min(waited or [p.store.frozen_on for p in parts if p.store.frozen_on], default=None)


def _later(part: Part) -> bool:
    return part.claim.first_day > date.min


def filled_cells(connection: "DuckDBPyConnection", table: Path) -> dict[str, int]:
    """How many cells of the rows used are not blank, by column."""
    names = [column.name for column in KEPT]
    counts = connection.execute(
        f"SELECT {', '.join(f'count({name})' for name in names)} "
        f"FROM read_parquet({literal(str(table))}) WHERE set_aside IS NULL"
    ).fetchone()
    assert counts is not None
    return dict(zip(names, counts, strict=True))


def _profile(parts: Sequence[Part], alike: list[tuple[str, str]]) -> StoredProfile:
    """What all layouts are, and what none of those that count casualties has."""
    profiles = [part.store.profile for part in parts]
    counting = [part.store.profile for part in parts if part.counts_casualties]
    moved = any(DISPLACEMENT in part.claim.measures for part in parts[1:])
    one = profiles[0]
    return StoredProfile(
        name="-".join(each.name for each in profiles),
        title=SEVERAL.join(dict.fromkeys(each.title for each in profiles)),
        victims=one.victims,
        credit="; ".join(dict.fromkeys(each.credit for each in profiles if each.credit)),
        lacks=tuple(
            phrase
            for phrase in one.lacks
            if all(phrase in each.lacks for each in counting)
            and not (moved and phrase == "displacement")
        ),
        rows=one.rows,
        notes=(
            *dict.fromkeys(note for each in profiles for note in each.notes),
            *(NOTE_ALIKE.format(left=left, claimed=claimed) for left, claimed in alike),
        ),
        week_start=one.week_start,
        holds_casualties=any(each.holds_casualties for each in counting),
    )


def _added(*counts: dict[str, int]) -> dict[str, int]:
    """Counts by reason of all, most often first."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
