"""What a profile makes of the cells of a row: SQL from cleaned cells to declared columns.

``t_n`` is the cleaned cell of the n-th column that is read; what comes out is ``s_column``,
the text of one column of the incident table.
"""

import re
from collections.abc import Sequence

from sitrep.incidents.checks import Check, rejects
from sitrep.incidents.profiles import Keep, Profile, SourceColumn, normalised
from sitrep.incidents.sql import BLANK, listed, literal

# A moment: a day and a time with its distance from UTC, or seconds since 1970.
_MOMENT = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.]\d+)?)? ?(Z|UTC|[+-]\d{2}(:?\d{2})?)"
_SECONDS = r"\d{9,10}"
# The letters of other scripts, and the brackets and strokes that stood between the two.
_NOT_LATIN = r"[\p{Arabic}\p{Hebrew}\p{Cyrillic}\p{Greek}\p{Han}\p{Armenian}\p{Georgian}]"
_LEFT_OVER = r"[(\[{]\s*[)\]}]|^[\s/|,;،–-]+|[\s/|,;،(\[{–-]+$"


def cell(cells: Sequence[str], source: str) -> str:
    """``t_n`` for a column of the file, NULL where the file does not have it."""
    name = normalised(source)
    return f"t_{cells.index(name)}" if name in cells else BLANK


def translated(profile: Profile, cells: Sequence[str], name: str) -> str:
    """The text of one declared column, as `profile` derives it from `cells` of the file."""
    origin = profile.columns.get(name)
    if origin is None:
        return BLANK
    shape = profile.shape
    if shape and (made := shape.text(name, lambda source: cell(cells, source))):
        return made
    text = _taken(cells, origin) if origin.source else literal(origin.constant)
    if origin.values:
        pairs = [(old, new) for old, new in origin.values.items() if old != "*"]
        cases = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in pairs)
        other = literal(origin.values["*"]) if "*" in origin.values else "NULL"
        otherwise = f"CASE WHEN {text} IS NOT NULL THEN {other} END"
        text = f"CASE {text} {cases} ELSE {otherwise} END" if cases else otherwise
        text = f"nullif({text}, '')"
    if origin.when:
        text = f"CASE WHEN {_condition(cells, origin.when)} THEN {text} END"
    if name == "date" and profile.group and (unknown := profile.group.unknown_dates):
        text = f"CASE WHEN {text} NOT IN ({listed(unknown)}) THEN {text} END"
    return f"coalesce({text}, {literal(origin.default)})" if origin.default else text


def check_translation(cells: Sequence[str], name: str, origin: SourceColumn) -> Check:
    """Rejects what the profile does not translate."""
    text = _taken(cells, origin)
    guard = f"{text} IS NOT NULL AND {text} NOT IN ({listed(origin.values)})"
    if origin.when:
        guard = f"{_condition(cells, origin.when)} AND {guard}"
    return rejects(
        name,
        guard,
        f"comes from a value of {origin.source} that the profile does not translate; it knows "
        f"{', '.join(origin.values)}",
    )


def not_kept(profile: Profile, cells: Sequence[str]) -> str:
    """SQL for why a row does not count in this layout, NULL for a row that does."""
    cases = " ".join(
        f"WHEN {_is_left_out(cells, keep)} THEN {literal(keep.reason)}" for keep in profile.keep
    )
    return f"CASE {cases} END" if cases else BLANK


def _is_left_out(cells: Sequence[str], keep: Keep) -> str:
    among = f"coalesce({cell(cells, keep.column)} IN ({listed(keep.cells)}), false)"
    return among if keep.negated else f"NOT {among}"


def _taken(cells: Sequence[str], origin: SourceColumn) -> str:
    """The cell of the file, or what is taken of it, before it is translated."""
    text = cell(cells, origin.source)
    if origin.blank:
        text = f"CASE WHEN {text} NOT IN ({listed(origin.blank)}) THEN {text} END"
    if origin.split:
        text = _pieces(text, origin)
    if origin.part == "latin":
        text = _latin(text)
    return _day(text, origin.timezone) if origin.timezone else text


def _pieces(text: str, origin: SourceColumn) -> str:
    between = literal(rf"\s*(?:{'|'.join(map(re.escape, origin.split))})\s*")
    joined = f"regexp_replace({text}, {between}, ';', 'g')"
    match origin.part:
        case "all":
            return f"nullif(trim({joined}, '; '), '')"
        case "first":
            return f"nullif(trim(split_part({joined}, ';', 1)), '')"
        case _:
            return f"nullif(trim(split_part({joined}, ';', -1)), '')"


def _latin(text: str) -> str:
    """`text` without its letters of other scripts; the whole where it has no others."""
    rest = f"regexp_replace({text}, {literal(_NOT_LATIN)}, '', 'g')"
    for _ in range(2):  # brackets that held the other script, then what stood before them
        rest = f"trim(regexp_replace({rest}, {literal(_LEFT_OVER)}, '', 'g'))"
    has_latin = f"regexp_matches({text}, '\\p{{Latin}}')"
    has_other = f"regexp_matches({text}, {literal(_NOT_LATIN)})"
    return f"CASE WHEN {has_latin} AND {has_other} THEN {rest} ELSE {text} END"


def _day(text: str, timezone: str) -> str:
    """The day on which a moment falls in `timezone`; what is no moment stays as it is."""
    seconds = (
        f"to_timestamp(CASE WHEN regexp_full_match({text}, '{_SECONDS}') THEN {text}::BIGINT END)"
    )
    stamp = f"CASE WHEN regexp_full_match({text}, '{_MOMENT}') THEN {text} END"
    moment = f"coalesce(TRY_CAST({stamp} AS TIMESTAMPTZ), {seconds})"
    day = f"CAST(CAST(timezone({literal(timezone)}, {moment}) AS DATE) AS VARCHAR)"
    return f"coalesce({day}, {text})"


def _condition(cells: Sequence[str], when: tuple[str, tuple[str, ...]]) -> str:
    column, values = when
    return f"coalesce({cell(cells, column)} IN ({listed(values)}), false)"
