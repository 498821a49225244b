"""For how many of this week's incidents each field is filled."""

from sitrep.blocks import Chart, Paragraph, Row, note
from sitrep.charts.canvas import HALF, Canvas, Scale, caption, hatched
from sitrep.charts.drawn import table_of
from sitrep.charts.layers import Box
from sitrep.charts.rows import in_rows, write
from sitrep.issue import Issue
from sitrep.language import named, say, spoken
from sitrep.numbers import MISSING
from sitrep.words import capital, cell, figure

LEFT, ROW = 108.0, 13.0  # points: the least room for the names of fields, and a field


@spoken
def completeness(issue: Issue) -> Chart | Paragraph:
    """For how many of this week's incidents each field is filled."""
    if issue.by_day:
        return note("")
    numbers, week = issue.numbers, issue.week
    fields = [
        (group, numbers.get("filled", week, breakdown="field", group=group) or MISSING)
        for group in numbers.groups("filled", week, "field")
    ]
    total = numbers.value("incidents", week)
    if not total > 0:
        return note(say("chart_completeness_none"))
    texts = [capital(named(group)) for group, _ in fields]
    names = in_rows(texts, width=HALF, least=LEFT, row=ROW)
    left = names.room
    canvas = Canvas(HALF, sum(names.heights) + 2)
    x = Scale(0, max(total, 1), left, HALF - 46)
    places = names.places(canvas.height - 1)
    for lines, at, (_, filled) in zip(names.lines, places, fields, strict=True):
        lengths = (("unknown", total), ("muted", 0 if filled.withheld else filled.value))
        boxes = [Box(left, at - 4, x(length), at + 4) for _, length in lengths]
        canvas.boxes(boxes, [shade for shade, _ in lengths])
        hatched(canvas, [boxes[0]._replace(left=boxes[1].right)])
        write(canvas, lines, left - 4, at)
        of_total = say("chart_completeness_of", filled=cell(filled), total=total)
        canvas.text(HALF - 43, at, of_total)
    heads = (
        say("quality_field"),
        say("chart_completeness_filled"),
        say("table_this_week_incidents"),
    )
    rows = [
        Row((name, cell(filled), figure(total)))
        for name, (_, filled) in zip(texts, fields, strict=True)
    ]
    return Chart(
        title=say("chart_completeness"),
        subtitle="",
        svg=canvas.svg("completeness"),
        alt=" ".join(
            say("chart_completeness_alt", name=named(group), filled=cell(filled), total=total)
            for group, filled in fields
        ),
        caption=caption(issue, notes=[say("chart_completeness_note")]),
        table=table_of(issue, heads, rows),
    )
