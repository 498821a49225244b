"""What is asked for, checked before anything heavy is imported or read."""

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sitrep.areas import slug
from sitrep.errors import UsageError, nearest
from sitrep.language import LANGUAGES
from sitrep.settings import EDITIONS, Settings, read_settings
from sitrep.weeks import Week, parse_week

ENGINES = ("sitrep", "nbclient")


@dataclass(frozen=True)
class Kind:
    """A report of the suite: its notebook, and what its files and its folder are called."""

    name: str
    notebook: Path
    stem: str
    suffix: str = ""  # of the folder's name, after the week


SITUATION_REPORT = Kind(
    "situation report", Path("notebooks/situation_report.ipynb"), "situation-report"
)
DATA_QUALITY = Kind(
    "data quality", Path("notebooks/data_quality.ipynb"), "data-quality", suffix="quality"
)


@dataclass(frozen=True)
class Request:
    """The options of a command as they were typed; blank takes the settings'."""

    week: str = ""
    data: str = ""
    profile: str = ""
    sheet: str = ""
    area: str = ""
    edition: str = ""
    languages: tuple[str, ...] = ()
    out: str = ""
    settings: str = ""
    engine: str = "sitrep"
    strict: bool = False
    kind: Kind = SITUATION_REPORT


@dataclass(frozen=True)
class Plan:
    """A request that can be begun: only the data can still refuse it."""

    request: Request
    settings: Settings
    languages: tuple[str, ...]
    out: Path
    notebook: Path

    @property
    def edition(self) -> str:
        return self.settings.report.edition

    @property
    def kind(self) -> Kind:
        return self.request.kind

    def folder(self, week: Week, area: str) -> Path:
        """Where the report of a week is released."""
        name = folder_name(week, suffix=self.kind.suffix, area=area, edition=self.edition)
        return self.out / name

    def parameters(
        self, *, week: Week, area: str, lang: str, published_on: date | None = None
    ) -> dict[str, str]:
        """What the notebook is given: text alone; "" is the default."""
        asked = self.request
        # Notebooks made before these were there do without them.
        issued = {"published_on": str(published_on)} if published_on else {}
        sheet = {"sheet": asked.sheet} if asked.sheet else {}
        return {
            "week": str(week),
            "data": _from_root(asked.data, self.settings.root) if asked.data else "",
            "profile": asked.profile,
            "area": area,
            "edition": self.edition,
            "lang": lang,
            "settings": _from_root(asked.settings, self.settings.root) if asked.settings else "",
            **sheet,
            **issued,
        }


def make_plan(request: Request) -> Plan:
    """Check all that can be checked without the data.

    Raises
    ------
    UsageError
        Settings, week, edition, language, engine or folders that cannot be.
    """
    settings = read_settings(request.settings or None)
    data = _from_root(request.data, settings.root) if request.data else ""
    settings = settings.for_data(data, request.profile, request.sheet)
    if request.week:
        parse_week(request.week, starts_on=settings.counting.week_start)
    edition = _one_of(request.edition or settings.report.edition, EDITIONS, "edition")
    _one_of(request.engine, ENGINES, "engine")
    languages = tuple(
        _one_of(lang, tuple(LANGUAGES), "language")
        for lang in dict.fromkeys(request.languages or settings.report.languages)
    )
    settings = replace(settings, report=replace(settings.report, edition=edition))
    return Plan(
        request=request,
        settings=settings,
        languages=languages,
        out=_folder(Path(request.out) if request.out else settings.resolve(settings.report.out)),
        notebook=_notebook(settings, request.kind),
    )


def folder_name(week: Week, *, suffix: str = "", area: str = "", edition: str = "public") -> str:
    """``2021-W23``, ``2021-W23-idlib-internal``, ``2021-W23-quality``."""
    parts = (str(week), suffix, slug(area), "" if edition == "public" else edition)
    return "-".join(part for part in parts if part)


def shown(path: Path, *, start: Path | None = None) -> str:
    """`path` as a person would write it: relative to where they are, if it is below."""
    try:
        return path.resolve().relative_to((start or Path.cwd()).resolve()).as_posix()
    except ValueError:
        return str(path)


def _one_of(value: str, known: tuple[str, ...], what: str) -> str:
    if value not in known:
        hint = nearest(value, known)
        raise UsageError(f"there is no {what} {value!r}{hint}; known: {', '.join(known)}")
    return value


def _from_root(path: str, root: Path) -> str:
    """A path typed in the working directory as the notebook, which runs in `root`, finds it."""
    return shown(Path.cwd() / Path(path).expanduser(), start=root)


def _folder(out: Path) -> Path:
    there = next(path for path in (out.absolute(), *out.absolute().parents) if path.exists())
    if not there.is_dir():
        raise UsageError(f"{shown(there)} is a file: reports are written to a folder, OUT=folder")
    if not os.access(there, os.W_OK):
        raise UsageError(f"{shown(there)} cannot be written: name another folder, OUT=folder")
    return out


def _notebook(settings: Settings, kind: Kind) -> Path:
    notebook = settings.root / kind.notebook
    if not notebook.is_file():
        raise UsageError(
            f"there is no {kind.notebook.as_posix()} in {settings.root}: run this in the folder of "
            "the project, or name its settings with --settings"
        )
    return notebook
