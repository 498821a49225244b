"""How a cell of each kind is cast, and what makes it wrong: SQL from the declaration.

Every expression is over two names: ``s_column``, the text of a cell (NULL where blank),
and ``v_column``, its typed value. What concerns several columns is in `rules`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sitrep.incidents.findings import Outcome
from sitrep.incidents.sql import listed, literal
from sitrep.incidents.table import Column

# A comma, a space, and the two spaces that do not break, between groups of three digits.
_GROUPED = "[0-9]{1,3}([,  \u00a0\u202f][0-9]{3})+"
_ISO = "%Y-%m-%d"
_NO_ORDER = (
    "does not say which is the day and which the month; declare date_formats = "
    '["%d{0}%m{0}%Y"] in sitrep.toml if the day stands first, ["%m{0}%d{0}%Y"] if the month'
)
_NO_DAY = "is not a day of the calendar"


@dataclass(frozen=True)
class Check:
    """What can be wrong with one column.

    Where `guard` (cheap, a superset) holds, the first of `cases` whose condition holds
    says what; a reason of ``""`` says that nothing is wrong after all. `first` stands for
    the guard in the first pass where several checks share one that is cheaper still.
    """

    column: str
    guard: str
    cases: tuple[tuple[str, Outcome, str], ...]
    first: str = ""


def rejects(column: str, guard: str, reason: str) -> Check:
    """A check with one reason, which rejects the row."""
    return Check(column, guard, (("true", "rejected", reason),))


def flags(column: str, guard: str, reason: str, *, first: str = "") -> Check:
    """A check with one reason, which lists the row and lets it pass."""
    return Check(column, guard, (("true", "flagged", reason),), first)


def value(column: Column, formats: tuple[str, ...]) -> str:
    """The typed value of a cell: NULL where it is blank or cannot be cast."""
    text = f"s_{column.name}"
    match column.kind:
        case "date":
            return _date(text, formats)
        case "count":
            digits = f"regexp_replace({text}, '[^0-9]', '', 'g')"
            grouped = f"regexp_full_match(trim({text}), '{_GROUPED}')"
            number = f"CASE WHEN {grouped} THEN {digits} ELSE {text} END"
            return (
                f"CASE WHEN odd_counts THEN TRY_CAST({number} AS INTEGER) "
                f"ELSE TRY_CAST({text} AS INTEGER) END"
            )
        case "decimal":
            return f"TRY_CAST({text} AS DOUBLE)"
        case "choice":
            chosen = f"lower({text})"
            return f"coalesce({chosen}, {literal(column.default)})" if column.default else chosen
        case "choices" | "texts":
            several = f"replace(replace({text}, '; ', ';'), ' ;', ';')"
            return f"lower({several})" if column.kind == "choices" else several
        case "text":
            return text


def odd_counts(columns: Iterable[Column]) -> str:
    """Whether any count of a row is more than a few plain digits: one look for all of them."""
    cells = ", ".join(f"s_{column.name}" for column in columns if column.kind == "count")
    # Between them a control character, which no cell holds: it would have been taken out.
    pattern = r"([0-9]{1,9}(\x1f[0-9]{1,9})*)?"
    return f"NOT regexp_full_match(concat_ws(chr(31), {cells}), '{pattern}')"


def check(column: Column, formats: tuple[str, ...]) -> list[Check]:
    """What is wrong with the cells of one column, taken by themselves."""
    found = []
    if column.required:
        found.append(
            rejects(column.name, f"s_{column.name} IS NULL", "is blank; every row needs it")
        )
    match column.kind:
        case "date":
            found.append(_check_date(column, formats))
        case "count":
            found.append(_check_count(column))
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
    return found


def _date(text: str, formats: tuple[str, ...]) -> str:
    """ISO days by a cast that must give the same text back, others by their format."""
    day = f"TRY_CAST({text} AS DATE)"
    plain = f"CASE WHEN CAST({day} AS VARCHAR) = {text} THEN {day} END"
    others = [one for one in formats if one != _ISO]
    if not others:
        return plain
    return f"coalesce({plain}, CAST(try_strptime({text}, [{listed(others)}]) AS DATE))"


def _check_date(column: Column, formats: tuple[str, ...]) -> Check:
    text, day = f"s_{column.name}", f"v_{column.name}"
    in_range = f"{day} BETWEEN DATE '1900-01-01' AND DATE '2199-12-31'"
    cases: list[tuple[str, Outcome, str]] = [
        (
            f"{day} IS NOT NULL",
            "rejected",
            "is of a year before 1900 or after 2199; write the year with four digits",
        )
    ]
    for mark in "/.-":
        shape = f"[0-9]{{1,2}}[{mark}][0-9]{{1,2}}[{mark}][0-9]{{2,4}}"
        declared = any(re.search(f"%-?[dm]{re.escape(mark)}%-?[dm]", one) for one in formats)
        reason = f"{_NO_DAY} as date_formats declares it" if declared else _NO_ORDER.format(mark)
        cases.append((f"regexp_full_match({text}, '{shape}')", "rejected", reason))
    cases += [
        (f"regexp_full_match({text}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}')", "rejected", _NO_DAY),
        (
            f"regexp_full_match({text}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ].*')",
            "rejected",
            "holds a time of day; write the day alone, or declare date_formats = "
            '["%Y-%m-%d %H:%M:%S"] in sitrep.toml if it is local time',
        ),
        (
            "true",
            "rejected",
            "is not a date; write it as 2021-06-10, or declare date_formats in sitrep.toml",
        ),
    ]
    return Check(
        column.name, f"{text} IS NOT NULL AND NOT coalesce({in_range}, false)", tuple(cases)
    )


def _check_count(column: Column) -> Check:
    text, number = f"trim(s_{column.name})", f"v_{column.name}"
    cases: tuple[tuple[str, Outcome, str], ...] = (
        (f"{text} = ''", "flagged", ""),
        (f"regexp_full_match({text}, '[0-9]+') AND {number} IS NOT NULL", "flagged", ""),
        (f"regexp_full_match({text}, '[0-9]+')", "rejected", "is too large to be a count"),
        (
            f"regexp_full_match({text}, '[-−][0-9][0-9,. ]*')",
            "rejected",
            "is negative; a count is 0 or more, blank if not reported",
        ),
        (
            f"regexp_full_match({text}, '{_GROUPED}') AND {number} IS NOT NULL",
            "flagged",
            "was read without its separators; write numbers plain, as 1867",
        ),
        (
            f"regexp_full_match({text}, '[0-9]+[.,][0-9]+')",
            "rejected",
            "is not a whole number; people are counted whole",
        ),
        (
            "true",
            "rejected",
            "is not a whole number; write digits alone, and leave the cell blank where nothing "
            "was reported",
        ),
    )
    guard = (
        f"s_{column.name} IS NOT NULL AND "
        f"({number} < 0 OR s_{column.name} IS DISTINCT FROM CAST({number} AS VARCHAR))"
    )
    return Check(column.name, guard, cases, first="odd_counts")


def _check_decimal(column: Column) -> Check:
    text, number = f"trim(s_{column.name})", f"v_{column.name}"
    allowed = f"{number} BETWEEN {column.minimum} AND {column.maximum}"
    cases: tuple[tuple[str, Outcome, str], ...] = (
        (f"{text} = ''", "flagged", ""),
        (
            f"regexp_full_match({text}, '-?[0-9]+,[0-9]+')",
            "rejected",
            f"has a decimal comma; write it with a point, as {column.example}",
        ),
        (
            f"regexp_full_match({text}, '[-+]?[0-9]*[.]?[0-9]+')",
            "rejected",
            f"is outside {column.minimum} to {column.maximum} degrees",
        ),
        ("true", "rejected", f"is not a number of degrees; write it as {column.example}"),
    )
    return Check(
        column.name, f"s_{column.name} IS NOT NULL AND NOT coalesce({allowed}, false)", cases
    )
