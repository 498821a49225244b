"""Values of a TOML table, each of the kind that is asked for, or a message that says where.

`where` is the file and the section, as a message begins with it.
"""

import json
from collections.abc import Mapping
from typing import Any

from sitrep.errors import UsageError, nearest


def written(value: str) -> str:
    """A text as TOML has it, on one line. JSON's escapes are TOML's, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def section(table: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    """A section, empty where there is none."""
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise UsageError(f"{where}: {key} is a section, with keys of its own")
    return value


def sections(table: Mapping[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    """The sections under ``[[key]]``; one under ``[key]`` will do."""
    value = table.get(key, [])
    value = [value] if isinstance(value, dict) else value
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise UsageError(f"{where}: {key} is a section, [[{key}]], with keys of its own")
    return value


def text(table: Mapping[str, Any], key: str, where: str) -> str:
    """A text, blank where there is none."""
    value = table.get(key, "")
    if not isinstance(value, str):
        raise UsageError(
            f"{where}: {key} is text: write it in quotation marks".replace(":  ", ": ")
        )
    return value


def texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of texts, empty where there is none."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UsageError(f'{where}: {key} is a list of texts: ["one", "another"]')
    return tuple(value)


def text_or_texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of texts, where one text stands for a list of one."""
    if isinstance(value := table.get(key, ()), str):
        return (value,) if value else ()
    return texts(table, key, where)


def one_of(table: Mapping[str, Any], key: str, allowed: tuple[str, ...], where: str) -> str:
    """One of the texts `allowed`, the first of them where there is none."""
    value = text(table, key, where) or allowed[0]
    if value not in allowed:
        named = ", ".join(one if one.isalpha() else f'"{one}"' for one in allowed)
        raise UsageError(f"{where}: {key} cannot be {value!r}; allowed are {named}")
    return value


def known_keys(table: Mapping[str, Any], known: tuple[str, ...], *, where: str) -> None:
    """Refuse a key that is not `known`."""
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
