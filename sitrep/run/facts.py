"""What a manifest says of its issue, for those who list issues without reading their data."""

import csv
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sitrep.measures import NOT_RECORDED
from sitrep.run.plan import Plan
from sitrep.weeks import Week

if TYPE_CHECKING:
    from sitrep.archive.issues import Archive
    from sitrep.blocks import Document
    from sitrep.incidents import Store

HEADLINES = ("killed", "injured", "displaced")
NUMBERS = "numbers.csv"
_PLACES = ("admin1", "admin2", "place", "destination_admin2")
_HAPPENED = ("incidents", "displaced")  # a place with neither has only an expected number


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
    texts = [item["text"] for item in document.attachments if item["name"] == NUMBERS]
    headlines: dict[str, list[str]] = {}
    places: set[str] = set()
    for row in csv.DictReader("".join(texts).splitlines(keepends=True)):
        if row.get("week") != str(week):
            continue
        measure, breakdown, group = (row.get(n) or "" for n in ("measure", "breakdown", "group"))
        if not breakdown and measure in HEADLINES:
            headlines[measure] = [row.get(name) or "" for name in ("value", "low", "high")]
        elif breakdown in _PLACES and measure in _HAPPENED and group != NOT_RECORDED:
            places.add(group)
    return {"numbers": headlines, "places": sorted(places)}
