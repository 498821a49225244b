"""A strip of weeks for each district, every week shaded by its number.

It shows when and where something was recorded; bars show how much. None recorded is an empty
cell; a week without a figure, one that is withheld and one before the data begin have marks.
"""

from collections.abc import Sequence

from sitrep import words
from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import FULL, Canvas, Scale, caption
from sitrep.charts.classes import Classes, classes_of
from sitrep.charts.districts import (
    ByDistrict,
    by_district,
    district_table,
    largest,
    named_totals,
)
from sitrep.charts.layers import Box
from sitrep.charts.rows import ROW_NAMES, in_rows, write
from sitrep.charts.weekly import BOTTOM, week_names
from sitrep.issue import Issue
from sitrep.language import named, say, spoken
from sitrep.numbers import Number
from sitrep.weeks import Week
from sitrep.words import NOT_COVERED, NOT_REPORTED, WITHHELD

MOST_DISTRICTS = 8
ROW, KEY = 9.5, 12.0  # points: the height of a district, and of the line of classes


@spoken
def calendar(issue: Issue, measure: str = "killed") -> Chart | Paragraph:
    """The weeks of a year by district, those with most of the measure this year."""
    sized = largest(issue, measure)[:MOST_DISTRICTS]
    label = words.measure(measure, issue.victims)
    if issue.by_day and not issue.names("admin2"):
        return note("")
    if not sized:
        return note(say("chart_districts_none", label=label))
    weeks = (issue.week - (issue.periods.chart_weeks - 1)).until(issue.week)
    cells = by_district(issue, measure, weeks, sized)
    return Chart(
        title=say("chart_calendar", label=label, first=str(weeks[0]), last=str(weeks[-1])),
        subtitle="",
        svg=_draw(cells, weeks).svg(f"calendar {measure}"),
        alt=say(
            "chart_calendar_alt",
            label=label,
            weeks=sum(map(issue.periods.covers, weeks)),
            counts=named_totals(_weeks_with_any(cells)),
            totals=named_totals(sized),
        ),
        caption=caption(issue, measure, notes=_notes(cells)),
        table=district_table(issue, weeks, cells),
    )


def _weeks_with_any(cells: ByDistrict) -> list[tuple[str, float]]:
    return [
        (name, sum(number is not None and number.value > 0 for number in numbers))
        for name, numbers in cells.items()
    ]


def _draw(cells: ByDistrict, weeks: Sequence[Week]) -> Canvas:
    names = in_rows([named(each) for each in cells], width=FULL / 2, least=ROW_NAMES, row=ROW)
    left = names.room
    canvas = Canvas(FULL, KEY + BOTTOM + sum(names.heights) + 2)
    x = Scale(-0.5, len(weeks) - 0.5, left, FULL - 2)
    classes = classes_of(each.value for row in cells.values() for each in row if each is not None)
    places = names.places(canvas.height - 2)
    for lines, at, numbers in zip(names.lines, places, cells.values(), strict=True):
        write(canvas, lines, left - 6, at)
        known = [(n, each.value) for n, each in enumerate(numbers) if each and each.known]
        canvas.boxes(
            [Box(x(n - 0.45), at - 4, x(n + 0.45), at + 4) for n, _ in known],
            [classes.shade(value) if value > 0 else "wash" for _, value in known],
        )
        for n, mark in enumerate(map(_mark, numbers)):
            if mark:
                canvas.text(x(n), at, mark, align="center", shade="muted")
    week_names(canvas, weeks, x=x, step=8, up=KEY)
    _key(canvas, classes, left)
    return canvas


def _mark(number: Number | None) -> str:
    """What stands for a number that there is not; nothing where there is one."""
    if number is None:
        return NOT_COVERED
    if number.withheld:
        return WITHHELD
    return "" if number.known else NOT_REPORTED


def _key(canvas: Canvas, classes: Classes, left: float) -> None:
    """The classes with their shades, along the foot."""
    at = left
    for shade, text in classes.named():
        canvas.boxes([Box(at, 2, at + 7, 9)], [shade])
        canvas.text(at + 10, 5.5, text, shade="muted")
        at += 58


def _notes(cells: ByDistrict) -> list[str]:
    found = {_mark(number) for row in cells.values() for number in row}
    marks = {
        NOT_REPORTED: "mark_blank",
        WITHHELD: "chart_calendar_withheld",
        NOT_COVERED: "mark_not_covered",
    }
    shown = [say(key, mark=mark) for mark, key in marks.items() if mark in found]
    return [say("chart_calendar_note"), *shown]
