"""Breakdowns of this week's incidents: how, by whom, and what was hit, as reported."""

from sitrep import measures as m
from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.issue import Issue
from sitrep.language import spoken
from sitrep.tables.cells import Group, cut_note, group_cell, mean_cell, number_of
from sitrep.words import capital

MOST_GROUPS = 10


def by_group(issue: Issue, breakdown: str, heading: str, *, remark: str = "") -> Table | Paragraph:
    """One breakdown of this week: incidents beside their mean, killed, injured."""
    if not issue.names(breakdown):
        return note(f"No record of this year names a {heading.lower()}.")
    casualties = [name for name in ("killed", "injured") if issue.has(name)]
    columns = (
        Column(heading, "left"),
        Column("incidents"),
        Column("4-week mean"),
        *(Column(name) for name in casualties),
    )
    numbers, week, periods = issue.numbers, issue.week, issue.periods
    groups = numbers.groups("incidents", week, breakdown)
    earlier = [
        group
        for group in numbers.groups("incidents_mean", periods.four_label, breakdown)
        if group not in groups and numbers.value(
            "incidents_mean", periods.four_label, breakdown=breakdown, group=group) >= 0.5
    ]  # fmt: skip
    named = list(dict.fromkeys(g for g in (*groups, *earlier) if g != m.NOT_RECORDED))
    unnamed = [m.NOT_RECORDED] if m.NOT_RECORDED in (*groups, *earlier) else []
    rows = []
    for group in (*named[:MOST_GROUPS], *unnamed):
        mean = number_of(issue, "incidents_mean", periods.four_label, Group(breakdown, group))
        rows.append(
            Row(
                (
                    capital(group),
                    group_cell(issue, "incidents", breakdown, group),
                    mean_cell(mean),
                    *(group_cell(issue, name, breakdown, group) for name in casualties),
                )
            )
        )
    remarks = (remark,) if remark else ()
    cut = cut_note(named, MOST_GROUPS, "of them")
    return Table(columns, tuple(rows), notes=(*remarks, *cut))


@spoken
def attacks(issue: Issue) -> Table | Paragraph:
    return by_group(issue, "attack", "Attack")


@spoken
def perpetrators(issue: Issue) -> Table | Paragraph:
    remark = "As the source reported it. Order: incidents recorded this year; no ranking is meant."
    return by_group(issue, "perpetrator", "Perpetrator, as reported", remark=remark)


@spoken
def targets(issue: Issue) -> Table | Paragraph:
    remark = "An incident that hit several kinds stands in each: the rows do not add up."
    return by_group(issue, "target", "Kind of place hit", remark=remark)
