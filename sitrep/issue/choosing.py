"""Which week, which area, which series of published issues: what is asked, as the data have it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.areas import find_area, read_aliases
from sitrep.errors import DataError
from sitrep.settings import Settings
from sitrep.weeks import Week, parse_week
from sitrep.words import day

if TYPE_CHECKING:
    from sitrep.archive.issues import Archive
    from sitrep.incidents import Store


def days_of(store: "Store") -> tuple[date, date]:
    """The first day of the data and the day they were frozen."""
    if store.first_date is None or store.frozen_on is None:
        raise DataError(
            f"{store.file_name}: no row can be put into a week; `sitrep check` lists why"
        )
    return store.first_date, store.frozen_on


def find_archive(store: "Store", settings: Settings, *, area: str) -> "Archive":
    """The published issues that an issue of these data is compared with.

    Raises
    ------
    DataError
        A published issue that is not as it was published.
    """
    from sitrep.archive.issues import read_archive, series_name

    series = series_name(
        store.profile.name,
        area=area,
        edition=settings.report.edition,
        week_start=settings.counting.week_start,
    )
    return read_archive(settings.resolve(settings.files.archive) / series)


def choose_week(text: str, store: "Store", settings: Settings) -> Week:
    """The week asked for, or the latest that the data cover to its end.

    Raises
    ------
    UsageError
        For a week that is not one.
    DataError
        For a week that lies wholly after the data's last day or before their first:
        a report of it would say that nothing was recorded where nobody looked.
    """
    starts_on = settings.counting.week_start
    first_day, frozen_on = days_of(store)
    first = Week.of(first_day, starts_on=starts_on)
    last = Week.of(frozen_on, starts_on=starts_on)
    if not text:
        return last if last.end <= frozen_on or last == first else last - 1
    week = parse_week(text, starts_on=starts_on)
    if not first <= week <= last:
        raise DataError(
            f"{store.file_name} holds nothing on {week}: its data run from "
            f"{day(first_day)} ({first}) to {day(frozen_on)} ({last}); "
            "ask for a week between these"
        )
    return week


def area_name(area: str, store: "Store", settings: Settings) -> str:
    """What an issue covers, as its title says it: `area`, or what the whole file covers."""
    return area or settings.data.area or f"All areas of {store.file_name}"


def check_area(area: str, store: "Store", settings: Settings) -> str:
    """The name of `area` as the data have it; raises UsageError where they do not."""
    from sitrep.incidents.database import connected

    with connected() as database:
        return find_area(area, store.rows, read_aliases(alias_file(settings)), database=database)


def alias_file(settings: Settings) -> Path | None:
    return settings.resolve(settings.data.aliases) if settings.data.aliases else None
