"""The counts of a row, read together: SQL.

Nearly all are a few plain digits, which one look at the row tells. The others cost more, in
SQL to be planned as in time, so what reads them is said once for all the columns.
"""

from collections.abc import Iterable, Sequence

from sitrep.incidents import numerals


def odd_counts(names: Sequence[str]) -> str:
    """Whether any count of a row is more than a few plain digits."""
    if not names:
        return "false"
    # Between them a control character, which no cell holds: it would have been taken out.
    pattern = r"([0-9]{1,9}(\x1f[0-9]{1,9})*)?"
    return f"NOT regexp_full_match(concat_ws(chr(31), {_cells(names)}), '{pattern}')"


def odd_values(names: Sequence[str], thousands: str) -> str:
    """What the counts are worth where ``odd_counts`` holds, in the order of `names`."""
    if not names:
        return "NULL"
    worth = numerals.count("cell", thousands)
    return f"CASE WHEN odd_counts THEN list_transform([{_cells(names)}], lambda cell: {worth}) END"


def value(names: Sequence[str], name: str) -> str:
    """The typed value of one of the counts `names`: NULL where it is blank or cannot be cast."""
    place = names.index(name) + 1
    return f"CASE WHEN odd_counts THEN odd_values[{place}] ELSE TRY_CAST(s_{name} AS INTEGER) END"


def _cells(names: Iterable[str]) -> str:
    return ", ".join(f"s_{name}" for name in names)
