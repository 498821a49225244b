"""`sitrep.toml` read once into frozen dataclasses.

A key that is not known is refused with the nearest known one, so that a misspelt
setting never passes in silence.
"""

import tomllib
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from sitrep.errors import UsageError, nearest
from sitrep.settings.allowed import check_values
from sitrep.settings.declared import Baseline, Context, FileInput, FurtherInput, Settings

FILE_NAME = "sitrep.toml"


def find_settings(start: Path | None = None) -> Path | None:
    """The nearest `sitrep.toml` in `start` (the working directory) or above, or None."""
    folder = (start or Path.cwd()).resolve()
    candidates = (parent / FILE_NAME for parent in (folder, *folder.parents))
    return next((path for path in candidates if path.is_file()), None)


def read_settings(path: str | Path | None = None) -> Settings:
    """Read `path`, or the nearest `sitrep.toml`; without one, the defaults.

    Raises
    ------
    UsageError
        A named file that is missing, TOML that cannot be read, an unknown key, a value
        of the wrong type or outside what is allowed.
    """
    found = Path(path) if path else find_settings()
    if found is None:
        return Settings()
    try:
        table = tomllib.loads(found.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{found}: the settings cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{found}: not a TOML file: {error}") from None
    sections = {item.name: item for item in fields(Settings) if item.name != "root"}
    _refuse_unknown(table, tuple(sections), where=str(found))
    hints = get_type_hints(Settings)
    parts = {name: _section(hints[name], table[name], f"{found}: [{name}]") for name in table}
    settings = Settings(root=found.resolve().parent, **parts)
    check_values(settings, str(found))
    return settings


Section = TypeVar("Section")


def _section(kind: type[Section], table: Any, where: str) -> Section:
    if not isinstance(table, dict):
        raise UsageError(f"{where} is a section: write its keys on lines of their own under it")
    hints = get_type_hints(kind)
    _refuse_unknown(table, tuple(hints), where=where)
    needed = [item.name for item in fields(kind) if item.default is MISSING]  # type: ignore[arg-type]
    for key in needed:
        if key not in table:
            raise UsageError(f"{where} needs a {key!r}")
    return kind(
        **{key: _value(hints[key], value, f"{where} {key}") for key, value in table.items()}
    )


def _value(kind: Any, value: Any, where: str) -> Any:
    """`value` as `kind`: arrays become tuples, whole numbers pass for decimals."""
    if args := get_args(kind):
        if not isinstance(value, list):
            raise UsageError(f"{where} is a list: write it in square brackets")
        return tuple(_value(args[0], item, where) for item in value)
    if kind in (Baseline, Context, FileInput, FurtherInput):
        return _section(kind, value, where)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise UsageError(f"{where} = {value!r} should be {_KINDS[kind]}")
    return value


_KINDS = {
    str: "text in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2020-03-06, without quotation marks",
}


def _refuse_unknown(table: dict[str, Any], known: tuple[str, ...], *, where: str) -> None:
    for key in table:
        if key not in known:
            hint = nearest(key, known) or f"; known are {', '.join(known)}"
            raise UsageError(f"{where}: there is no setting {key!r}{hint}")
