"""What the data quality report lists for a person to see: rows, records and names."""

from collections.abc import Sequence
from functools import reduce
from typing import Any

from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.language import day, figure, isolated, joined, named, say, spoken
from sitrep.measures import NOT_RECORDED
from sitrep.quality.opening import Quality
from sitrep.quality.pairs import COUNTS
from sitrep.quality.spelt import Spelt
from sitrep.words import cell, column, low_high, placed, unbroken

NAMED = 8  # names of a gap that are printed; the others are counted


@spoken
def rejected(quality: Quality) -> Table | Paragraph:
    """The rows that were refused, cell by cell; the public edition does not print the cell."""
    if not quality.rejected:
        return note("")  # the table of rows says so
    internal = quality.edition == "internal"
    rows = tuple(
        Row(
            (
                unbroken(say("quality_line", line=finding.line)),
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
        *(Column(column(name)) for name in counts),
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
def spellings(quality: Quality) -> Table | Paragraph:
    """Names of one area that are spelt nearly alike, as they were recorded, with their records."""
    if not quality.spelt:
        return note("")  # the sentence says so

    def records(one: Spelt) -> str:
        by = {"breakdown": f"spelt_{one.level}", "group": one.name}
        return figure(quality.numbers.value("records", quality.window, **by))

    rows = tuple(
        Row((isolated(one.name), records(one), isolated(other.name), records(other)))
        for one, other in quality.spelt
    )
    columns = (
        Column(say("quality_spelt"), "left"),
        Column(say("quality_gap_records")),
        Column(say("check_spelt_like"), "left"),
        Column(say("quality_gap_records")),
    )
    total = quality.numbers.value("names_spelt_alike", quality.window)
    cut = (say("quality_spelt_cut", pairs=total),) if total > len(rows) else ()
    return Table(columns, rows, title=say("check_pairs"), notes=cut)
