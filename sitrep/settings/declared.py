"""What can be set, with the defaults: the sections and keys of `sitrep.toml`."""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path

from sitrep.language import LANGUAGES, Digits, Language, read_names


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
