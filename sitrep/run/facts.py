"""What a manifest says of its issue, for those who list issues without reading their data."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sitrep.measures import NOT_RECORDED
from sitrep.numbers import COLUMNS, REPORTS
from sitrep.run.plan import Plan
from sitrep.weeks import Week

if TYPE_CHECKING:
    from sitrep.archive.issues import Archive
    from sitrep.blocks import Document
    from sitrep.incidents import Store

HEADLINES = ("killed", "injured", "displaced")
NUMBERS = "numbers.csv"
_COLUMNS = COLUMNS[: COLUMNS.index("high") + 1]
_PLACES = ("admin1", "admin2", "place", "destination_admin2")
_HAPPENED = ("incidents", REPORTS, "displaced")  # a place with neither has only an expected number


def issue_facts(
    plan: Plan,
    store: "Store",
    archive: "Archive",
    documents: Mapping[str, "Document"],
    *,
    week: Week,
    area: str,
    published_on: date | None = None,
) -> dict[str, Any]:
    """The issue as JSON: its place in the series, its titles and leads, its headline numbers.

    `documents` are by language; `archive` is as it was before the issue is published. The
    numbers and the places of the week are those of ``numbers.csv``, as they are written there.
    """
    from sitrep.issue import area_name

    publication = archive.next(week, published_on=published_on)
    data = plan.settings.data
    return {
        "number": publication.number,
        "edition": publication.edition,
        "frozen_on": str(store.frozen_on),
        "week_start": plan.settings.counting.week_start,
        "area": area_name(area, store, plan.settings),
        "victims": store.profile.victims,
        "illustrative": data.illustrative,
        "published_totals": str(week) in data.published_weeks,
        "documents": {
            lang: {"title": document.title, "lead": document.description}
            for lang, document in documents.items()
        },
        **of_numbers(next(iter(documents.values())), week),
    }


def of_numbers(document: "Document", week: Week) -> dict[str, Any]:
    """The totals of the week, as value, low and high, and the names of its places."""
    headlines: dict[str, list[str]] = {}
    places: set[str] = set()
    for measure, breakdown, group, *figures in _rows(document, week):
        if not breakdown and measure in HEADLINES:
            headlines[measure] = figures
        elif breakdown in _PLACES and measure in _HAPPENED and group != NOT_RECORDED:
            places.add(group)
    return {"numbers": headlines, "places": sorted(places)}


def _rows(document: "Document", week: Week) -> Iterator[list[str]]:
    """The rows of the week, up to value, low and high; none where the table is another."""
    text = next((it["text"] for it in document.attachments if it["name"] == NUMBERS), "")
    rows = csv.reader(io.StringIO(text))  # no DictReader: it takes five times as long
    if next(rows, [])[: len(_COLUMNS)] == _COLUMNS:
        label = [str(week)]
        yield from (row[1 : len(_COLUMNS)] for row in rows if row[:1] == label)
