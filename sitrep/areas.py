"""Areas of the data by name: the spellings of a place, and which area a user asked for.

A p-code decides where there is one, then the exact name, then the alias table. Nothing
is matched by likeness: an unknown area is refused, with the nearest names.
"""

import csv
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.errors import DataError, UsageError, nearest

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LEVELS = ("admin1", "admin2", "admin3")
COLUMNS = (*LEVELS, *(f"{level}_pcode" for level in LEVELS))

# Kinds of place whose position the public edition never shows.
SHELTERED = ("camp", "hospital", "school", "shelter")
# What a point stands for when it is a place's own, not the middle of an area.
OWN_POINT = ("exact", "near")

Aliases = dict[str, tuple[str, str]]


def read_aliases(path: Path | None) -> Aliases:
    """Spelling, and p-code, to (name, p-code); empty without a table.

    Raises
    ------
    DataError
        A table that is named and not there, not UTF-8, or not of its three columns.
    """
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if set(reader.fieldnames or ()) != {"alias", "name", "pcode"}:
                raise DataError(
                    f"{path}, line 1: the columns of an alias table are alias,name,pcode"
                )
            rows = [_alias(row, f"{path}, line {reader.line_num}") for row in reader]
    except FileNotFoundError:
        raise DataError(
            f"{path}: the alias table that sitrep.toml names is not there; "
            'write aliases = "" for none'
        ) from None
    except UnicodeDecodeError:
        raise DataError(f"{path}: the alias table is not UTF-8; save it as UTF-8") from None
    by_code = {code: (name, code) for _, name, code in rows if code}
    return by_code | {alias.casefold(): (name, code) for alias, name, code in rows}


def _alias(row: dict[str, str], where: str) -> tuple[str, str, str]:
    if not row["alias"] or not row["name"]:
        raise DataError(f"{where}: an alias needs the alias, a comma, and its name")
    return row["alias"], row["name"], row["pcode"] or ""


def find_area(text: str, rows: str, aliases: Aliases, *, database: "DuckDBPyConnection") -> str:
    """The name of an area of the data, from its name, a spelling of it or its p-code.

    `rows` is `Store.rows`: the rows that can be used, as a SQL query; `database` is one
    that is open.

    Raises
    ------
    UsageError
        Where the data hold no such area.
    """
    spellings = _spellings(_pairs(rows, database), aliases)
    wanted = aliases.get(text, aliases.get(text.casefold(), (text, "")))[0]
    for candidate in (text.casefold(), wanted.casefold()):
        if candidate in spellings:
            return spellings[candidate]
    areas = sorted(set(spellings.values()))
    hint = nearest(text, areas) or f"; among its areas are {', '.join(areas[:8])}"
    raise UsageError(f"there is no area {text!r} in the data{hint}")


def _pairs(rows: str, database: "DuckDBPyConnection") -> list[tuple[str | None, str | None]]:
    """Name and p-code of every area at every level, the commonest spelling first."""
    return [
        pair
        for level in LEVELS
        for pair in database.execute(
            f"SELECT {level}, {level}_pcode FROM ({rows}) GROUP BY ALL "  # noqa: S608
            "ORDER BY count(*) DESC, 1"
        ).fetchall()
    ]


def _spellings(pairs: list[tuple[str | None, str | None]], aliases: Aliases) -> dict[str, str]:
    """Every spelling and p-code of an area in the data, to the name it is given."""
    known: dict[str, str] = {}
    for name, code in pairs:
        alias = aliases.get(code or "") or aliases.get((name or "").casefold())
        shown = alias[0] if alias else name or code
        for spelling in (name, code, shown):
            if spelling and shown:
                known.setdefault(spelling.casefold(), shown)
    return known


def slug(name: str) -> str:
    """A name as part of a folder's name: letters and digits of any script, and hyphens."""
    letters = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "-", letters).strip("-")
