"""Small pieces of SQL text: names, literals, conditions."""

from collections.abc import Iterable

BLANK = "NULL::VARCHAR"  # the text of a cell that no row has


def literal(text: str) -> str:
    """`text` as a SQL string."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """`texts` as the inside of a SQL list: ``'a', 'b'``."""
    return ", ".join(map(literal, texts))


def any_of(conditions: Iterable[str]) -> str:
    """True where any condition holds; one that is unknown (NULL) does not hold."""
    return f"coalesce({' OR '.join(f'({condition})' for condition in conditions)}, false)"


def total(*columns: str) -> str:
    """The sum of `columns`, blanks left out of it."""
    return " + ".join(f"coalesce({column}, 0)" for column in columns)


def identity(*values: str) -> str:
    """One text of several values, ``2021-06-07/Bara/``: another for all that differ."""
    texts = (f"coalesce(CAST({value} AS VARCHAR), '')" for value in values)
    escaped = (f"replace(replace({text}, '%', '%25'), '/', '%2F')" for text in texts)
    return f"concat_ws('/', {', '.join(escaped)})"
