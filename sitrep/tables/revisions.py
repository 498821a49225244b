"""What changed since the last published issue: old number to new, district by district,
record by record."""

from collections.abc import Hashable, Iterator
from typing import Any

import pandas as pd

from sitrep import measures as m
from sitrep.archive.ledger import AREA, BACKFILL, CORRECTION
from sitrep.archive.revisions import HEADLINES, printed
from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.issue import Issue
from sitrep.language import spoken
from sitrep.numbers import Number
from sitrep.weeks import Week
from sitrep.words import NOT_REPORTED, capital, figure, signed

Line = dict[Hashable, Any]  # of `Ledger.lines`
MOST_WEEKS = 6
KINDS = (BACKFILL, CORRECTION)
# What a changed column is called. In the public edition no value of a column is printed but
# the totals: a cell of one place crossed with sex and age would be a person.
FIELD_NAMES = {
    "date_end": "last day",
    "date_precision": "precision of the date",
    "reported_on": "day of the report",
    "place_precision": "precision of the point",
    "latitude": "point",
    "longitude": "point",
    "attack": "attack type",
    "target": "kind of place hit",
    "status": "grade",
    "displacement_kind": "kind of displacement",
    "destination_admin2": "district of arrival",
    **{name: "district or other area" for level in (1, 2, 3) for name in (f"admin{level}",
                                                                       f"admin{level}_pcode")},
    **{f"{total}_{part}": f"sex and age of the {total}" for total in ("killed", "injured")
       for part in ("women", "men", "children", "girls", "boys")},
    **{f"{total}_{end}": f"range of the {total}" for total in ("killed", "injured")
       for end in ("low", "high")},
    "killed_civilians": "civilians among the killed",
    "combatants_killed": "combatants killed",
    "displaced_households": "households displaced",
}  # fmt: skip


@spoken
def revised_numbers(issue: Issue) -> Table | Paragraph:
    """The headline numbers of the weeks that have changed, from the last issue to today's."""
    since = issue.revisions.since
    if since is None:
        return note("")
    weeks = _weeks(issue)
    rows = [row for week in weeks[:MOST_WEEKS] for row in _week_rows(issue, week)]
    if not rows:
        return note("")
    columns = (
        Column("Week and number", "left"),
        Column("as published"),
        Column("late records"),
        Column("corrections"),
        Column("now"),
    )
    notes = ["Late records and corrections lead from the number as published to the number now."]
    if len(weeks) > MOST_WEEKS:
        notes.append("Earlier weeks that have changed are in numbers.csv.")
    return Table(columns, tuple(rows), notes=(" ".join(notes),))


@spoken
def first_counts(issue: Issue) -> Table | Paragraph:
    """Weeks at the same age: what each was first counted with, beside what it holds today."""
    numbers = issue.numbers
    measures = [name for name in HEADLINES if issue.has(name)]
    weeks = [
        week
        for week in reversed(issue.periods.weeks)
        if any(numbers.get(f"{name}_first", week) for name in measures)
    ]
    if not weeks or not issue.revisions.archive.issues:
        return note("")
    rows = tuple(
        Row(
            (
                str(week),
                *(
                    _cell(numbers.get(f"{name}{end}", week))
                    for name in measures
                    for end in ("_first", "")
                ),
            )
        )
        for week in weeks[:MOST_WEEKS]
    )
    heads = [Column(f"{name} {when}") for name in measures for when in ("first", "now")]
    remark = (
        "First: as counted when the week was first published; for a week not yet published, "
        "as counted in this draft. First counts compare weeks at the same age."
    )
    return Table((Column("Week", "left"), *heads), rows, notes=(remark,))


@spoken
def revised_districts(issue: Issue) -> Table | Paragraph:
    """What late records and corrections add to each district, over all weeks."""
    numbers = issue.numbers
    areas = dict.fromkeys(
        area for kind in KINDS for area in numbers.groups(f"incidents_{kind}", "", AREA)
    )
    measures = [name for name in HEADLINES if issue.has(name)]
    if not areas:
        return note("")
    rows = tuple(
        Row((area, _records(issue, area), *(_both(issue, name, area) for name in measures)))
        for area in areas
    )
    heads = ("records", *(m.MEASURES[name].unit if name == "incidents" else name
                          for name in measures))  # fmt: skip
    return Table(
        (Column("District", "left"), *map(Column, heads)),
        rows,
        notes=("Added to all weeks up to that of the last issue, late records and corrections "
               "together.",),
    )  # fmt: skip


@spoken
def ledger(issue: Issue) -> Table | Paragraph:
    """The records that are new, other or gone, one line each: the latest weeks first."""
    found = issue.revisions.ledger
    if found is None or not len(found):
        return note("")
    rows = tuple(_line(line) for line in printed(found).to_dict("records"))
    columns = tuple(Column(name, "left") for name in ("Record", "week", "district", "what"))
    cut = f"The other {figure(len(found) - len(rows))} lines are in revisions.csv."
    notes = (cut,) if len(found) > len(rows) else ()
    return Table(columns, rows, notes=notes)


def _weeks(issue: Issue) -> list[Week]:
    """The weeks that have changed, the latest first."""
    found = issue.revisions.ledger
    starts = set(found.sums()["week"]) if found is not None and len(found) else set()
    return [Week(start.date()) for start in sorted(starts, reverse=True)]


def _week_rows(issue: Issue, week: Week) -> Iterator[Row]:
    numbers = issue.numbers
    for position, measure in enumerate(_changed(issue, week)):
        before, now = numbers.get(f"{measure}_published", week), numbers.get(measure, week)
        steps = (numbers.get(f"{measure}_{kind}", week) for kind in KINDS)
        label = capital(m.MEASURES[measure].label_for(issue.victims))
        yield Row(
            (f"{week} · {label}", _cell(before), *map(_step, steps), _cell(now)),
            rule=position == 0,
        )


def _changed(issue: Issue, week: Week) -> list[str]:
    """Measures of a week that a line changes, or all where none does."""
    changed = [
        name
        for name in HEADLINES
        if any(issue.numbers.value(f"{name}_{kind}", week) not in (0,) for kind in KINDS
               if issue.numbers.get(f"{name}_{kind}", week))
    ]  # fmt: skip
    return changed or ["incidents"]


def _cell(number: Number | None) -> str:
    return NOT_REPORTED if number is None else figure(number.value)


def _step(number: Number | None) -> str:
    return figure(0) if number is None else signed(number.value)


def _records(issue: Issue, area: str) -> str:
    found = (issue.numbers.get(f"incidents_{kind}", "", breakdown=AREA, group=area)
             for kind in KINDS)  # fmt: skip
    return " + ".join(figure(number.incidents) for number in found if number)


def _both(issue: Issue, measure: str, area: str) -> str:
    """What late records add, and what corrections add: ``+3, −1`` where it is both."""
    found = (issue.numbers.get(f"{measure}_{kind}", "", breakdown=AREA, group=area)
             for kind in KINDS)  # fmt: skip
    steps = [signed(number.value) for number in found if number and number.value]
    return ", ".join(steps) or figure(0)


def _line(line: Line) -> Row:
    week = line["week"]
    shown: str = "in no total" if pd.isna(week) else str(Week(week.date()))
    areas = [area for end in ("after", "before") if isinstance(area := line[f"{AREA}_{end}"], str)]
    area = areas[0] if areas else m.NOT_RECORDED
    return Row((str(line["incident_id"]), shown, area, _what(line)))


def _what(line: Line) -> str:
    """``corrected: killed 2 to 3``, ``reported after that issue: killed 4``."""
    named = [
        f"{name} {text}"
        for name in HEADLINES[:-1]
        if (text := _old_to_new(line[f"{name}_before"], line[f"{name}_after"]))
    ]
    others = [FIELD_NAMES.get(name, name) for name in line["fields"] if name not in HEADLINES]
    return f"{line['reason']}: {', '.join(dict.fromkeys((*named, *others))) or 'no figure'}"


def _old_to_new(before: float, after: float) -> str:
    """``2 to 3``; one figure for a record that is new or gone; nothing where none changed."""
    if pd.isna(before) and pd.isna(after):
        return ""
    if pd.isna(before) or pd.isna(after):
        return figure(after if pd.isna(before) else before)
    return "" if before == after else f"{figure(before)} to {figure(after)}"
