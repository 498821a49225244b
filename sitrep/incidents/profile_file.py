"""The TOML file of a profile, read key by key; what is not known is refused."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sitrep.errors import UsageError
from sitrep.incidents.numerals import THOUSANDS
from sitrep.incidents.profiles import FOLDER, Keep, Profile, SourceColumn, built_in, normalised
from sitrep.incidents.questions import refuse_questions
from sitrep.incidents.shapes import MADE, Cumulative, Group, Shape, read_shape
from sitrep.incidents.table import NAMES
from sitrep.incidents.toml_keys import (
    condition,
    known_keys,
    one_of,
    section,
    sections,
    text,
    text_or_texts,
    texts,
)
from sitrep.weeks import DAY_NAMES

KEYS = (
    "name",
    "title",
    "extends",
    "victims",
    "credit",
    "lacks",
    "notes",
    "week_start",
    "date_formats",
    "thousands",
    "sheet",
    "other_columns",
    "drop_columns",
    "encoding",
    "blank",
    "same_names",
    "recognise",
    "header",
    "keep",
    "columns",
    "cumulative",
    "group",
)
COLUMN_KEYS = (
    "from",
    "value",
    "blank",
    "split",
    "part",
    "timezone",
    "values",
    "when",
    "default",
)
# What is taken of a cell: one piece of those that `split` parts, all of them, or one script.
PIECES = ("first", "last", "all")
PARTS = ("", *PIECES, "latin")


def read(path: Path, *, shown: str) -> Profile:
    """The profile in a TOML file.

    Raises
    ------
    UsageError
        A file that is missing or not TOML, a key that is not known, a value that no
        profile can hold.
    """
    own = _table(path, shown)
    table = own
    if parent := text(own, "extends", shown):
        table = _extended(own, parent, shown)
    blank = texts(table, "blank", shown)
    columns = {
        name: _source_column(entry, blank, f"{shown}: [columns.{name}]")
        for name, entry in section(table, "columns", shown).items()
    }
    known_keys(columns, NAMES, where=f"{shown}: [columns]")
    must_have: tuple[str, ...] = ()
    if path.parent != FOLDER:
        must_have = tuple(section(own, "columns", shown))
        _check_timezones(columns, shown)
    if table.get("same_names", False):
        columns = {name: SourceColumn(source=name) for name in NAMES} | columns
        must_have = ()
    shape = read_shape(table, shown)
    if shape:
        _refuse_contradictions(shape, columns, shown)
        columns = columns | _made(shape, columns)
    return Profile(
        name=text(table, "name", shown) or path.stem,
        title=text(table, "title", shown) or path.stem,
        victims=one_of(table, "victims", ("civilians", "all"), shown),
        credit=text(table, "credit", shown),
        lacks=texts(table, "lacks", shown),
        notes=texts(table, "notes", shown),
        week_start=one_of(table, "week_start", ("", *DAY_NAMES), shown),
        date_formats=texts(table, "date_formats", shown),
        thousands=one_of(table, "thousands", THOUSANDS, shown),
        sheet=text(table, "sheet", shown),
        refuse_others=one_of(table, "other_columns", ("ignore", "refuse"), shown) == "refuse",
        drop_columns=texts(table, "drop_columns", shown),
        encoding=text(table, "encoding", shown),
        recognise=tuple(map(normalised, _recognise(table, shown))),
        header=tuple(map(normalised, texts(table, "header", shown))),
        keep=tuple(_keep(entry, shown) for entry in sections(table, "keep", shown)),
        columns=columns,
        must_have=must_have,
        shape=shape,
    )


def _table(path: Path, shown: str) -> dict[str, Any]:
    try:
        written = path.read_text(encoding="utf-8-sig")
        table = tomllib.loads(written)
    except OSError as error:
        raise UsageError(f"{shown}: the profile cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{shown}: not a TOML file: {error}") from None
    refuse_questions(table, written, where=shown)
    known_keys(table, KEYS, where=shown)
    return table


def _extended(own: dict[str, Any], parent: str, shown: str) -> dict[str, Any]:
    """`own` over the built-in profile `parent`: a key of its own replaces that of the parent.

    Columns are replaced one by one. The header would show the parent as well, so it is only
    taken when it is named.
    """
    known = built_in()
    if parent not in known:
        raise UsageError(f"{shown}: extends cannot be {parent!r}; there are {', '.join(known)}")
    base = _table(known[parent], parent)
    columns = section(base, "columns", parent) | section(own, "columns", shown)
    return {**base, "name": "", "recognise": {}, **own, "columns": columns}


def _source_column(entry: Any, blank: tuple[str, ...], where: str) -> SourceColumn:
    if not isinstance(entry, dict):
        raise UsageError(f'{where} is a section: write from = "a column" under it')
    known_keys(entry, COLUMN_KEYS, where=where)
    sources, constant = text_or_texts(entry, "from", where), text(entry, "value", where)
    if bool(sources) == bool(constant):
        raise UsageError(f'{where} needs one of from = "a column" and value = "a constant"')
    translations = section(entry, "values", where)
    split, part = texts(entry, "split", where), one_of(entry, "part", PARTS, where)
    if bool(split) != (part in PIECES):
        raise UsageError(f'{where}: split and part go together: split = [" to "], part = "first"')
    return SourceColumn(
        source=sources[0] if sources else "",
        others=sources[1:],
        constant=constant,
        blank=(*blank, *texts(entry, "blank", where)),
        split=split,
        part=part,
        timezone=text(entry, "timezone", where),
        values={key: text(translations, key, f"{where} values") for key in translations},
        when=condition(entry, "when", where),
        default=text(entry, "default", where),
    )


def _check_timezones(columns: Mapping[str, SourceColumn], shown: str) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    for name, column in columns.items():
        try:
            ZoneInfo(column.timezone or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise UsageError(
                f"{shown}: [columns.{name}]: there is no timezone {column.timezone!r}; write one "
                "such as Asia/Damascus, or UTC"
            ) from None


def _refuse_contradictions(shape: Shape, columns: Mapping[str, SourceColumn], shown: str) -> None:
    """A column that is made may not be named, one that is taken the difference of must be."""
    for name in shape.made:
        if name in columns:
            raise UsageError(f"{shown}: {name} is made of other columns: take [columns.{name}] out")
    needed = (*shape.by, *(shape.totals if isinstance(shape, Cumulative) else ()), "date")
    for name in needed:
        if name not in columns:
            raise UsageError(f'{shown}: add [columns.{name}] with from = "a column"')


def _made(shape: Shape, columns: Mapping[str, SourceColumn]) -> dict[str, SourceColumn]:
    """The columns that `shape` makes."""
    names = list(shape.made)
    if isinstance(shape, Group) and "incident_id" not in columns:
        names.append("incident_id")
    return {name: SourceColumn(constant=MADE) for name in names}


def _keep(entry: dict[str, Any], shown: str) -> Keep:
    where = f"{shown}: [[keep]]"
    known_keys(entry, ("column", "is", "is_not", "reason"), where=where)
    column, reason = text(entry, "column", where), text(entry, "reason", where)
    kept, others = texts(entry, "is", where), texts(entry, "is_not", where)
    if not column or not reason or bool(kept) == bool(others):
        raise UsageError(
            f'{where}: write column = "a column", is = ["a cell"] (or is_not), and reason = '
            '"why the other rows do not count"'
        )
    return Keep(column, kept or others, bool(others), reason)


def _recognise(table: Mapping[str, Any], where: str) -> tuple[str, ...]:
    found = section(table, "recognise", where)
    known_keys(found, ("columns",), where=f"{where}: [recognise]")
    return texts(found, "columns", f"{where}: [recognise]")
