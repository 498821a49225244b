"""How a cell of each kind is cast, and what makes it wrong: SQL from the declaration.

Every expression is over two names: ``s_column``, the text of a cell (NULL where blank),
and ``v_column``, its typed value. What concerns several columns is in `rules`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sitrep.incidents import counts, dates, numerals
from sitrep.incidents.findings import Outcome
from sitrep.incidents.sql import listed, literal
from sitrep.incidents.table import Column

# What a cell shows whose formula failed, or never ran (see `package`).
_ERRORS = "#(REF!|N/A|VALUE!|DIV/0!|NAME[?]|NULL!|NUM!|SPILL!|CALC!|NOT CALCULATED)"
_ERROR = "is an error of the spreadsheet; repair its formula, let it calculate, and save it again"


@dataclass(frozen=True)
class Check:
    """What can be wrong with one column.

    Where `guard` (cheap, a superset) holds, the first of `cases` whose condition holds
    says what; a reason of ``""`` says that nothing is wrong after all. `first` stands for
    the guard in the first pass where several checks share one that is cheaper still.
    `kind` is that of the column where all columns of a kind are checked alike: see `alike`.
    """

    column: str
    guard: str
    cases: tuple[tuple[str, Outcome, str], ...]
    first: str = ""
    kind: str = ""


def rejects(column: str, guard: str, reason: str) -> Check:
    """A check with one reason, which rejects the row."""
    return Check(column, guard, (("true", "rejected", reason),))


def flags(column: str, guard: str, reason: str, *, first: str = "") -> Check:
    """A check with one reason, which lists the row and lets it pass."""
    return Check(column, guard, (("true", "flagged", reason),), first)


def value(column: Column, formats: tuple[str, ...], counted: Sequence[str]) -> str:
    """The typed value of a cell: NULL where it is blank or cannot be cast.

    `counted` are the counts of the row, which are read together.
    """
    text = f"s_{column.name}"
    match column.kind:
        case "date":
            return dates.day(text, formats)
        case "count":
            return counts.value(counted, column.name)
        case "decimal":
            return numerals.degrees(text)
        case "choice":
            chosen = f"lower({text})"
            return f"coalesce({chosen}, {literal(column.default)})" if column.default else chosen
        case "choices" | "texts":
            several = f"replace(replace({text}, '; ', ';'), ' ;', ';')"
            return f"lower({several})" if column.kind == "choices" else several
        case "text":
            return text


def check(column: Column, formats: tuple[str, ...], thousands: str) -> list[Check]:
    """What is wrong with the cells of one column, taken by themselves."""
    found = []
    if column.required:
        found.append(
            rejects(column.name, f"s_{column.name} IS NULL", "is blank; every row needs it")
        )
    match column.kind:
        case "date":
            found.append(_check_date(column.name, *_cell(column), formats))
        case "count":
            found.append(_check_count(column.name, *_cell(column), thousands))
        case "decimal":
            found.append(_check_decimal(column))
        case "choice":
            guard = (
                f"s_{column.name} IS NOT NULL AND v_{column.name} NOT IN ({listed(column.allowed)})"
            )
            found.append(rejects(column.name, guard, f"is not one of {', '.join(column.allowed)}"))
        case "choices":
            one = "|".join(map(re.escape, column.allowed))
            found.append(
                rejects(
                    column.name,
                    f"NOT regexp_full_match(v_{column.name}, {literal(f'({one})(;({one}))*;?')})",
                    f"holds what is not one of {', '.join(column.allowed)}; several stand with ;",
                )
            )
    return [_error_first(one, f"s_{one.column}") for one in found]


def alike(kind: str, formats: tuple[str, ...], thousands: str) -> Check:
    """What is checked of every column of a kind, over ``cell[1]``, its text, and ``cell[2]``."""
    text, typed = "cell[1]", "cell[2]"
    if kind == "date":
        return _error_first(_check_date("", text, typed, formats), text)
    return _error_first(_check_count("", text, typed, thousands), text)


def check_text(column: Column) -> Check:
    """Rejects a spreadsheet's error where any other text may stand."""
    return rejects(column.name, _is_error(f"s_{column.name}"), _ERROR)


def _cell(column: Column) -> tuple[str, str]:
    return f"s_{column.name}", f"v_{column.name}"


def _error_first(found: Check, text: str) -> Check:
    """`found`, which names a spreadsheet's error as one before it says what was expected."""
    error: numerals.Case = (_is_error(text), "rejected", _ERROR)
    return replace(found, cases=(error, *found.cases))


def _is_error(text: str) -> str:
    return f"(starts_with({text}, '#') AND regexp_full_match({text}, '{_ERRORS}'))"


def _check_date(name: str, text: str, day: str, formats: tuple[str, ...]) -> Check:
    in_range = f"{day} BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'"
    guard = f"{text} IS NOT NULL AND NOT coalesce({in_range}, false)"
    return Check(name, guard, dates.day_cases(text, day, formats), kind="date")


def _check_count(name: str, text: str, number: str, thousands: str) -> Check:
    changed = f"{text} IS DISTINCT FROM CAST({number} AS VARCHAR)"
    guard = f"{text} IS NOT NULL AND ({number} < 0 OR {changed})"
    cases = numerals.count_cases(text, number, thousands)
    return Check(name, guard, cases, first="odd_counts", kind="count")


def _check_decimal(column: Column) -> Check:
    number = f"v_{column.name}"
    text = numerals.european(numerals.trimmed(f"s_{column.name}"))
    allowed = f"{number} BETWEEN {column.minimum} AND {column.maximum}"
    cases: tuple[tuple[str, Outcome, str], ...] = (
        (f"{text} = ''", "flagged", ""),
        (
            f"regexp_full_match({text}, '[-+]?[0-9]*[.,]?[0-9]+')",
            "rejected",
            f"is outside {column.minimum} to {column.maximum} degrees",
        ),
        ("true", "rejected", f"is not a number of degrees; write it as {column.example}"),
    )
    return Check(
        column.name, f"s_{column.name} IS NOT NULL AND NOT coalesce({allowed}, false)", cases
    )
