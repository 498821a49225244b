"""How many of the incidents had been reported by each age of their week."""

from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import HALF, Canvas, Scale, bars, baseline, caption, grid
from sitrep.issue import Issue
from sitrep.language import spoken
from sitrep.words import figure, plural

LEFT, TOP, BOTTOM, HEIGHT = 26.0, 14.0, 24.0, 84.0  # points


@spoken
def arrival(issue: Issue) -> Chart | Paragraph:
    """The share of incidents reported by each age, in per cent, from those of the last year."""
    numbers, week = issue.numbers, issue.week
    ages = numbers.groups("records_arrived", week, "age")
    if not ages:
        return note("No record says when it was reported, so delays are not known.")
    shares = [numbers.value("records_arrived", week, breakdown="age", group=age) for age in ages]
    said = [f"{figure(share)} % {_by(age)}" for share, age in zip(shares, ages, strict=True)]
    return Chart(
        title="Incidents reported by the age of their week",
        subtitle="of every 100, last 52 weeks",
        svg=_draw(ages, shares).svg("arrival"),
        alt=f"Of the incidents of the last 52 weeks, as far as known, were reported: "
        f"{', '.join(said)}.",
        caption=caption(issue, "incidents",
                        notes=["Weeks after the end of the week of the event; young weeks are "
                               "allowed for."]),
    )  # fmt: skip


def _by(age: str) -> str:
    if age == "0":
        return "within the week"
    return f"by {age} {plural(float(age), 'week', 'weeks')} later"


def _draw(ages: list[str], shares: list[float]) -> Canvas:
    canvas = Canvas(HALF, HEIGHT)
    x = Scale(-0.75, len(ages) - 0.25, LEFT, HALF - 2)
    y = Scale(0, 100, BOTTOM, HEIGHT - TOP)
    grid(canvas, [0, 50, 100], y=y, left=LEFT, right=HALF - 2)
    bars(canvas, shares, ["settled"] * len(shares), x=x, y=y)
    baseline(canvas, y=y, left=LEFT, right=HALF - 2)
    for at, (age, share) in enumerate(zip(ages, shares, strict=True)):
        canvas.text(x(at), y(share) + 2, figure(round(share)), align="center", upright="bottom")
        canvas.text(x(at), BOTTOM - 7, age, align="center", shade="muted")
    canvas.text((LEFT + HALF) / 2, 5, "weeks after its end", align="center", shade="muted")
    return canvas
