"""Places that the record names without saying where they are, or in more than one way."""

from dataclasses import dataclass

import pandas as pd

from sitrep.areas import LEVELS


@dataclass(frozen=True)
class Unplaced:
    """One kind of gap: the names concerned, those of most records first, and the records."""

    kind: str  # a level of areas, `place` or `spelling`
    names: tuple[str, ...]
    records: int


def as_recorded(level: str) -> str:
    """The column that keeps a name as the recorder spelt it."""
    return f"{level}_as_recorded"


def unplaced(rows: pd.DataFrame, *, earlier: pd.DataFrame) -> list[Unplaced]:
    """The gaps among `rows`, one of each kind that the columns allow to look for.

    Parameters
    ----------
    rows : records with areas as recorded and their p-codes, and `place`, `latitude`.
    earlier : all records there are: a place has coordinates if any of them gives some.
    """
    found = []
    for level in LEVELS:
        names = rows[as_recorded(level)]
        if names.notna().any():
            found.append(_gap(level, names[rows[f"{level}_pcode"].isna()]))
    if "latitude" in rows:
        located = earlier.loc[earlier["latitude"].notna(), "place"].unique()
        found.append(_gap("place", rows.loc[~rows["place"].isin(located), "place"]))
    return [*found, _spellings(rows)]


def _gap(kind: str, names: pd.Series) -> Unplaced:
    sizes = (
        names.dropna().astype(object).value_counts().rename_axis("name").reset_index(name="size")
    )
    ordered = sizes.sort_values(["size", "name"], ascending=[False, True])
    return Unplaced(kind, tuple(ordered["name"]), int(sizes["size"].sum()))


def _spellings(rows: pd.DataFrame) -> Unplaced:
    """Codes under which areas are spelt in several ways; the spellings with a slash between."""
    levels = [
        pd.DataFrame({"code": rows[f"{level}_pcode"], "name": rows[as_recorded(level)]}).astype(
            object
        )
        for level in LEVELS
    ]
    named = pd.concat(levels, ignore_index=True).dropna()
    sizes = named.value_counts().reset_index(name="size")
    several = sizes[sizes.groupby("code")["name"].transform("size") > 1]
    ordered = several.sort_values(["size", "name"], ascending=[False, True])
    by_code = ordered.groupby("code", sort=False)
    names = tuple(" / ".join(names) for _, names in by_code["name"])
    return Unplaced("spelling", names, int(several["size"].sum()))
