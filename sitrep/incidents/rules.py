"""Rules over several columns of one row: parts, ranges, points, spans.

They see typed values, ``v_column``. A row that breaks a rule of parts or of ranges is
used and listed, and kept out of the breakdown or of the range; nothing is repaired.
"""

from sitrep.incidents.checks import Check, flags, rejects
from sitrep.incidents.findings import DISCOUNTED, IMPRECISE
from sitrep.incidents.sql import any_of, literal, total
from sitrep.incidents.table import RANGED, TOTALS

_AGES = ("women", "men", "children")
_SEXES = ("girls", "boys")


def parts_rules(whole: str) -> list[Check]:
    """Women, men and children within `whole`; girls and boys within the children.

    Where `children` is blank, girls and boys stand for it.
    """
    women, men, children, girls, boys = (f"v_{whole}_{part}" for part in (*_AGES, *_SEXES))
    young = f"greatest(coalesce({children}, 0), {total(girls, boys)})"
    kept_out = "the row is kept out of the breakdown by sex and age"
    broken = [
        (whole, f"{total(women, men)} + {young} > v_{whole}", "is less than its parts"),
        (f"{whole}_children", f"{total(girls, boys)} > {children}", "is less than its parts"),
        (whole, f"v_{whole} IS NULL AND {_any_part(whole)}", "is blank though parts are given"),
    ]
    if whole == "killed":
        broken.append(
            ("killed_civilians", "v_killed_civilians > v_killed", "is more than all killed")
        )
    first = f"NOT {whole}_parts_valid"
    return [
        flags(column, guard, f"{reason}; {kept_out}", first=first)
        for column, guard, reason in broken
    ]


def range_rules(whole: str) -> list[Check]:
    """Low, best and high in that order, as far as they are given."""
    low, high, first = f"v_{whole}_low", f"v_{whole}_high", f"NOT {whole}_range_valid"
    outside = f"v_{whole} < {low} OR v_{whole} > {high}"
    return [
        flags(
            whole, outside, "stands outside low to high; the row's range is not used", first=first
        ),
        flags(
            f"{whole}_low",
            f"{low} > {high}",
            "is more than the highest; the row's range is not used",
            first=first,
        ),
    ]


def other_rules() -> list[Check]:
    """A span that ends before it begins; a point that does not say what it stands for."""
    return [
        rejects("date_end", "v_date_end < v_date", "is before date; one of the two is wrong"),
        flags(
            "latitude",
            "(v_latitude IS NULL) <> (v_longitude IS NULL)",
            "and longitude stand only together; the point is not used",
        ),
        flags(
            "place_precision",
            "v_place_precision IS NULL AND v_latitude IS NOT NULL AND v_longitude IS NOT NULL",
            "is blank, so it is not known what the point stands for; the point is not used",
        ),
    ]


def row_rules() -> list[Check]:
    """Every rule over several columns."""
    parts = [rule for whole in TOTALS for rule in parts_rules(whole)]
    ranges = [rule for whole in RANGED for rule in range_rules(whole)]
    return parts + ranges + other_rules()


def validity() -> dict[str, str]:
    """SQL for the columns that say whether a row's parts and range can be used.

    Most rows give neither, and are spared the sums.
    """
    found = {}
    for whole in TOTALS:
        civilians = ["v_killed_civilians"] if whole == "killed" else []
        given = _any_part(whole, *civilians)
        found[f"{whole}_parts_valid"] = _valid_where(given, parts_rules(whole))
    for whole in RANGED:
        given = f"coalesce(v_{whole}_low, v_{whole}_high) IS NOT NULL"
        found[f"{whole}_range_valid"] = _valid_where(given, range_rules(whole))
    return found


def _valid_where(given: str, rules: list[Check]) -> str:
    return f"CASE WHEN {given} THEN NOT {any_of(rule.guard for rule in rules)} ELSE true END"


def _any_part(whole: str, *others: str) -> str:
    parts = [f"v_{whole}_{part}" for part in (*_AGES, *_SEXES)]
    return f"coalesce({', '.join((*parts, *others))}) IS NOT NULL"


def set_aside() -> str:
    """SQL for why a row is counted apart, NULL for a row that is used."""
    # More than seven days: the last day is seven or more days after the first.
    imprecise = "v_date_precision IN ('month', 'year') OR v_date_end - v_date >= 7"
    return (
        f"CASE WHEN v_status = 'discounted' THEN {literal(DISCOUNTED)} "
        f"WHEN {imprecise} THEN {literal(IMPRECISE)} END"
    )
