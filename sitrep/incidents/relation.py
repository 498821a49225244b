"""The rows of a store as SQL.

The table is written once, in the pass that casts it. Rows that turn out afterwards to be
unusable or copies are not written out of it again, which would cost as much as the pass;
they are named, by line, in a small table beside it.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from pathlib import Path

from sitrep.incidents.sql import literal

# Of rows that changed: the line, and why the row is set aside; NULL where it is not used at all.
CHANGED_ROWS = """
    SELECT DISTINCT line, NULL::VARCHAR AS set_aside FROM left_out
    UNION ALL SELECT line, reason FROM copies
"""


def cast_rows(table: Path, *, first_line: int) -> str:
    """Every row that was cast, with its line.

    Where every line of the file is a row, lines are counted from `first_line`; where it is
    0 the table has a column of them.
    """
    line = f", file_row_number + {first_line} AS line" if first_line else ""
    return f"SELECT *{line} FROM read_parquet({literal(str(table))}, file_row_number=true)"


def valid_rows(table: Path, changes: Path, *, first_line: int) -> str:
    """The rows that are used or set aside; ``set_aside`` is NULL for those used."""
    return (
        "SELECT r.* EXCLUDE (raw) REPLACE (coalesce(c.set_aside, r.set_aside) AS set_aside) "
        f"FROM ({cast_rows(table, first_line=first_line)}) r "
        f"LEFT JOIN read_parquet({literal(str(changes))}) c USING (line) "
        "WHERE c.line IS NULL OR c.set_aside IS NOT NULL"
    )
