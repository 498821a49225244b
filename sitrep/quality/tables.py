"""The tables of the data quality report: counts out of counts; listings stand beside them."""

from typing import Any

from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.language import capital, figure, named, say, spoken
from sitrep.numbers import Number
from sitrep.quality.completeness import FIELDS
from sitrep.quality.delay import BEFORE, LABELS, NOT_KNOWN, measure_of
from sitrep.quality.digits import MEASURES
from sitrep.quality.flags import CONTRADICTIONS
from sitrep.quality.listings import gaps, pairs, rejected, spellings
from sitrep.quality.opening import GRADED, Quality
from sitrep.tables.cells import Group, grade_label, notes, number_of, withheld_note
from sitrep.tables.quality import rows_read
from sitrep.words import cell, column

HEADS = {  # of grades: this week, of the four weeks before, of the year to date
    "incidents": (
        "quality_incidents_this_week",
        "quality_incidents_four_weeks",
        "quality_incidents_year_to_date",
    ),
    "killed": (
        "quality_killed_this_week",
        "quality_killed_four_weeks",
        "quality_killed_year_to_date",
    ),
}

__all__ = [
    "completeness", "contradictions", "delays", "digits", "gaps", "grades", "pairs", "rejected",
    "rows_read", "spellings",
]  # fmt: skip


@spoken
def grades(quality: Quality) -> Table:
    """Incidents and killed by grade of verification: this week, four weeks, year to date."""
    held = quality.settings.counting.headline_grades
    periods = quality.periods
    spans = (periods.week, periods.four_label, periods.year_label)
    measures = [name for name in GRADED if quality.has(name)]

    def value(measure: str, week: object, grade: str) -> str:
        return cell(number_of(quality, measure, week, Group("status", grade)))

    rows = tuple(
        Row(
            (
                grade_label(grade, held),
                *(value(name, week, grade) for name in measures for week in spans),
            )
        )
        for grade in ("confirmed", "reported", "pending")
        if grade in held or grade == "pending"
    )
    columns = [Column(say(head)) for name in measures for head in HEADS[name]]
    remark = say("quality_grades_note", grades=[named(grade) for grade in held])
    return Table((Column(say("quality_grade"), "left"), *columns), rows, notes=(remark,))


@spoken
def completeness(quality: Quality) -> Table | Paragraph:
    """Incidents of the year with each field filled, of all sources and of the largest."""
    numbers, year = quality.numbers, quality.periods.year_label
    if not numbers.value("incidents", year) > 0:
        return note(say("quality_no_field_reports" if quality.by_day else "quality_no_fields"))
    sources = numbers.groups("filled_place", year, "source")
    rows = []
    for name, label in FIELDS.items():
        all_of = numbers.get("filled", year, breakdown="field", group=label)
        by_source = [
            numbers.get(f"filled_{name}", year, breakdown="source", group=source)
            for source in sources
        ]
        cells = [_of(number) for number in (all_of, *by_source)]
        rows.append(Row((capital(named(label)), *cells)))
    columns = (
        Column(say("quality_field"), "left"),
        Column(say("quality_all_sources")),
        *map(Column, map(named, sources)),
    )
    sources_note = "quality_fields_of_reports" if quality.by_day else "quality_fields_note"
    said = notes(say(sources_note), withheld_note(quality))
    return Table(columns, tuple(rows), notes=said)


def _of(number: Number | None) -> str:
    """``128 of 379``; an incident without the field has it blank, or "not recorded"."""
    if number is None or number.withheld:
        return cell(number)
    return say("quality_filled_of", filled=number.value, incidents=number.incidents)


@spoken
def delays(quality: Quality) -> Table | Paragraph:
    """Days from the event to the first report, of all sources and of the largest."""
    numbers, year = quality.numbers, quality.periods.year_label
    if numbers.value(measure_of(NOT_KNOWN), year) == numbers.value("records", year):
        return note("")  # the sentence says so
    sources = numbers.groups("records", year, "source")
    shown = [label for label in LABELS
             if label != BEFORE or numbers.value(measure_of(label), year)]  # fmt: skip

    def row(label: str, measure: str, **style: Any) -> Row:
        by_source = [numbers.get(measure, year, breakdown="source", group=s) for s in sources]
        cells = [cell(number) for number in (numbers.get(measure, year), *by_source)]
        return Row((label, *cells), **style)

    rows = [row(say("quality_records"), "records", strong=True)]
    rows += [
        row(capital(named(label)), measure_of(label), rule=n == 0) for n, label in enumerate(shown)
    ]
    columns = (
        Column(say("quality_came_in"), "left"),
        Column(say("quality_all")),
        *map(Column, map(named, sources)),
    )
    notes = () if sources else (say("quality_no_source_apart"),)
    return Table(columns, tuple(rows), notes=notes)


@spoken
def digits(quality: Quality) -> Table | Paragraph:
    """Figures of ten or more that end in 0 or 5, beside a fifth of all of them."""
    numbers, window = quality.numbers, quality.window
    if not any(numbers.get(f"{name}_round", window) for name in MEASURES):
        return note("")  # the sentence says so
    rows = tuple(
        Row(
            (
                capital(column(name)),
                figure(numbers.value(f"{name}_figures", window)),
                cell(numbers.get(f"{name}_round", window)),
                cell(numbers.get(f"{name}_round_by_chance", window)),
            )
        )
        for name in MEASURES
        if quality.has(name)
    )
    columns = (
        Column(say("quality_figures_of"), "left"),
        Column(say("quality_figures")),
        Column(say("quality_round")),
        Column(say("quality_fifth")),
    )
    return Table(columns, rows, notes=(say("quality_digits_mark"),))


@spoken
def contradictions(quality: Quality) -> Table:
    """Records whose parts or range contradict their total, by when they are dated."""
    periods = quality.periods
    spans = (periods.week, periods.four_label, periods.year_label)

    def row(label: str) -> Row:
        found = [
            quality.numbers.get("records_flagged", week, breakdown="contradiction", group=label)
            for week in spans
        ]
        return Row((capital(named(label)), *map(cell, found)))

    columns = (
        Column(say("quality_contradiction"), "left"),
        Column(say("quality_this_week")),
        Column(say("quality_four_weeks")),
        Column(say("quality_year_to_date")),
    )
    return Table(columns, tuple(map(row, CONTRADICTIONS.values())), notes=_flagged(quality))


def _flagged(quality: Quality) -> tuple[str, ...]:
    """The records that contradict themselves, as many as are named."""
    ids = list(quality.flagged["incident_id"])
    if not ids:
        return ()
    total = quality.numbers.value("records_flagged", quality.periods.year_label)
    others = [say("quality_others")] if total > len(ids) else []
    return (say("quality_flagged", records=total, ids=[*ids, *others]),)
