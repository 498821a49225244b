"""A PDF in Arabic: seen from the right, and read and copied in the order of reading."""

import io
import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from typing import Any

import arabic
import pikepdf
import pypdfium2
import pytest
from tagtree import Element, tree

from sitrep.pdf import render
from sitrep.pdf.render import render_pdf

MARKS = re.compile("[\u2066-\u2069]")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(arabic.report())


@pytest.fixture(scope="module")
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def tags(opened: pikepdf.Pdf) -> Element:
    return tree(opened)


def plain(text: str) -> str:
    """Without the marks that nobody sees, and with each letter as itself."""
    return MARKS.sub("", unicodedata.normalize("NFKC", text))


def texts(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """What a document says in the elements that hold one text each, in order."""
    for block in blocks:
        if block["kind"] == "masthead":
            yield block["title"]
        elif block["kind"] == "heading":
            yield block["text"]
        elif block["kind"] == "list":
            yield from ("".join(run["text"] for run in item) for item in block["items"])
        elif block["kind"] == "aside":
            yield from ("".join(run["text"] for run in runs) for runs in block["paragraphs"])
        elif block["kind"] == "table":
            yield from (column["label"] for column in block["columns"])
            yield from (cell for row in block["rows"] for cell in row["cells"])
            yield from block["notes"]
        elif block["kind"] == "paragraph":
            yield "".join(run["text"] for run in block["runs"])
        elif block["kind"] == "columns":
            for part in block["parts"]:
                yield from texts(part)


def test_what_is_read_aloud_is_what_the_document_says_in_its_order(tags: Element) -> None:
    said = [plain(e.text) for e in tags.all("H1", "H2", "LBody", "P", "TH", "TD")]
    document = json.loads(json.dumps(arabic.report().blocks))
    expected = [plain(text) for text in texts(document)]
    assert [text for text in said if text in expected] == expected


def test_the_page_runs_from_the_right(opened: pikepdf.Pdf, pdf: bytes) -> None:
    assert opened.Root.ViewerPreferences.Direction == "/R2L"
    assert str(opened.Root.Lang) == "ar"
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    # The first column of a table stands at the right, its units under each other at the right.
    label, *numbers = (place(page, word) for word in ("نساء", "1,036", "27"))
    assert label[2] > 580 - 48
    assert numbers[0][2] == pytest.approx(numbers[1][2], abs=1)
    assert numbers[0][2] < label[0]


def place(page: Any, word: str) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a word on the page."""
    text = page.get_text_range()
    starts = [found.start() for found in re.finditer(re.escape(word), text)]
    boxes = [page.get_charbox(at) for start in starts for at in range(start, start + len(word))]
    last = boxes[-len(word) :]
    return (min(b[0] for b in last), min(b[1] for b in last), max(b[2] for b in last),
            max(b[3] for b in last))  # fmt: skip


def test_bookmarks_are_in_arabic(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "الإصابات", "من", "أين", "المصادر والمنهج",
        ]  # fmt: skip


def test_names_in_latin_letters_are_read_as_english(tags: Element) -> None:
    english = "".join(text.text for text in tags.texts() if text.lang == "en")
    assert "White Helmets" in english
    assert "Kafr Latah" in english
    assert not re.search("[\u0620-\u064a]", english)


def test_the_corrections_change_nothing_that_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = []
    for correct in (True, False):
        if not correct:
            monkeypatch.setattr(render, "correct_tags", lambda pdf, **_: pdf)
        page = pypdfium2.PdfDocument(render_pdf(arabic.report()))[0]
        pictures.append(page.render(scale=1.5).to_numpy().astype(int))
    # Where two letters touch, the order of drawing may show in the last bit of a grey.
    assert abs(pictures[0] - pictures[1]).max() <= 2


def test_isolates_stay_and_no_character_becomes_a_box(tags: Element) -> None:
    said = "".join(text.text for text in tags.texts())
    assert "\ufffd" not in said
    assert "\u20682021-W23\u2069" in said


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_what_is_copied_is_in_the_order_of_reading(pdf: bytes) -> None:
    copied = subprocess.run(
        ["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    words = plain(re.sub("[\u202a-\u202e]", "", copied)).split()
    for word in (
        "الأسبوع",
        "2021-W23",
        "17–24",
        "الاثنين",
        "إلى",
        "لأسبوع",
        "المنهج",
        "1,034–1,041",
    ):
        assert any(word in each for each in words), word


def test_page_numbers_are_in_the_digits_of_the_report() -> None:
    from dataclasses import replace

    document = replace(arabic.report(), digits="arab")
    text = pypdfium2.PdfDocument(render_pdf(document))[0].get_textpage().get_text_range()
    assert "١" in text
