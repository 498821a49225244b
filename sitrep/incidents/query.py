"""The SQL that turns the rows of a file into the incident table.

All of it is generated from the declaration, the checks and a profile. Each step is a
projection over the one before: ``r_n`` the cells as written, ``t_n`` cleaned, ``s_column``
translated by the profile, ``v_column`` typed.
"""

# ruff: noqa: S608  SQL is made from the declaration; outside text goes through sql.literal

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sitrep.incidents import total_rows
from sitrep.incidents.cells import cell, check_translation, not_kept, translated
from sitrep.incidents.checks import Check, alike, check, check_text, flags, rejects, value
from sitrep.incidents.counts import odd_counts, odd_values
from sitrep.incidents.findings import EMPTY, TOTAL
from sitrep.incidents.profiles import Profile, normalised
from sitrep.incidents.relation import blank
from sitrep.incidents.rules import row_rules, set_aside, validity
from sitrep.incidents.sql import BLANK, any_of, identity, listed, literal
from sitrep.incidents.table import COLUMNS, KEPT, VALIDITY, Column

# White space at the ends of a cell, as spreadsheets leave it.
_BLANKS = " \t\r\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2009\u200a\u2028\u2029\u202f\u3000\ufeff"
_UNWANTED = (
    r"[\x00-\x08\x0e-\x1f\x7f-\x{84}\x{86}-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{feff}]"
)
_NAMELESS = "stands in a column without a heading; name the column, or empty it"
_CLEANED = (
    "held invisible characters, or letters that were not in Unicode's composed form (NFC); "
    "it was cleaned"
)


@dataclass(frozen=True)
class Plan:
    """What is read of one file, and how its text is treated.

    `formats` of dates and the mark between `thousands` are those that are declared.
    `places` are the positions of the columns read, by normalised name; `width` is how
    many columns there are, of which `nameless` have no heading. `clean` and `one_line`
    spare work where the whole file is known to need none of it; `ascii`, `hashes` and `trimmed`
    likewise.
    Of the columns `unread` only whether they are blank is looked at.
    """

    profile: Profile
    formats: tuple[str, ...]
    places: Mapping[str, int]
    width: int
    nameless: tuple[int, ...]
    clean: bool
    one_line: bool
    ascii: bool
    hashes: bool
    thousands: str
    trimmed: bool = False
    unread: tuple[int, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """The columns of the file that are read, in the order of ``r_0``, ``r_1`` ..."""
        return tuple(self.places)


def csv_source(plan: Plan, path: str, *, separator: str, skip: int, numbered: bool) -> str:
    """Every row of a CSV file as text, ``r_n``, and what its cells say together.

    That is ``empty_row``, ``labelled`` (as a total), ``nameless`` and, where `numbered`, ``line``.

    Rows that do not fit the header are kept in DuckDB's table ``reject_errors``.
    """
    names = [f"c{n}" for n in range(plan.width)]
    columns = (["line"] if numbered else []) + names
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in columns)
    options = (
        f"auto_detect=false, header=false, delim={literal(separator)}, quote='\"', escape='\"', "
        f"skip={skip}, nullstr='', strict_mode=true, store_rejects=true, rejects_limit=1, "
        f"columns={{{types}}}"
    )
    read = [f"c{place} AS r_{n}" for n, place in enumerate(plan.places.values())]
    nameless = ", ".join(names[n] for n in plan.nameless) or "NULL"
    looked_at = [
        f"CASE WHEN {name} IS NOT NULL THEN '1' END" if n in plan.unread else name
        for n, name in enumerate(names)
    ]
    words = [name for n, name in enumerate(names) if n not in plan.unread]
    read += [
        # A cell that every row must have is looked at first, so the rest seldom is.
        f"CASE WHEN nullif(trim({_first_required(plan)}), '') IS NULL "
        f"THEN nullif(trim(concat_ws('', {', '.join(looked_at)})), '') IS NULL END AS empty_row",
        f"{total_rows.labelled(words, _keys(plan))} AS labelled",
        f"nullif(trim(concat_ws('', {nameless})), '') AS nameless",
    ]
    read += ["CAST(line AS BIGINT) AS line"] if numbered else []
    return f"SELECT {', '.join(read)} FROM read_csv({literal(path)}, {options})"


def typed(plan: Plan, source: str) -> str:
    """`source` with ``s_column``, ``v_column`` and validity, for every column declared.

    ``not_kept`` is why the profile does not count the row, NULL where it does.
    """
    cleaned = ", ".join(f"{_cleaned(plan, name, n)} AS t_{n}" for n, name in enumerate(plan.cells))
    given = _given(plan)
    texts = ", ".join(f"{text} AS s_{name}" for name, text in given.items())
    texts += f", {not_kept(plan.profile, plan.cells)} AS not_kept"
    read = (*KEPT, *_kept_beside(plan))
    counted = [c.name for c in read if c.kind == "count" and given[c.name] != BLANK]
    odd = f"{odd_counts(counted)} AS odd_counts"
    worth = f"{odd_values(counted, plan.thousands)} AS odd_values"
    values = ", ".join(
        f"{blank(c) if given[c.name] == BLANK else value(c, plan.formats, counted)} AS v_{c.name}"
        for c in read
    )
    valid = ", ".join(f"{condition} AS {name}" for name, condition in validity().items())
    for step in (cleaned, texts, odd, worth, values, valid):
        source = f"SELECT *, {step} FROM ({source})"
    return source


def _given(plan: Plan) -> dict[str, str]:
    """The text of each column, as SQL over the cells; ``BLANK`` where the file has none."""
    given = {c.name: translated(plan.profile, plan.cells, c.name) for c in COLUMNS}
    beside = plan.profile.shape.cells.items() if plan.profile.shape else ()
    return given | {name: cell(plan.cells, source) for name, source in beside}


def checks(plan: Plan) -> list[Check]:
    """Everything that can be wrong with a row of this file."""
    found = [rejects("", "nameless IS NOT NULL", _NAMELESS)] if plan.nameless else []
    for column in COLUMNS:
        origin = plan.profile.columns.get(column.name)
        is_blank = translated(plan.profile, plan.cells, column.name) == BLANK
        if is_blank and not column.required:
            continue
        if origin and origin.source and origin.values and "*" not in origin.values:
            found.append(check_translation(plan.cells, column.name, origin))
        # Of a person whose day is not known the row is set aside, not rejected.
        known = column.name != "date" or not plan.profile.group
        asked = column if known else replace(column, required=False)
        found += check(asked, plan.formats, plan.thousands) if column.kept else []
        if plan.hashes and column.kept and column.kind in ("text", "texts"):
            found.append(check_text(column))
    if not plan.clean:
        found += _check_cleaning(plan)
    if plan.profile.shape:
        found += plan.profile.shape.checks()
    # Running totals are held to the rules once their increments are known.
    return found if plan.profile.cumulative else found + row_rules()


def first_pass(plan: Plan, source: str, *, numbered: bool) -> str:
    """The typed table, with the cells as written in `raw` for rows with something to look at."""
    suspect = any_of(dict.fromkeys(check.first or check.guard for check in checks(plan)))
    if plan.profile.keep:
        suspect = f"(not_kept IS NULL AND ({suspect}))"
    cells = ", ".join(f"r_{n}" for n in range(len(plan.cells)))
    raw = f"[{cells}, apart, nameless]"
    shape = plan.profile.shape
    aside = f"coalesce({shape.set_aside()}, {set_aside()})" if shape else set_aside()
    left_out = absent(plan)
    columns = [f"{_kept_value(plan, c.name)} AS {c.name}" for c in KEPT if c.name not in left_out]
    columns += VALIDITY
    columns += [f"coalesce(not_kept, {aside}) AS set_aside", *(["line"] if numbered else [])]
    columns += [f"v_{column.name} AS {column.name}" for column in _kept_beside(plan)]
    columns += [f"CASE WHEN apart IS NOT NULL OR {suspect} THEN {raw} END AS raw"]
    return (
        f"SELECT {', '.join(columns)} FROM (SELECT *, {_apart()} AS apart "
        f"FROM ({typed(plan, source)}))"
    )


def absent(plan: Plan) -> tuple[str, ...]:
    """The columns of the table that are blank in every row, since the file does not have them."""
    given = _given(plan)
    made = [c.name for c in KEPT if _kept_value(plan, c.name) != f"v_{c.name}"]
    return tuple(c.name for c in KEPT if given[c.name] == BLANK and c.name not in made)


def second_pass(plan: Plan, rows: str) -> str:
    """What is wrong with the rows that the first pass marked: one row a finding.

    `rows` gives ``line`` and ``raw``; those that are no rows of the table are left to
    `no_rows`. Columns: line, place (order within the row), name
    of the column, value, outcome, reason.
    """
    count = len(plan.cells)
    read = [f"raw[{n + 1}] AS r_{n}" for n in range(count)]
    source = (
        f"SELECT line, {', '.join(read)}, raw[{count + 2}] AS nameless "
        f"FROM ({rows}) WHERE raw[{count + 1}] IS NULL"
    )
    found = list(enumerate(checks(plan)))
    kinds = dict.fromkeys(check.kind for _, check in found if check.kind)
    single = ", ".join(_single_finding(n, check) for n, check in found if not check.kind)
    several = [
        _findings_alike(plan, kind, {n: check.column for n, check in found if check.kind == kind})
        for kind in kinds
    ]
    listed_together = " || ".join([f"[{single}]", *several])
    return (
        "SELECT line, f.place AS place, f.name AS name, f.value AS value, f.outcome AS outcome, "
        f"f.reason AS reason FROM (SELECT line, unnest({listed_together}) AS f "
        f"FROM ({typed(plan, source)})) "
        "WHERE f IS NOT NULL AND f.reason <> ''"
    )


def no_rows(plan: Plan, rows: str) -> str:
    """The line of each of `rows` that is no row of the table, and why."""
    apart = f"raw[{len(plan.cells) + 1}]"
    return f"SELECT line, {apart} FROM ({rows}) WHERE {apart} IS NOT NULL"


def _apart() -> str:
    """Why a row is none of the table: it is empty, or a total under it."""
    itself = total_rows.labels_itself("s_incident_id")
    as_day = f"v_date IS NULL AND {total_rows.labels_itself('s_date')}"
    return (
        f"CASE WHEN empty_row THEN {literal(EMPTY)} "
        f"WHEN labelled OR {itself} OR ({as_day}) THEN {literal(TOTAL)} END"
    )


def _kept_beside(plan: Plan) -> list[Column]:
    """The counts that are read beside those of the table and are needed after the first pass."""
    shape = plan.profile.shape
    return [Column(name, "count", "", "") for name in (shape.kept if shape else ())]


def _single_finding(place: int, check: Check) -> str:
    shown = f"s_{check.column}" if check.column else "nameless"
    return _finding(check, place=str(place), name=literal(check.column), shown=shown)


def _findings_alike(plan: Plan, kind: str, columns: Mapping[int, str]) -> str:
    """The findings in the `columns` of one kind, given with their places: a list of as many."""
    check = alike(kind, plan.formats, plan.thousands)
    texts, values = (", ".join(f"{of}_{name}" for name in columns.values()) for of in "sv")
    places, names = ", ".join(map(str, columns)), listed(columns.values())
    one = _finding(check, place=f"[{places}][i]", name=f"[{names}][i]", shown="cell[1]")
    return f"list_transform(list_zip([{texts}], [{values}]), lambda cell, i: {one})"


def _finding(check: Check, *, place: str, name: str, shown: str) -> str:
    cases = " ".join(
        f"WHEN {condition} THEN {{'place': {place}, 'name': {name}, "
        f"'value': {shown}, 'outcome': {literal(outcome)}, 'reason': {literal(reason)}}}"
        for condition, outcome, reason in check.cases
    )
    return f"CASE WHEN coalesce({check.guard}, false) THEN CASE {cases} END END"


def _first_required(plan: Plan) -> str:
    return next(iter(_keys(plan)), "NULL")


def _keys(plan: Plan) -> list[str]:
    """The cells of an incident's id and day, as far as the file has them."""
    sources = [normalised(plan.profile.columns[name].source) for name in ("incident_id", "date")]
    return [f"c{plan.places[source]}" for source in sources if source in plan.places]


def _cleaned(plan: Plan, name: str, n: int) -> str:
    """The cell without white space at its ends, and without what is taken out of every text."""
    text = f"r_{n}"
    if plan.clean and plan.one_line and _numbers_only(plan, name):
        return text
    if not plan.clean:
        text = f"nfc_normalize(regexp_replace({text}, {literal(_UNWANTED)}, '', 'g'))"
    return _trimmed(plan, text)


def _trimmed(plan: Plan, text: str) -> str:
    if plan.clean and plan.one_line and plan.ascii and plan.trimmed:
        return text  # and a cell without a character in it is NULL
    if not (plan.clean and plan.one_line):
        text = f"regexp_replace({text}, '[\\t-\\r]+', ' ', 'g')"
    blanks = "" if plan.ascii and plan.one_line else f", {literal(_BLANKS)}"
    return f"nullif(trim({text}{blanks}), '')"


def _numbers_only(plan: Plan, name: str) -> bool:
    """Whether a cell is only ever cast to a number, which does its own trimming."""
    readers = [
        column.name
        for column in COLUMNS
        if (origin := plan.profile.columns.get(column.name)) and normalised(origin.source) == name
    ]
    kinds = {column.name: column.kind for column in COLUMNS}
    asked = {normalised(o.when[0]) for o in plan.profile.columns.values() if o.when}
    asked |= {normalised(keep.column) for keep in plan.profile.keep}
    as_text = any(plan.profile.columns[reader].as_text for reader in readers)
    numbers = bool(readers) and all(kinds[reader] in ("count", "decimal") for reader in readers)
    return numbers and not as_text and name not in asked


def _check_cleaning(plan: Plan) -> list[Check]:
    """One check for each declared column whose cell is not what was written."""
    found = []
    for column in KEPT:
        origin = plan.profile.columns.get(column.name)
        if origin and normalised(origin.source) in plan.places:
            n = plan.cells.index(normalised(origin.source))
            written = _trimmed(plan, f"r_{n}")
            found.append(flags(column.name, f"{written} IS DISTINCT FROM t_{n}", _CLEANED))
    return found


def _kept_value(plan: Plan, name: str) -> str:
    """The value that reaches the table: a point only where it says what it stands for."""
    cumulative = plan.profile.cumulative
    if name == "incident_id" and cumulative:
        return identity("v_date", *(f"v_{area}" for area in cumulative.by))
    if name not in ("latitude", "longitude"):
        return f"v_{name}"
    known = "v_place_precision IS NOT NULL AND v_latitude IS NOT NULL AND v_longitude IS NOT NULL"
    return f"CASE WHEN {known} THEN v_{name} END"
