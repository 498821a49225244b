"""Breakdowns of this week's incidents: how, by whom, and what was hit, as reported."""

from sitrep import measures as m
from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.issue import Issue
from sitrep.language import capital, named, say, spoken
from sitrep.tables.cells import (
    Group,
    group_cell,
    mean_cell,
    measure_columns,
    notes,
    number_of,
)

MOST_GROUPS = 10


def by_group(issue: Issue, breakdown: str, *, remark: str = "") -> Table | Paragraph:
    """One breakdown of this week: incidents beside their mean, killed, injured."""
    if not issue.names(breakdown):
        return note(say(f"table_none_names_{breakdown}"))
    if issue.by_day:
        return note("")  # the chart of incidents says that they are not told apart
    casualties = [name for name in ("killed", "injured") if issue.has(name)]
    columns = (
        Column(say(f"table_{breakdown}"), "left"),
        *measure_columns(["incidents"]),
        Column(say("table_four_week_mean")),
        *measure_columns(casualties),
    )
    numbers, week, periods = issue.numbers, issue.week, issue.periods
    groups = numbers.groups("incidents", week, breakdown)
    earlier = [
        group
        for group in numbers.groups("incidents_mean", periods.four_label, breakdown)
        if group not in groups and numbers.value(
            "incidents_mean", periods.four_label, breakdown=breakdown, group=group) >= 0.5
    ]  # fmt: skip
    given = list(dict.fromkeys(g for g in (*groups, *earlier) if g != m.NOT_RECORDED))
    unnamed = [m.NOT_RECORDED] if m.NOT_RECORDED in (*groups, *earlier) else []
    rows = []
    for group in (*given[:MOST_GROUPS], *unnamed):
        mean = number_of(issue, "incidents_mean", periods.four_label, Group(breakdown, group))
        rows.append(
            Row(
                (
                    capital(named(group)),
                    group_cell(issue, "incidents", breakdown, group),
                    mean_cell(mean),
                    *(group_cell(issue, name, breakdown, group) for name in casualties),
                )
            )
        )
    cut = say("table_cut_groups") if len(given) > MOST_GROUPS else ""
    return Table(columns, tuple(rows), notes=notes(remark, cut))


@spoken
def attacks(issue: Issue) -> Table | Paragraph:
    return by_group(issue, "attack")


@spoken
def perpetrators(issue: Issue) -> Table | Paragraph:
    return by_group(issue, "perpetrator", remark=say("table_perpetrators_note"))


@spoken
def targets(issue: Issue) -> Table | Paragraph:
    return by_group(issue, "target", remark=say("table_targets_note"))
