"""How the numbers of an issue, its weeks and its days are written. One rounding, one set of marks.

The marks of missing: ``0`` none recorded, ``–`` recorded without a figure, ``·`` not
covered by the data, ``*`` withheld.
"""

import math
from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce

from sitrep.language import (
    NOT_REPORTED,
    capital,
    dated,
    day,
    figure,
    joined,
    left_to_right,
    named,
    number,
    say,
    spelled,
)
from sitrep.language.proper import known
from sitrep.measures import MEASURES
from sitrep.numbers import WITHHELD, Number
from sitrep.weeks import Week

NOT_COVERED = "·"

__all__ = [
    "NOT_COVERED", "NOT_REPORTED", "WITHHELD", "capital", "cell", "change",
    "change_by_first_count", "column", "day", "days_of", "figure", "joined", "listed", "low_high",
    "mean_figure", "measure", "month", "placed", "reason", "signed", "span", "spelled",
    "unbroken",
]  # fmt: skip


def unbroken(text: str) -> str:
    """`text` that stays on one line."""
    return text.replace(" ", "\u00a0")


def measure(name: str, victims: str) -> str:
    """A measure in a title or sentence, ``civilians killed``; `victims` as of `Issue.victims`."""
    return say(f"measure_{name}_{victims}" if MEASURES[name].by_victims else f"measure_{name}")


def column(name: str) -> str:
    """A measure at the head of a column: ``killed``."""
    return say(f"column_{name}")


def mean_figure(value: float) -> str:
    """A mean, always with its decimal: ``13.0``."""
    return number(value, places=1)


def cell(number: Number | None, written: Callable[[float], str] = figure) -> str:
    """A number in a table: a point where the data do not cover it, a star where withheld."""
    if number is None:
        return NOT_COVERED
    return WITHHELD if number.withheld else written(number.value)


def low_high(number: Number | None) -> str:
    """``20–24``, or nothing where low and high say no more than the value."""
    if number is None or not number.ranged:
        return ""
    return span(number.low, number.high)


def span(low: float, high: float) -> str:
    """``20–24``, in this order in every language."""
    return left_to_right(f"{figure(low)}–{figure(high)}")


def placed(name: str) -> str:
    """A place as the data name it, ``Bara, Ariha``, as the language in use writes it."""
    place, _, district = name.rpartition(", ")
    if not place:
        return named(name)
    return say("place_in_district", place=named(place), district=named(district))


def reason(text: str) -> str:
    """Why a row is not used, or what became of a record, as the data and numbers.csv say it.

    The column stands first where it is of one: ``killed is too large to be a count``.
    """
    first, _, rest = text.partition(" ")
    if known(text) or not known(rest):
        return named(text)
    return say("reason_of_column", column=first, reason=named(rest))


def listed(items: Sequence[str]) -> str:
    """``a, b, c``, in a cell."""
    if not items:
        return ""
    first, *rest = items
    return reduce(lambda before, item: say("table_list", before=before, next=item), rest, first)


def signed(value: float) -> str:
    """``+3``, ``−2``, ``0``."""
    if math.isnan(value) or value == 0:
        return figure(value)
    return left_to_right(f"{'+' if value > 0 else '−'}{figure(abs(value))}")


def change(number: Number | None) -> str:
    """The difference from the week before, in words."""
    if number is None or not number.known:
        return say("change_unknown")
    return say("change", change=signed(number.value)) if number.value else say("change_none")


def change_by_first_count(number: Number) -> str:
    """The difference between the first counts of two weeks, in words."""
    if not number.value:
        return say("first_change_none")
    return say("first_change", change=signed(number.value))


def days_of(week: Week) -> str:
    """``Monday 7 to Sunday 13 June 2021``; the first month and year only where they differ."""
    first, last = week.start, week.end
    if (first.year, first.month) == (last.year, last.month):
        start = dated(first, say("pattern_weekday"))
    else:
        start = day(first, weekday=True, year=first.year != last.year)
    return say("days_of_week", first=start, last=day(last, weekday=True))


def month(value: date) -> str:
    """``June 2021``."""
    return dated(value, say("pattern_month"))
