"""The rows of a store as SQL.

The table is written once, in the pass that casts it. Rows that turn out afterwards to be
unusable or copies are not written out of it again, which would cost as much as the pass;
they are named, by line, in a small table beside it. Columns that the file does not have are
not written at all: writing one that is blank in every row takes as long as one of few values.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from collections.abc import Sequence
from pathlib import Path

from sitrep.incidents.sql import literal
from sitrep.incidents.table import COLUMNS, Column

# Of rows that changed: the line, and why the row is set aside; NULL where it is not used at all.
CHANGED_ROWS = """
    SELECT DISTINCT line, NULL::VARCHAR AS set_aside FROM left_out
    UNION ALL SELECT line, reason FROM copies
"""


_TYPES = {"date": "DATE", "count": "INTEGER", "decimal": "DOUBLE"}
_COLUMNS = {column.name: column for column in COLUMNS}


def blank(column: Column) -> str:
    """The typed value of a column that is blank in every row, as SQL."""
    kind = _TYPES.get(column.kind, "VARCHAR")
    return literal(column.default) if column.default else f"NULL::{kind}"


def cast_rows(table: Path, *, first_line: int, absent: Sequence[str] = ()) -> str:
    """Every row that was cast, with its line.

    Where every line of the file is a row, lines are counted from `first_line`; where it is
    0 the table has a column of them. `absent` are the columns that it does not have.
    """
    line = f", file_row_number + {first_line} AS line" if first_line else ""
    blanks = "".join(f", {blank(_COLUMNS[name])} AS {name}" for name in absent)
    file = f"read_parquet({literal(str(table))}, file_row_number=true)"
    return f"SELECT *{line}{blanks} FROM {file}"


def valid_rows(table: Path, changes: Path, *, first_line: int, absent: Sequence[str] = ()) -> str:
    """The rows that are used or set aside; ``set_aside`` is NULL for those used."""
    return (
        "SELECT r.* EXCLUDE (raw) REPLACE (coalesce(c.set_aside, r.set_aside) AS set_aside) "
        f"FROM ({cast_rows(table, first_line=first_line, absent=absent)}) r "
        f"LEFT JOIN read_parquet({literal(str(changes))}) c USING (line) "
        "WHERE c.line IS NULL OR c.set_aside IS NOT NULL"
    )
