"""The database in memory through which a process looks into Parquet files.

One for each process: opening it takes as long as loading a small table. A process that is
forked opens its own, since threads of its parent's are not in it.
"""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_databases: dict[int, "DuckDBPyConnection"] = {}  # by the number of the process


@contextmanager
def connected(database: "DuckDBPyConnection | None" = None) -> Iterator["DuckDBPyConnection"]:
    """A connection of one's own to the process's database, or to `database`.

    What is made temporary with it is gone with it, and no other connection sees it.
    """
    with (database or _of_this_process()).cursor() as connection:
        # A large file's table of contents takes as long to read as a week of its rows.
        connection.execute("SET parquet_metadata_cache = true")
        yield connection


def _of_this_process() -> "DuckDBPyConnection":
    here = os.getpid()
    if here not in _databases:
        import duckdb

        # No lock, which a fork might leave locked: of two threads the later one's is not used.
        opened = duckdb.connect()
        if _databases.setdefault(here, opened) is opened:
            atexit.register(_close, here)
        else:
            opened.close()
    return _databases[here]


def _close(process: int) -> None:
    if process == os.getpid() and (opened := _databases.pop(process, None)):
        opened.close()
