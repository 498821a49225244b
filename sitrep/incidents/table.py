"""The one declaration of the incident table.

Validation, the data dictionary, the Table Schema and the SQL that casts a file are made
from what is written here. What the columns of other layouts are called is the business
of profiles.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "texts", "date", "count", "decimal", "choice", "choices"]

PRECISIONS_OF_DATE = ("day", "week", "month", "year")
PRECISIONS_OF_PLACE = ("exact", "near", "admin3", "admin2", "admin1")
ATTACKS = (
    "shelling",
    "air strike",
    "ground fighting",
    "explosive device",
    "shooting",
    "mine or remnant",
    "other",
    "not recorded",
)
TARGETS = (
    "home",
    "school",
    "hospital",
    "market",
    "camp",
    "place of worship",
    "farmland",
    "rescue team",
    "other",
)
MOVEMENTS = ("new", "return", "stock")
STATUSES = ("confirmed", "reported", "pending", "discounted")


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what may stand in it, what it means.

    `kind` says how a cell is read: ``texts`` and ``choices`` hold several with ``;``,
    ``count`` is a whole number. `default` is what a blank cell stands for. `part_of`
    names the column that this one never exceeds. A column that is not `kept` is read
    past: it never reaches the typed table.
    """

    name: str
    kind: Kind
    meaning: str
    example: str
    required: bool = False
    unique: bool = False
    allowed: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    default: str = ""
    part_of: str = ""
    kept: bool = True


def _count(name: str, meaning: str, example: str, *, part_of: str = "") -> Column:
    return Column(name, "count", meaning, example, minimum=0, part_of=part_of)


def _parts(total: str, verb: str) -> tuple[Column, ...]:
    """The breakdown of `total` by sex and age; children of unknown sex are in `children` alone."""
    return (
        _count(f"{total}_women", f"women among the {verb}", "6", part_of=total),
        _count(f"{total}_men", f"men among the {verb}", "2", part_of=total),
        _count(
            f"{total}_children",
            f"children among the {verb}: girls, boys and children whose sex is not recorded",
            "5",
            part_of=total,
        ),
        _count(f"{total}_girls", f"girls among the {verb}", "2", part_of=f"{total}_children"),
        _count(f"{total}_boys", f"boys among the {verb}", "1", part_of=f"{total}_children"),
    )


def _admin(level: int, name: str, example: str, pcode: str) -> tuple[Column, Column]:
    return (
        Column(
            f"admin{level}",
            "text",
            f"{name}, as named by the recorder",
            example,
            required=level == 1,
        ),
        Column(
            f"admin{level}_pcode",
            "text",
            f"OCHA p-code of the {name}; where present it decides, and the name is for display",
            pcode,
        ),
    )


_ADMIN = (
    _admin(1, "governorate", "Idleb", "SY07"),
    _admin(2, "district", "Ariha", "SY0704"),
    _admin(3, "sub-district", "Ehsem", "SY070401"),
)

COLUMNS: tuple[Column, ...] = (
    Column(
        "incident_id",
        "text",
        "the recorder's id of the incident; never reused",
        "NWS-2021-0412",
        required=True,
        unique=True,
    ),
    Column("date", "date", "day of the event, or first day of a span", "2021-06-10", required=True),
    Column("date_end", "date", "last day of a span", "2021-06-12"),
    Column(
        "date_precision",
        "choice",
        "how exactly the date is known",
        "day",
        allowed=PRECISIONS_OF_DATE,
        default="day",
    ),
    Column("reported_on", "date", "when the record first came in", "2021-06-11"),
    Column("updated_on", "date", "when the record last changed", "2021-06-14"),
    *(name for name, _ in _ADMIN),
    *(pcode for _, pcode in _ADMIN),
    Column("place", "text", "village, town or camp", "Ihsim"),
    Column(
        "latitude",
        "decimal",
        "decimal degrees north, WGS 84; used only with place_precision",
        "35.6207",
        minimum=-90,
        maximum=90,
    ),
    Column(
        "longitude",
        "decimal",
        "decimal degrees east, WGS 84; used only with place_precision",
        "36.5642",
        minimum=-180,
        maximum=180,
    ),
    Column(
        "place_precision",
        "choice",
        "what the point stands for: the place itself, one near it, or the middle of an area",
        "near",
        allowed=PRECISIONS_OF_PLACE,
    ),
    Column("attack", "choice", "kind of attack", "shelling", allowed=ATTACKS),
    Column("target", "choices", "what was hit", "home;school", allowed=TARGETS),
    Column(
        "perpetrator",
        "text",
        "as reported by the source; undetermined is a value, blank is not recorded",
        "undetermined",
    ),
    _count(
        "killed", "people killed, of the victims that this input counts (civilians or all)", "13"
    ),
    _count("killed_low", "lowest credible number killed", "11"),
    _count("killed_high", "highest credible number killed", "15"),
    _count(
        "killed_civilians",
        "those of the killed known to be civilians; only where the input counts all victims",
        "9",
        part_of="killed",
    ),
    *_parts("killed", "killed"),
    _count(
        "injured", "people injured, of the victims that this input counts (civilians or all)", "13"
    ),
    _count("injured_low", "lowest credible number injured", "11"),
    _count("injured_high", "highest credible number injured", "15"),
    *_parts("injured", "injured"),
    _count(
        "combatants_killed",
        "combatants killed; only where the input counts civilians, never added to killed",
        "2",
    ),
    _count("displaced", "people newly displaced by the event", "1867"),
    _count("displaced_low", "lowest credible number displaced", "1800"),
    _count("displaced_high", "highest credible number displaced", "2000"),
    _count("displaced_households", "households newly displaced by the event", "311"),
    Column(
        "displacement_kind",
        "choice",
        "new movement, return, or stock; the three are never added together",
        "new",
        allowed=MOVEMENTS,
        default="new",
    ),
    Column("destination_admin2", "text", "district where the displaced went", "Harim"),
    Column("source", "texts", "who reported it", "White Helmets", required=True),
    Column("source_url", "text", "address of the report", "https://example.org/reports/412"),
    Column(
        "status",
        "choice",
        "grade of verification",
        "confirmed",
        allowed=STATUSES,
        default="reported",
    ),
    Column(
        "notes",
        "text",
        "for the team; never leaves the machine",
        "second call expected",
        kept=False,
    ),
)

NAMES = tuple(column.name for column in COLUMNS)
REQUIRED = tuple(column.name for column in COLUMNS if column.required)
KEPT = tuple(column for column in COLUMNS if column.kept)

# Totals that have parts, those that have a range, and the derived columns that say whether
# these can be used.
TOTALS = ("killed", "injured")
RANGED = (*TOTALS, "displaced")
VALIDITY = (
    *(f"{total}_{what}_valid" for total in TOTALS for what in ("parts", "range")),
    "displaced_range_valid",
)


def column_named(name: str) -> Column:
    """The declaration of `name`; a KeyError is a defect of the program."""
    return {column.name: column for column in COLUMNS}[name]
