"""Small multiples on one scale: a district each."""

from collections.abc import Sequence

from sitrep import measures as m
from sitrep import words
from sitrep.blocks import Chart, Paragraph, Table, note
from sitrep.charts.canvas import (
    DIGIT,
    FULL,
    Canvas,
    Scale,
    bars,
    baseline,
    caption,
    greatest,
    grid,
    or_none,
    ticks,
)
from sitrep.charts.drawn import by_week
from sitrep.charts.layers import width_of
from sitrep.charts.rows import LINE, wrapped, write
from sitrep.charts.weekly import BOTTOM, LEAST_WEEKS, week_names
from sitrep.issue import Issue
from sitrep.language import named, say, spoken
from sitrep.numbers import MISSING, Number
from sitrep.tables.cells import Group, number_of
from sitrep.weeks import Week
from sitrep.words import cell, figure

DISTRICTS_SHOWN = 6
ACROSS = 3  # panels in a line
THIS = 7  # points: the size of the figure of this week
PANEL, GAP = 62.0, 10.0  # points: the height of a panel, and the gap between two

ByDistrict = dict[str, list[Number | None]]  # of each week; None where it is not covered


@spoken
def districts(issue: Issue) -> Chart | Paragraph:
    """Small multiples on one scale: the districts with most killed this year."""
    periods, measure = issue.periods, "killed"
    sized = largest(issue, measure)[:DISTRICTS_SHOWN]
    label = words.measure(measure, issue.victims)
    if issue.by_day and not issue.names("admin2"):
        return note("")
    if not sized:
        return note(say("chart_districts_none", label=label))
    weeks = periods.charted
    numbers = by_district(issue, measure, weeks, sized)
    return Chart(
        title=say("chart_districts", label=label, first=str(weeks[0]), last=str(weeks[-1])),
        subtitle=say("chart_districts_shown"),
        svg=_multiples(numbers, weeks).svg("districts"),
        alt=_alt(label, weeks, numbers, sized),
        caption=caption(issue, measure),
        table=district_table(issue, weeks, numbers),
    )


def _alt(
    label: str, weeks: Sequence[Week], numbers: ByDistrict, sized: Sequence[tuple[str, float]]
) -> str:
    """This week, the highest week and the year of each district."""
    values = {name: [(each or MISSING).value for each in of] for name, of in numbers.items()}
    this = [(name, or_none(each[-1])) for name, each in values.items()]
    highest = []
    for name, each in values.items():
        top = greatest(each)
        if top > 0:
            week = max(week for week, value in zip(weeks, each, strict=True) if value == top)
            highest.append(
                say("chart_name_figure_and_week", name=named(name), figure=top, week=str(week))
            )
    said = [say("chart_districts_alt", label=label, this=named_totals(this))]
    if highest:
        said.append(say("chart_districts_alt_highest", highest=highest))
    return " ".join([*said, say("chart_districts_alt_year", totals=named_totals(sized))])


def largest(issue: Issue, measure: str) -> list[tuple[str, float]]:
    """The districts with any recorded this year and how many, those with most first."""
    year = issue.periods.year_label
    sized = (
        (-issue.numbers.value(measure, year, breakdown="admin2", group=group), group)
        for group in issue.numbers.groups(measure, year, "admin2")
        if group != m.NOT_RECORDED
    )
    return [(group, -size) for size, group in sorted(sized) if size < 0]


def named_totals(sized: Sequence[tuple[str, float | str]]) -> list[str]:
    """Districts with their totals, in words."""
    return [say("chart_name_and_figure", name=named(name), figure=size) for name, size in sized]


def by_district(
    issue: Issue, measure: str, weeks: Sequence[Week], sized: Sequence[tuple[str, float]]
) -> ByDistrict:
    """The numbers of each week in the districts that `sized` names."""
    return {
        name: [
            number_of(issue, measure, week, Group("admin2", name))
            if issue.periods.covers(week)
            else None
            for week in weeks
        ]
        for name, _ in sized
    }


def district_table(issue: Issue, weeks: Sequence[Week], numbers: ByDistrict) -> Table:
    """A row for each week, a column for each district."""
    columns = [(named(name), [*map(cell, each)]) for name, each in numbers.items()]
    return by_week(issue, weeks, columns)


def _multiples(numbers: ByDistrict, weeks: Sequence[Week]) -> Canvas:
    """A panel a district, three in a line, all on one scale."""
    rows = {name: [(each or MISSING).value for each in of] for name, of in numbers.items()}
    top = max(greatest(value for values in rows.values() for value in values), 1)
    left = DIGIT * len(figure(top)) + 8
    wide = (FULL - left - GAP * (ACROSS - 1)) / ACROSS
    this = {
        name: say("chart_this_week", figure=or_none(values[-1])) for name, values in rows.items()
    }
    names = [wrapped(named(name), wide - width_of(this[name], THIS) - 6) for name in rows]
    # All panels of a line hang from names of as many lines as the longest has.
    heads = [LINE * (max(map(len, names[n : n + ACROSS])) - 1) for n in range(0, len(rows), ACROSS)]
    canvas = Canvas(FULL, BOTTOM + sum(PANEL + head for head in heads))
    for index, (group, values) in enumerate(rows.items()):
        line, column = divmod(index, ACROSS)
        start = left + column * (wide + GAP)
        foot = canvas.height - sum(PANEL + head for head in heads[: line + 1]) + 6
        first = min(0, len(values) - LEAST_WEEKS)
        x = Scale(first - 0.75, len(values) - 0.25, start, start + wide)
        y = Scale(0, top, foot, foot + PANEL - 22)
        steps = ticks(top, most=3)
        grid(canvas, steps, y=y, left=start, right=start + wide, named=column == 0)
        shades = ["settled"] * (len(values) - 1) + ["accent"]
        bars(canvas, values, shades, x=x, y=y)
        baseline(canvas, y=y, left=start, right=start + wide)
        up, lines = foot + PANEL - 13, names[index]
        write(canvas, lines, start, up + LINE * (len(lines) - 1) / 2, align="left")
        canvas.text(start + wide, up, this[group], align="right", size=THIS, shade="muted")
        if index + ACROSS >= len(rows):
            week_names(canvas, weeks, x=x, step=max(len(weeks) // 2, 1), up=foot - BOTTOM)
    return canvas
