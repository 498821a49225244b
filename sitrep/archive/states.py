"""Two states of the data, as published and as they are now: only what differs is loaded.

Of millions of rows few are corrected from one issue to the next. Which are not the same in
both is found in DuckDB by hashes: of a row's cells, beside that of its incident's id.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from sitrep import places
from sitrep.areas import LEVELS, Aliases
from sitrep.incidents.database import connected
from sitrep.incidents.loading import FEW, load_rows_through
from sitrep.opened import any_of, pairs

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

BEFORE, AFTER = "before", "after"


class States:
    """The incidents of both states that are not the same, or are named otherwise.

    `share_incidents` is whether any incident is in both; `spellings` are those of p-codes that
    are commonest in each state, by level, as `places.with_one_name` takes them.
    """

    def __init__(
        self, connection: "DuckDBPyConnection", columns: Sequence[str], aliases: Aliases
    ) -> None:
        self._connection = connection
        cells = f"SELECT hash(incident_id) AS id, hash({', '.join(columns)}) AS cells FROM"
        connection.execute(
            "CREATE TEMP TABLE differing AS SELECT id, a.cells IS NULL AS is_gone "
            f"FROM ({cells} {BEFORE}) b FULL JOIN ({cells} {AFTER}) a USING (id) "
            "WHERE b.cells IS DISTINCT FROM a.cells"
        )
        [(count, gone, published)] = connection.execute(
            f"SELECT count(*), count(*) FILTER (is_gone), (SELECT count(*) FROM {BEFORE}) "
            "FROM differing"
        ).fetchall()
        self.share_incidents: bool = published > gone
        counts = {state: pairs(state, connection) for state in (BEFORE, AFTER)}
        self.spellings: dict[str, Mapping[str, places.Spellings]] = {
            state: {level: places.commonest(found) for level, found in each.items()}
            for state, each in counts.items()
        }
        names = {
            state: {level: places.one_name(found, aliases) for level, found in each.items()}
            for state, each in counts.items()
        }
        # A row that is the same may lie elsewhere now, since others are spelt otherwise.
        renamed = {
            level: [
                pair
                for pair, name in names[BEFORE][level].items()
                if names[AFTER][level].get(pair, name) != name
            ]
            for level in LEVELS
        }
        self._few = count <= FEW and not any(renamed.values())
        self._chosen = f"hash(incident_id) IN (SELECT id FROM differing) OR {any_of(renamed)}"

    def load(self, state: str, columns: Sequence[str]) -> "pd.DataFrame":
        """These rows of one state, as `Store.load` gives them."""
        rows = f"FROM {state} WHERE {self._chosen}"
        return load_rows_through(self._connection, rows, columns, few=self._few)

    def load_published(self, columns: Sequence[str], *, first: date, last: date) -> "pd.DataFrame":
        """All rows of some days, both included, as they were published."""
        rows = f"FROM {BEFORE} WHERE date BETWEEN DATE '{first}' AND DATE '{last}'"
        return load_rows_through(self._connection, rows, columns, few=self._few)

    def now(self, rows: str, column: str) -> dict[str, object]:
        """A cell of each of these incidents in `rows`, a SQL query, by id; none where blank."""
        found = self._connection.execute(
            f"SELECT incident_id, {column} FROM ({rows}) WHERE {column} IS NOT NULL "
            "AND hash(incident_id) IN (SELECT id FROM differing) ORDER BY line"
        )
        return dict(found.fetchall())


@contextmanager
def compared(
    before: str,
    after: str,
    *,
    columns: Sequence[str],
    aliases: Aliases,
    database: "DuckDBPyConnection | None" = None,
) -> Iterator[States]:
    """The states that two SQL queries give, rows of the incident table with their ``line``.

    Rows are the same where all of `columns` are.
    """
    with connected(database) as connection:
        connection.execute(
            f"CREATE TEMP VIEW {BEFORE} AS {before}; CREATE TEMP VIEW {AFTER} AS {after}"
        )
        yield States(connection, columns, aliases)
