"""Drafts of translations: what the cells of a column say for the values that are allowed."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from sitrep.drafting.words import Fit, fit, table
from sitrep.incidents.table import column_named

CHOSEN = ("attack", "target", "status", "date_precision", "place_precision", "displacement_kind")
MOST_VALUES = 60  # of one column; more is free text
_LEAST = 0.55
_PARTS = re.compile("[;,،؛/+&]")


class Translation(NamedTuple):
    """A cell, the allowed value that is nearest (blank: none is near), and how near that is."""

    cell: str
    value: str
    why: str
    rows: int


def translations(column: str, counted: Mapping[str, int]) -> list[Translation]:
    """Every value of the cells with its translation, those of most rows first."""
    allowed = column_named(column).allowed
    found = [_translated(column, cell, allowed, rows) for cell, rows in counted.items()]
    return sorted(found, key=lambda one: (-one.rows, one.cell))


def needs_translation(column: str, counted: Mapping[str, int]) -> bool:
    """Whether any cell is not one of the values allowed as it stands."""
    allowed = column_named(column).allowed
    several = column_named(column).kind == "choices"
    return any(
        part.strip().casefold() not in allowed
        for cell in counted
        for part in (cell.split(";") if several else [cell])
        if part.strip()
    )


def _translated(column: str, cell: str, allowed: tuple[str, ...], rows: int) -> Translation:
    if column_named(column).kind == "choices" and len(parts := _PARTS.split(cell)) > 1:
        found = [_nearest(column, part.strip(), allowed) for part in parts if part.strip()]
        values = dict.fromkeys(value for value, _ in found)
        whys = [why for _, why in found if why]
        return Translation(cell, "" if "" in values else ";".join(values), " ".join(whys[:1]), rows)
    return Translation(cell, *_nearest(column, cell, allowed), rows)


def _nearest(column: str, text: str, allowed: tuple[str, ...]) -> tuple[str, str]:
    """The allowed value for `text`, and why a person should look at it; blank where sure."""
    if text.casefold() in allowed:
        return text.casefold(), ""
    known = table("values")[column]
    fits: list[tuple[Fit, str]] = [(fit(text, tuple(known[name])), name) for name in known]
    best, value = max(fits, key=lambda pair: pair[0].score)
    if best.score < _LEAST:
        return "", "none is near: write one, or leave it blank"
    return value, "" if best.how == "is" else f'{best.how} "{best.phrase}": right?'
