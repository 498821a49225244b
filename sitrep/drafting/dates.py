"""How the days of a file are written, and whether it says which part is the day.

``07/06/2021`` alone does not; ``25/06/2021`` in the same file settles it. What nothing
settles is a question, never a guess.
"""

import re
from calendar import day_abbr, day_name, month_abbr, month_name
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sitrep.incidents.dates import SERIALS
from sitrep.incidents.months import months

_ISO = "%Y-%m-%d"
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"\d{4}([/.])\d{1,2}\1\d{1,2}")
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})([T ])(\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(Z|[+-]\d{2}:?\d{2})?"
)
_WORD = r"[^\W\d_]+(?: [^\W\d_]+)?\.?"
# "7 June 2021", "7-Jun-2021", "June 7, 2021", each perhaps after "Mon" or "Monday,".
_WORDS = re.compile(
    r"(?:(?P<weekday>[A-Za-z]+)(?P<gap>,? ))?"
    rf"(?:\d{{1,2}}(?P<mark>[ -])(?P<second>{_WORD})(?P=mark)|"
    rf"(?P<first>{_WORD}) \d{{1,2}}(?P<comma>,? ))\d{{4}}"
)
_ENGLISH = {*month_name[1:], *month_abbr[1:]}
_SERIAL = re.compile(r"[23456]\d{4}(\.0)?")
_MIDNIGHT = re.compile(r"00:00(:00)?")


@dataclass(frozen=True)
class DateFormats:
    """The formats of a file that are settled, with the reasons, and what is still asked.

    `questions` are pairs of what is asked and of the answers there may be.
    """

    formats: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    questions: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass
class _Order:
    """What the cells of one shape, such as ``07/06/2021``, say of their order."""

    mark: str
    year: str  # %Y or %y
    first: tuple[int, str] | None = None  # a line whose first number cannot be a month
    second: tuple[int, str] | None = None  # one whose second number cannot be
    example: str = ""

    def see(self, line: int, text: str, one: int, other: int) -> None:
        self.example = self.example or text
        if one > 12:
            self.first = self.first or (line, text)
        elif other > 12:
            self.second = self.second or (line, text)

    @property
    def days_first(self) -> str:
        return f"%d{self.mark}%m{self.mark}{self.year}"

    @property
    def months_first(self) -> str:
        return f"%m{self.mark}%d{self.mark}{self.year}"


@dataclass
class _Seen:
    orders: dict[tuple[str, str], _Order] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)  # format to an example
    moments: dict[str, str] = field(default_factory=dict)
    serial: str = ""


def shape_of(text: str) -> str:
    """What kind of day a cell looks like; blank where it looks like none.

    The numbers that a spreadsheet keeps for days look like counts, so they are none here.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return "iso"
    if (found := _NUMBERS.fullmatch(text)) and 0 < int(found[1]) < 32 and 0 < int(found[3]) < 32:
        return "numbers"
    if _in_words(text):
        return "words"
    shapes = {"year first": _YEAR_FIRST, "moment": _MOMENT}
    return next((name for name, shape in shapes.items() if shape.fullmatch(text)), "")


def _in_words(text: str) -> str:
    """The format of a day with the name of its month, in any language in which these are read.

    Blank where it is none, or has the day of the week before a month that is not English.
    """
    found = _WORDS.fullmatch(text)
    if not found:
        return ""
    month = found["second"] or found["first"]
    english = month.capitalize() in _ENGLISH
    if month.casefold().rstrip(".") not in months():
        return ""
    name = "%b" if english and len(month) == 3 else "%B"
    mark, comma = found["mark"], found["comma"]
    form = f"%d{mark}{name}{mark}%Y" if mark else f"{name} %d{comma}%Y"
    if not found["weekday"]:
        return form
    weekday = found["weekday"].capitalize()
    code = "%A" if weekday in day_name else "%a" if weekday in day_abbr else ""
    return f"{code}{found['gap']}{form}" if code and english else ""


def date_formats(cells: Iterable[tuple[int, str]]) -> DateFormats:
    """What the cells of all columns of days say together; `cells` are lines and Latin text."""
    seen = _Seen()
    for line, text in cells:
        _see(seen, line, text)
    formats, reasons, questions = list(seen.plain), [], []
    for order in seen.orders.values():
        match order.first, order.second:
            case (line, text), None:
                formats.append(order.days_first)
                reasons.append(f"the day stands first: {text} on line {line} can be nothing else")
            case None, (line, text):
                formats.append(order.months_first)
                reasons.append(f"the month stands first: {text} on line {line} can be nothing else")
            case None, None:
                questions.append(_undecided(order))
            case (line, text), (other_line, other):
                questions.append(
                    (
                        f"{text} on line {line} has the day first, {other} on line {other_line} "
                        "the month: one file cannot mean both. Correct the rows that are wrong, "
                        "then write the order that is right",
                        (order.days_first, order.months_first),
                    )
                )
    questions += [_moment(form, text) for form, text in seen.moments.items()]
    if seen.serial:
        questions.append(_serial(seen.serial))
    return DateFormats(tuple(formats), tuple(reasons), tuple(questions))


def _see(seen: _Seen, line: int, text: str) -> None:
    if found := _NUMBERS.fullmatch(text):
        key = (found[2], "%Y" if len(found[4]) == 4 else "%y")
        order = seen.orders.setdefault(key, _Order(*key))
        order.see(line, text, int(found[1]), int(found[3]))
    elif found := _YEAR_FIRST.fullmatch(text):
        seen.plain.setdefault(f"%Y{found[1]}%m{found[1]}%d", text)
    elif form := _in_words(text):
        seen.plain.setdefault(form, text)
    elif found := _MOMENT.fullmatch(text):
        zone = "Z" if found[5] == "Z" else "%z" if found[5] else ""
        seconds = "%H:%M:%S" if found[3].count(":") == 2 else "%H:%M"
        form = f"{_ISO}{found[2]}{seconds}{'.%f' if found[4] else ''}{zone}"
        if _MIDNIGHT.fullmatch(found[3]) and not zone:
            seen.plain.setdefault(form, text)
        else:
            seen.moments.setdefault(form, text)
    elif _SERIAL.fullmatch(text):
        seen.serial = seen.serial or text


def _undecided(order: _Order) -> tuple[str, tuple[str, ...]]:
    return (
        f"is {order.example} written with the day first or the month? No day above 12 settles it",
        (order.days_first, order.months_first),
    )


def _serial(text: str) -> tuple[str, tuple[str, ...]]:
    """Which day a number is that a spreadsheet keeps for one."""
    days = {
        name: date.fromisoformat(before) + timedelta(int(float(text)))
        for name, before in SERIALS.items()
    }
    said = ", ".join(f"{day} by {name!r}" for name, day in days.items())
    return (
        f"{text} is the number that a spreadsheet keeps for a day: {said}, which workbooks made on "
        "old Macintoshes mean. Which is the day of that row",
        tuple(SERIALS),
    )


def _moment(form: str, text: str) -> tuple[str, tuple[str, ...]]:
    return (
        f"{text} is a moment, not a day. If it is the local time of the events, its day can be "
        "taken as it stands. If it is the time of another zone, the day, and with it the week, may "
        "be another: ask whoever publishes the file",
        (form,),
    )
