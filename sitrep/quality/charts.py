"""The charts of the data quality report."""

from collections.abc import Sequence

from sitrep.blocks import Chart, Paragraph, Row, note
from sitrep.charts.canvas import (
    HALF,
    Canvas,
    Scale,
    bars,
    baseline,
    caption,
    greatest,
    grid,
    hatched,
    ticks,
)
from sitrep.charts.drawn import table_of
from sitrep.charts.layers import Box
from sitrep.language import capital, figure, named, say, spoken
from sitrep.quality.delay import BEFORE, LABELS, NOT_KNOWN, measure_of
from sitrep.quality.opening import Quality

HEIGHT, LEFT, BOTTOM = 96.0, 26.0, 14.0  # points
BAR, NAMES = 13.0, 78.0  # points: a class of delay, and room for its name

__all__ = ["delays", "digits"]


@spoken
def delays(quality: Quality) -> Chart | Paragraph:
    """Records of the year by how long after the event they came in."""
    year = quality.periods.year_label
    counts = {label: quality.numbers.value(measure_of(label), year) for label in LABELS}
    counts = {label: n for label, n in counts.items() if label != BEFORE or n > 0}
    if not sum(counts.values()) > counts[NOT_KNOWN]:
        return note("")  # the sentence says so
    canvas = Canvas(HALF, BAR * len(counts) + 2)
    x = Scale(0, greatest(counts.values()), NAMES, HALF - 30)
    for row, (label, count) in enumerate(counts.items()):
        at = canvas.height - 1 - BAR * (row + 0.5)
        box = Box(NAMES, at - 4, x(count), at + 4)
        canvas.boxes([box], ["unknown" if label == NOT_KNOWN else "muted"])
        hatched(canvas, [box] if label == NOT_KNOWN else [])
        canvas.text(NAMES - 4, at, capital(named(label)), align="right")
        canvas.text(x(count) + 3, at, figure(count))
    return Chart(
        title=say("quality_delays_title"),
        subtitle=say("quality_year_to_date"),
        svg=canvas.svg("delays"),
        alt=" ".join(
            say("quality_delay_alt", delay=named(label), records=count)
            for label, count in counts.items()
        ),
        caption=caption(quality, notes=[say("quality_delays_note")]),
        table=table_of(
            quality,
            (say("quality_came_in"), say("table_records")),
            [Row((capital(named(label)), figure(count))) for label, count in counts.items()],
        ),
    )


@spoken
def digits(quality: Quality) -> Chart | Paragraph:
    """How many figures of people displaced end in each digit."""
    names = quality.numbers.groups("displaced_last_digit", quality.window, "digit")
    if not names:
        return note("")  # the sentence says so
    counts = [
        quality.numbers.value("displaced_last_digit", quality.window, breakdown="digit", group=name)
        for name in names
    ]
    return Chart(
        title=say("quality_digits_title"),
        subtitle=say("quality_digits_subtitle"),
        svg=_digit_bars(names, counts).svg("digits"),
        alt=" ".join(
            say("quality_digit_alt", digit=int(name), figures=count)
            for name, count in zip(names, counts, strict=True)
        ),
        caption=caption(quality, notes=[say("quality_digits_note", weeks=quality.window)]),
        table=table_of(
            quality,
            (say("quality_figures_of"), say("quality_figures")),
            [
                Row((say("quality_digit", digit=int(name)), figure(count)))
                for name, count in zip(names, counts, strict=True)
            ],
        ),
    )


def _digit_bars(names: Sequence[str], counts: Sequence[float]) -> Canvas:
    canvas = Canvas(HALF, HEIGHT)
    top = max(greatest(counts), 1)
    x, y = Scale(-0.6, 9.6, LEFT, HALF - 2), Scale(0, top, BOTTOM, HEIGHT - 6)
    grid(canvas, ticks(top, most=4), y=y, left=LEFT, right=HALF - 2)
    shades = ["displacement_area" if name in "05" else "displacement_pale" for name in names]
    bars(canvas, counts, shades, x=x, y=y)
    tenth = y(sum(counts) / len(counts))
    canvas.lines([[(LEFT, tenth), (HALF - 2, tenth)]], "ink", width=0.8)
    baseline(canvas, y=y, left=LEFT, right=HALF - 2)
    for number, name in enumerate(names):
        canvas.text(x(number), 6, figure(int(name)), align="center")
    return canvas
