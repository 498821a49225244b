"""Names of one area that are spelt nearly alike and may be one place: for a person to decide."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from sitrep.spellings import near_pairs

MOST_AREAS = 60  # those of most records, whose names are held against each other
_WITHIN = (("place", "admin2"), ("admin3", "admin2"), ("admin2", "admin1"))


class Spelt(NamedTuple):
    """A name within its area, ``Kafr Latah, Ariha``, and its records."""

    level: str
    name: str
    records: int


def spelt_alike(rows: pd.DataFrame) -> list[tuple[Spelt, Spelt]]:
    """Pairs of names, those of most records first; of each the commoner name first.

    Parameters
    ----------
    rows : records whose spellings in the table of aliases are one name already, with the
        p-codes of areas. Two areas with p-codes of their own are two.
    """
    found = [pair for level, within in _WITHIN for pair in _pairs(rows, level, within)]
    ordered = (sorted(pair, key=lambda one: (-one.records, one.name)) for pair in found)
    by_size = sorted(ordered, key=lambda pair: (-sum(one.records for one in pair), pair))
    return [(one, other) for one, other in by_size]


def _pairs(rows: pd.DataFrame, level: str, within: str) -> Iterator[tuple[Spelt, Spelt]]:
    if level not in rows or within not in rows:
        return
    code = rows.get(f"{level}_pcode", pd.NA)
    table = pd.DataFrame({"area": rows[within], "name": rows[level], "code": code}).astype(object)
    for area in table["area"].value_counts().index[:MOST_AREAS]:
        names = table.loc[table["area"] == area]
        records = names["name"].value_counts()
        plain = {name.removesuffix(f", {area}"): name for name in records.index}
        for one, other in near_pairs(list(plain)):
            pair = plain[one], plain[other]
            known = set(names.loc[names["name"].isin(pair), "code"].dropna())
            if len(known) < 2:
                first, second = (
                    Spelt(level, f"{short}, {area}", int(records[name]))
                    for short, name in zip((one, other), pair, strict=True)
                )
                yield first, second
