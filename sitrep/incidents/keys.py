"""The keys of a profile's TOML: taken by name, each of the kind it must be, none unknown."""

from collections.abc import Mapping
from typing import Any

from sitrep.errors import UsageError, nearest


def section(table: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    """The section `key` of `table`, empty where it is not there."""
    found = table.get(key, {})
    if not isinstance(found, dict):
        raise UsageError(f"{where}: {key} is a section, with keys of its own")
    return found


def text(table: Mapping[str, Any], key: str, where: str) -> str:
    """The text under `key`, blank where it is not there."""
    value = table.get(key, "")
    if not isinstance(value, str):
        raise UsageError(
            f"{where}: {key} is text: write it in quotation marks".replace(":  ", ": ")
        )
    return value


def texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """The list of texts under `key`, empty where it is not there."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UsageError(f'{where}: {key} is a list of texts: ["one", "another"]')
    return tuple(value)


def one_of(table: Mapping[str, Any], key: str, allowed: tuple[str, ...], where: str) -> str:
    """The text under `key`, one of `allowed`, the first of them where it is not there."""
    value = text(table, key, where) or allowed[0]
    if value not in allowed:
        named = ", ".join(one if one.isalpha() else f'"{one}"' for one in allowed)
        raise UsageError(f"{where}: {key} cannot be {value!r}; allowed are {named}")
    return value


def known_keys(table: Mapping[str, Any], known: tuple[str, ...], *, where: str) -> None:
    """Raise UsageError for a key of `table` that is not `known`."""
    for key in table:
        if key not in known:
            hint = nearest(key, known) or f"; known are {', '.join(known)}"
            raise UsageError(f"{where}: there is no {key!r}{hint}")


def condition(table: Mapping[str, Any], key: str, where: str) -> tuple[str, tuple[str, ...]] | None:
    """A column of the file and the cells it must hold; None where `key` is not there."""
    found = section(table, key, where)
    if not found:
        return None
    known_keys(found, ("column", "is"), where=f"{where} {key}")
    column, cells = text(found, "column", where), texts(found, "is", where)
    if not column or not cells:
        raise UsageError(f'{where}: write {key} = {{column = "a column", is = ["a cell"]}}')
    return column, cells
