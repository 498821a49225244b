"""Layouts in which a row of the file is not an incident, as a profile describes them.

``[cumulative]``: a row is a day, and its counts are running totals. ``[group]``: a row is
one person. What is here becomes SQL over the cells of one row; what takes several rows is
the business of `increments` and `grouping`, once the rows have been checked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Literal

from sitrep.errors import UsageError
from sitrep.incidents import toml_keys as keys
from sitrep.incidents.checks import Check, flags
from sitrep.incidents.sql import listed, literal
from sitrep.incidents.table import COLUMNS, TOTALS

Rows = Literal["incidents", "days", "people"]
Cell = Callable[[str], str]  # SQL for a cell, by the name of its column in the file

MADE = "made of other columns"  # what stands for a cell until then
# Why a row of days is set aside; why one of a list of people is.
FILLED = "filled in by the publisher, who had no report of that day"
FIRST = "first running total, before which there is none to take the difference from"
NO_TOTAL = "no running total on that day"
NO_DATE = "date of the event not known"
PERSON = "counted on the first row of its incident"

SEXES = ("female", "male", "woman", "man", "girl", "boy", "child", "unknown")
_COUNTS = tuple(column.name for column in COLUMNS if column.kind == "count")
_AREAS = ("admin1", "admin2", "admin3", "place")
_KEYS = ("admin1", "admin2", "admin3", "place", "attack", "target", "perpetrator", "status")


@dataclass(frozen=True)
class Cumulative:
    """Running totals by day.

    Names on the left are columns of the incident table, on the right columns of the file.
    `totals` hold running totals, of which increments are taken; `by` are the areas that
    have running totals of their own. `filled`: a column of the file, and the cells by
    which the publisher marks a day without a report. `daily`: the publisher's own figure
    of the day, which is taken for the first day and compared on all others. `late`: how
    many of an increment the publisher says belong to earlier days.
    """

    rows: ClassVar[Rows] = "days"

    totals: tuple[str, ...]
    by: tuple[str, ...] = ()
    filled: tuple[str, tuple[str, ...]] | None = None
    daily: Mapping[str, str] = field(default_factory=dict)
    late: Mapping[str, str] = field(default_factory=dict)

    @property
    def cells(self) -> dict[str, str]:
        """Columns of the file that are read beside those of the table, by what they are."""
        named = {f"daily_{name}": source for name, source in self.daily.items()}
        named |= {f"late_{name}": source for name, source in self.late.items()}
        return named | ({"filled": self.filled[0]} if self.filled else {})

    @property
    def kept(self) -> tuple[str, ...]:
        """Those of `cells` that are needed once the rows have been checked."""
        return tuple(name for name in self.cells if name != "filled")

    @property
    def made(self) -> tuple[str, ...]:
        """Columns of the table that need no column of the file."""
        return ("incident_id",)

    def text(self, name: str, cell: Cell) -> str:
        """SQL for the text of a column that is made of other cells; blank for all others."""
        return ""

    def set_aside(self) -> str:
        """SQL for why a row takes no part; NULL where it does."""
        if not self.filled:
            return "NULL"
        return f"CASE WHEN s_filled IN ({listed(self.filled[1])}) THEN {literal(FILLED)} END"

    def checks(self) -> list[Check]:
        """What can be wrong with the cells beside those of the table."""
        return []


@dataclass(frozen=True)
class Group:
    """One row per person, grouped to incidents by the day and the columns `by` of the table.

    `counted` is the total that a person adds one to. `sex` and `age` are columns of the
    file; `sexes` says what the cells of the first mean (one of `SEXES`); from `adult_from`
    on a person is no child. `unknown_ages` and `unknown_dates` are cells that stand for no
    answer.
    """

    rows: ClassVar[Rows] = "people"

    by: tuple[str, ...]
    counted: str = "killed"
    sex: str = ""
    sexes: Mapping[str, str] = field(default_factory=dict)
    age: str = ""
    adult_from: int = 18
    unknown_ages: tuple[str, ...] = ("0",)
    unknown_dates: tuple[str, ...] = ("0000-00-00",)

    @property
    def cells(self) -> dict[str, str]:
        """As of `Cumulative`."""
        named = {"sex": self.sex, "age": self.age}
        return {name: source for name, source in named.items() if source}

    kept = ()  # what is known of a person goes no further than the counts

    @property
    def made(self) -> tuple[str, ...]:
        """As of `Cumulative`."""
        parts = ("women", "men", "children", "girls", "boys") if self.cells else ()
        return (self.counted, *(f"{self.counted}_{part}" for part in parts))

    def text(self, name: str, cell: Cell) -> str:
        """As of `Cumulative`: a person is one, and one or none of each class, or it is unknown."""
        if name == self.counted:
            return "'1'"
        if name not in self.made:
            return ""
        female, grown = self._female(cell), self._grown(cell)
        # Where one of the two is not known, SQL gives an answer only if the other decides.
        conditions = {
            "women": f"{female} AND {grown}",
            "men": f"NOT {female} AND {grown}",
            "children": f"NOT {grown}",
            "girls": f"{female} AND NOT {grown}",
            "boys": f"NOT {female} AND NOT {grown}",
        }
        condition = conditions[name.removeprefix(f"{self.counted}_")]
        return f"CAST(CAST({condition} AS INTEGER) AS VARCHAR)"

    def set_aside(self) -> str:
        """As of `Cumulative`. A day that cannot be read is rejected before this is asked."""
        return f"CASE WHEN s_date IS NULL THEN {literal(NO_DATE)} END"

    def checks(self) -> list[Check]:
        """As of `Cumulative`: an odd sex or age is listed, and the person counted all the same."""
        found = []
        if self.sex:
            found.append(
                flags(
                    "sex",
                    f"lower(s_sex) NOT IN ({listed(map(str.lower, self.sexes))})",
                    "is not translated by the profile; the person counts, the sex as not recorded",
                )
            )
        if self.age:
            known = f"s_age IN ({listed(self.unknown_ages)}) OR {_years('s_age')} IS NOT NULL"
            found.append(
                flags(
                    "age",
                    f"s_age IS NOT NULL AND NOT ({known})",
                    "is not an age in years; the person counts, the age as not recorded",
                )
            )
        return found

    def _female(self, cell: Cell) -> str:
        return self._of_sex(cell, yes=("female", "woman", "girl"), no=("male", "man", "boy"))

    def _grown(self, cell: Cell) -> str:
        by_sex = self._of_sex(cell, yes=("woman", "man"), no=("girl", "boy", "child"))
        if not self.age:
            return by_sex
        text = cell(self.age)
        unknown = f"{text} IN ({listed(self.unknown_ages)})"
        by_age = f"CASE WHEN NOT {unknown} THEN {_years(text)} >= {self.adult_from} END"
        return f"coalesce({by_sex}, {by_age})"

    def _of_sex(self, cell: Cell, *, yes: tuple[str, ...], no: tuple[str, ...]) -> str:
        if not self.sex:
            return "CAST(NULL AS BOOLEAN)"
        text = f"lower({cell(self.sex)})"
        meant = {
            answer: [key.lower() for key, meaning in self.sexes.items() if meaning in meanings]
            for answer, meanings in (("true", yes), ("false", no))
        }
        cases = " ".join(
            f"WHEN {text} IN ({listed(keys)}) THEN {answer}"
            for answer, keys in meant.items()
            if keys
        )
        return f"(CASE {cases} END)" if cases else "CAST(NULL AS BOOLEAN)"


Shape = Cumulative | Group


def _years(text: str) -> str:
    """An age in years, NULL where it is none."""
    number = f"TRY_CAST({text} AS DOUBLE)"
    return f"CASE WHEN {number} BETWEEN 0 AND 120 THEN {number} END"


def read_shape(table: Mapping[str, Any], shown: str) -> Shape | None:
    """What the sections ``[cumulative]`` and ``[group]`` of a profile say; None without them.

    Raises
    ------
    UsageError
        Both of them, a key that is not known, a value that a key cannot have.
    """
    if "cumulative" in table and "group" in table:
        raise UsageError(f"{shown}: a row is a day [cumulative] or a person [group], not both")
    if "cumulative" in table:
        section = keys.section(table, "cumulative", shown)
        return _cumulative(section, f"{shown}: [cumulative]")
    if "group" in table:
        return _group(keys.section(table, "group", shown), f"{shown}: [group]")
    return None


def _cumulative(section: Mapping[str, Any], where: str) -> Cumulative:
    keys.known_keys(section, ("totals", "by", "filled", "daily", "late"), where=where)
    totals = _each_of(section, "totals", _COUNTS, where)
    if not totals:
        raise UsageError(f'{where}: say which columns hold running totals: totals = ["killed"]')
    return Cumulative(
        totals=totals,
        by=_each_of(section, "by", _AREAS, where),
        filled=keys.condition(section, "filled", where),
        daily=_pairs(section, "daily", where, keys_of=totals),
        late=_pairs(section, "late", where, keys_of=totals),
    )


def _group(section: Mapping[str, Any], where: str) -> Group:
    keys.known_keys(section, tuple(each.name for each in fields(Group)), where=where)
    by = _each_of(section, "by", _KEYS, where)
    if not by:
        raise UsageError(f'{where}: say what makes an incident beside its day: by = ["place"]')
    sexes = _pairs(section, "sexes", where, values_of=SEXES)
    if bool(sexes) != bool(keys.text(section, "sex", where)):
        raise UsageError(f'{where}: sex = "a column" and sexes = {{M = "male"}} stand together')
    adult_from = section.get("adult_from", Group.adult_from)
    if type(adult_from) is not int or not 1 <= adult_from <= 120:
        raise UsageError(f"{where}: adult_from is an age in years: 18")
    return Group(
        by=by,
        counted=keys.one_of(section, "counted", TOTALS, where),
        sex=keys.text(section, "sex", where),
        sexes=sexes,
        age=keys.text(section, "age", where),
        adult_from=adult_from,
        unknown_ages=_texts_or(section, "unknown_ages", Group.unknown_ages, where),
        unknown_dates=_texts_or(section, "unknown_dates", Group.unknown_dates, where),
    )


def _each_of(
    section: Mapping[str, Any], key: str, allowed: tuple[str, ...], where: str
) -> tuple[str, ...]:
    found = keys.texts(section, key, where)
    keys.known_keys(dict.fromkeys(found), allowed, where=f"{where}: {key}")
    return found


def _texts_or(
    section: Mapping[str, Any], key: str, default: tuple[str, ...], where: str
) -> tuple[str, ...]:
    return keys.texts(section, key, where) if key in section else default


def _pairs(
    section: Mapping[str, Any],
    key: str,
    where: str,
    *,
    keys_of: tuple[str, ...] = (),
    values_of: tuple[str, ...] = (),
) -> dict[str, str]:
    table = keys.section(section, key, where)
    where = f"{where}: {key}"
    if keys_of:
        keys.known_keys(table, keys_of, where=where)
    found = {name: keys.text(table, name, where) for name in table}
    if values_of:
        keys.known_keys(dict.fromkeys(found.values()), values_of, where=where)
    return found
