"""The page of all reports and their feed: what is listed, found and linked, and what is not."""

import base64
import hashlib
import io
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from laying import FOLDED, lay
from PIL import Image

from sitrep.blocks import Document
from sitrep.folding import folded
from sitrep.pdf.render import render_pdf
from sitrep.pdf.thumbnail import MOST_BYTES, WIDTH, thumbnail
from sitrep.run.facts import of_numbers
from sitrep.run.index import write_index
from sitrep.run.progress import Progress
from sitrep.run.rehearsal import every_kind_of_block
from sitrep.settings import CountingSettings, ReportSettings, Settings
from sitrep.weeks import parse_week

ATOM = {"a": "http://www.w3.org/2005/Atom"}
XML = "{http://www.w3.org/XML/1998/namespace}"


# What is read back


def index(out: Path, **report: Any) -> "Page":
    report = {"organisation": "A desk", **report}
    path = write_index(out, Settings(root=out, report=ReportSettings(**report)), progress=QUIET)
    return Page(path.read_text(encoding="utf-8"))


def feed(out: Path, **report: Any) -> ET.Element:
    index(out, **report)
    return ET.parse(out / "feed.xml").getroot()


QUIET = Progress(quiet=True)


class Page(HTMLParser):
    """The elements of a page in their order, and the text within each kind."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source, self.elements, self._open = text, [], []  # type: ignore[var-annotated]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = {"tag": tag, "text": "", **dict(attrs)}
        self.elements.append(element)
        if tag not in ("meta", "link", "img", "input"):
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()["tag"] == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element["text"] += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, Any]]:
        return [
            element
            for element in self.elements
            if element["tag"] == tag and attributes.items() <= element.items()
        ]

    def texts(self, tag: str, **attributes: str) -> list[str]:
        return [" ".join(found["text"].split()) for found in self.all(tag, **attributes)]


# The page


def test_reports_stand_by_years_with_the_newest_week_first(tmp_path: Path) -> None:
    for week in ("2020-W53", "2021-W02", "2021-W10"):
        lay(tmp_path, week=week)
    lay(tmp_path, "2021-W10-quality", week="2021-W10", kind="data quality", stem="data-quality")
    page = index(tmp_path)
    assert page.texts("h2") == ["2021", "2020"]
    assert page.texts("h3") == [
        "2021-W10 Monday 8 to Sunday 14 March 2021",
        "2021-W10 Monday 8 to Sunday 14 March 2021",
        "2021-W02 Monday 11 to Sunday 17 January 2021",
        "2020-W53 Monday 28 December 2020 to Sunday 3 January 2021",
    ]
    assert page.texts("p", **{"class": "about"}) == [
        "Idlib region · Situation report",
        "Idlib region · Data quality",
        "Idlib region · Situation report",
        "Idlib region · Situation report",
    ]


def test_a_week_begins_on_the_day_that_the_settings_say(tmp_path: Path) -> None:
    lay(tmp_path)
    settings = Settings(root=tmp_path, counting=CountingSettings(week_start="sunday"))
    page = Page(write_index(tmp_path, settings, progress=QUIET).read_text(encoding="utf-8"))
    assert page.texts("h3") == ["2021-W23 Sunday 6 to Saturday 12 June 2021"]


def test_a_report_keeps_the_days_of_its_week_when_the_settings_change(tmp_path: Path) -> None:
    lay(tmp_path, week_start="saturday")
    assert index(tmp_path).texts("h3") == ["2021-W23 Saturday 5 to Friday 11 June 2021"]


def test_every_link_and_picture_is_there_and_relative(tmp_path: Path) -> None:
    said = {"title": "", "lead": ""}
    lay(tmp_path, documents={"en": said, "ar": said})
    lay(tmp_path, "2021-W23-معرة-النعمان #1?", week="2021-W23")
    page = index(tmp_path)
    targets = [it["href"] for it in page.all("a")] + [it["src"] for it in page.all("img")]
    # 2 feeds' and skip links; 3 documents of 2 links and 2 titles, 2 CSV, 2 pictures
    assert len(targets) == 2 + 6 + 2 + 2 + 2
    for target in targets:
        assert target == "#reports" or (tmp_path / unquote(target)).is_file(), target
    ids = {it["id"] for it in page.elements if "id" in it}
    for it in page.elements:
        assert it.get("aria-labelledby", "reports") in ids


def test_a_language_is_named_in_itself_and_its_documents_say_which_they_are(tmp_path: Path) -> None:
    lay(tmp_path, documents={code: {"title": "", "lead": f"In {code}."} for code in ("en", "ar")})
    page = index(tmp_path)
    assert page.texts("span", lang="ar", dir="rtl") == ["العربية"]
    assert page.texts("span", lang="en", dir="ltr") == ["English"]
    pdfs = page.all("a", type="application/pdf")
    assert [it["hreflang"] for it in pdfs] == ["en", "ar"]
    assert page.texts("p", lang="en") == ["In en."]


def test_the_page_is_in_the_first_language_of_the_settings(tmp_path: Path) -> None:
    lay(tmp_path, documents={code: {"title": "", "lead": f"In {code}."} for code in ("en", "ar")})
    page = index(tmp_path, languages=("ar", "en"), digits="arab")
    [root] = page.all("html")
    assert (root["lang"], root["dir"]) == ("ar", "rtl")
    assert page.texts("p", lang="ar", dir="rtl") == ["In ar."]
    assert [it["hreflang"] for it in page.all("a", type="application/pdf")] == ["ar", "en"]
    assert page.texts("span", **{"class": "value"}) == ["٢٠"]
    assert page.all("search")[0]["data-digits"] == "٠١٢٣٤٥٦٧٨٩"


def test_the_page_has_the_accent_of_the_publisher(tmp_path: Path) -> None:
    [style] = index(tmp_path, accent="#7a1f1f").all("style")
    assert "--accent:#7a1f1f" in style["text"].replace(": ", ":")


def test_a_blank_number_is_a_dash_and_one_that_is_not_there_is_not_shown(tmp_path: Path) -> None:
    lay(tmp_path, numbers={"killed": ["", "", ""], "displaced": ["1867", "1867", "2000"]})
    numbers = {"killed": ["0", "0", "0"], "injured": ["*", "*", "*"]}  # none; withheld
    lay(tmp_path, week="2021-W22", victims="all", numbers=numbers)
    page = index(tmp_path)
    assert page.texts("dt") == [
        "civilians killed", "newly displaced", "people killed", "people injured",
    ]  # fmt: skip
    assert page.texts("dd") == ["–", "1,867 1,867–2,000", "0", "*"]


def test_the_page_says_how_final_a_report_is(tmp_path: Path) -> None:
    lay(tmp_path, "2021-W23", number=3)
    lay(tmp_path, "2021-W22", week="2021-W22", number=2, published_on="2021-06-08")
    lay(tmp_path, "2021-W21", week="2021-W21", number=4, edition=2, published_on="2021-07-01")
    notes = index(tmp_path).texts("p", **{"class": "note"})
    assert notes[1:4] == [
        "Draft of issue 3 · Data frozen 30 June 2021",
        "Issue 2 · Published 8 June 2021 · Data frozen 30 June 2021",
        "Issue 4, edition 2 of this week · Published 1 July 2021 · Data frozen 30 June 2021",
    ]


def test_that_data_are_made_up_is_said_at_every_report_of_them(tmp_path: Path) -> None:
    lay(tmp_path, illustrative=True)
    lay(tmp_path, week="2021-W22")
    notes = index(tmp_path).texts("p", **{"class": "note"})
    assert [note for note in notes if "made up" in note] == [
        "Illustrative data: every incident in this report is made up."
    ]


def test_hostile_names_are_text_and_the_one_script_is_ours(tmp_path: Path) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>\x00\ud800'
    said = {"title": bad, "lead": bad}
    folder = lay(
        tmp_path, '2021-W23 "><script>alert(1)<', area=bad, places=[bad], part=bad,
        documents={"en": said}, published_on="2021-06-20",
    )  # fmt: skip
    lay(tmp_path, "other", kind=bad, shown_to=bad)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"] |= {"../../outside.html": "", "javascript:alert(1)": ""}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    page = index(tmp_path, organisation='"><script>', title="</title><script>")
    [script] = page.all("script")
    digest = base64.b64encode(hashlib.sha256(script["text"].encode()).digest()).decode()
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    assert f"script-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy
    assert len(page.all("img")) == 2
    assert not [it for it in page.elements if any(name.startswith("on") for name in it)]
    assert not [it for it in page.all("a") if "outside" in it["href"] or ":" in it["href"]]
    assert "\x00" not in page.source
    ET.parse(tmp_path / "feed.xml")


def test_a_manifest_that_cannot_be_read_is_left_out_and_said_once(tmp_path: Path) -> None:
    lay(tmp_path)
    for name, text in {"a": "{", "b": "[]", "c": '{"inputs": {"parameters": []}}'}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(text)
    (tmp_path / "no report").mkdir()
    said = io.StringIO()
    write_index(tmp_path, Settings(root=tmp_path), progress=Progress(stream=said))
    assert said.getvalue().splitlines() == [
        "Left out of index.html, as manifest.json cannot be read: 'a', 'b', 'c'"
    ]
    assert len(Page((tmp_path / "index.html").read_text(encoding="utf-8")).all("article")) == 1


def test_a_folder_without_reports_has_a_page_that_says_so(tmp_path: Path) -> None:
    page = index(tmp_path)
    assert "There is no report yet." in page.source
    assert not page.all("script")
    assert not feed(tmp_path).findall("a:entry", ATOM)


def test_a_report_of_an_older_program_is_listed_with_what_it_says(tmp_path: Path) -> None:
    folder = lay(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["issue"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "thumbnail.jpg").unlink()
    page = index(tmp_path)
    assert page.texts("h3") == ["2021-W23 Monday 7 to Sunday 13 June 2021"]
    assert page.texts("p", **{"class": "note"})[1] == "Draft"
    assert not page.all("img")


# The feed


def test_the_feed_holds_what_was_published_for_readers(tmp_path: Path) -> None:
    lay(tmp_path, week="2021-W23")
    lay(tmp_path, week="2021-W22", published_on="2021-06-08")
    lay(tmp_path, week="2021-W21", published_on="2021-06-20", edition=2)
    lay(
        tmp_path,
        "2021-W20-internal",
        week="2021-W20",
        published_on="2021-06-20",
        shown_to="internal",
    )
    entries = feed(tmp_path).findall("a:entry", ATOM)
    assert [each.findtext("a:title", "", ATOM) for each in entries] == [
        "Title 2021-W21",
        "Title 2021-W22",
    ]


def test_the_feed_has_what_atom_asks_for(tmp_path: Path) -> None:
    lay(tmp_path, published_on="2021-06-20")
    root = feed(tmp_path, title="Weekly", languages=("en",))
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert root.get(f"{XML}lang") == "en"
    assert root.get(f"{XML}base") is None
    assert root.findtext("a:title", "", ATOM) == "Weekly · A desk"
    assert root.findtext("a:updated", "", ATOM) == "2021-06-20T00:00:00Z"
    assert root.findtext("a:author/a:name", "", ATOM) == "A desk"
    assert [it.get("href") for it in root.findall("a:link", ATOM)] == ["feed.xml", "index.html"]
    [entry] = root.findall("a:entry", ATOM)
    assert entry.findtext("a:updated", "", ATOM) == "2021-06-20T00:00:00Z"
    assert entry.findtext("a:summary", "", ATOM) == "A lead."
    links = entry.findall("a:link", ATOM)
    assert [(it.get("rel"), it.get("type"), it.get("href")) for it in links] == [
        ("alternate", "text/html", "2021-W23/situation-report.en.html"),
        ("alternate", "application/pdf", "2021-W23/situation-report.en.pdf"),
        ("related", "text/csv", "2021-W23/numbers.csv"),
    ]
    ids = [it.text or "" for it in root.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in ids)
    [link] = index(tmp_path).all("link", type="application/atom+xml")
    assert (link["rel"], link["href"]) == ("alternate", "feed.xml")


def test_an_address_becomes_the_base_of_the_links_and_changes_no_identity(tmp_path: Path) -> None:
    lay(tmp_path, published_on="2021-06-20")
    without = feed(tmp_path)
    with_address = feed(tmp_path, address="https://example.org/reports")
    assert with_address.get(f"{XML}base") == "https://example.org/reports/"
    for path in ("a:id", "a:entry/a:id"):
        assert with_address.findtext(path, "", ATOM) == without.findtext(path, "", ATOM)


def test_a_week_published_again_keeps_its_identity_and_another_area_has_its_own(
    tmp_path: Path,
) -> None:
    def identities(out: Path) -> list[str]:
        return [it.findtext("a:id", "", ATOM) for it in feed(out).findall("a:entry", ATOM)]

    lay(tmp_path / "one", published_on="2021-06-20")
    lay(tmp_path / "two", published_on="2021-07-20", edition=2)
    lay(tmp_path / "two", "2021-W23-idlib", part="Idlib", published_on="2021-07-10")
    [first] = identities(tmp_path / "one")
    again, other = identities(tmp_path / "two")
    assert (first, first) == (again, again)
    assert first != other


def test_the_same_reports_give_the_same_bytes(tmp_path: Path) -> None:
    lay(tmp_path, published_on="2021-06-20")
    lay(tmp_path, week="2021-W22")

    def written() -> list[bytes]:
        index(tmp_path)
        return [(tmp_path / name).read_bytes() for name in ("index.html", "feed.xml")]

    assert written() == written()


# What a manifest says of its issue


def test_the_facts_are_the_totals_and_the_places_of_the_week() -> None:
    numbers = (
        "week,measure,breakdown,group,value,low,high,incidents,not_reported,sources\n"
        "2021-W22,killed,,,9,9,9,1,0,1\n"  # another week
        "2021-W23,killed,,,20,17,24,27,0,1\n"
        "2021-W23,displaced,,,,,,0,0,0\n"  # not reported
        "2021-W23,incidents,,,27,27,27,27,0,1\n"  # not a headline here
        '2021-W23,incidents,place,"Bara, Ariha",1,1,1,1,0,1\n'
        "2021-W23,incidents,admin2,not recorded,1,1,1,1,0,1\n"
        "2021-W23,incidents_expected,admin2,Afrin,3,3,3,,,\n"  # nothing was recorded there
        "2021-W23,displaced,destination_admin2,Harim,5,5,5,1,0,1\n"
    )
    item = {"name": "numbers.csv", "text": numbers}
    document = Document("en", "", "", "", "", "", [], [item])
    assert of_numbers(document, parse_week("2021-W23")) == {
        "numbers": {"killed": ["20", "17", "24"], "displaced": ["", "", ""]},
        "places": ["Bara, Ariha", "Harim"],
    }


def test_a_notebook_without_such_a_table_has_no_totals() -> None:
    document = Document(
        "en", "", "", "", "", "", [], [{"name": "numbers.csv", "text": "week\nx\n"}]
    )
    assert of_numbers(document, parse_week("2021-W23")) == {"numbers": {}, "places": []}


def test_the_thumbnail_is_small_and_the_same_for_the_same_pdf() -> None:
    pdf = render_pdf(every_kind_of_block())
    picture = thumbnail(pdf)
    assert picture == thumbnail(pdf)
    assert len(picture) <= MOST_BYTES
    with Image.open(io.BytesIO(picture)) as image:
        assert (image.format, image.width) == ("JPEG", WIDTH)
        assert abs(image.height - WIDTH * 297 / 210) <= 1
        assert image.getextrema() != ((255, 255),) * 3  # something is printed on it


# Search


@pytest.mark.parametrize("text", FOLDED)
def test_words_are_folded_to_their_plainest_form(text: str) -> None:
    assert folded(text) == FOLDED[text]
    assert folded(folded(text)) == folded(text)


def test_without_a_script_all_is_shown_and_there_is_no_field(tmp_path: Path) -> None:
    lay(tmp_path)
    page = index(tmp_path)
    assert "hidden" in page.all("search")[0]
    assert all("hidden" not in it for it in page.elements if it["tag"] != "search")
    [label], [field] = page.all("label"), page.all("input")
    assert label["for"] == field["id"]
