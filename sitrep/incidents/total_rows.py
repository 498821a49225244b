"""Rows of totals, as people put them under a table: known by a word, never counted."""

import re
from collections.abc import Iterable

_WORDS = (
    "((grand|sub|sous|overall|general|g[eé]n[eé]ral|ara|genel) ?-? ?)?"
    "(totals?|totaux|toplam|sum|somme)( g[eé]n[eé]ral)?"
    "|(ال)?(مجموع|[إا]جمالي)( (ال)?(كلي|عام))?"
)
# A longer label ("Total of June") is one where the row is no incident anyway.
_EXACT = f"(?i)({_WORDS}) ?:?"
_LABEL = f"(?i)({_WORDS})([ :(/].*)?"


def is_label(cell: str) -> bool:
    """Whether the cell of a row that is no incident says "total"."""
    return re.fullmatch(_LABEL, cell.strip()) is not None


def labelled(cells: Iterable[str], keys: Iterable[str]) -> str:
    """SQL: whether one of `cells`, all of a row, says "total", where one of `keys` is blank.

    The keys are the id and the day: a row that has both is not looked through.
    """
    # Between them a control character, which no cell is to hold.
    pattern = f"(?is)(.*\\x1f)? *({_WORDS})([ :(/].*)?(\\x1f.*)?"
    found = f"regexp_full_match(concat_ws(chr(31), {', '.join(cells)}), '{pattern}')"
    blank = " OR ".join(f"nullif(trim({key}), '') IS NULL" for key in keys)
    return f"CASE WHEN {blank} THEN {found} END" if blank else "false"


def labels_itself(cell: str) -> str:
    """SQL: whether the word stands where the id or the day of an incident would."""
    return f"regexp_full_match({cell}, '{_EXACT}')"
