"""This week beside its past: casualties, and displacement."""

from dataclasses import replace

from sitrep import measures as m
from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.issue import Issue
from sitrep.language import spoken
from sitrep.numbers import Number
from sitrep.tables.cells import (
    MARKS,
    TOTAL,
    Group,
    mean_cell,
    number_of,
    source_note,
    who_labels,
    withheld_note,
)
from sitrep.words import capital, cell, figure, low_high, month, plural, spelled


@spoken
def casualties(issue: Issue) -> Table:
    """Killed, by sex and age, and injured; this week beside its past."""
    rows: list[Row] = []
    for measure in ("killed", "injured"):
        if measure == "injured" and not issue.has("injured"):
            continue
        label = capital(m.MEASURES[measure].label_for(issue.victims))
        rows.append(history(issue, label, measure, strong=True, rule=bool(rows)))
        if measure == "killed":
            rows += [
                history(issue, name, measure, Group(m.WHO, group), indent=1)
                for group, name in who_labels(issue, measure)
            ]
    if issue.has("killed_civilians"):
        rows.insert(
            1, history(issue, "of them known to be civilians", "killed_civilians", indent=1)
        )
    if issue.has("combatants_killed"):
        rows.append(history(issue, "Combatants, not in the above", "combatants_killed"))
    rows.append(history(issue, "Incidents", "incidents", rule=True))
    return Table(history_columns(issue), tuple(rows), notes=_history_notes(issue))


@spoken
def displacement(issue: Issue) -> Table | Paragraph:
    """New movement, returns, stock and households, each on its own: they are never added."""
    names = [n for n in ("displaced", "households", "returned", "stock") if issue.has(n)]
    if not names:
        return note("No record carries people returned or living in displacement either.")
    rows = [
        history(issue, capital(m.MEASURES[name].label), name, strong=name == "displaced")
        for name in names
    ]
    if issue.has("stock"):  # the same people from week to week: never summed over time
        *others, stock = rows
        past = [""] * len(stock.cells[5:])
        rows = [*others, replace(stock, cells=(*stock.cells[:5], *past))]
    factor = issue.settings.counting.persons_per_household
    households = (
        f"Households are counted as {figure(factor)} people each."
        if factor
        else "Households are not turned into people."
    )
    notes = (" ".join((f"{MARKS}.", households, *source_note(issue.sources("displaced")))),)
    return Table(history_columns(issue), tuple(rows), notes=notes)


def history_columns(issue: Issue) -> tuple[Column, ...]:
    baselines = [Column(f"since {month(b.date)}") for b in issue.periods.baselines]
    labels = (
        "this week",
        "lowest to highest",
        "last week",
        "week before",
        "4-week mean",
        "year to date",
    )
    return (Column("Recorded", "left"), *(Column(label) for label in labels), *baselines)


def history(
    issue: Issue,
    label: str,
    measure: str,
    group: Group = TOTAL,
    *,
    indent: int = 0,
    strong: bool = False,
    rule: bool = False,
) -> Row:
    periods = issue.periods

    def at(name: str, week: object) -> Number | None:
        return number_of(issue, name, week, group)

    this = at(measure, periods.week)
    cells = [
        label,
        cell(this),
        low_high(this),
        cell(at(measure, periods.last)),
        cell(at(measure, periods.before)),
        mean_cell(at(f"{measure}_mean", periods.four_label)),
        cell(at(measure, periods.year_label)),
        *(cell(at(measure, periods.since(baseline))) for baseline in periods.baselines),
    ]
    return Row(tuple(cells), indent=indent, strong=strong, rule=rule)


def _history_notes(issue: Issue) -> tuple[str, ...]:
    names = issue.sources("killed") or issue.sources("incidents")
    notes = [MARKS + ".", *withheld_note(issue)]
    if issue.numbers.value("killed_with_range", issue.week) > 0:
        notes.append("Lowest to highest: sums of the lowest and of the highest reports.")
    blank = issue.numbers.get("killed", issue.week)
    if blank and blank.not_reported > 0:
        count = blank.not_reported
        verb = plural(count, "incident has", "incidents have")
        notes.append(f"{capital(spelled(count))} {verb} no figure of the killed.")
    return (" ".join((*notes, *source_note(names))),)
