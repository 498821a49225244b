"""``feed.xml``: the published issues as an Atom feed (RFC 4287).

It holds what was published for readers: no draft, which may still change, and no internal
edition. An entry keeps its identity when its week is published again; its day is then the
new one. No clock is asked.
"""

import json
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from datetime import date

from sitrep.language import in_use, named, speaking
from sitrep.run.facts import NUMBERS
from sitrep.run.index import FEED, PAGE
from sitrep.run.index.cards import first_of
from sitrep.run.index.listed import Listed
from sitrep.settings import Settings

ATOM = "http://www.w3.org/2005/Atom"
_XML = "{http://www.w3.org/XML/1998/namespace}"
MOST_ENTRIES = 60  # a year of weekly issues, and some
_NOTHING_YET = date(1970, 1, 1)
_MEDIA_TYPES = {"html": "text/html", "pdf": "application/pdf"}


def feed(issues: Sequence[Listed], settings: Settings) -> bytes:
    """The feed, in the first language of the settings: the same for the same issues."""
    report = settings.report
    published = sorted(
        (issue for issue in issues if issue.published_on and issue.edition == "public"),
        key=lambda issue: (issue.published_on, issue.week),
        reverse=True,
    )
    with speaking(settings.language(report.languages[0])):
        root = ET.Element("feed", {"xmlns": ATOM, f"{_XML}lang": in_use().code})
        if report.address:
            root.set(f"{_XML}base", report.address.rstrip("/") + "/")
        title = " · ".join(filter(None, (named(report.title), named(report.organisation))))
        _text(root, "id", _identity(settings))
        _text(root, "title", title)
        _text(root, "updated", _moment(_newest(published) or _newest(issues)))
        _text(ET.SubElement(root, "author"), "name", named(report.organisation or report.title))
        _text(root, "rights", report.licence)
        ET.SubElement(root, "link", {"rel": "self", "href": FEED, "type": "application/atom+xml"})
        ET.SubElement(root, "link", {"rel": "alternate", "href": PAGE, "type": "text/html"})
        for issue in published[:MOST_ENTRIES]:
            root.append(_entry(issue, settings))
    ET.indent(root, " ")
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _entry(issue: Listed, settings: Settings) -> ET.Element:
    entry = ET.Element("entry")
    lang = first_of(issue.titles)
    identity = (issue.series, issue.kind, issue.part, str(issue.week))
    _text(entry, "id", _identity(settings, *identity))
    _text(entry, "title", issue.titles.get(lang, str(issue.week)), lang)
    _text(entry, "updated", _moment(issue.updated))
    _text(entry, "summary", issue.leads.get(lang, ""), lang)
    for language, files in issue.documents.items():
        for kind, address in files.items():
            link = {"rel": "alternate", "href": address, "type": _MEDIA_TYPES[kind]}
            ET.SubElement(entry, "link", {**link, "hreflang": language})
    if NUMBERS in issue.files:
        link = {"rel": "related", "href": issue.address(NUMBERS), "type": "text/csv"}
        ET.SubElement(entry, "link", link)
    return entry


def _text(parent: ET.Element, name: str, text: str, lang: str = "") -> None:
    element = ET.SubElement(parent, name, {f"{_XML}lang": lang} if lang else {})
    element.text = text


def _identity(settings: Settings, *parts: str) -> str:
    """A name that holds wherever the folder lies: of who publishes, and of which issue."""
    whole = ("sitrep", settings.report.organisation, *parts)
    return uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(whole)).urn


def _newest(issues: Iterable[Listed]) -> date | None:
    return max((issue.updated for issue in issues if issue.updated), default=None)


def _moment(day: date | None) -> str:
    return f"{day or _NOTHING_YET}T00:00:00Z"
