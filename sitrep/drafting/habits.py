"""What a file may mean beyond its columns: marks of thousands, zones of moments, rows that count.

What the cells settle is written with its reason; what they leave open is a question.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sitrep.drafting import toml
from sitrep.drafting.cells import Cells, latin
from sitrep.drafting.guesses import Reading
from sitrep.drafting.sample import Sample
from sitrep.drafting.words import holds, table
from sitrep.incidents.questions import QUESTION
from sitrep.incidents.table import column_named

_GROUPED = re.compile(r"\d{1,3}(?:([,.' \u00a0\u202f’])\d{3})(?:\1\d{3})*")
_ONE_POINT = re.compile(r"\d{1,3}\.\d{3}")
_DECIMAL_COMMA = re.compile(r"-?\d{1,3},\d+")
_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})")
_SECONDS = re.compile(r"1\d{9}")
_SPACES = "\u00a0\u202f"
MOST_KINDS = 8  # values of a column that may tell which rows count
_MOSTLY = 0.9  # of the rows have one


def thousands(sample: Sample, reading: Reading) -> Iterator[str]:
    """The mark between groups of three digits, as the columns of counts have it."""
    seen: dict[str, tuple[str, str]] = {}  # mark to a cell and its heading
    for column, guess in reading.taken.items():
        if column_named(column).kind == "count":
            for cell in reading.cells[guess.place].counted:
                if found := _GROUPED.fullmatch(latin(cell)):
                    mark = " " if found[1] in _SPACES else found[1].replace("’", "'")
                    seen.setdefault(mark, (cell, sample.headings[guess.place]))
    if not seen:
        return
    shown = "; ".join(f"{toml.quoted(cell)} in {toml.quoted(name)}" for cell, name in seen.values())
    if len(seen) > 1:
        yield from toml.comment(
            f"{QUESTION}: counts are written with several marks: {shown}. Which of them stands "
            'between thousands? Write "" if none does: cells that can mean nothing else are read.'
        )
        yield f"thousands = {toml.text(QUESTION)}"
        return
    (mark,) = seen
    if mark == "." and not (why := _points_are_thousands(reading)):
        yield from toml.comment(
            f'{QUESTION}: {shown}: thousands, or a fraction? Write "." if {seen["."][0]} means '
            f'{seen["."][0].replace(".", "")}, else "".'
        )
        yield f"thousands = {toml.text(QUESTION)}"
        return
    reason = why if mark == "." else "between groups of three digits it can be nothing else"
    yield from toml.comment(f"Settled: the mark of thousands, as in {shown}: {reason}.")
    yield f"thousands = {toml.text(mark)}"


def _points_are_thousands(reading: Reading) -> str:
    """What says that a point in a count is no decimal point; blank where nothing does."""
    for column, guess in reading.taken.items():
        cells = reading.cells[guess.place].counted
        if column_named(column).kind == "decimal":
            if comma := next(filter(_DECIMAL_COMMA.fullmatch, map(latin, cells)), ""):
                return f"{toml.quoted(comma)} has a decimal comma"
        elif column_named(column).kind == "count":
            for cell in map(latin, cells):
                if _GROUPED.fullmatch(cell) and cell.count(".") > 1:
                    return f"{toml.quoted(cell)} has two points, and a fraction has one"
    return ""


def timezone(cells: Cells) -> Iterator[str]:
    """In which zone the moments of a column are days; nothing where its cells are days."""
    moments = [text for cell in cells.counted if _is_moment(text := latin(cell))]
    if not moments:
        return
    times = list(map(_utc, moments))
    if all((time.hour, time.minute, time.second) == (0, 0, 0) for time in times):
        yield from toml.comment(
            f"Settled: {toml.quoted(moments[0])} and all others are midnight in UTC: they are "
            "meant as days."
        )
        yield 'timezone = "UTC"'
        return
    example, time = max(zip(moments, times, strict=True), key=lambda pair: pair[1].time())
    later = (time + timedelta(hours=3)).date()
    other = f", and {later} three hours east of it" if later != time.date() else ""
    yield from toml.comment(
        f"{QUESTION}: {toml.quoted(example)} is a moment. It is {time.date()} in UTC{other}: the "
        "day, and with it the week, is that of the place. In which timezone did the events "
        'happen? Write its name, such as "Asia/Damascus", or "UTC".'
    )
    yield f"timezone = {toml.text(QUESTION)}"


def is_moment(text: str) -> bool:
    """Whether a cell names its zone, so that `timezone` makes a day of it."""
    return bool(_ZONED.fullmatch(text))


def _is_moment(text: str) -> bool:
    return is_moment(text) or bool(_SECONDS.fullmatch(text))


def _utc(text: str) -> datetime:
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC)
    return datetime.fromisoformat(text).astimezone(UTC)


def kept_rows(sample: Sample, reading: Reading) -> Iterator[str]:
    """Columns that may tell which rows count, each as a section to take the marks away from."""
    used = {guess.place for guess in reading.taken.values()} | set(reading.personal)
    for place, heading in enumerate(sample.headings):
        cells = reading.cells[place]
        why = _told_apart(heading) if place not in used else ""
        if not why or not 1 < len(cells.counted) <= MOST_KINDS:
            continue
        if len(cells.filled) < _MOSTLY * len(cells.values):
            continue
        sizes = cells.counted.most_common()
        rows = ", ".join(f"{toml.quoted(value)} ({count:,})" for value, count in sizes)
        yield from toml.comment(
            f"{QUESTION}: {toml.quoted(heading)} has {len(sizes)} values, with rows: {rows}. Do "
            "all of these rows count in your report, and each person once? If not, take the # away "
            "and list the values that do; the others are set aside with this reason."
        )
        yield "# [[keep]]"
        yield f"# column = {toml.text(heading)}"
        yield f"# is = {toml.texts([sizes[0][0]])}"
        yield f"# reason = {toml.text(why)}"


def _told_apart(heading: str) -> str:
    """Why rows may not count, by what their column is called; blank for other columns."""
    words = table("headings")["keep"]
    return next((why for why, known in words.items() if holds(heading, tuple(known))), "")
