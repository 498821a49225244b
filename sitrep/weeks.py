"""What a week is: its label, its days, its neighbours.

A week is numbered by the ISO 8601 rule whatever day it starts on: it belongs to the
year that holds its fourth day. With Monday that is the ISO week, with Sunday the
epidemiological week of the CDC. Nothing here knows of data.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering

from sitrep.errors import UsageError, nearest

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LABEL = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)


@total_ordering
@dataclass(frozen=True)
class Week:
    """Seven days from `start`, a date on the day of the week that weeks begin on."""

    start: date

    @classmethod
    def of(cls, day: date, *, starts_on: str = "monday") -> "Week":
        """The week that holds `day`."""
        return cls(day - timedelta((day.weekday() - _day_number(starts_on)) % 7))

    @classmethod
    def numbered(cls, year: int, number: int, *, starts_on: str = "monday") -> "Week":
        """Week `number` of `year`; raises UsageError where the year has no such week."""
        first = cls.of(date(year, 1, 4), starts_on=starts_on)
        if not 1 <= number <= weeks_in(year, starts_on=starts_on):
            last = weeks_in(year, starts_on=starts_on)
            raise UsageError(
                f"there is no week {year}-W{number:02d}: {year} has weeks "
                f"{year}-W01 to {year}-W{last}"
            )
        return first + (number - 1)

    @property
    def end(self) -> date:
        """The last day, six days after the start."""
        return self.start + timedelta(6)

    @property
    def year(self) -> int:
        """The year the week is numbered in: that of its fourth day."""
        return (self.start + timedelta(3)).year

    @property
    def number(self) -> int:
        """1 to 53."""
        return ((self.start + timedelta(3)).timetuple().tm_yday - 1) // 7 + 1

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"

    def __lt__(self, other: "Week") -> bool:
        return self.start < other.start

    def __add__(self, weeks: int) -> "Week":
        return Week(self.start + timedelta(7 * weeks))

    def __sub__(self, weeks: int) -> "Week":
        return self + -weeks

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def until(self, last: "Week") -> list["Week"]:
        """This week and every one up to and including `last`; empty where `last` is earlier."""
        return [self + n for n in range((last.start - self.start).days // 7 + 1)]


def weeks_in(year: int, *, starts_on: str = "monday") -> int:
    """52 or 53: how many weeks are numbered in `year`."""
    first = Week.of(date(year, 1, 4), starts_on=starts_on)
    following = Week.of(date(year + 1, 1, 4), starts_on=starts_on)
    return (following.start - first.start).days // 7


def parse_week(text: str, *, starts_on: str = "monday") -> Week:
    """Read ``2021-W23``, ``2021W23`` or a day in the week, ``2021-06-10``.

    Raises
    ------
    UsageError
        For anything else, for week 54, and for the 31st of February.
    """
    text = text.strip()
    if match := _LABEL.fullmatch(text):
        year, number = int(match[1]), int(match[2])
        if not 1900 <= year < 9999:
            raise UsageError(f"there is no data of the year {year}: write a week as 2021-W23")
        return Week.numbered(year, number, starts_on=starts_on)
    try:
        return Week.of(date.fromisoformat(text), starts_on=starts_on)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{text!r} is neither a week nor a day: write 2021-W23, or 2021-06-10 for the "
            "week that holds that day"
        ) from None


def interval(first: Week, last: Week) -> str:
    """The label of a run of weeks, as ISO 8601 writes intervals: ``2021-W01/2021-W23``."""
    return f"{first}/{last}"


def _day_number(name: str) -> int:
    if name.lower() not in DAY_NAMES:
        raise UsageError(f"a week cannot start on {name!r}{nearest(name, DAY_NAMES)}")
    return DAY_NAMES.index(name.lower())
