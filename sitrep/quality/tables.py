"""The tables of the data quality report: counts out of counts, and records for a person to see."""

from collections.abc import Sequence
from typing import Any

from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.numbers import Number
from sitrep.quality.codes import LABELS as GAPS
from sitrep.quality.completeness import FIELDS
from sitrep.quality.delay import BEFORE, LABELS, NOT_KNOWN, measure_of
from sitrep.quality.digits import MEASURES
from sitrep.quality.flags import CONTRADICTIONS
from sitrep.quality.opening import GRADED, Quality
from sitrep.quality.pairs import COUNTS
from sitrep.tables.cells import Group, number_of, withheld_note
from sitrep.tables.quality import rows_read
from sitrep.words import NOT_COVERED, capital, cell, day, figure, joined, low_high, plural

NAMED = 8  # names of a gap that are printed; the others are counted

__all__ = [
    "completeness", "contradictions", "delays", "digits", "gaps", "grades", "pairs", "rejected",
    "rows_read",
]  # fmt: skip


def rejected(quality: Quality) -> Table | Paragraph:
    """The rows that were refused, cell by cell; the public edition does not print the cell."""
    if not quality.rejected:
        return note("")  # the table of rows says so
    internal = quality.edition == "internal"
    rows = tuple(
        Row(
            (
                f"line {figure(finding.line)}",
                finding.column or "whole row",
                *([finding.value] if internal else []),
                finding.reason,
            )
        )
        for finding in quality.rejected
    )
    labels = ["Row", "column", *(["cell"] if internal else []), "reason"]
    more = quality.numbers.value("findings_rejected_not_listed", "")
    left_out = "" if internal else "The cells themselves are in rejected.csv alone."
    notes = [f"And {figure(more)} more in rejected.csv." if more else "", left_out]
    return Table(
        tuple(Column(label, "left") for label in labels),
        rows,
        title=f"Rejected in {quality.store.file_name}",
        notes=tuple(text for text in notes if text),
    )


def grades(quality: Quality) -> Table:
    """Incidents and killed by grade of verification: this week, four weeks, year to date."""
    held = quality.settings.counting.headline_grades
    periods = quality.periods
    spans = {"this week": periods.week, "4 weeks before": periods.four_label,
             "year to date": periods.year_label}  # fmt: skip
    measures = [name for name in GRADED if quality.has(name)]

    def value(measure: str, week: object, grade: str) -> str:
        return cell(number_of(quality, measure, week, Group("status", grade)))

    rows = tuple(
        Row(
            (
                f"{capital(grade)}{'' if grade in held else ', not in the totals'}",
                *(value(name, week, grade) for name in measures for week in spans.values()),
            )
        )
        for grade in ("confirmed", "reported", "pending")
        if grade in held or grade == "pending"
    )
    columns = [Column(f"{name} {label}") for name in measures for label in spans]
    remark = f"Totals hold the grades {joined(list(held))}; discounted records are set aside."
    return Table((Column("Grade", "left"), *columns), rows, notes=(remark,))


def completeness(quality: Quality) -> Table | Paragraph:
    """Incidents of the year with each field filled, of all sources and of the largest."""
    numbers, year = quality.numbers, quality.periods.year_label
    if not numbers.value("incidents", year) > 0:
        return note("No incidents were recorded in this year whose fields could be filled.")
    sources = numbers.groups("filled_place", year, "source")
    rows = []
    for name, label in FIELDS.items():
        all_of = numbers.get("filled", year, breakdown="field", group=label)
        by_source = [
            numbers.get(f"filled_{name}", year, breakdown="source", group=source)
            for source in sources
        ]
        rows.append(Row((capital(label), *(_of(number) for number in (all_of, *by_source)))))
    columns = (Column("Field", "left"), Column("all sources"), *map(Column, sources))
    others = "The sources with most incidents; one that names several stands under each of them."
    return Table(columns, tuple(rows), notes=(others, *withheld_note(quality)))


def _of(number: Number | None) -> str:
    """``128 of 379``; an incident without the field has it blank, or "not recorded"."""
    if number is None or number.withheld:
        return cell(number)
    return f"{figure(number.value)} of {figure(number.incidents)}"


def delays(quality: Quality) -> Table | Paragraph:
    """Days from the event to the first report, of all sources and of the largest."""
    numbers, year = quality.numbers, quality.periods.year_label
    sources = numbers.groups("records", year, "source")
    shown = [label for label in LABELS
             if label != BEFORE or numbers.value(measure_of(label), year)]  # fmt: skip

    def row(label: str, measure: str, **style: Any) -> Row:
        by_source = [numbers.get(measure, year, breakdown="source", group=s) for s in sources]
        cells = [cell(number) for number in (numbers.get(measure, year), *by_source)]
        return Row((label, *cells), **style)

    rows = [row("Records", "records", strong=True)]
    rows += [row(capital(label), measure_of(label), rule=n == 0) for n, label in enumerate(shown)]
    if numbers.value(measure_of(NOT_KNOWN), year) == numbers.value("records", year):
        return note("")  # the sentence says so
    columns = (Column("Came in after", "left"), Column("all"), *map(Column, sources))
    notes = () if sources else ("No source has records enough to be shown apart.",)
    return Table(columns, tuple(rows), notes=notes)


def pairs(quality: Quality) -> Table | Paragraph:
    """Records of the last weeks that may tell of one incident twice, for a person to decide."""
    listed = quality.listed.to_dict("records")
    if not listed:
        total = quality.numbers.value("suspected_pairs", quality.window)
        return note(f"All of these lie before {quality.recent}." if total else "")
    public = quality.edition == "public"
    counts = [name for name in COUNTS if any(row[name] >= 0 for row in listed)]
    rows = tuple(
        Row(
            (
                row["incident_id"],
                day(row["date"].date()),
                _text(row.get("admin2" if public else "place")),
                *(_count(quality, row, name) for name in counts),
                _text(row["source"]).replace(";", ", "),
            ),
            rule=number % 2 == 0 and number > 0,
        )
        for number, row in enumerate(listed)
    )
    columns = (
        Column("Record", "left"), Column("date", "left"),
        Column("district" if public else "place", "left"), *map(Column, counts),
        Column("source", "left"),
    )  # fmt: skip
    return Table(
        columns,
        rows,
        notes=(
            *_pairs_cut(quality),
            "In brackets the lowest and highest; – recorded without a figure.",
        ),
    )


def _pairs_cut(quality: Quality) -> tuple[str, ...]:
    listed = quality.numbers.value("suspected_pairs_listed", quality.recent)
    recent = quality.numbers.value("suspected_pairs", quality.recent)
    return (f"The latest of {figure(recent)} pairs of these weeks.",) if recent > listed else ()


def _count(quality: Quality, row: dict[Any, Any], name: str) -> str:
    week = quality.week_of(row["date"])
    number = quality.numbers.get(name, week, breakdown="record", group=row["incident_id"])
    between = low_high(number)
    return f"{cell(number)} ({between})" if between else cell(number)


def _text(value: object) -> str:
    return value if isinstance(value, str) else "not recorded"


def gaps(quality: Quality) -> Table:
    """Areas without a code, places without coordinates, codes spelt in several ways."""
    numbers, year = quality.numbers, quality.periods.year_label
    rows = tuple(
        Row(
            (
                GAPS[gap.kind],
                figure(numbers.value("names", year, breakdown="gap", group=gap.kind)),
                figure(numbers.value("records", year, breakdown="gap", group=gap.kind)),
                _names(gap.names),
            )
        )
        for gap in quality.unplaced
    )
    columns = (Column("Year to date", "left"), Column("names"), Column("records"),
               Column("those of most records", "left"))  # fmt: skip
    remark = "Names as recorded; a place has coordinates if any record up to this week gives some."
    return Table(columns, rows, notes=(remark,))


def _names(names: Sequence[str]) -> str:
    more = " and others" if len(names) > NAMED else ""
    return "; ".join(names[:NAMED]) + more if names else "none"


def digits(quality: Quality) -> Table | Paragraph:
    """Figures of ten or more that end in 0 or 5, beside a fifth of all of them."""
    numbers, window = quality.numbers, quality.window
    if not any(numbers.get(f"{name}_round", window) for name in MEASURES):
        return note("")  # the sentence says so
    rows = tuple(
        Row(
            (
                capital(name),
                figure(numbers.value(f"{name}_figures", window)),
                cell(numbers.get(f"{name}_round", window)),
                cell(numbers.get(f"{name}_round_by_chance", window)),
            )
        )
        for name in MEASURES
        if quality.has(name)
    )
    columns = (Column("Figures of ten or more", "left"), Column("figures"),
               Column("ending in 0 or 5"), Column("a fifth"))  # fmt: skip
    remark = f"{NOT_COVERED} fewer than thirty figures: too few to look at."
    return Table(columns, rows, notes=(remark,))


def contradictions(quality: Quality) -> Table:
    """Records whose parts or range contradict their total, by when they are dated."""
    periods = quality.periods
    spans = (periods.week, periods.four_label, periods.year_label)

    def row(label: str, **group: str) -> Row:
        found = [quality.numbers.get("records_flagged", week, **group) for week in spans]
        return Row((capital(label), *map(cell, found)))

    rows = [row(label, breakdown="contradiction", group=label) for label in CONTRADICTIONS.values()]
    columns = [Column(label) for label in ("this week", "4 weeks before", "year to date")]
    ids = list(quality.flagged["incident_id"])
    more = quality.numbers.value("records_flagged", periods.year_label) > len(ids)
    named = joined([*ids, *(["others"] if more else [])])
    label = plural(len(ids), "The record", "The records")
    notes = (f"{label}: {named}.",) if ids else ()
    return Table((Column("Contradiction", "left"), *columns), tuple(rows), notes=notes)
