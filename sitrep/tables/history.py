"""This week beside its past: casualties, and displacement."""

from dataclasses import replace

from sitrep import measures as m
from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.issue import Issue
from sitrep.language import capital, named, say, spoken
from sitrep.numbers import Number
from sitrep.tables.cells import (
    TOTAL,
    Group,
    marks_note,
    mean_cell,
    number_of,
    one_note,
    source_note,
    who_labels,
    withheld_note,
)
from sitrep.words import cell, low_high, measure, month


@spoken
def casualties(issue: Issue) -> Table | Paragraph:
    """Killed, by sex and age, and injured; this week beside its past."""
    if issue.of_displacement_alone:
        return note(say("table_displacement_alone"))
    rows: list[Row] = []
    for counted in ("killed", "injured"):
        if counted == "injured" and not issue.has("injured"):
            continue
        label = capital(measure(counted, issue.victims))
        rows.append(history(issue, label, counted, strong=True, rule=bool(rows)))
        if counted == "killed":
            rows += [
                history(issue, named(name), counted, Group(m.WHO, group), indent=1)
                for group, name in who_labels(issue, counted)
            ]
    if issue.has("killed_civilians"):
        label = say("table_known_civilians")
        rows.insert(1, history(issue, label, "killed_civilians", indent=1))
    if issue.has("combatants_killed"):
        rows.append(history(issue, say("table_combatants"), "combatants_killed"))
    if issue.has("incidents"):
        label = capital(measure("incidents", issue.victims))
        rows.append(history(issue, label, "incidents", rule=True))
    return Table(history_columns(issue), tuple(rows), notes=_history_notes(issue, rows))


@spoken
def displacement(issue: Issue) -> Table | Paragraph:
    """New movement, returns, stock and households, each on its own: they are never added."""
    names = [n for n in ("displaced", "households", "returned", "stock") if issue.has(n)]
    if not names:
        return note(say("table_no_displacement"))
    rows = [
        history(issue, capital(measure(name, issue.victims)), name, strong=name == "displaced")
        for name in names
    ]
    if issue.has("stock"):  # the same people from week to week: never summed over time
        *others, stock = rows
        past = [""] * len(stock.cells[5:])
        rows = [*others, replace(stock, cells=(*stock.cells[:5], *past))]
    factor = issue.settings.counting.persons_per_household
    households = (
        say("table_households_counted", persons=factor) if factor else say("table_households_apart")
    )
    credit = source_note(issue.sources("displaced"))
    notes = one_note(marks_note(rows), households, credit)
    return Table(history_columns(issue), tuple(rows), notes=notes)


def history_columns(issue: Issue) -> tuple[Column, ...]:
    labels = (
        say("table_this_week"),
        say("table_lowest_to_highest"),
        say("table_last_week"),
        say("table_week_before"),
        say("table_four_week_mean"),
        say("table_year_to_date"),
        *(say("table_since", month=month(each.date)) for each in issue.periods.baselines),
    )
    return (Column(say("table_recorded"), "left"), *map(Column, labels))


def history(
    issue: Issue,
    label: str,
    counted: str,
    group: Group = TOTAL,
    *,
    indent: int = 0,
    strong: bool = False,
    rule: bool = False,
) -> Row:
    periods = issue.periods

    def at(name: str, week: object) -> Number | None:
        return number_of(issue, name, week, group)

    this = at(counted, periods.week)
    cells = [
        label,
        cell(this),
        low_high(this),
        cell(at(counted, periods.last)),
        cell(at(counted, periods.before)),
        mean_cell(at(f"{counted}_mean", periods.four_label)),
        cell(at(counted, periods.year_label)),
        *(cell(at(counted, periods.since(baseline))) for baseline in periods.baselines),
    ]
    return Row(tuple(cells), indent=indent, strong=strong, rule=rule)


def _no_figure(issue: Issue, without: float) -> str:
    """How many incidents, or reports of totals, have no figure of the killed."""
    if issue.by_day:
        return say("table_no_figure_killed_reports", reports=without)
    return say("table_no_figure_killed", incidents=without)


def _history_notes(issue: Issue, rows: list[Row]) -> tuple[str, ...]:
    blank = issue.numbers.get("killed", issue.week)
    without = blank.not_reported if blank else 0
    return one_note(
        marks_note(rows),
        withheld_note(issue),
        say("table_lowest_and_highest")
        if issue.numbers.value("killed_with_range", issue.week) > 0
        else "",
        _no_figure(issue, without) if without > 0 else "",
        source_note(issue.sources("killed") or issue.sources("incidents")),
    )
