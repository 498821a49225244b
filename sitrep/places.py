"""Which spellings are one place, which rows lie in an area, which points may be shown."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sitrep.areas import COLUMNS, LEVELS, OWN_POINT, SHELTERED, Aliases

Pair = tuple[Any, Any]  # a name and a p-code as a row has them; None where blank
Spellings = Mapping[Any, Any]  # p-code to its commonest spelling


def with_one_name(
    table: pd.DataFrame,
    aliases: Aliases,
    *,
    spellings: Mapping[str, Spellings] | None = None,
) -> pd.DataFrame:
    """The table with one spelling for each area and place; rows and other columns as they are.

    `spellings` are the commonest of each p-code by level, where the table is a part of those
    that were counted; without them those of the table are counted.
    """
    renamed = {
        level: _names(
            table[level], table.get(f"{level}_pcode"), aliases, (spellings or {}).get(level)
        )
        for level in LEVELS
        if level in table
    }
    if "place" in table:
        renamed["place"] = _names(table["place"], None, aliases, None)
    return table.assign(**renamed)


def named_so(
    area: str, pairs: Iterable[Pair], aliases: Aliases, spellings: Spellings
) -> list[Pair]:
    """Those of the pairs of name and p-code whose rows `in_area` finds."""
    return [pair for pair in pairs if area in (_name(*pair, aliases, spellings), pair[1])]


def _names(
    names: pd.Series, codes: pd.Series | None, aliases: Aliases, common: Spellings | None
) -> pd.Series:
    """The chosen name of each row; decided once for each pair of name and code."""
    name, known_names = pd.factorize(names)
    spelled, coded, code = [None, *known_names], [None], np.full(len(name), -1)
    if codes is not None:
        code, known_codes = pd.factorize(codes)
        coded += list(known_codes)
    pair, pairs = pd.factorize((name + 1) * len(coded) + code + 1)
    found = [(spelled[p // len(coded)], coded[p % len(coded)]) for p in pairs]
    if common is None:
        counts = np.bincount(pair, minlength=len(pairs)).tolist()
        common = commonest(dict(zip(found, counts, strict=True)))
    chosen = np.array([_name(*each, aliases, common) for each in found], dtype=object)
    return pd.Series(chosen[pair] if len(pair) else [], index=names.index, dtype=object)


def one_name(counts: Mapping[Pair, int], aliases: Aliases) -> dict[Pair, object]:
    """The name that `with_one_name` gives each pair, where `counts` are those of all rows."""
    common = commonest(counts)
    return {pair: _name(*pair, aliases, common) for pair in counts}


def commonest(counts: Mapping[Pair, int]) -> dict[Any, Any]:
    """The commonest spelling of each code; of two as common the first in the alphabet."""
    spellings = [
        (-count, name, code)
        for (name, code), count in counts.items()
        if name is not None and code is not None
    ]
    common: dict[Any, Any] = {}
    for _, name, code in sorted(spellings):
        common.setdefault(code, name)
    return common


def _name(name: object, code: object, aliases: Aliases, common: Spellings) -> object:
    if isinstance(code, str) and code:
        return aliases[code][0] if code in aliases else common.get(code, name)
    if isinstance(name, str):
        alias, alias_code = aliases.get(name.casefold(), (name, ""))
        # The alias of a governorate is not the name of a district that is spelt the same.
        elsewhere = alias_code and common and alias_code not in common
        return name if elsewhere else alias
    return None


def in_area(table: pd.DataFrame, area: str) -> pd.DataFrame:
    """The rows whose area at any level, by name or p-code, is `area`."""
    inside = pd.Series(False, index=table.index)
    for column in COLUMNS:
        if column in table:
            inside |= (table[column].astype("object") == area).fillna(False)
    return table[inside]


def labelled(table: pd.DataFrame) -> pd.DataFrame:
    """The table with `place` as ``Bara, Ariha``: a village's name alone is rarely unique."""
    if "place" not in table or "admin2" not in table:
        return table
    place, district = table["place"].astype("object"), table["admin2"].astype("object")
    return table.assign(place=(place + ", " + district).where(district.notna(), place))


def points(week: pd.DataFrame, *, edition: str) -> pd.DataFrame:
    """One point for each place of a week's incidents that may be shown on a map.

    Parameters
    ----------
    week : records with `place`, `latitude`, `longitude`, `place_precision`, `target`.
    edition : the public edition rounds to 0.01 degrees (about a kilometre) what is known
        only nearly, and leaves out points of camps, hospitals, schools and shelters.

    Returns
    -------
    Columns place (label), latitude, longitude (degrees, WGS 84), own (whether the point
    is the place's own; else the middle of an area), one row a place.
    """
    needed = ["place", "latitude", "longitude", "place_precision"]
    if not set(needed) <= set(week):
        return pd.DataFrame(columns=["place", "latitude", "longitude", "own"])
    shown = week.dropna(subset=["latitude", "longitude", "place_precision"])
    shown = shown.assign(own=shown["place_precision"].isin(OWN_POINT))
    if edition == "public" and len(shown):
        shown = shown[~_sheltered(shown)]
        near = shown["place_precision"] != "exact"
        for axis in ("latitude", "longitude"):
            shown[axis] = shown[axis].where(~near, shown[axis].round(2))
    district = shown["admin2"] if "admin2" in shown else shown["place"]
    shown["place"] = shown["place"].astype("object").fillna(district.astype("object"))
    return shown.dropna(subset=["place"]).drop_duplicates("place")[
        ["place", "latitude", "longitude", "own"]
    ]


def _sheltered(rows: pd.DataFrame) -> pd.Series:
    """Which rows are of a camp, hospital, school or shelter, by target or by the place's name."""
    pattern = "|".join(SHELTERED)
    found = pd.Series(False, index=rows.index)
    for column in ("target", "place"):
        if column in rows:
            found |= rows[column].astype("object").str.contains(pattern, case=False, na=False)
    return found
