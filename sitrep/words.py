"""How numbers, dates and lists are written in English. One rounding, one set of marks.

The marks of missing: ``0`` none recorded, ``–`` recorded without a figure, ``·`` not
covered by the data, ``*`` withheld.
"""

import math
from collections.abc import Callable, Sequence
from datetime import date

from sitrep.numbers import WITHHELD, Number
from sitrep.weeks import Week

NOT_REPORTED = "–"
NOT_COVERED = "·"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")


def figure(value: float) -> str:
    """``1,867``, ``12.5``; a dash where nothing was reported."""
    if math.isnan(value):
        return NOT_REPORTED
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def mean_figure(value: float) -> str:
    """A mean, always with its decimal: ``13.0``."""
    return NOT_REPORTED if math.isnan(value) else f"{value:,.1f}"


def cell(number: Number | None, written: Callable[[float], str] = figure) -> str:
    """A number in a table: a point where the data do not cover it, a star where withheld."""
    if number is None:
        return NOT_COVERED
    return WITHHELD if number.withheld else written(number.value)


def spelled(value: float) -> str:
    """In a sentence: one to nine in words, the rest in figures."""
    return _SMALL[int(value)] if 0 <= value < len(_SMALL) and value == int(value) else figure(value)


def ordinal(number: int) -> str:
    """``first`` to ``fifth``, then ``6th``, ``21st``."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def capital(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def low_high(number: Number | None) -> str:
    """``20–24``, or nothing where low and high say no more than the value."""
    if number is None or not number.ranged:
        return ""
    return f"{figure(number.low)}–{figure(number.high)}"


def plural(count: float, one: str, many: str) -> str:
    """`one` for 1, else `many`."""
    return one if count == 1 else many


def joined(items: Sequence[str]) -> str:
    """``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def signed(value: float) -> str:
    """``+3``, ``−2``, ``0``."""
    if math.isnan(value) or value == 0:
        return figure(value)
    return f"{'+' if value > 0 else '−'}{figure(abs(value))}"


def change(number: Number | None) -> str:
    """The difference from the week before, in words."""
    if number is None or not number.known:
        return "not comparable with the week before"
    if number.value == 0:
        return "as in the week before"
    return f"{signed(number.value)} on the week before"


def change_by_first_count(number: Number) -> str:
    """The difference between the first counts of two weeks, in words."""
    return f"{signed(number.value)} by first count" if number.value else "the same first count"


def day(value: date, *, weekday: bool = False, year: bool = True) -> str:
    """``7 June 2021``."""
    text = f"{value.day} {MONTHS[value.month - 1]}"
    text = f"{text} {value.year}" if year else text
    return f"{DAYS[value.weekday()]} {text}" if weekday else text


def days_of(week: Week) -> str:
    """``Monday 7 to Sunday 13 June 2021``; the first month and year only where they differ."""
    first, last = week.start, week.end
    start = f"{DAYS[first.weekday()]} {first.day}"
    if (first.year, first.month) != (last.year, last.month):
        start = day(first, weekday=True, year=first.year != last.year)
    return f"{start} to {day(last, weekday=True)}"


def month(value: date) -> str:
    """``June 2021``."""
    return f"{MONTHS[value.month - 1]} {value.year}"
