"""From settings and a week to an issue: what the notebook calls."""

from dataclasses import replace
from datetime import date

from sitrep.errors import UsageError, nearest
from sitrep.issue.choosing import choose_week
from sitrep.issue.issue import Issue
from sitrep.issue.making import make_issue
from sitrep.settings import EDITIONS, read_settings


def open_issue(
    week: str = "",
    *,
    data: str = "",
    profile: str = "",
    sheet: str = "",
    area: str = "",
    edition: str = "",
    lang: str = "en",
    settings: str = "",
    published_on: str = "",
) -> Issue:
    """Read the data and compute the numbers of one week.

    Parameters
    ----------
    week : ``2021-W23``, a day in the week, or ``""`` for the latest complete week.
    data, profile, sheet : a CSV or a sheet of a workbook, and its layout; ``""`` takes those of
        the settings.
    area : the name or p-code of an area at any level; ``""`` for all of the data.
    edition : ``public`` or ``internal``; ``""`` takes the settings'.
    settings : a settings file; ``""`` finds the nearest `sitrep.toml`.
    published_on : the day of publication, ``2021-06-14``; ``""`` makes a draft.

    Raises
    ------
    UsageError, DataError
        With one sentence that says what to do.
    """
    asked = (week, data, profile, sheet, area, edition, settings, published_on)
    if _counted is not None and asked in _counted:
        return replace(_counted[asked], lang=lang)

    from sitrep.incidents import Input, read_together

    chosen = read_settings(settings or None).for_data(data, profile, sheet)
    if edition:
        if edition not in EDITIONS:
            hint = nearest(edition, EDITIONS) or f"; there are {' and '.join(EDITIONS)}"
            raise UsageError(f"there is no edition {edition!r}{hint}")
        chosen = replace(chosen, report=replace(chosen.report, edition=edition))
    store = read_together(Input.from_settings(chosen), store=chosen.resolve(chosen.files.store))
    day = date.fromisoformat(published_on) if published_on else None
    issue = make_issue(
        store,
        chosen,
        week=choose_week(week, store, chosen),
        area=area,
        lang=lang,
        published_on=day,
    )
    if _counted is not None:
        _counted[asked] = issue
    return issue


# The issues that this process has opened, where it is to count each only once.
_counted: dict[tuple[str, ...], Issue] | None = None


def count_once() -> None:
    """From now on count an issue of this process once, in however many languages it is opened.

    For a process that makes one report from one state of the data; an analyst's, in which
    the data may change under an open notebook, counts anew each time.
    """
    global _counted
    _counted = {}
