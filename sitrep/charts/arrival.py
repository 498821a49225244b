"""How many of the incidents had been reported by each age of their week."""

from sitrep.blocks import Chart, Paragraph, Row, Table, note
from sitrep.charts.canvas import HALF, Canvas, Scale, bars, baseline, caption, grid, listed
from sitrep.charts.drawn import table_of
from sitrep.issue import Issue
from sitrep.language import say, spoken
from sitrep.words import capital, figure

LEFT, TOP, BOTTOM, HEIGHT = 26.0, 14.0, 24.0, 84.0  # points


@spoken
def arrival(issue: Issue) -> Chart | Paragraph:
    """The share of incidents reported by each age, in per cent, from those of the last year."""
    if issue.by_day:
        return note("")  # what was added to a total has no day of a first report
    numbers, week = issue.numbers, issue.week
    ages = numbers.groups("records_arrived", week, "age")
    if not ages:
        return note(say("chart_arrival_none"))
    if len(ages) == 1:  # of data so young, that says nothing of how they come in
        return note("")
    shares = [numbers.value("records_arrived", week, breakdown="age", group=age) for age in ages]
    said = [_said(share, int(age)) for share, age in zip(shares, ages, strict=True)]
    return Chart(
        title=say("chart_arrival"),
        subtitle=say("chart_arrival_unit"),
        svg=_draw(ages, shares).svg("arrival"),
        alt=say("chart_arrival_alt", shares=listed(said)),
        caption=caption(issue, "incidents", notes=[say("chart_arrival_note")]),
        table=_table(issue, ages, shares),
    )


def _said(share: float, weeks: int) -> str:
    if not weeks:
        return say("chart_arrival_within_week", share=round(share))
    return say("chart_arrival_by", share=round(share), weeks=weeks)


def _table(issue: Issue, ages: list[str], shares: list[float]) -> Table:
    heads = (capital(say("chart_arrival_axis")), say("chart_arrival_unit"))
    rows = [
        Row((figure(int(age)), figure(round(share))))
        for age, share in zip(ages, shares, strict=True)
    ]
    return table_of(issue, heads, rows)


def _draw(ages: list[str], shares: list[float]) -> Canvas:
    canvas = Canvas(HALF, HEIGHT)
    x = Scale(-0.75, len(ages) - 0.25, LEFT, HALF - 2)
    y = Scale(0, 100, BOTTOM, HEIGHT - TOP)
    grid(canvas, [0, 50, 100], y=y, left=LEFT, right=HALF - 2)
    bars(canvas, shares, ["settled"] * len(shares), x=x, y=y)
    baseline(canvas, y=y, left=LEFT, right=HALF - 2)
    for at, (age, share) in enumerate(zip(ages, shares, strict=True)):
        canvas.text(x(at), y(share) + 2, figure(round(share)), align="center", upright="bottom")
        canvas.text(x(at), BOTTOM - 7, figure(int(age)), align="center", shade="muted")
    canvas.text((LEFT + HALF) / 2, 5, say("chart_arrival_axis"), align="center", shade="muted")
    return canvas
