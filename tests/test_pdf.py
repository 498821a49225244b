"""The PDF: what it says, how it is tagged, where it breaks."""

import io
import logging
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from sitrep.blocks import (
    MIME,
    Aside,
    Attachment,
    Block,
    BulletList,
    Chart,
    Column,
    Columns,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Masthead,
    Paragraph,
    Row,
    Run,
    Table,
)
from sitrep.errors import ReportError
from sitrep.pdf.exporter import SitrepPDFExporter
from sitrep.pdf.glyphs import clean, printable
from sitrep.pdf.render import render_pdf

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt">'
    '<rect width="{width}" height="{height}" fill="#1f5a6b"/></svg>'
)
HOSTILE = r"#hash *bold* <x> $y$ @ref \\ [a](b) _u_ `c` #{1+1}"
NUMBERS = "\ufeffweek,measure,value\n2021-W23,killed,20\n2021-W23,displaced,1867\n"


def svg(width: int = 499, height: int = 90) -> str:
    return SVG.format(width=width, height=height)


def table(rows: int, *, notes: tuple[str, ...] = ("Note of the table.",)) -> Table:
    return Table(
        columns=(Column("Place", "left"), Column("killed"), Column("injured")),
        rows=tuple(Row((f"Row {n}", str(n), str(1000 + n))) for n in range(rows)),
        notes=notes,
    )


def chart(height: int = 90) -> Chart:
    return Chart("Killed each week", "mean 12.5", svg(height=height), "Killed: 20", "Source: A.")


def document(*blocks: Block, **metadata: Any) -> Document:
    fields: dict[str, Any] = {
        "lang": "en",
        "title": "Situation report, 2021-W23",
        "description": "Recorded casualties.",
        "author": "Monitoring network",
        "date": "2021-06-14",
        "footer": "Footer of the report",
        "blocks": [block.to_json() for block in blocks],
        **metadata,
    }
    return Document(**fields)


def side_by_side(left: tuple[Block, ...], right: tuple[Block, ...]) -> Columns:
    return Columns((2, 1), tuple(tuple(b.to_json() for b in part) for part in (left, right)))


def sample() -> Document:
    figure = KeyFigure("Killed", "20", "20–24", "+6", "1 source", "casualties", svg(110, 20), "x")
    masthead = Masthead(
        "Monitoring network", "Weekly situation report", "Week 2021-W23",
        ("Issue 23", "Provisional"), (Run("Illustrative data."),), "Footer of the report",
        "en", "2021-06-14", "Recorded casualties.",
    )  # fmt: skip
    highlights = BulletList(((Run("20 killed", "strong"), Run(" in 27 incidents.")),))
    blocks = (
        masthead,
        side_by_side((highlights,), (Aside("How to read this", ((Run("Recorded only."),),)),)),
        KeyFigures((figure,) * 4),
        Heading(2, "Casualties"),
        chart(),
        table(3),
        Heading(3, "Words"),
        Paragraph((Run(HOSTILE), Run(" a link", href="https://example.org/a?b=ü"))),
        Paragraph((Run("thumb 👍 half \ud800 nul \0 end"),), style="note"),
        Heading(2, "Annex"),
        table(400),
        Attachment("numbers.csv", "text/csv", "Every number printed", NUMBERS),
    )
    return document(*blocks, attachments=[blocks[-1].to_json()])


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(sample())


@pytest.fixture(scope="module")
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield opened


def pages(pdf: bytes) -> list[list[str]]:
    """The lines of each page without the footer, which must be there."""
    opened = pypdfium2.PdfDocument(pdf)
    result = []
    for number in range(len(opened)):
        text = opened[number].get_textpage().get_text_range().replace("\r", "").strip()
        footer = re.search(r"\s*Footer of the report\s+(\d+) of (\d+)$", text)
        assert footer
        assert footer.groups() == (str(number + 1), str(len(opened)))
        result.append(text[: footer.start()].split("\n"))
    return result


def elements(node: Any) -> Iterator[Any]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def tagged(opened: pikepdf.Pdf, name: str) -> list[Any]:
    return [e for e in elements(opened.Root.StructTreeRoot) if name == e.S]


def scope(cell: Any) -> str:
    return next(str(a.Scope) for a in cell.A if "/Scope" in a)


def test_the_text_comes_out_verbatim_and_in_reading_order(pdf: bytes) -> None:
    text = " ".join(line for page in pages(pdf) for line in page)
    order = [
        "Monitoring network", "Weekly situation report", "Week 2021-W23", "Issue 23",
        "Illustrative data.", "20 killed in 27 incidents.", "How to read this", "Recorded only.",
        "20–24", "+6", "1 source", "Casualties", "Killed each week · mean 12.5", "Source: A.",
        "Row 0 0 1000", "Note of the table.", "Words", HOSTILE + " a link", "Annex", "Row 399",
    ]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_characters_without_a_glyph_are_replaced_and_reported(
    pdf: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        render_pdf(sample())
    assert "thumb \ufffd half \ufffd nul \ufffd end" in pages(pdf)[0]
    assert "3 characters" in caplog.text
    assert "U+1F44D thumbs up sign (1)" in caplog.text


def test_rendering_twice_gives_the_same_bytes(pdf: bytes) -> None:
    assert render_pdf(sample()) == pdf


def test_a_document_without_a_date_gets_no_date_of_today() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(document(date="")))) as opened:
        assert str(opened.docinfo.CreationDate).startswith("D:19700101")


def test_the_date_of_the_document_is_the_date_of_the_issue(opened: pikepdf.Pdf) -> None:
    assert str(opened.docinfo.CreationDate).startswith("D:20210614")


def test_every_table_is_one_table_with_headers_of_columns_and_rows(opened: pikepdf.Pdf) -> None:
    tables = tagged(opened, "/Table")
    body_rows = []
    for each in tables:
        head, body = each.K
        assert [scope(cell) for cell in head.K[0].K] == ["/Column"] * 3
        for row in body.K:
            assert [str(cell.S) for cell in row.K] == ["/TH", "/TD", "/TD"]
            assert scope(row.K[0]) == "/Row"
        body_rows.append(len(body.K))
    assert body_rows == [3, 400]


def test_the_notes_of_a_table_follow_it_as_paragraphs(opened: pikepdf.Pdf) -> None:
    for each in tagged(opened, "/Table"):
        siblings = list(each.P.K)
        following = siblings[siblings.index(each) + 1]
        assert following.S in ("/P", "/Div")
        assert following.P == each.P
    assert not tagged(opened, "/TFoot")


def test_every_figure_has_alternative_text(opened: pikepdf.Pdf) -> None:
    # Four sparklines and a chart.
    assert [str(e.Alt) for e in tagged(opened, "/Figure")] == ["x"] * 4 + ["Killed: 20"]


def test_language_title_and_metadata_are_set(opened: pikepdf.Pdf) -> None:
    assert str(opened.Root.Lang) == "en"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    with opened.open_metadata() as metadata:
        assert metadata["dc:title"] == "Situation report, 2021-W23"
        assert metadata["dc:creator"] == ["Monitoring network"]
        assert metadata["dc:description"] == "Recorded casualties."
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert "Casualties" in metadata["pdf:Keywords"]


def test_bookmarks_are_the_headings(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Casualties", "Annex"]
        assert [item.title for item in outline.root[0].children] == ["Words"]


def test_every_font_is_embedded(opened: pikepdf.Pdf) -> None:
    fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_the_numbers_are_attached_as_data(opened: pikepdf.Pdf) -> None:
    attached = opened.attachments["numbers.csv"]
    assert attached.get_file().read_bytes() == NUMBERS.encode()
    assert attached.relationship == pikepdf.Name.Data
    assert attached.description == "Every number printed"


def test_links_lead_only_to_published_addresses() -> None:
    runs = (
        Run("web", href="https://example.org/"),
        Run("script", href="javascript:alert(1)"),
        Run("file", href="file:///etc/passwd"),
    )
    with pikepdf.open(io.BytesIO(render_pdf(document(Paragraph(runs))))) as opened:
        links = [str(note.A.URI) for page in opened.pages for note in page.get("/Annots", [])]
    assert links == ["https://example.org/"]


def filled(lines: int, *blocks: Block) -> bytes:
    filler = (Paragraph((Run(f"filler {n}"),)) for n in range(lines))
    return render_pdf(document(*filler, *blocks, Paragraph((Run("end"),))))


@pytest.mark.parametrize(
    "following",
    [
        (Paragraph((Run("word " * 60),)),),
        (chart(120),),
        (table(10),),
        (table(40),),
        (Heading(3, "Lower heading"), table(40)),
        (side_by_side((Heading(3, "Left heading"), chart()), (table(30),)),),
    ],
    ids=["paragraph", "chart", "short table", "long table", "two headings", "columns"],
)
def test_a_heading_is_never_the_last_thing_on_a_page(following: tuple[Block, ...]) -> None:
    headings = {"The heading", "Lower heading", "Left heading", "Killed each week · mean 12.5"}
    broke = 0
    # A page holds some fifty of these lines: the foot of the page moves through the blocks.
    for lines in range(38, 54):
        made = pages(filled(lines, Heading(2, "The heading"), *following))
        assert not headings & {page[-1] for page in made}
        # The table of the right column is read next where the left one ends with its heading.
        assert "Left heading\nPlace" not in "\n".join(line for page in made for line in page)
        broke += len(made) > 1
    assert broke


def test_a_long_table_repeats_its_header_and_cuts_no_row() -> None:
    tall = Row(("Tall row " + "word " * 120, "7", "8"))
    for lines in range(36, 50, 2):
        rows = (*table(4).rows, tall, *table(30).rows)
        made = pages(filled(lines, Table(table(1).columns, rows, notes=("Its note.",))))
        holding = [page for page in made if any("Row 29" in x or "Row 0" in x for x in page)]
        assert all(any(x.startswith("Place") for x in page) for page in holding)
        # The row has 600 characters on lines of about 130.
        assert sum(any(x.startswith("word") for x in page) for page in made) == 1
        assert "Its note." not in [page[0] for page in made]


def test_a_key_figure_of_millions_does_not_reach_into_the_next() -> None:
    figure = KeyFigure("Displaced", "12,000,052", "", "", "1 source", "displacement", "", "")
    with pypdfium2.PdfDocument(render_pdf(document(KeyFigures((figure,) * 5)))) as opened:
        text = opened[0].get_textpage()
        found, boxes = text.search("12,000,052"), []
        while place := found.get_next():
            boxes += [(text.get_charbox(place[0]), text.get_charbox(sum(place) - 1))]
    assert len(boxes) == 5
    assert all(last[2] < first[0] for (_, last), (first, _) in pairwise(boxes))


def test_short_columns_stay_on_one_page() -> None:
    says = BulletList(tuple((Run(f"Item {n}: " + "word " * 18),) for n in range(9)))
    broke = 0
    for lines in range(40, 54):
        made = pages(filled(lines, side_by_side((says,), (table(3),))))
        found = [sum("Item" in line for line in page) for page in made]
        assert sorted(found)[-1] == sum(found) == 9
        broke += len(made) > 1
    assert broke


def test_a_title_a_little_too_long_is_set_on_one_line_and_a_long_one_in_full_size() -> None:
    def lines(title: str) -> list[str]:
        facts = ("Projet du numéro 1 · français", "Prochain numéro le 21 juin 2021")
        head = Masthead("", title, "Week", facts, (), "Footer", "fr", "2021-06-14", "About.")
        return pages(render_pdf(document(head)))[0]

    title = "Rapport de situation hebdomadaire"
    assert title in lines(title)
    # In full size no line has room for so much.
    assert not any(title in line for line in lines(f"{title} {title}"))


def test_documents_without_masthead_or_with_skipped_levels_are_set() -> None:
    with pikepdf.open(
        io.BytesIO(render_pdf(document(Heading(3, "Deep"), Heading(2, " "), table(0))))
    ) as opened:
        assert [str(e.T) for e in tagged(opened, "/H1")] == ["Situation report, 2021-W23"]
        assert [str(e.T) for e in tagged(opened, "/H2")] == ["Deep"]


def test_a_table_of_many_columns_stays_on_the_page() -> None:
    columns = (Column("Name", "left"), *(Column(f"measure {n}") for n in range(22)))
    wide = Table(columns, (Row(("Place", *["1,234,567"] * 22)),))
    textpage = pypdfium2.PdfDocument(render_pdf(document(wide)))[0].get_textpage()
    boxes = [textpage.get_charbox(index) for index in range(textpage.count_chars())]
    # A4 is 595 pt wide, with margins of 48 pt.
    assert max(box[2] for box in boxes) <= 595 - 47


def test_a_picture_that_is_none_is_an_error_of_the_report() -> None:
    with pytest.raises(ReportError, match="could not be set"):
        render_pdf(document(Chart("t", "", "no picture", "alt", "")))


def test_line_breaks_and_tabs_become_spaces_and_endless_words_may_break() -> None:
    assert printable("a\nb\tc\u2028d") == "a b c d"
    assert printable("x" * 64) == "x" * 64
    assert printable("x" * 70).split("\u200b") == ["x" * 24, "x" * 24, "x" * 22]


def test_overrides_of_direction_are_left_out_and_isolates_kept() -> None:
    text, replaced = clean("\u2066W23\u2069 \u202eevil")
    assert text == "\u2066W23\u2069 evil"
    assert dict(replaced) == {"\u202e": 1}


def test_marks_that_the_font_of_their_letter_lacks_are_left_out() -> None:
    # U+064E is an Arabic vowel sign: the font that has it has no Cyrillic letters.
    assert printable("Ж\u064e ب\u064e") == "Ж ب\u064e"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=8))
def test_no_text_stops_a_report(texts: list[str]) -> None:
    blocks = [Paragraph((Run(text, "emphasis"), Run(text, "strong"))) for text in texts]
    rows = tuple(Row((text, text)) for text in texts)
    cells = Table((Column(texts[0], "left"), Column(texts[0])), rows, notes=(texts[0],))
    assert render_pdf(document(Heading(2, texts[0]), *blocks, cells)).startswith(b"%PDF-1.7")


def test_the_exporter_makes_a_pdf_of_a_notebook_that_was_run() -> None:
    block = Paragraph((Run("A block of the notebook."),))
    output = new_output("display_data", {MIME: block.to_json(), "text/plain": "not published"})
    cells = [new_markdown_cell("# Title of the notebook"), new_code_cell("", outputs=[output])]
    resources = {"metadata": {"name": "notebook", "path": ""}}
    pdf, resources = SitrepPDFExporter().from_notebook_node(new_notebook(cells=cells), resources)
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "Title of the notebook" in text
    assert "A block of the notebook." in text
    assert "not published" not in text
    assert resources["output_extension"] == ".pdf"


def test_letter_is_set_on_letter_and_all_else_on_a4() -> None:
    text = Paragraph((Run("text"),))
    for paper, size in (("a4", (595, 842)), ("letter", (612, 792)), ("", (595, 842))):
        page = pypdfium2.PdfDocument(render_pdf(document(text, paper=paper)))[0]
        assert tuple(round(side) for side in page.get_size()) == size


def test_a_logo_stands_in_the_masthead_and_is_told_as_the_organisation() -> None:
    masthead = {**sample().blocks[0], "logo": svg(400, 40)}
    made = render_pdf(document(blocks=[masthead]))
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert [str(e.Alt) for e in tagged(opened, "/Figure")] == ["Monitoring network"]
    page = pypdfium2.PdfDocument(made)[0]
    # Ten times as wide as high, it is cut down to half the page's width: 88 mm are 249 pt.
    widths = [
        right - left
        for left, _, right, _ in (item.get_bounds() for item in page.get_objects())
        if 200 < right - left < 300
    ]
    assert widths == [pytest.approx(249, abs=2)]


def test_the_accent_of_the_publisher_is_that_of_the_page() -> None:
    masthead = sample().blocks[0]
    for accent, red in (("", "0.12156863"), ("#7a1f5c", "0.47843137")):
        with pikepdf.open(io.BytesIO(render_pdf(document(blocks=[masthead], accent=accent)))) as it:
            assert red.encode() in it.pages[0].Contents.read_bytes()
