"""Questions that a draft of a profile leaves to a person: it is not read until they are answered.

A question is a value that begins with ``QUESTION``; what is asked stands in the comments
over it.
"""

from collections.abc import Iterator
from typing import Any

from sitrep.errors import UsageError

QUESTION = "QUESTION"


def refuse_questions(table: dict[str, Any], written: str, *, where: str) -> None:
    """Raise UsageError for the first question of a profile, with its line and how many there are.

    Parameters
    ----------
    table, written : the profile, as TOML reads it and as it is written.
    where : what the profile is called in messages.
    """
    open_keys = list(_questions(table))
    if not open_keys:
        return
    lines = written.splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if _asks(text))
    more = f", the first of {len(open_keys)}" if len(open_keys) > 1 else ""
    raise UsageError(
        f"{where}, line {line}: {open_keys[0]} is a question that is still open{more}; the comment "
        "over it says what is asked: write the answer in its place"
    )


def _asks(line: str) -> bool:
    code = line.strip()
    return not code.startswith("#") and QUESTION in code


def _questions(value: Any, key: str = "") -> Iterator[str]:
    """The keys whose values are questions, as they are written: ``[columns.date] from``."""
    if isinstance(value, str):
        if value.strip().upper().startswith(QUESTION):
            yield key
    elif isinstance(value, list):
        for item in value:
            yield from _questions(item, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            section = f"{key}.{name}" if key else name
            yield from _questions(item, section)
