"""How a number is written in a cell, and what it is worth: SQL.

Digits are Arabic-Indic, Persian or European; marks between groups of three digits are
those that a file declares, or that can mean nothing else. What is not certain is refused.
"""

from sitrep.incidents.findings import Outcome

# The mark between groups of digits that a file may declare; "" leaves it to the cell.
THOUSANDS = ("", ",", ".", " ", "'")
_DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_SPACES = " \u00a0\u2009\u202f"
# Marks that are in no language a decimal mark.
_NEVER_DECIMAL = (f"[{_SPACES}]", "[''’]", "٬")
_FRACTION = "is not a whole number; people are counted whole"
_UNSURE = (
    "may be a number in thousands or a fraction; write it without the mark, or declare "
    'thousands = "." in sitrep.toml or in the profile if 1.867 means 1867'
)

Case = tuple[str, Outcome, str]


def european(text: str) -> str:
    """`text` with the digits, the decimal mark and the minus that every cast knows."""
    return f"translate({text}, '{_DIGITS}٫−', '01234567890123456789.-')"


def trimmed(text: str) -> str:
    """`text` without any kind of space at its ends."""
    return f"trim({text}, '{_SPACES}')"


def count(text: str, thousands: str) -> str:
    """The whole number in a cell that is more than plain digits; NULL where it is none."""
    plain = european(trimmed(text))
    return (
        f"TRY_CAST(CASE WHEN {_is(plain, _grouped(thousands))} "
        f"THEN regexp_replace({plain}, '[^0-9]', '', 'g') "
        f"WHEN {_is(plain, _whole(thousands))} THEN regexp_replace({plain}, '[^0-9].*', '') "
        f"ELSE {plain} END AS INTEGER)"
    )


def degrees(text: str) -> str:
    """The degrees in a cell.

    A comma is a decimal comma: no number of degrees has thousands.
    """
    point = f"replace({european(trimmed(text))}, ',', '.')"
    return (
        f"coalesce(TRY_CAST({text} AS DOUBLE), "
        f"CASE WHEN {text} IS NOT NULL THEN TRY_CAST({point} AS DOUBLE) END)"
    )


def count_cases(text: str, number: str, thousands: str) -> tuple[Case, ...]:
    """What a cell of a count is, if it is not the plain digits of `number`."""
    plain = european(trimmed(text))
    digits, grouped = _is(plain, "[0-9]+"), _is(plain, _grouped(thousands))
    return (
        (f"{plain} = ''", "flagged", ""),
        (f"{digits} AND {number} IS NOT NULL", "flagged", ""),
        (f"({digits} OR {grouped}) AND {number} IS NULL", "rejected", "is too large to be a count"),
        (
            _is(plain, "-[0-9][0-9,. ]*"),
            "rejected",
            "is negative; a count is 0 or more, blank if not reported",
        ),
        (
            grouped,
            "flagged",
            "" if thousands else "was read without its separators; write numbers plain, as 1867",
        ),
        (_is(plain, _whole(thousands)), "flagged", ""),
        (
            _is(plain, "[1-9][0-9]{0,2}[.][0-9]{3}"),
            "rejected",
            _FRACTION if thousands else _UNSURE,
        ),
        (_is(plain, "[0-9]+[.,][0-9]+"), "rejected", _FRACTION),
        (
            _is(plain, "[0-9]+ *[-–] *[0-9]+"),
            "rejected",
            "is a range; write its ends in columns of their own, as killed_low and killed_high, "
            "and here the one figure reported, or nothing",
        ),
        (
            _is(plain, "[0-9]+ *[+]|[>≥] *[0-9]+"),
            "rejected",
            "says how many at least; write that in a column of its own, as killed_low, and here "
            "the one figure reported, or nothing",
        ),
        (
            "true",
            "rejected",
            "is not a whole number; write digits alone, and leave the cell blank where nothing "
            "was reported",
        ),
    )


def _grouped(thousands: str) -> str:
    """Digits in groups of three, the marks between them all of one kind."""
    marks = list(_NEVER_DECIMAL)
    if thousands in ("", ","):
        marks.append(",")
    if thousands == ".":
        marks.append("[.]")
    groups = [f"({mark}[0-9]{{3}})+" for mark in marks]
    if not thousands:
        groups.append("([.][0-9]{3}){2,}")  # a fraction has one point
    return f"[1-9][0-9]{{0,2}}({'|'.join(groups)})"


def _whole(thousands: str) -> str:
    """A whole number with decimals that are zero, as programs write 13.0 beside blank cells.

    Three zeros after a mark could be thousands.
    """
    marks = ".,".replace(thousands, "") if thousands in (".", ",") else ".,"
    return f"[0-9]+[{marks}]0{{1,2}}"


def _is(text: str, pattern: str) -> str:
    return f"regexp_full_match({text}, '{pattern}')"
