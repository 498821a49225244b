"""How a day is written in a cell, and which day it is: SQL.

``2021-06-10`` is read everywhere. Every other way is read only where it is declared: in
what order day and month stand, or from which day a spreadsheet counts.
"""

import re
from collections.abc import Sequence

from sitrep.incidents.months import months
from sitrep.incidents.numerals import Case, european
from sitrep.incidents.sql import listed, literal

# The day before the first that a spreadsheet counts: its name in date_formats, and the day.
# That of 1900 stands a day early, because day 60 is a 29 February 1900 that never was.
SERIALS = {"excel": "1899-12-30", "excel-1904": "1904-01-01"}
_ISO = "%Y-%m-%d"
_SERIAL = "[1-9][0-9]{4}"  # 1927 to 2173
_WORD = r"[\p{L}\p{M}]+( [\p{L}\p{M}]+)?[.]?"
_NO_DAY = "is not a day of the calendar"
_NO_ORDER = (
    "does not say which is the day and which the month; declare date_formats = "
    '["%d{0}%m{0}{1}"] in sitrep.toml if the day stands first, ["%m{0}%d{0}{1}"] if the month'
)
_NUMBER = (
    "is the number that a spreadsheet keeps for a date; give the column the format of a date and "
    'export it again, or declare date_formats = ["excel"] in sitrep.toml (["excel-1904"] where '
    "the workbook counts from 1904)"
)


def day(text: str, formats: Sequence[str]) -> str:
    """The day in a cell, NULL where it is none or its way of writing is not declared.

    The quick ways stand first: what follows is asked only of cells that they cannot read,
    and not of blank ones.
    """
    others = [one for one in formats if one != _ISO and one not in SERIALS]
    plain = f"nullif(trim({european(text)}), '')"
    ways = [_iso(text)]
    if others:
        ways.append(f"CAST(try_strptime({text}, [{listed(others)}]) AS DATE)")
    ways.append(_iso(plain))
    if others:
        ways.append(f"CAST(try_strptime({plain}, [{listed(others)}]) AS DATE)")
    if named := [re.sub("%-?[bB]", "%m", one) for one in others if re.search("%-?[bB]", one)]:
        ways.append(f"CAST(try_strptime({_with_number(plain)}, [{listed(named)}]) AS DATE)")
    for name in SERIALS.keys() & set(formats):
        number = f"CASE WHEN {_is(plain, _SERIAL)} THEN CAST({plain} AS INTEGER) END"
        ways.append(f"DATE '{SERIALS[name]}' + {number}")
    slower = f"CASE WHEN {text} IS NOT NULL THEN coalesce({', '.join(ways[1:])}, NULL) END"
    return f"coalesce({ways[0]}, {slower})"


def day_cases(text: str, value: str, formats: Sequence[str]) -> tuple[Case, ...]:
    """What a cell is that gives no day between 1900 and 2199."""
    plain = f"trim({european(text)})"
    cases: list[Case] = [
        (
            f"{value} IS NOT NULL",
            "rejected",
            "is of a year before 1900 or after 2199; write the year with four digits",
        )
    ]
    for mark in "/.-":
        declared = any(re.match(f"%-?[dm]{re.escape(mark)}%-?[dm]", one) for one in formats)
        for digits, year in (("4", "%Y"), ("2", "%y")):
            shape = f"[0-9]{{1,2}}[{mark}][0-9]{{1,2}}[{mark}][0-9]{{{digits}}}"
            reason = _NO_ORDER.format(mark, year)
            if declared:
                reason = f"{_NO_DAY} as date_formats declares it"
            cases.append((_is(plain, shape), "rejected", reason))
    serial = not SERIALS.keys().isdisjoint(formats)
    with_time = "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*"
    cases += [
        (_is(plain, "[0-9]{4}-[0-9]{2}-[0-9]{2}"), "rejected", _NO_DAY),
        (
            _is(plain, with_time),
            "rejected",
            "holds a time of day; write the day alone, or declare date_formats = "
            '["%Y-%m-%d %H:%M:%S"] in sitrep.toml if it is local time',
        ),
        (
            _is(plain, f"{_SERIAL}[.,][0-9]+") if serial else "false",
            "rejected",
            "holds a time of day; write the day alone",
        ),
        (_is(plain, f"{_SERIAL}([.,][0-9]+)?"), "rejected", _NUMBER),
        (
            "true",
            "rejected",
            "is not a date; write it as 2021-06-10, or declare date_formats in sitrep.toml",
        ),
    ]
    return tuple(cases)


def _iso(text: str) -> str:
    """A cast that must give the same text back."""
    found = f"TRY_CAST({text} AS DATE)"
    return f"CASE WHEN CAST({found} AS VARCHAR) = {text} THEN {found} END"


def _with_number(text: str) -> str:
    """`text` with the number of the month in place of its name."""
    word = f"regexp_extract({text}, '{_WORD}')"
    names = " ".join(f"WHEN {literal(name)} THEN '{month}'" for name, month in months().items())
    return f"replace({text}, {word}, CASE lower(rtrim({word}, '.')) {names} END)"


def _is(text: str, pattern: str) -> str:
    return f"regexp_full_match({text}, '{pattern}')"
