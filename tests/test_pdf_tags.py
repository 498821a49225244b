"""What a PDF tells those who do not see it: order, tables, headings, pictures, languages."""

import io
import itertools
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from tagtree import Element, tree
from test_pdf import chart, document, sample, side_by_side, table

from sitrep.blocks import Attachment, Block, Chart, Heading, Paragraph, Run
from sitrep.pdf.render import render_pdf

NUMBERS = Attachment("numbers.csv", "text/csv", "Every number printed", "week\n")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(sample())


@pytest.fixture(scope="module")
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def tags(opened: pikepdf.Pdf) -> Element:
    return tree(opened)


def tags_of(*blocks: Block, **metadata: Any) -> Element:
    with pikepdf.open(io.BytesIO(render_pdf(document(*blocks, **metadata)))) as opened:
        return tree(opened)


def test_a_table_is_one_element_of_rows_of_headers_and_cells(tags: Element) -> None:
    tables = tags.all("Table")
    assert [len(each.all("TR")) for each in tables] == [4, 401]
    for each in tables:
        head, *body = each.all("TR")
        assert [(cell.kind, cell.scope) for cell in head.elements()] == [("TH", "/Column")] * 3
        for row in body:
            kinds = [(cell.kind, cell.scope) for cell in row.elements()]
            assert kinds == [("TH", "/Row"), ("TD", ""), ("TD", "")]
        assert [cell.text for cell in body[-1].elements()] == [
            f"Row {len(body) - 1}", str(len(body) - 1), str(999 + len(body)),
        ]  # fmt: skip


def test_columns_side_by_side_are_read_one_after_the_other() -> None:
    left = (
        Heading(2, "Left"),
        Paragraph((Run("left one"),)),
        table(3),
        Paragraph((Run("left two"),)),
    )
    right = (Heading(2, "Right"), Paragraph((Run("right one"),)))
    said = tags_of(side_by_side(left, right), Paragraph((Run("after"),))).text
    order = ["Left", "left one", "Row 2", "left two", "Right", "right one", "after"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)


def test_headings_begin_at_one_and_skip_no_level(tags: Element) -> None:
    levels = [int(heading.kind[1]) for heading in tags.all("H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert levels.count(1) == 1


def test_every_picture_is_told_in_words_and_nothing_is_tagged_empty(tags: Element) -> None:
    figures = tags.all("Figure")
    assert figures
    for figure in figures:
        assert str(figure.node.Alt).strip()
    for element in tags.all("P", "H1", "H2", "H3", "TH", "LBody", "Link"):
        assert element.text.strip(), element.kind


def test_the_document_is_marked_titled_and_read_along_its_tags(opened: pikepdf.Pdf) -> None:
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert str(opened.Root.ViewerPreferences.get("/Direction", "/L2R")) == "/L2R"
    assert all(page.Tabs == "/S" for page in opened.pages)


def test_arabic_words_in_english_are_read_as_arabic_and_the_rest_is_not() -> None:
    tags = tags_of(Paragraph((Run("In \u2068أريحا\u2069 and \u2068معرة النعمان\u2069."),)))
    arabic = [text.text for text in tags.texts() if text.lang == "ar"]
    assert "أريحا" in arabic
    assert not re.search("[a-z]", "".join(arabic))
    english = "".join(text.text for text in tags.texts() if text.lang == "en")
    assert re.search("In .* and", english)


def links(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            element.text
            for element in tree(opened).all("Link")
            if any("/Dest" in note or "/A" in note for page in opened.pages
                   for note in page.get("/Annots", []))
        ]  # fmt: skip


def test_a_chart_leads_to_its_numbers_where_they_are_attached() -> None:
    own = replace(chart(), numbers="")
    untold = Chart("No words below", "", chart().svg, "words", "")
    files = [NUMBERS.to_json(), NUMBERS.to_json()]
    made = render_pdf(document(chart(), own, untold, NUMBERS, NUMBERS, attachments=files))
    assert links(made) == ["Numbers"] * 2
    with pikepdf.open(io.BytesIO(made)) as opened:
        notes = [note for page in opened.pages for note in page.get("/Annots", [])]
        assert [str(note.Contents) for note in notes] == ["Numbers of this chart"] * 2
    assert links(render_pdf(document(chart()))) == []


def test_the_checker_of_pdf_ua_in_python_finds_nothing(pdf: bytes, tmp_path: Any) -> None:
    from pdfua import validate

    (tmp_path / "report.pdf").write_bytes(pdf)
    assert not validate(str(tmp_path / "report.pdf")).findings


@pytest.mark.skipif(not shutil.which("verapdf"), reason="veraPDF is not installed")
@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_verapdf_finds_nothing(pdf: bytes, tmp_path: Any, flavour: str) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf)
    said = subprocess.run(
        ["verapdf", "-f", flavour, "--format", "text", tmp_path / "report.pdf"],
        capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    assert said.startswith("PASS")
