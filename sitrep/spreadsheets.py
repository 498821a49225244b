"""Cells of the CSV files that are written for people, who open them in spreadsheet programs.

Such a program takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula and
runs it, whoever wrote it into the data. An apostrophe before it keeps it text.
"""

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def safe(cell: str) -> str:
    """`cell` as a spreadsheet shows it and never runs it; numbers, negative ones too, as they are.

    Line breaks are kept, single returns, which csv does not quote, become spaces.
    """
    text = cell.replace("\r\n", "\n").replace("\r", " ").lstrip(" ")
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text
