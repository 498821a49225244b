"""Bars of one measure over the weeks.

One grammar for all of them: settled weeks grey, weeks still filling up tinted on a
wash, this week in the colour of the measure and labelled, the mean of the four weeks
before as a short line over those weeks.
"""

import math
from collections.abc import Sequence

from sitrep import measures as m
from sitrep import words
from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import (
    DEEP,
    DIGIT,
    FULL,
    HALF,
    PALE,
    Canvas,
    Scale,
    bars,
    baseline,
    caption,
    greatest,
    grid,
    lowest,
    or_none,
    ticks,
)
from sitrep.charts.drawn import Series, weekly_table
from sitrep.charts.layers import Box
from sitrep.issue import Issue
from sitrep.language import in_digits, say, spoken
from sitrep.weeks import Week
from sitrep.words import NOT_REPORTED, figure, mean_figure

LEAST_WEEKS = 16  # fewer weeks leave room at the left, rather than have broad bars
TOP, BOTTOM = 18.0, 15.0  # points: room for the label of this week, and for the weeks' names


@spoken
def weekly(
    issue: Issue, measure: str, *, width: float = FULL, height: float = 74
) -> Chart | Paragraph:
    """Bars of a measure over the charted weeks; `width` and `height` in points.

    A note instead where no record carries the measure.
    """
    kind, label = m.MEASURES[measure], words.measure(measure, issue.victims)
    if measure == "incidents" and issue.by_day:
        return note(say("by_day_no_incidents"))
    if not issue.has(measure):
        return note(say("chart_weekly_none", label=label))
    drawn = Series.of(issue, measure)
    mean, wide = drawn.mean, width > HALF
    return Chart(
        title=_title(measure, label, drawn.weeks if wide and len(drawn.weeks) > 1 else ()),
        subtitle="" if math.isnan(mean) else say("chart_weekly_mean", mean=mean_figure(mean)),
        svg=_draw(drawn, kind.tone, width, height).svg(f"weekly {measure}"),
        alt=_alt(label, drawn),
        caption=caption(issue, measure, notes=_notes(drawn) if wide else []),
        table=weekly_table(issue, label, drawn),
    )


def _title(measure: str, label: str, weeks: Sequence[Week]) -> str:
    """What the bars are of; the first and last of `weeks` if there are any."""
    recorded = measure == "incidents"
    if not weeks:
        return say("chart_weekly_incidents" if recorded else "chart_weekly", label=label)
    key = "chart_weekly_incidents_span" if recorded else "chart_weekly_span"
    return say(key, label=label, first=str(weeks[0]), last=str(weeks[-1]))


def _draw(drawn: Series, tone: str, width: float, height: float) -> Canvas:
    canvas = Canvas(width, height)
    weeks, values, ranges, provisional = drawn.weeks, drawn.values, drawn.ranges, drawn.provisional
    later = [number.value for number in drawn.later if number]
    highest = [high for _, high in ranges.values()]
    top, last = max(greatest([*values, *later, *highest]), 1), len(weeks) - 1
    left, right = DIGIT * len(figure(top)) + 8, width - 2
    first = min(0, last - LEAST_WEEKS + 1)
    x, foot = Scale(first - 0.75, last + 0.75, left, right), lowest(values)
    y = Scale(foot, top, BOTTOM, height - TOP)
    if any(provisional):
        start = x(provisional.index(True) - 0.5)
        canvas.boxes([Box(start, y(0), x(last + 0.5), height - 8)], ["wash"])
        canvas.text(x(last + 0.5), height - 4, say("chart_filling_up"), align="right", size=6.5,
                    shade="muted")  # fmt: skip
    most = max(1, round(4 * top / (top - foot)))
    grid(canvas, ticks(top, most=most), y=y, left=left, right=right)
    shades = [PALE[tone] if late else "settled" for late in provisional]
    bars(canvas, values, [*shades[:-1], DEEP[tone]], x=x, y=y)
    baseline(canvas, y=y, left=left, right=right)
    for position, value in enumerate(values):
        if math.isnan(value):
            canvas.text(x(position), y(0) + 3, NOT_REPORTED, align="center", shade="muted")
    if not math.isnan(drawn.mean):
        line = [(x(last - 4.45), y(drawn.mean)), (x(last - 0.55), y(drawn.mean))]
        canvas.lines([line], "ink", width=1)
    canvas.lines(
        [[(x(at), y(low)), (x(at), y(high))] for at, (low, high) in ranges.items()],
        "ink", width=0.6,
    )  # fmt: skip
    _expected_later(canvas, drawn, x=x, y=y)
    # The label is wider than its bar: it stands above the bars that it reaches over.
    label = figure(values[-1])
    reach = math.ceil(DIGIT * 1.2 * len(label) / (x(1) - x(0)))
    this = greatest([0, *values[-reach:], ranges.get(last, (0, 0))[1]])
    canvas.text(x(last + 0.4), y(this) + 2, label, align="right", size=8.5,
                upright="bottom")  # fmt: skip
    week_names(canvas, weeks, x=x, step=8 if width > HALF else 16)
    return canvas


def _expected_later(canvas: Canvas, drawn: Series, *, x: Scale, y: Scale) -> None:
    """A dashed outline over the bars of weeks of which more is expected to be recorded."""
    dashes = []
    for at, (number, recorded) in enumerate(zip(drawn.later, drawn.values, strict=True)):
        if number:
            left, right, top = x(at - 0.4), x(at + 0.4), y(number.value)
            step = (right - left) / 5
            dashes += [[(left + n * step, top), (left + (n + 1) * step, top)] for n in (0, 2, 4)]
            foot = y(recorded)
            for side in (left, right):
                dashes += [[(side, up), (side, min(up + 2, top))] for up in _steps(foot, top, 4)]
    canvas.lines(dashes, "ink", width=0.7)


def _steps(start: float, end: float, size: float) -> list[float]:
    return [start + n * size for n in range(max(math.ceil((end - start) / size), 0))]


def week_names(
    canvas: Canvas, weeks: Sequence[Week], *, x: Scale, step: int, up: float = 0
) -> None:
    """Every so many weeks back from this one; the year with the first week of each year named.

    `up` is where the names' line stands above the picture's foot, in points.
    """
    year = 0
    for position in range((len(weeks) - 1) % step, len(weeks), step):
        week = weeks[position]
        last = position == len(weeks) - 1
        canvas.text(
            x(position + 0.4) if last else x(position), up + 5,
            in_digits(str(week) if week.year != year else f"W{week.number:02d}"),
            align="right" if last else "center", shade="muted",
        )  # fmt: skip
        year = week.year
    marks = [x(position) for position in range((len(weeks) - 1) % step, len(weeks), step)]
    canvas.lines([[(at, up + BOTTOM - 2.5), (at, up + BOTTOM)] for at in marks], "muted", width=0.6)


def _alt(label: str, drawn: Series) -> str:
    weeks, values, mean = drawn.weeks, drawn.values, drawn.mean
    known = [(value, week) for value, week in zip(values, weeks, strict=True) if value == value]
    first, last = str(weeks[0]), str(weeks[-1])
    said = [
        say("chart_weekly_alt", label=label, first=first, last=last),
        say("chart_weekly_alt_this", week=last, figure=or_none(values[-1])),
    ]
    if not math.isnan(mean):
        said.append(say("chart_weekly_alt_mean", mean=mean_figure(mean)))
    if known:
        value, week = max(known)
        said.append(say("chart_weekly_alt_highest", week=str(week), figure=value))
    if young := drawn.filling_up:
        said.append(say("chart_weekly_filling_up", week=str(young)))
    return " ".join(said)


def _notes(drawn: Series) -> list[str]:
    notes = [] if all(drawn.provisional[:-1]) else [say("chart_weekly_settled")]
    if drawn.ranges:
        notes.append(say("chart_weekly_ranges"))
    if not all(number.known for number in drawn.numbers):
        notes.append(say("mark_blank", mark=NOT_REPORTED))
    return notes
