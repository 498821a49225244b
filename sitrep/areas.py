"""Areas of the data by name: the spellings of a place, and which area a user asked for.

A p-code decides where there is one, then the exact name, then the alias table. Nothing
is matched by likeness: an unknown area is refused, with the nearest names.
"""

import csv
from pathlib import Path

from sitrep.errors import DataError, UsageError, nearest

LEVELS = ("admin1", "admin2", "admin3")
COLUMNS = (*LEVELS, *(f"{level}_pcode" for level in LEVELS))

Aliases = dict[str, tuple[str, str]]


def read_aliases(path: Path | None) -> Aliases:
    """Spelling, and p-code, to (name, p-code); empty without a table."""
    if path is None or not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if set(reader.fieldnames or ()) != {"alias", "name", "pcode"}:
            raise DataError(f"{path}, line 1: the columns of an alias table are alias,name,pcode")
        rows = [(row["alias"], row["name"], row["pcode"] or "") for row in reader]
    by_code = {code: (name, code) for _, name, code in rows if code}
    return by_code | {alias.casefold(): (name, code) for alias, name, code in rows}


def find_area(text: str, parquet: Path, aliases: Aliases) -> str:
    """The name of an area of the data, from its name, a spelling of it or its p-code.

    Raises
    ------
    UsageError
        Where the data hold no such area.
    """
    import duckdb

    with duckdb.connect() as connection:
        present = {row[0] for row in connection.execute(
            "SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet($1))", [str(parquet)]
        ).fetchall()}  # fmt: skip
        named = [name for name in COLUMNS if name in present]
        found = {
            str(row[0])
            for name in named
            for row in connection.execute(
                f'SELECT DISTINCT "{name}" FROM read_parquet($1) WHERE "{name}" IS NOT NULL',  # noqa: S608
                [str(parquet)],
            ).fetchall()
        }
    known = {name.casefold(): name for name in found}
    known |= {name.casefold(): aliases.get(name.casefold(), (name,))[0] for name in found}
    wanted = aliases.get(text.casefold(), (text, ""))[0]
    for candidate in (text.casefold(), wanted.casefold()):
        if candidate in known:
            return known[candidate]
    areas = sorted(set(known.values()))
    hint = nearest(text, areas) or f"; among its areas are {', '.join(areas[:8])}"
    raise UsageError(f"there is no area {text!r} in the data{hint}")
