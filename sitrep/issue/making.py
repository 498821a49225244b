"""From data that have been read to the issue of a week: everything is counted here once."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

from sitrep.areas import COLUMNS as AREA_COLUMNS
from sitrep.areas import find_area, read_aliases
from sitrep.issue.choosing import alias_file, area_name, days_of, find_archive
from sitrep.issue.issue import Issue
from sitrep.issue.second_route import refuse_difference, second_route
from sitrep.settings import Settings
from sitrep.weeks import Week

if TYPE_CHECKING:
    import pandas as pd

    from sitrep.incidents import Store

PROTECTED = "a protected source"


def make_issue(
    store: "Store",
    settings: Settings,
    *,
    week: Week,
    area: str = "",
    lang: str = "en",
    published_on: date | None = None,
) -> Issue:
    """The issue of `week` from data that have been read."""
    import pandas as pd

    from sitrep import places, records, tally
    from sitrep.annex import record_numbers, records_listed
    from sitrep.archive.revisions import revise, revision_numbers
    from sitrep.incidents.database import connected
    from sitrep.late import late_numbers
    from sitrep.opened import opened
    from sitrep.periods import Periods
    from sitrep.restated import restated_numbers
    from sitrep.unusual import unusual_numbers

    aliases = read_aliases(alias_file(settings))

    def prepare(
        table: pd.DataFrame, spellings: Mapping[str, places.Spellings] | None
    ) -> pd.DataFrame:
        table = places.with_one_name(table, aliases, spellings=spellings)
        table = places.in_area(table, area) if area else table
        table = _protected(places.labelled(table), settings)
        return records.records(table, counting=settings.counting)

    def counted(graded: pd.DataFrame) -> pd.DataFrame:
        return graded[graded["status"].isin(settings.counting.headline_grades)]

    first_day, frozen_on = days_of(store)
    periods = Periods.of(week, settings, first_day=first_day, frozen_on=frozen_on)
    columns = (*records.COLUMNS, *AREA_COLUMNS, "line")
    # One database for all that is read: opening one takes as long as reading.
    with connected() as database, ThreadPoolExecutor(1) as beside:
        area = area and find_area(area, store.rows, aliases, database=database)
        archive = find_archive(store, settings, area=area)
        publication = archive.next(week, published_on=published_on)
        opening = opened(store, settings, periods, area=area, aliases=aliases, database=database)
        table = opening.load(store, tuple(dict.fromkeys(columns)), database=database)
        graded = prepare(table[table["date"] <= pd.Timestamp(week.end)], opening.spellings)
        rows = counted(graded)
        lines = table.loc[rows.index, "line"]
        chosen = lines if area and opening.earlier is None else None
        second = beside.submit(
            second_route, store, settings, periods, chosen, opening.where, database
        )
        numbers = tally.tally(
            rows, graded=graded, periods=periods, of_file=_of_the_file(store),
            withhold_below=_withhold_below(settings, area, rows), earlier=opening.earlier,
        )  # fmt: skip
        revisions = revise(
            store, archive, publication,
            prepare=prepare, counted=counted, aliases=aliases,
            starts_on=settings.counting.week_start,
            database=database,
        )  # fmt: skip
        this_week = rows[rows["week"] == pd.Timestamp(week.start)]
        annex = records_listed(this_week, lines, store, database=database)
        refuse_difference(numbers, second.result())
    by_day = store.profile.rows == "days"
    more = [
        record_numbers(annex, str(week)),
        restated_numbers(store, periods)
        if by_day
        else unusual_numbers(rows, periods, settings.statistics, earlier=opening.earlier),
        late_numbers(rows, numbers, archive, periods, settings.statistics),
        revision_numbers(revisions, numbers, periods),
    ]
    numbers = numbers.with_rows(*more)
    incidents = this_week[this_week["is_incident"]]
    return Issue(
        periods=periods,
        numbers=numbers,
        settings=settings,
        store=store,
        records=rows,
        points=places.points(incidents, edition=settings.report.edition),
        area=area_name(area, store, settings),
        revisions=revisions,
        annex=annex,
        annex_cut=len(annex) < len(this_week),
        opened=opening,
        lang=lang,
    )


def _withhold_below(settings: Settings, area: str, rows: "pd.DataFrame") -> int:
    """The threshold of the public report of a small area; 0 for all others.

    Small is what lies below a governorate. A name that both have is the governorate's.
    """
    if settings.report.edition != "public" or not area or (rows["admin1"] == area).any():
        return 0
    return settings.counting.withhold_below


def _of_the_file(store: "Store") -> "pd.DataFrame":
    from sitrep import tally

    return tally.of_the_file(
        {
            "read": store.rows_read,
            "used": store.rows_used,
            "set_aside": store.rows_set_aside,
            "rejected": store.rows_rejected,
        },
        {"set_aside": store.set_aside, "rejected": store.rejected, "flagged": store.flagged},
    )


def _protected(table: "pd.DataFrame", settings: Settings) -> "pd.DataFrame":
    """The public edition does not name a protected source."""
    hidden = settings.counting.protected_sources
    if settings.report.edition != "public" or not hidden:
        return table
    sources = table["source"].astype("object").str.split(r"\s*;\s*", regex=True)
    shown = [";".join(PROTECTED if name in hidden else name for name in row) for row in sources]
    return table.assign(source=shown)
