"""The settings: `sitrep.toml` read once into frozen dataclasses.

A key that is not known is refused with the nearest known one, so that a misspelt
setting never passes in silence.
"""

import re
import tomllib
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from sitrep.errors import UsageError, nearest
from sitrep.language import LANGUAGES, Digits, Language, read_names
from sitrep.style.accent import LEAST_CONTRAST, contrast_on_white, is_colour, nearest_passing
from sitrep.style.logo import read_logo
from sitrep.weeks import DAY_NAMES, parse_week

FILE_NAME = "sitrep.toml"
EDITIONS = ("public", "internal")
DIGITS = ("latn", "arab")
PAPERS = ("a4", "letter")
GRADES = ("confirmed", "reported", "pending", "discounted")
COUNTED = ("casualties", "displacement", "both")
MOVEMENTS = ("new", "return", "stock")
_ADDRESS = re.compile(r"https?://[^\s/?#\"<>]+(/[^\s?#\"<>]*)?")
MOST_PERSONS = 100  # no household is larger


@dataclass(frozen=True)
class Baseline:
    """A date that totals are counted from; `name` reads on after "since"."""

    name: str
    date: date


@dataclass(frozen=True)
class Context:
    """What is known from elsewhere, in the editor's words; `weeks` empty means every issue."""

    text: str
    source: str
    weeks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportSettings:
    """Who publishes, and how much an issue shows."""

    organisation: str = ""
    title: str = "Weekly situation report"
    contact: str = ""
    licence: str = "CC BY 4.0"
    languages: tuple[str, ...] = ("en",)
    digits: str = "latn"
    names: str = ""
    edition: str = "public"
    chart_weeks: int = 52
    out: str = "reports"
    address: str = ""
    paper: str = "a4"
    logo: str = ""
    accent: str = ""
    annex: bool = True


@dataclass(frozen=True)
class CountingSettings:
    """What is counted, and into which week."""

    week_start: str = "monday"
    headline_grades: tuple[str, ...] = ("confirmed", "reported")
    provisional_weeks: int = 3
    persons_per_household: float = 0.0
    max_rejected_share: float = 0.05
    protected_sources: tuple[str, ...] = ()
    withhold_below: int = 5


@dataclass(frozen=True)
class StatisticsSettings:
    """With what a week is compared, and when it is called unusual."""

    baseline_weeks: int = 26
    level: float = 0.95
    record_floor: int = 5
    excluded_weeks: tuple[str, ...] = ()
    nowcast: bool = False
    nowcast_level: float = 0.8


@dataclass(frozen=True)
class FileInput:
    """A file that displacement is counted from, in place of that of the incidents."""

    path: str = ""
    profile: str = ""
    encoding: str = ""
    date_formats: tuple[str, ...] = ()
    thousands: str = ""
    sheet: str = ""
    drop_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class FurtherInput(FileInput):
    """One more file, and what it alone counts: of some areas, kinds of movement, or days.

    No other file counts that. Without `areas`, `kinds` or days it counts all of what
    `counts` names. `name` stands before its ids where two files have one layout.
    """

    counts: str = ""
    areas: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    first_day: date = date.min
    last_day: date = date.max
    name: str = ""


@dataclass(frozen=True)
class DataSettings:
    """One input file, and what is known of it beyond its rows."""

    path: str = "data/incidents.csv"
    profile: str = ""
    encoding: str = ""
    date_formats: tuple[str, ...] = ()
    thousands: str = ""
    sheet: str = ""
    drop_columns: tuple[str, ...] = ()
    aliases: str = ""
    area: str = ""
    illustrative: bool = False
    published_weeks: tuple[str, ...] = ()
    boundaries: str = ""
    boundaries_credit: str = ""
    boundaries_pcode: str = ""
    baselines: tuple[Baseline, ...] = ()
    context: tuple[Context, ...] = ()
    displacement: FileInput = FileInput()
    inputs: tuple[FurtherInput, ...] = ()

    @property
    def first(self) -> FileInput:
        """The file of `path`, as those beside it are named."""
        return FileInput(**{item.name: getattr(self, item.name) for item in fields(FileInput)})

    @property
    def further(self) -> tuple[FurtherInput, ...]:
        """The files beside the first, that of displacement before the others."""
        given = {item.name: getattr(self.displacement, item.name) for item in fields(FileInput)}
        own = (FurtherInput(**given, counts="displacement"),) if self.displacement.path else ()
        return (*own, *self.inputs)

    @property
    def files(self) -> str:
        """The files that are read, for people."""
        return " and ".join((self.path, *(each.path for each in self.further)))


@dataclass(frozen=True)
class FileSettings:
    """Where files that are not reports are kept, relative to the project's folder."""

    store: str = ".sitrep/store"
    rejected: str = "rejected.csv"
    check: str = "check.html"
    archive: str = "archive"


@dataclass(frozen=True)
class Settings:
    """All settings; `root` is the folder that relative paths start from."""

    root: Path = field(default_factory=Path.cwd)
    report: ReportSettings = ReportSettings()
    counting: CountingSettings = CountingSettings()
    statistics: StatisticsSettings = StatisticsSettings()
    data: DataSettings = DataSettings()
    files: FileSettings = FileSettings()

    def resolve(self, path: str | Path) -> Path:
        """`path` as it stands if it is absolute, else from the project's folder."""
        return self.root / Path(path).expanduser()

    def language(self, code: str) -> Language:
        """A language as reports write it: its digits, and the names that the user gives."""
        report = self.report
        names = read_names(self.resolve(report.names), code) if report.names else {}
        digits: Digits = "arab" if report.digits == "arab" and code == "ar" else "latn"
        return replace(LANGUAGES[code], digits=digits, names=names)

    def for_data(self, path: str, profile: str = "", sheet: str = "") -> "Settings":
        """The settings with another input file.

        What `sitrep.toml` says of its own file (area, baselines, boundaries, that it is
        illustrative) is dropped unless `path` is that file.
        """
        profile = profile or ("" if path else self.data.profile)
        if not path or self.resolve(path).resolve() == self.resolve(self.data.path).resolve():
            sheet = sheet or self.data.sheet
            own = replace(self.data, profile=profile or self.data.profile, sheet=sheet)
            return replace(self, data=own)
        return replace(self, data=DataSettings(path=path, profile=profile, sheet=sheet))


def find_settings(start: Path | None = None) -> Path | None:
    """The nearest `sitrep.toml` in `start` (the working directory) or above, or None."""
    folder = (start or Path.cwd()).resolve()
    candidates = (parent / FILE_NAME for parent in (folder, *folder.parents))
    return next((path for path in candidates if path.is_file()), None)


def read_settings(path: str | Path | None = None) -> Settings:
    """Read `path`, or the nearest `sitrep.toml`; without one, the defaults.

    Raises
    ------
    UsageError
        A named file that is missing, TOML that cannot be read, an unknown key, a value
        of the wrong type or outside what is allowed.
    """
    found = Path(path) if path else find_settings()
    if found is None:
        return Settings()
    try:
        table = tomllib.loads(found.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{found}: the settings cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{found}: not a TOML file: {error}") from None
    sections = {item.name: item for item in fields(Settings) if item.name != "root"}
    _refuse_unknown(table, tuple(sections), where=str(found))
    hints = get_type_hints(Settings)
    parts = {name: _section(hints[name], table[name], f"{found}: [{name}]") for name in table}
    settings = Settings(root=found.resolve().parent, **parts)
    _check_values(settings, str(found))
    return settings


Section = TypeVar("Section")


def _section(kind: type[Section], table: Any, where: str) -> Section:
    if not isinstance(table, dict):
        raise UsageError(f"{where} is a section: write its keys on lines of their own under it")
    hints = get_type_hints(kind)
    _refuse_unknown(table, tuple(hints), where=where)
    needed = [item.name for item in fields(kind) if item.default is MISSING]  # type: ignore[arg-type]
    for key in needed:
        if key not in table:
            raise UsageError(f"{where} needs a {key!r}")
    return kind(
        **{key: _value(hints[key], value, f"{where} {key}") for key, value in table.items()}
    )


def _value(kind: Any, value: Any, where: str) -> Any:
    """`value` as `kind`: arrays become tuples, whole numbers pass for decimals."""
    if args := get_args(kind):
        if not isinstance(value, list):
            raise UsageError(f"{where} is a list: write it in square brackets")
        return tuple(_value(args[0], item, where) for item in value)
    if kind in (Baseline, Context, FileInput, FurtherInput):
        return _section(kind, value, where)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise UsageError(f"{where} = {value!r} should be {_KINDS[kind]}")
    return value


_KINDS = {
    str: "text in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2020-03-06, without quotation marks",
}


def _refuse_unknown(table: dict[str, Any], known: tuple[str, ...], *, where: str) -> None:
    for key in table:
        if key not in known:
            hint = nearest(key, known) or f"; known are {', '.join(known)}"
            raise UsageError(f"{where}: there is no setting {key!r}{hint}")


def _check_values(settings: Settings, where: str) -> None:
    report, counting = settings.report, settings.counting
    allowed: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
        ("report.edition", (report.edition,), EDITIONS),
        ("report.languages", report.languages, tuple(LANGUAGES)),
        ("report.digits", (report.digits,), DIGITS),
        ("report.paper", (report.paper,), PAPERS),
        ("counting.week_start", (counting.week_start,), DAY_NAMES),
        ("counting.headline_grades", counting.headline_grades, GRADES[:3]),
    )
    for key, values, known in allowed:
        for value in values:
            if value not in known:
                hint = nearest(value, known) or f"; allowed are {', '.join(known)}"
                raise UsageError(f"{where}: {key} cannot be {value!r}{hint}")
    if report.address and not _ADDRESS.fullmatch(report.address):
        raise UsageError(
            f"{where}: report.address is where the folder of reports stands on the web, such as "
            f"https://example.org/reports/, not {report.address!r}"
        )
    _check_look(settings, where)
    if not 8 <= report.chart_weeks <= 260:
        raise UsageError(f"{where}: report.chart_weeks is from 8 to 260, not {report.chart_weeks}")
    if not 0 <= counting.max_rejected_share <= 1:
        raise UsageError(f"{where}: counting.max_rejected_share is a share from 0 to 1")
    if counting.provisional_weeks < 0:
        raise UsageError(f"{where}: counting.provisional_weeks is not negative")
    if counting.withhold_below < 0:
        raise UsageError(f"{where}: counting.withhold_below is not negative; 0 withholds nothing")
    if not 0 <= counting.persons_per_household <= MOST_PERSONS:
        raise UsageError(
            f"{where}: counting.persons_per_household is not negative and at most "
            f"{MOST_PERSONS}, not {counting.persons_per_household}"
        )
    _check_statistics(settings, where)
    for number, each in enumerate(settings.data.inputs, start=1):
        _check_input(each, f"{where}: [[data.inputs]] {number}")
    days = [baseline.date for baseline in settings.data.baselines]
    for twice in {day for day in days if days.count(day) > 1}:
        raise UsageError(f"{where}: two of data.baselines have the date {twice}; keep one")


def _check_input(given: FurtherInput, where: str) -> None:
    """A further file says what it counts; areas and days that nothing can lie in are refused."""
    if not given.path:
        raise UsageError(f"{where} needs a path")
    if given.counts not in COUNTED:
        raise UsageError(
            f"{where} ({given.path}): counts says what the file is read for: "
            f"{', '.join(COUNTED)}; it cannot be {given.counts!r}"
        )
    for kind in given.kinds:
        if kind not in MOVEMENTS or given.counts != "displacement":
            raise UsageError(
                f"{where} ({given.path}): kinds are those of displacement "
                f'({", ".join(MOVEMENTS)}), for a file with counts = "displacement"; '
                f"it cannot be {kind!r} here"
            )
    a_part = given.areas or given.first_day > date.min or given.last_day < date.max
    if given.counts != "displacement" and not a_part:
        raise UsageError(
            f"{where} ({given.path}): say which casualties it alone counts, with areas, first_day "
            "or last_day; of all of them it would leave none to the file of [data], and figures "
            "of two sources are never added"
        )
    if given.first_day > given.last_day:
        raise UsageError(f"{where} ({given.path}): first_day is after last_day")
    if not all(area.strip() for area in given.areas):
        raise UsageError(f"{where} ({given.path}): areas are names or p-codes, not blanks")


def _check_look(settings: Settings, where: str) -> None:
    """The publisher's own logo and accent, before anything is made with them."""
    accent = settings.report.accent
    if accent and not is_colour(accent):
        raise UsageError(f'{where}: report.accent is a colour such as "#1f5a6b", not {accent!r}')
    if accent and contrast_on_white(accent) < LEAST_CONTRAST:
        raise UsageError(
            f"{where}: report.accent {accent} has a contrast of {contrast_on_white(accent):.2f} "
            f": 1 on white, too little to be read; the nearest shade that has {LEAST_CONTRAST} : 1 "
            f"is {nearest_passing(accent)}"
        )
    if settings.report.logo:
        read_logo(settings.resolve(settings.report.logo))


def _check_statistics(settings: Settings, where: str) -> None:
    statistics = settings.statistics
    if not 8 <= statistics.baseline_weeks <= 156:
        raise UsageError(f"{where}: statistics.baseline_weeks is from 8 to 156")
    for key in ("level", "nowcast_level"):
        if not 0.5 <= getattr(statistics, key) < 1:
            raise UsageError(f"{where}: statistics.{key} is a share from 0.5 to below 1")
    if statistics.record_floor < 1:
        raise UsageError(f"{where}: statistics.record_floor is 1 or more")
    for week in statistics.excluded_weeks:
        parse_week(week, starts_on=settings.counting.week_start)
