"""A list of people, grouped to incidents.

Of the people of one incident the row that stands first in the file becomes the incident;
the rows of the others are set aside with its line. The sum of the killed is the number of
usable rows, whatever the grouping.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.incidents.query import Plan
from sitrep.incidents.rules import validity
from sitrep.incidents.shapes import NO_DATE, PERSON
from sitrep.incidents.sql import identity, literal
from sitrep.incidents.table import KEPT, Column

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DIFFERING = "differs among the people of one incident; it is left blank"
_SEVERAL = ("source", "target")  # cells that can hold what each person's row says


def group(connection: "DuckDBPyConnection", plan: Plan, *, target: Path) -> None:
    """Write the table with a row an incident to `target`.

    Reads the view ``cast_rows``; fills ``found``, and ``elsewhere`` with all rows but the first of
    each incident. Rows that are set aside for themselves stay as they are.
    """
    shape = plan.profile.group
    assert shape is not None
    keys = ("date", *shape.by)
    connection.execute(f"""
        INSERT INTO elsewhere SELECT line FROM cast_rows WHERE set_aside = {literal(NO_DATE)}
            AND line NOT IN (FROM left_out) AND line NOT IN (SELECT line FROM copies);
        INSERT INTO found SELECT line, 0, '', '', 'set aside', {literal(NO_DATE)} FROM elsewhere;
        CREATE TEMP VIEW people AS SELECT * REPLACE ({identity(*keys)} AS incident_id)
            FROM cast_rows WHERE line NOT IN (FROM left_out)
            AND line NOT IN (SELECT line FROM copies);
        CREATE TEMP TABLE incidents AS {_incidents(plan, keys)};
        INSERT INTO found SELECT line, 0, 'incident_id', incident_id || ', line ' || first_line,
            'set aside', {literal(PERSON)}
            FROM people JOIN (SELECT incident_id, line AS first_line FROM incidents)
            USING (incident_id) WHERE set_aside IS NULL AND line <> first_line;
    """)
    for finding in _differing(plan, keys):
        connection.execute(f"INSERT INTO found {finding}")
    connection.execute(
        f"INSERT INTO elsewhere SELECT line FROM found WHERE reason = {literal(PERSON)}"
    )
    columns = [column.name for column in KEPT]
    counted = [f"{name} AS v_{name}" for name in columns]
    valid = [f"{condition} AS {name}" for name, condition in validity().items()]
    apart = "SELECT * FROM people WHERE set_aside IS NOT NULL"
    rows = f"SELECT * FROM incidents UNION ALL BY NAME {apart}"
    connection.execute(
        f"COPY (SELECT {', '.join(columns)}, {', '.join(valid)}, set_aside, line, "
        f"NULL::VARCHAR[] AS raw FROM (SELECT *, {', '.join(counted)} FROM ({rows})) ORDER BY line)"
        f" TO {literal(str(target))} (FORMAT parquet, COMPRESSION lz4_raw)"
    )


def _incidents(plan: Plan, keys: tuple[str, ...]) -> str:
    """A row for each incident, with the line of the first of its people."""
    shape = plan.profile.group
    assert shape is not None
    columns = ["incident_id", "min(line) AS line", "NULL::VARCHAR AS set_aside"]
    for column in KEPT:
        if column.name != "incident_id":
            counted = column.name in shape.made
            columns.append(f"{_of_all(column, counted, column.name in keys)} AS {column.name}")
    return f"SELECT {', '.join(columns)} FROM people WHERE set_aside IS NULL GROUP BY incident_id"


def _of_all(column: Column, counted: bool, key: bool) -> str:
    """What a column says of an incident, from the rows of its people."""
    name = column.name
    if counted:
        # Nobody known to be of this class, and somebody who may be: not zero, but not known.
        return f"CASE WHEN sum({name}) > 0 OR count({name}) = count(*) THEN sum({name}) END"
    if key:
        return f"any_value({name})"
    if name in _SEVERAL:
        return f"array_to_string(list_sort(list_distinct(list({name}))), ';')"
    return f"CASE WHEN min({name}) = max({name}) THEN min({name}) END"


def _differing(plan: Plan, keys: tuple[str, ...]) -> Iterator[str]:
    """Columns on which the people of one incident do not agree: a query each."""
    shape = plan.profile.group
    assert shape is not None
    taken = {"incident_id", *keys, *_SEVERAL, *shape.made}
    for place, column in enumerate(KEPT):
        name = column.name
        if name in taken or name not in plan.profile.columns:
            continue
        yield (
            f"SELECT min(line), {place}, {literal(name)}, "
            f"CAST(min({name}) AS VARCHAR) || ' … ' || CAST(max({name}) AS VARCHAR), 'flagged', "
            f"{literal(DIFFERING)} FROM people WHERE set_aside IS NULL GROUP BY incident_id "
            f"HAVING min({name}) <> max({name})"
        )
