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
from sitrep.language import figure, isolated, named, say, spoken
from sitrep.numbers import Number
from sitrep.tables.cells import measure_columns, notes, one_note
from sitrep.weeks import Week
from sitrep.words import NOT_REPORTED, listed, measure, reason, signed

Line = dict[Hashable, Any]  # of `Ledger.lines`
MOST_WEEKS = 6
KINDS = (BACKFILL, CORRECTION)
# What a changed column is called. In the public edition no value of a column is printed but
# the totals: a cell of one place crossed with sex and age would be a person.
FIELDS = {
    "date": "table_field_date",
    "date_end": "table_field_date_end",
    "date_precision": "table_field_date_precision",
    "reported_on": "table_field_reported_on",
    "place": "table_field_place",
    "place_precision": "table_field_place_precision",
    "latitude": "table_field_point",
    "longitude": "table_field_point",
    "attack": "table_field_attack",
    "target": "table_field_target",
    "perpetrator": "table_field_perpetrator",
    "source": "table_field_source",
    "status": "table_field_status",
    "displacement_kind": "table_field_displacement_kind",
    "destination_admin2": "table_field_arrival",
    **{f"admin{level}{end}": "table_field_area" for level in (1, 2, 3) for end in ("", "_pcode")},
    **{f"{total}_{part}": f"table_field_parts_{total}" for total in ("killed", "injured")
       for part in ("women", "men", "children", "girls", "boys")},
    **{f"{total}_{end}": f"table_field_range_{total}"
       for total in ("killed", "injured", "displaced") for end in ("low", "high")},
    "killed_civilians": "table_field_civilians",
    "combatants_killed": "table_field_combatants",
    "displaced_households": "table_field_households",
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
        Column(say("table_week_and_number"), "left"),
        Column(say("table_as_published")),
        Column(say("table_late_records")),
        Column(say("table_corrections")),
        Column(say("table_now")),
    )
    earlier = say("table_earlier_weeks") if len(weeks) > MOST_WEEKS else ""
    return Table(columns, tuple(rows), notes=one_note(say("table_steps_note"), earlier))


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
                isolated(str(week)),
                *(
                    _cell(numbers.get(f"{name}{end}", week))
                    for name in measures
                    for end in ("_first", "")
                ),
            )
        )
        for week in weeks[:MOST_WEEKS]
    )
    heads = [
        head for name in measures for head in (say(f"table_first_{name}"), say(f"table_now_{name}"))
    ]
    columns = (Column(say("table_week"), "left"), *map(Column, heads))
    return Table(columns, rows, notes=(say("table_first_note"),))


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
        Row((named(area), _records(issue, area), *(_both(issue, name, area) for name in measures)))
        for area in areas
    )
    columns = (
        Column(say("table_district"), "left"),
        Column(say("table_records")),
        *measure_columns(measures),
    )
    return Table(columns, rows, notes=(say("table_added_note"),))


@spoken
def ledger(issue: Issue) -> Table | Paragraph:
    """The records that are new, other or gone, one line each: the latest weeks first."""
    found = issue.revisions.ledger
    if found is None or not len(found):
        return note("")
    rows = tuple(_line(line) for line in printed(found).to_dict("records"))
    columns = (
        Column(say("table_record"), "left"),
        Column(say("table_record_week"), "left"),
        Column(say("table_record_district"), "left"),
        Column(say("table_record_what"), "left"),
    )
    left = len(found) - len(rows)
    cut = say("table_ledger_cut", lines=left) if left > 0 else ""
    return Table(columns, rows, notes=notes(cut))


def _weeks(issue: Issue) -> list[Week]:
    """The weeks that have changed, the latest first."""
    found = issue.revisions.ledger
    starts = set(found.sums()["week"]) if found is not None and len(found) else set()
    return [Week(start.date()) for start in sorted(starts, reverse=True)]


def _week_rows(issue: Issue, week: Week) -> Iterator[Row]:
    numbers = issue.numbers
    for position, name in enumerate(_changed(issue, week)):
        before, now = numbers.get(f"{name}_published", week), numbers.get(name, week)
        steps = (numbers.get(f"{name}_{kind}", week) for kind in KINDS)
        label = say("table_week_and_measure", week=str(week), measure=measure(name, issue.victims))
        yield Row((label, _cell(before), *map(_step, steps), _cell(now)), rule=position == 0)


def _changed(issue: Issue, week: Week) -> list[str]:
    """Measures of a week that a line changes, or all where none does."""
    changed = [
        name
        for name in HEADLINES
        if issue.has(name)
        and any(issue.numbers.value(f"{name}_{kind}", week) not in (0,) for kind in KINDS
               if issue.numbers.get(f"{name}_{kind}", week))
    ]  # fmt: skip
    return changed or ["killed" if issue.by_day else "incidents"]


def _cell(number: Number | None) -> str:
    return NOT_REPORTED if number is None else figure(number.value)


def _step(number: Number | None) -> str:
    return figure(0) if number is None else signed(number.value)


def _records(issue: Issue, area: str) -> str:
    found = (issue.numbers.get(f"incidents_{kind}", "", breakdown=AREA, group=area)
             for kind in KINDS)  # fmt: skip
    counts = [figure(number.incidents) for number in found if number]
    if len(counts) < len(KINDS):
        return counts[0]
    return say("table_late_and_corrected", late=counts[0], corrected=counts[1])


def _both(issue: Issue, name: str, area: str) -> str:
    """What late records add, and what corrections add: ``+3, −1`` where it is both."""
    found = (issue.numbers.get(f"{name}_{kind}", "", breakdown=AREA, group=area)
             for kind in KINDS)  # fmt: skip
    steps = [signed(number.value) for number in found if number and number.value]
    return listed(steps) or figure(0)


def _line(line: Line) -> Row:
    week = line["week"]
    shown: str = say("table_in_no_total") if pd.isna(week) else isolated(str(Week(week.date())))
    areas = [area for end in ("after", "before") if isinstance(area := line[f"{AREA}_{end}"], str)]
    area = areas[0] if areas else m.NOT_RECORDED
    return Row((isolated(str(line["incident_id"])), shown, named(area), _what(line)))


def _what(line: Line) -> str:
    """``corrected: killed 2 to 3``, ``reported after that issue: killed 4``."""
    totals = [
        say(f"table_changed_{name}", figure=text)
        for name in HEADLINES[:-1]
        if (text := _old_to_new(line[f"{name}_before"], line[f"{name}_after"]))
    ]
    others = [say(FIELDS[name]) for name in line["fields"] if name not in HEADLINES]
    changes = listed(list(dict.fromkeys((*totals, *others)))) or say("table_no_figure")
    return say("table_change", reason=reason(line["reason"]), changes=changes)


def _old_to_new(before: float, after: float) -> str:
    """``2 to 3``; one figure for a record that is new or gone; nothing where none changed."""
    if pd.isna(before) and pd.isna(after):
        return ""
    if pd.isna(before) or pd.isna(after):
        return figure(after if pd.isna(before) else before)
    return "" if before == after else say("table_old_to_new", before=before, after=after)
