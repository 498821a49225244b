"""The annex: the records of the week one by one, as far as the edition shows them."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from sitrep.annex import MEASURES, RECORD
from sitrep.blocks import Block, Column, Heading, Row, Table
from sitrep.issue import Issue
from sitrep.language import capital, dated, figure, isolated, named, say, spoken
from sitrep.measures import NOT_RECORDED
from sitrep.tables.cells import marks_note, measure_columns, one_note
from sitrep.words import NOT_REPORTED, listed, low_high, placed, unbroken

Record = dict[Hashable, Any]  # a row of `Issue.annex`


@spoken
def annex(issue: Issue) -> tuple[Block, ...]:
    """A heading and the table; nothing where the settings want none, or there is no record."""
    if not issue.settings.report.annex or issue.annex.empty:
        return ()
    measures = [name for name in MEASURES if issue.has(name)]
    columns = (
        Column(say("table_record"), "left"),
        Column(say("table_day"), "left"),
        Column(say("table_place_and_district"), "left"),
        Column(say("table_attack"), "left"),
        *measure_columns(measures),
        Column(say("table_source"), "left"),
    )
    rows = tuple(_row(issue, each, measures) for each in issue.annex.to_dict("records"))
    cut = say("table_annex_cut", records=len(rows)) if issue.annex_cut else ""
    notes = one_note(marks_note(rows), say("table_annex_note"), cut)
    return Heading(2, say("table_annex")), Table(columns, rows, notes=notes)


def _row(issue: Issue, each: Record, measures: list[str]) -> Row:
    id_ = str(each["incident_id"])
    sources = [named(name.strip()) for name in str(each["source"]).split(";")]
    return Row(
        (
            isolated(id_),
            _days(each),
            _place(each),
            capital(named(each["attack"])) if _given(each["attack"]) else NOT_REPORTED,
            *(_figure(issue, name, id_) for name in measures),
            listed(sources),
        )
    )


def _days(each: Record) -> str:
    """The day; the first and the last where the record is of several."""
    days = [each["date"]]
    if _given(each["date_end"]) and each["date_end"] != each["date"]:
        days.append(each["date_end"])
    first, *last = (unbroken(capital(dated(day, say("pattern_day")))) for day in days)
    return say("days_of_week", first=first, last=last[0]) if last else first


def _place(each: Record) -> str:
    """The place with its district, or the smallest area that was recorded."""
    if _given(each["place"]):
        return capital(placed(each["place"]))
    areas = [each[level] for level in ("admin2", "admin1") if _given(each[level])]
    return capital(named(areas[0] if areas else NOT_RECORDED))


def _given(cell: object) -> bool:
    return not pd.isna(cell)  # type: ignore[call-overload]


def _figure(issue: Issue, measure: str, id_: str) -> str:
    """The figure, with its range where the record has one."""
    number = issue.numbers.get(measure, issue.week, breakdown=RECORD, group=id_)
    if number is None:
        return NOT_REPORTED
    between = low_high(number)
    return (
        say("table_figure_and_range", figure=number.value, range=between)
        if between
        else figure(number.value)
    )
