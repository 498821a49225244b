"""Which values a setting may have, where its type does not say."""

import re
from datetime import date

from sitrep.errors import UsageError, nearest
from sitrep.language import LANGUAGES
from sitrep.settings.declared import FurtherInput, Settings
from sitrep.style.accent import LEAST_CONTRAST, contrast_on_white, is_colour, nearest_passing
from sitrep.style.logo import read_logo
from sitrep.weeks import DAY_NAMES, parse_week

EDITIONS = ("public", "internal")
DIGITS = ("latn", "arab")
PAPERS = ("a4", "letter")
GRADES = ("confirmed", "reported", "pending", "discounted")
COUNTED = ("casualties", "displacement", "both")
MOVEMENTS = ("new", "return", "stock")
MOST_PERSONS = 100  # no household is larger
_ADDRESS = re.compile(r"https?://[^\s/?#\"<>]+(/[^\s?#\"<>]*)?")


def check_values(settings: Settings, where: str) -> None:
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
