"""Running totals by day become what came in from one total to the next.

An increment belongs to the days after the last total up to its own. One that is negative
is a restatement of the totals before it: it stays as it is, so that the increments of any
span add up to the difference of its totals, and is listed.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.incidents.query import Plan
from sitrep.incidents.rules import row_rules, set_aside, validity
from sitrep.incidents.shapes import FIRST, NO_TOTAL, Cumulative
from sitrep.incidents.sql import any_of, literal
from sitrep.incidents.table import KEPT

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What is said of increments, beside their value.
CORRECTION = (
    "is a restatement: the totals before were higher; it counts as it is, so that the figures add "
    "up to the publisher's totals"
)
LATE = "of the day's increment belong to earlier days, says the publisher; they count on this day"
DIFFERS = "is the publisher's own figure of the day; the difference of the totals counts instead"
SEVERAL_DAYS = "came in over more days than its row, for want of a total in between"
NO_WEEK = "came in over more than seven days; it belongs to no week and does not count"
UNKNOWN_START = "is the first running total; what came in on its day is not known"

_LONGEST = 7  # days that an increment may span and still belong to a week
_RULES = len(KEPT)  # findings of rules over several columns come after those of columns


def take_increments(connection: "DuckDBPyConnection", plan: Plan, *, target: Path) -> None:
    """Write the table, with increments in the place of its totals, to `target`.

    Reads the view ``cast_rows``; fills ``found``, and ``elsewhere`` with rows that take no part.
    """
    shape = plan.profile.cumulative
    assert shape is not None
    connection.execute(f"""
        INSERT INTO elsewhere SELECT line FROM cast_rows WHERE set_aside IS NOT NULL
            AND line NOT IN (FROM left_out) AND line NOT IN (SELECT line FROM copies);
        INSERT INTO found SELECT line, 0, '', '', 'set aside', set_aside FROM cast_rows
            WHERE line IN (FROM elsewhere);
        CREATE TEMP TABLE days AS {_days(shape)};
        INSERT INTO elsewhere SELECT line FROM days WHERE apart IS NOT NULL;
        INSERT INTO found SELECT line, 0, '', '', 'set aside', apart FROM days
            WHERE apart IS NOT NULL;
        CREATE TEMP VIEW increments AS {_increments(shape)};
    """)
    for finding in (*_findings(shape), *_broken_rules()):
        connection.execute(f"INSERT INTO found {finding}")
    columns = [f"v_{column.name} AS {column.name}" for column in KEPT]
    columns += [f"corrected OR {condition} AS {name}" for name, condition in validity().items()]
    connection.execute(
        f"COPY (SELECT {', '.join(columns)}, {set_aside()} AS set_aside, line, "
        "NULL::VARCHAR[] AS raw FROM increments ORDER BY line) "
        f"TO {literal(str(target))} (FORMAT parquet, COMPRESSION lz4_raw)"
    )


def _days(shape: Cumulative) -> str:
    """Every usable row, and of each total: the one before, the increment, and over how many days.

    ``gap`` is the least of them, those that the row is of; ``apart`` why there is no increment.
    """
    by = f"PARTITION BY {', '.join(shape.by)} " if shape.by else ""
    earlier = f"({by}ORDER BY date ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    before, increments = [], []
    for name in shape.totals:
        day = f"CASE WHEN {name} IS NOT NULL THEN date END"
        before += [
            f"last_value({name} IGNORE NULLS) OVER earlier AS before_{name}",
            f"last_value({day} IGNORE NULLS) OVER earlier AS day_{name}",
        ]
        first = f"daily_{name}" if name in shape.daily else "NULL"
        begun = f"before_{name} IS NOT NULL"
        increments += [
            f"CASE WHEN {name} IS NULL THEN NULL WHEN {begun} THEN {name} - before_{name} "
            f"ELSE {first} END AS new_{name}",
            f"CASE WHEN new_{name} IS NULL THEN NULL WHEN {begun} THEN date - day_{name} "
            f"ELSE 1 END AS gap_{name}",
        ]
    gaps, totals = (", ".join(f"{p}{name}" for name in shape.totals) for p in ("gap_", ""))
    apart = (
        f"CASE WHEN gap IS NULL AND coalesce({totals}) IS NULL THEN {literal(NO_TOTAL)} "
        f"WHEN gap IS NULL THEN {literal(FIRST)} END AS apart"
    )
    rows = (
        f"SELECT *, {', '.join(before)} FROM cast_rows WHERE line NOT IN (FROM left_out) "
        f"AND line NOT IN (SELECT line FROM copies) WINDOW earlier AS {earlier}"
    )
    return f"SELECT *, {', '.join(increments)}, least({gaps}) AS gap, {apart} FROM ({rows})"


def _increments(shape: Cumulative) -> str:
    """The rows that have an increment, as typed values ``v_column``."""
    values = {column.name: column.name for column in KEPT}
    values |= {name: f"CASE WHEN NOT {_no_week(name)} THEN new_{name} END" for name in shape.totals}
    values["date"] = "CAST(date - CAST(gap - 1 AS INTEGER) AS DATE)"
    values["date_end"] = "CASE WHEN gap > 1 THEN date END"
    corrected = any_of(f"new_{name} < 0" for name in shape.totals)
    columns = ", ".join(f"{sql} AS v_{name}" for name, sql in values.items())
    return f"SELECT line, {columns}, {corrected} AS corrected FROM days WHERE apart IS NULL"


def _no_week(name: str) -> str:
    """Whether the increment of one total has lost the row's days, which are those of others."""
    return f"coalesce(gap_{name} > {_LONGEST} AND gap_{name} > gap, false)"


def _findings(shape: Cumulative) -> Iterator[str]:
    """What is to be said of increments: a query each, a row a finding."""
    for place, column in enumerate(KEPT):
        name = column.name
        if name not in shape.totals:
            continue
        new, gap = f"new_{name}", f"gap_{name}"
        cases = [
            (f"{new} < 0", new, CORRECTION),
            (f"{name} IS NOT NULL AND {new} IS NULL", name, UNKNOWN_START),
            (_no_week(name), new, NO_WEEK),
            (f"{gap} > gap AND NOT {_no_week(name)}", new, SEVERAL_DAYS),
        ]
        if name in shape.daily:
            differs = f"before_{name} IS NOT NULL AND {gap} = 1 AND daily_{name} <> {new}"
            cases.append((differs, f"daily_{name}", DIFFERS))
        if name in shape.late:
            cases.append((f"{new} IS NOT NULL AND late_{name} > 0", f"late_{name}", LATE))
        for condition, value, reason in cases:
            yield (
                f"SELECT line, {place}, {literal(name)}, CAST({value} AS VARCHAR), 'flagged', "
                f"{literal(reason)} FROM days WHERE apart IS NULL AND {condition}"
            )


def _broken_rules() -> Iterator[str]:
    """Increments held to the rules over several columns, but for those that are restatements."""
    for number, check in enumerate(row_rules()):
        for condition, outcome, reason in check.cases:
            yield (
                f"SELECT line, {_RULES + number}, {literal(check.column)}, "
                f"CAST(v_{check.column} AS VARCHAR), {literal(outcome)}, {literal(reason)} "
                f"FROM increments WHERE ({check.guard}) AND ({condition}) AND NOT corrected"
            )
