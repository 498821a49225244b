"""How far a long query has come, told now and then while it runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EVERY = 0.5  # seconds


@contextmanager
def watched(
    connection: "DuckDBPyConnection", tell: Callable[[float], None] | None
) -> Iterator[None]:
    """While the block runs, call `tell` with the share done of the query that it runs."""
    if tell is None:
        yield
        return
    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    ended = Event()

    def watch() -> None:
        highest = 0.0
        while not ended.wait(_EVERY):
            highest = max(highest, connection.query_progress() / 100)
            tell(min(highest, 1.0))

    watching = Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()
