"""The page: nothing hostile runs, nothing is fetched, and it can be read by everyone."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from sitrep.blocks import (
    MIME,
    Aside,
    Attachment,
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
from sitrep.document import from_notebook
from sitrep.errors import ReportError
from sitrep.html.exporter import SitrepHTMLExporter
from sitrep.html.render import picture, render_block, render_html
from sitrep.html.theme import STYLE_SHEET, dark
from sitrep.language import in_use
from sitrep.style import colours

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="496.8pt" height="115.2pt">'
    '<path d="M 0 0" style="fill: #1f5a6b"/></svg>'
)
VOID = {"meta", "link", "img", "br", "hr"}


class Page(HTMLParser):
    """Elements with their attributes, in order; fails on a tag that is not closed in order."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.text = [], [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def blocks(text="words", title="Casualties", svg=SVG):
    """One block of every kind, `text` in every place that holds text."""
    runs = (Run(text), Run(text, "strong", f"javascript:{text}"), Run(text, "code"))
    table = Table(
        tuple(Column(text, "left" if n == 0 else "right") for n in range(5)),
        (Row((text,) * 5), Row((text,) * 5, indent=1, strong=True, rule=True)),
        title=text,
        notes=(text,),
    )
    inner = (Heading(3, text), Paragraph(runs, "note"), Table((Column(text),), (Row((text,)),)))
    return [
        block.to_json()
        for block in (
            Masthead(text, text, text, (text,), runs, text, "en", "2021-06-14", text),
            Heading(2, title),
            BulletList((runs, runs)),
            Aside(text, (runs,)),
            KeyFigures((KeyFigure(text, text, text, text, text, "casualties", svg, text),)),
            Chart(text, text, svg, text, text),
            table,
            Columns((1, 1), (tuple(block.to_json() for block in inner), ())),
            Attachment(text, "text/csv", text, text),
        )
    ]


def document(content, lang="en"):
    return Document(lang, "Title", "Description", "Author", "2021-06-14", "Foot", content)


@pytest.fixture(scope="module")
def page():
    return Page(render_html(document(blocks())))


def test_hostile_text_is_only_ever_text():
    html = render_html(document(blocks(HOSTILE, title=HOSTILE)))
    page = Page(html)
    assert page.all("script") == []
    assert all(not name.startswith("on") for _, attrs in page.elements for name in attrs)
    assert "<script" not in html
    assert "javascript:" not in html
    assert "".join(page.text).count("<script>alert(1)</script>") > 20


def test_a_picture_can_neither_run_nor_fetch():
    hostile = SVG.replace("<path", '<script>alert(1)</script><image href="http://x.org/a"/><path')
    page = Page(render_html(document(blocks(svg=hostile))))
    assert page.all("script") == page.all("svg") == page.all("image") == []
    assert all(img["src"].startswith("data:image/svg+xml;base64,") for img in page.all("img"))


def test_nothing_is_fetched(page):
    for _, attrs in page.elements:
        assert attrs.get("src", "data:").startswith("data:")
        assert re.match(r"data:|#|https?:|mailto:", attrs.get("href", "#"))
    assert [link["href"] for link in page.all("link")] == ["data:,"]
    style = render_html(document(blocks())).partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_the_content_security_policy_allows_the_one_style_sheet_and_no_script():
    html = render_html(document(blocks()))
    style = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(m for m in Page(html).all("meta") if m.get("http-equiv"))["content"]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    assert all("style" not in attrs for _, attrs in Page(html).elements)


def test_the_page_has_language_title_description_and_landmarks(page):
    assert page.all("html") == [{"lang": "en", "dir": "ltr"}]
    for tag in ("title", "header", "main", "footer", "h1"):
        assert len(page.all(tag)) == 1, tag
    assert {"name": "description", "content": "Description"} in page.all("meta")
    assert page.all("a")[0] == {"class": "skip", "href": "#report"}
    assert page.all("main")[0]["id"] == "report"


def test_arabic_runs_from_the_right():
    page = Page(render_html(document(blocks(), lang="ar")))
    assert page.all("html") == [{"lang": "ar", "dir": "rtl"}]


@pytest.mark.parametrize("lang", ["ar", "fr", "tr"])
def test_the_page_s_own_words_are_in_its_language(lang, monkeypatch):
    said = {"page_skip": "SKIP", "page_sections": "SECTIONS", "page_table": "TABLE {head}"}
    monkeypatch.setattr(
        "sitrep.language.rules.translated",
        lambda text, context: said.get(context, text) if in_use().code == lang else text,
    )
    content = [blocks()[0], *(Heading(2, name).to_json() for name in "abc"), *blocks()[7:]]
    page = Page(render_html(document(content, lang=f"{lang}-SY")))
    assert {"SKIP", "SECTIONS"} <= set(page.text)
    assert {nav["aria-label"] for nav in page.all("nav")} == {"SECTIONS"}
    assert page.all("table")[0]["aria-label"].startswith("TABLE")


def test_a_language_that_we_do_not_speak_has_our_words_in_english():
    page = Page(render_html(document(blocks(), lang="de")))
    assert page.all("html") == [{"lang": "de", "dir": "ltr"}]
    assert "Skip to the report" in page.text


def charted(rows, columns=2):
    heads = (Column("Week", "left"), *(Column(f"killed {n}") for n in range(1, columns)))
    table = Table(heads, tuple(Row(("2021-W23", *["20"] * (columns - 1))) for _ in range(rows)))
    return Chart("Killed", "", SVG, "words", "Source: A.", table).to_json()


def test_the_table_of_a_chart_is_folded_away_under_it():
    html = render_html(document([blocks()[0], charted(3)]))
    under = html.partition('<p class="note">Source: A.</p>')[2].partition("</figure>")[0]
    page = Page(under)
    assert page.elements[:2] == [("details", {"class": "numbers"}), ("summary", {})]
    assert "Numbers of this chart" in page.text
    assert page.all("table") == [{"role": "table", "aria-label": "Killed"}]
    assert [th["scope"] for th in page.all("th")] == ["col", "col", "row", "row", "row"]
    assert [td["data-head"] for td in page.all("td")] == ["killed 1"] * 3


def test_a_chart_of_an_analyst_has_no_table():
    assert Page(render_html(document([blocks()[0], blocks()[5]]))).all("details") == []


@pytest.mark.parametrize(("rows", "long"), [(16, False), (17, True)])
def test_a_long_table_under_a_chart_scrolls_and_can_be_reached(rows, long):
    page = Page(render_html(document([blocks()[0], charted(rows)])))
    found = [div for div in page.all("div") if "long" in div.get("class", "").split()]
    assert (
        found
        == [{"class": "scroll long", "tabindex": "0", "role": "group", "aria-label": "Killed"}]
        * long
    )


def test_a_chart_is_shown_with_its_table_in_jupyterlab():
    assert Page(render_block(charted(3))).all("details") == [{"class": "numbers"}]


def test_a_logo_is_a_picture_inside_the_page_that_says_nothing_twice():
    masthead = {**blocks()[0], "logo": SVG.replace("#1f5a6b", "#ff0000")}
    [logo] = Page(render_html(document([masthead]))).all("img")
    assert (logo["alt"], logo["class"]) == ("", "paper")
    assert logo["src"].startswith("data:image/svg+xml;base64,")
    assert Page(render_html(document(blocks()[:1]))).all("img") == []


def test_every_cell_knows_the_head_of_its_column():
    table = Table((Column("District", "left"), Column("killed")), (Row(("Ariha", "21")),))
    page = Page(render_html(document([blocks()[0], table.to_json()])))
    assert page.all("td") == [{"role": "cell", "class": "right", "data-head": "killed"}]
    assert page.all("table") == [{"role": "table", "aria-label": "Table: District"}]


def test_every_picture_has_its_words_and_its_size(page):
    assert len(page.all("img")) == 2
    for image in page.all("img"):
        assert image["alt"] == "words"
        assert (image["width"], image["height"]) == ("663", "154")  # 496.8 pt x 4 / 3, up


def test_tables_have_captions_and_scopes(page):
    assert len(page.all("table")) == 2
    assert len(page.all("caption")) == 1  # the second has no title
    scopes = [th["scope"] for th in page.all("th")]
    assert scopes.count("col") == 5 + 1
    assert scopes.count("row") == 2 + 1


def test_what_may_scroll_can_be_reached_by_keyboard_and_has_a_name(page):
    scrolling = [div for div in page.all("div") if "scroll" in div.get("class", "")]
    assert len(scrolling) == 2  # the wide chart and the table of five columns
    for div in scrolling:
        assert (div["tabindex"], div["role"], div["aria-label"]) == ("0", "group", "words")


def test_sections_of_the_same_name_have_links_of_their_own():
    content = [blocks()[0], *(Heading(2, "Who?").to_json() for _ in range(3))]
    page = Page(render_html(document(content)))
    assert [heading["id"] for heading in page.all("h2")] == ["who", "who-2", "who-3"]
    links = [a["href"] for a in page.all("a")][1:]
    assert links == ["#who", "#who-2", "#who-3"] * 2  # beside the page, and above it


def test_an_attachment_is_inside_the_page(page):
    link = next(a for a in page.all("a") if "download" in a)
    media_type, _, content = link["href"].partition(";base64,")
    assert media_type == "data:text/csv"
    assert base64.b64decode(content) == b"words"


def test_the_same_document_gives_the_same_bytes():
    assert render_html(document(blocks())) == render_html(document(blocks()))


def test_a_block_for_jupyterlab_is_as_on_the_page():
    heading = Heading(2, "Who").to_json()
    assert '<h2 id="who">Who</h2>' in render_block(heading)
    assert '<h2 id="who">Who</h2>' in render_html(document([blocks()[0], heading]))


def test_a_block_that_lacks_a_part_stops_the_page():
    with pytest.raises(ReportError, match="cannot be set as HTML"):
        render_html(document([blocks()[0], {"kind": "table"}]))


def test_something_else_than_svg_stops_the_page():
    with pytest.raises(ReportError, match="not SVG"):
        render_html(document(blocks(svg="GIF89a")))


def test_pictures_in_foreign_colours_stay_on_white_paper():
    assert picture(SVG)["tone"] == "themed"
    assert picture(SVG.replace("#1f5a6b", "#ff0000"))["tone"] == "paper"


def luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other, theme):
    dim, bright = sorted(
        luminance(theme(colours()[name.replace("-", "_")])) for name in (one, other)
    )
    return (bright + 0.05) / (dim + 0.05)


def in_style_sheet(name):
    """The colours that the style sheet gives to a property, in its order."""
    sheet = STYLE_SHEET.read_text(encoding="utf-8")
    return set(re.findall(rf"(?<![\w-]){name}: (?:[^;]*? )?var\(--([a-z-]+)\)", sheet))


# `tone` stands for the colours that are given to it. White text stands on the skip link alone.
WRITTEN = sorted((in_style_sheet("color") | in_style_sheet("--tone")) - {"tone", "paper"})
GROUNDS = sorted(in_style_sheet("background") - {"accent"})
MARKS = ["accent", "accent_mid", "displacement_area", "ink", "muted"]  # of what a chart is about


def test_the_style_sheet_is_read_rightly():
    assert WRITTEN == ["accent", "displacement", "ink", "muted"]
    assert GROUNDS == ["paper", "wash"]


@pytest.mark.parametrize("theme", [str, dark])
@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_has_a_contrast_of_4_5_in_both_themes(theme, name, ground):
    assert contrast(name, ground, theme) >= 4.5


@pytest.mark.parametrize("theme", [str, dark])
def test_the_skip_link_can_be_read(theme):
    assert contrast("paper", "accent", theme) >= 4.5


@pytest.mark.parametrize("theme", [str, dark])
@pytest.mark.parametrize("name", [*MARKS, *sorted(in_style_sheet("outline"))])
@pytest.mark.parametrize("ground", GROUNDS)
def test_marks_and_the_ring_of_focus_have_a_contrast_of_3_in_both_themes(theme, name, ground):
    assert contrast(name, ground, theme) >= 3


def test_the_dark_theme_is_the_filter_of_the_pictures():
    # invert(0.9): white is 1 - 0.9 = 0.1 of 255, black 0.9 of it; greys have no hue to turn
    assert (dark("#ffffff"), dark("#000000")) == ("#1a1a1a", "#e6e6e6")


def notebook():
    output = new_output("display_data", data={MIME: blocks()[5]})
    cells = [
        new_markdown_cell("# Title\n\n[x](javascript:alert(1)) <script>alert(1)</script>"),
        new_code_cell("x", outputs=[output], execution_count=1),
    ]
    return new_notebook(cells=cells)


def test_the_exporter_makes_the_page_of_the_notebook():
    html, resources = SitrepHTMLExporter().from_notebook_node(notebook())
    assert html == render_html(from_notebook(notebook()))
    assert resources["output_extension"] == ".html"
    assert Page(html).all("script") == []


def test_a_folder_of_ones_own_comes_before_our_templates(tmp_path):
    (tmp_path / "report.css").write_text(".sitrep { color: teal; }", encoding="utf-8")
    exporter = SitrepHTMLExporter(template_folder=str(tmp_path))
    html, _ = exporter.from_notebook_node(notebook())
    assert ".sitrep{color:teal}</style>" in html
    assert "<main" in html
