"""The tables of the data quality report: counts out of counts, and records for a person to see."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.language import capital, day, figure, isolated, joined, named, say, spoken
from sitrep.measures import NOT_RECORDED
from sitrep.quality.completeness import FIELDS
from sitrep.quality.delay import BEFORE, LABELS, NOT_KNOWN, measure_of
from sitrep.quality.digits import MEASURES
from sitrep.quality.flags import CONTRADICTIONS
from sitrep.quality.opening import GRADED, Quality
from sitrep.quality.pairs import COUNTS
from sitrep.tables.cells import Group, number_of
from sitrep.tables.quality import rows_read
from sitrep.words import NOT_COVERED, cell, low_high, placed

NAMED = 8  # names of a gap that are printed; the others are counted
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
    "rows_read",
]  # fmt: skip


@spoken
def rejected(quality: Quality) -> Table | Paragraph:
    """The rows that were refused, cell by cell; the public edition does not print the cell."""
    if not quality.rejected:
        return note("")  # the table of rows says so
    internal = quality.edition == "internal"
    rows = tuple(
        Row(
            (
                say("quality_line", line=finding.line),
                finding.column or say("quality_whole_row"),
                *([finding.value] if internal else []),
                named(finding.reason),
            )
        )
        for finding in quality.rejected
    )
    labels = [
        say("quality_row"),
        say("quality_column"),
        *([say("quality_cell")] if internal else []),
        say("quality_reason"),
    ]
    more = quality.numbers.value("findings_rejected_not_listed", "")
    notes = [
        say("quality_rejected_more", rows=more) if more else "",
        "" if internal else say("quality_cells_apart"),
    ]
    return Table(
        tuple(Column(label, "left") for label in labels),
        rows,
        title=say("quality_rejected_title", file=quality.store.file_name),
        notes=tuple(filter(None, notes)),
    )


@spoken
def grades(quality: Quality) -> Table:
    """Incidents and killed by grade of verification: this week, four weeks, year to date."""
    held = quality.settings.counting.headline_grades
    periods = quality.periods
    spans = (periods.week, periods.four_label, periods.year_label)
    measures = [name for name in GRADED if quality.has(name)]

    def value(measure: str, week: object, grade: str) -> str:
        return cell(number_of(quality, measure, week, Group("status", grade)))

    def label(grade: str) -> str:
        name = named(grade)
        return capital(name) if grade in held else say("quality_grade_aside", grade=name)

    rows = tuple(
        Row((label(grade), *(value(name, week, grade) for name in measures for week in spans)))
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
        return note(say("quality_no_fields"))
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
    return Table(columns, tuple(rows), notes=(say("quality_fields_note"),))


def _of(number: Any) -> str:
    """``128 of 379``; an incident without the field has it blank, or "not recorded"."""
    if not number:
        return NOT_COVERED
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
def pairs(quality: Quality) -> Table | Paragraph:
    """Records of the last weeks that may tell of one incident twice, for a person to decide."""
    listed = quality.listed.to_dict("records")
    if not listed:
        total = quality.numbers.value("suspected_pairs", quality.window)
        return note(say("quality_pairs_before", weeks=quality.recent) if total else "")
    public = quality.edition == "public"
    counts = [name for name in COUNTS if any(row[name] >= 0 for row in listed)]
    rows = tuple(
        Row(
            (
                isolated(row["incident_id"]),
                day(row["date"].date()),
                _where(row, public=public),
                *(_count(quality, row, name) for name in counts),
                joined([named(source) for source in _text(row["source"]).split(";")]),
            ),
            rule=number % 2 == 0 and number > 0,
        )
        for number, row in enumerate(listed)
    )
    columns = (
        Column(say("quality_record"), "left"),
        Column(say("quality_date"), "left"),
        Column(say("quality_district" if public else "quality_place"), "left"),
        *(Column(_measure(name)) for name in counts),
        Column(say("quality_source"), "left"),
    )
    return Table(columns, rows, notes=(*_pairs_cut(quality), say("quality_pairs_note")))


def _pairs_cut(quality: Quality) -> tuple[str, ...]:
    listed = quality.numbers.value("suspected_pairs_listed", quality.recent)
    recent = quality.numbers.value("suspected_pairs", quality.recent)
    return (say("quality_pairs_cut", pairs=recent),) if recent > listed else ()


def _where(row: dict[Any, Any], *, public: bool) -> str:
    """The district of a record, or its place where the edition names places."""
    return named(_text(row.get("admin2"))) if public else placed(_text(row.get("place")))


def _count(quality: Quality, row: dict[Any, Any], name: str) -> str:
    week = quality.week_of(row["date"])
    number = quality.numbers.get(name, week, breakdown="record", group=row["incident_id"])
    between = low_high(number)
    return (
        say("quality_with_range", figure=cell(number), range=between) if between else cell(number)
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else NOT_RECORDED


def _measure(name: str) -> str:
    words = {
        "killed": "quality_killed",
        "injured": "quality_injured",
        "displaced": "quality_displaced",
    }
    return say(words[name])


@spoken
def gaps(quality: Quality) -> Table:
    """Areas without a code, places without coordinates, codes spelt in several ways."""
    numbers, year = quality.numbers, quality.periods.year_label
    rows = tuple(
        Row(
            (
                say(f"quality_gap_{gap.kind}"),
                figure(numbers.value("names", year, breakdown="gap", group=gap.kind)),
                figure(numbers.value("records", year, breakdown="gap", group=gap.kind)),
                _names(gap.names),
            )
        )
        for gap in quality.unplaced
    )
    columns = (
        Column(say("quality_gap"), "left"),
        Column(say("quality_gap_names")),
        Column(say("quality_gap_records")),
        Column(say("quality_gap_most"), "left"),
    )
    return Table(columns, rows, notes=(say("quality_gaps_note"),))


def _names(names: Sequence[str]) -> str:
    """The first names as the recorders spelt them, which no language may change."""
    if not names:
        return say("quality_no_names")
    shown = reduce(
        lambda before, name: say("quality_names", names=before, name=name),
        names[1:NAMED],
        isolated(names[0]),
    )
    return say("quality_names_cut", names=shown) if len(names) > NAMED else shown


@spoken
def digits(quality: Quality) -> Table | Paragraph:
    """Figures of ten or more that end in 0 or 5, beside a fifth of all of them."""
    numbers, window = quality.numbers, quality.window
    if not any(numbers.get(f"{name}_round", window) for name in MEASURES):
        return note("")  # the sentence says so
    rows = tuple(
        Row(
            (
                capital(_measure(name)),
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
