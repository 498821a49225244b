"""A notebook becomes a document: what is published, in which order, laid out how."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from sitrep import document, markdown
from sitrep.blocks import MIME, Attachment, Chart, Heading, Masthead, Paragraph, Run, text_of
from sitrep.errors import ReportError

MASTHEAD = Masthead(
    "Network", "Situation report", "Week 2021-W23", (), (), "A footer", "en", "2021-06-14", "Words."
)
SVG = '<svg width="10pt" height="10pt" xmlns="http://www.w3.org/2000/svg"/>'


def shows(*blocks, tags=(), **more):
    """A code cell that displays blocks."""
    outputs = [new_output("display_data", data={MIME: block.to_json()}) for block in blocks]
    return new_code_cell("show()", outputs=outputs, metadata={"tags": list(tags)}, **more)


def says(text, *tags):
    return new_markdown_cell(text, metadata={"tags": list(tags)})


def texts(doc):
    """Kind and text of every block behind the masthead."""
    found = []
    for block in document.walk(doc.blocks[1:]):
        if block["kind"] == "heading":
            found.append((f"h{block['level']}", block["text"]))
        elif block["kind"] == "paragraph":
            found.append((block["style"], "".join(run["text"] for run in block["runs"])))
        else:
            found.append((block["kind"], ""))
    return found


def from_cells(*cells, name=""):
    return document.from_notebook(new_notebook(cells=list(cells)), name=name)


def test_blocks_keep_the_order_of_the_cells():
    doc = from_cells(
        shows(MASTHEAD),
        says("## One\n\nText.\n\n> Source."),
        shows(Paragraph((Run("A"),)), Paragraph((Run("B"),))),
        says("### Two"),
    )
    assert texts(doc) == [
        ("h2", "One"),
        ("body", "Text."),
        ("note", "Source."),
        ("body", "A"),
        ("body", "B"),
        ("h3", "Two"),
    ]


def test_the_masthead_gives_the_metadata_and_comes_first():
    doc = from_cells(says("Before."), shows(MASTHEAD))
    assert doc.blocks[0]["kind"] == "masthead"
    assert texts(doc) == [("body", "Before.")]
    assert (doc.title, doc.author) == ("Situation report · Week 2021-W23", "Network")
    assert (doc.date, doc.footer, doc.description) == ("2021-06-14", "A footer", "Words.")


def test_without_a_masthead_the_first_heading_is_the_title_and_not_said_twice():
    doc = from_cells(says("# My week\n\nText."), name="some_file")
    assert (doc.title, doc.date) == ("My week", "")
    assert texts(doc) == [("body", "Text.")]


def test_without_masthead_and_heading_the_file_name_is_the_title():
    assert from_cells(says("Text."), name="my_week").title == "my week"


def test_what_carries_no_block_is_not_published():
    cell = new_code_cell(
        "x",
        outputs=[
            new_output("stream", name="stdout", text="printed"),
            new_output("display_data", data={"text/html": "<script>alert(1)</script>"}),
            new_output("display_data", data={"application/javascript": "alert(1)"}),
            new_output("display_data", data={"image/svg+xml": "<svg><script/></svg>"}),
            new_output("execute_result", data={"text/plain": "42"}),
        ],
    )
    assert from_cells(cell).blocks[1:] == []


def test_left_and_right_become_columns_of_equal_width():
    doc = from_cells(
        says("## Who", "left"),
        shows(Paragraph((Run("a"),)), tags=["left"]),
        says("## Where", "right"),
        says("Full."),
    )
    columns, full = doc.blocks[1:]
    assert (columns["kind"], tuple(columns["weights"])) == ("columns", (1, 1))
    assert [[block["kind"] for block in part] for part in columns["parts"]] == [
        ["heading", "paragraph"],
        ["heading"],
    ]
    assert full["kind"] == "paragraph"


def test_main_and_aside_are_three_fifths_and_two_in_either_order():
    doc = from_cells(says("a", "main"), says("b", "aside"), says("c"), says("d", "aside"),
                     says("e", "main"))  # fmt: skip
    assert tuple(doc.blocks[1]["weights"]) == (3, 2)
    assert tuple(doc.blocks[3]["weights"]) == (2, 3)


def test_a_side_without_its_other_side_has_the_full_width():
    doc = from_cells(says("a", "left"), says("b"), says("c", "right"))
    assert texts(doc) == [("body", "a"), ("body", "b"), ("body", "c")]


def test_a_cell_that_shows_nothing_does_not_part_two_sides():
    doc = from_cells(says("a", "left"), new_code_cell("x = 1"), says("b", "right"))
    assert [block["kind"] for block in doc.blocks[1:]] == ["columns"]


def test_removed_cells_are_not_published():
    doc = from_cells(says("a", "remove-cell"), shows(Heading(2, "b"), tags=["remove-cell"]))
    assert doc.blocks[1:] == []


def test_attachments_stand_in_the_text_and_in_the_list():
    file = Attachment("numbers.csv", "text/csv", "all", "a,b\n")
    doc = from_cells(shows(file, tags=["left"]), says("x", "right"))
    assert [each["name"] for each in doc.attachments] == ["numbers.csv"]
    assert ("attachment", "") in texts(doc)


def test_headings_never_skip_a_level():
    doc = from_cells(shows(MASTHEAD), says("#### Deep\n\n# Top\n\n##### Deeper"))
    assert texts(doc) == [("h2", "Deep"), ("h2", "Top"), ("h3", "Deeper")]


def test_a_failed_cell_stops_the_report_and_is_named():
    failed = new_output("error", ename="KeyError", evalue="'week'", traceback=[])
    with pytest.raises(ReportError, match=r"cell 2 of the notebook failed: KeyError: 'week'"):
        from_cells(says("x"), new_code_cell("x", outputs=[failed]))


def test_an_unknown_block_stops_the_report():
    unknown = new_output("display_data", data={MIME: {"kind": "script"}})
    with pytest.raises(ReportError, match="unknown block"):
        from_cells(new_code_cell("x", outputs=[unknown]))


def test_a_chart_without_alternative_text_stops_the_report():
    chart = Chart("T", "", SVG, "words", "").to_json() | {"alt": " "}
    output = new_output("display_data", data={MIME: chart})
    with pytest.raises(ReportError, match="the chart 'T' without alternative text"):
        from_cells(new_code_cell("x", outputs=[output]))


def test_a_figure_that_a_cell_shows_twice_is_published_once():
    chart = Chart("T", "", SVG, "words", "")
    assert len(from_cells(shows(chart, chart)).blocks) == 2  # the masthead and the chart
    assert len(from_cells(shows(chart), shows(chart)).blocks) == 3


def test_saving_the_notebook_does_not_change_the_document():
    nb = new_notebook(cells=[shows(MASTHEAD), says("## A", "left"), says("b", "right")])
    again = nbformat.reads(nbformat.writes(nb), as_version=4)
    from sitrep.html.render import render_html

    pages = [render_html(document.from_notebook(each)) for each in (nb, again)]
    assert pages[0] == pages[1]


def test_a_notebook_that_has_been_run_is_not_run_again():
    nb = new_notebook(cells=[shows(MASTHEAD)])
    assert document.executed(nb, {}) is nb


def test_markdown_keeps_strong_emphasis_code_and_web_links():
    (block,) = markdown.blocks_of("a **b** *c* `d` [e](https://example.org)")
    assert block.runs == (
        Run("a "),
        Run("b", "strong"),
        Run(" "),
        Run("c", "emphasis"),
        Run(" "),
        Run("d", "code"),
        Run(" "),
        Run("e", href="https://example.org"),
    )


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc", "//x.org"],
)
def test_other_link_targets_are_dropped_and_their_text_kept(target):
    (block,) = markdown.blocks_of(f"[e]({target})")
    assert block.runs == (Run("e"),)


def test_raw_html_in_markdown_is_text():
    blocks = markdown.blocks_of("<script>alert(1)</script>\n\na <b>c</b>")
    assert [text_of(block.runs) for block in blocks] == ["<script>alert(1)</script>", "a <b>c</b>"]


def test_lists_within_lists_become_items():
    (block,) = markdown.blocks_of("1. a\n\n   more\n   - b\n2. c")
    assert [text_of(item) for item in block.items] == ["a more", "b", "c"]
    assert block.ordered


def test_a_markdown_table_is_a_table():
    (block,) = markdown.blocks_of("| a | b |\n|---|--:|\n| x *y* | 2 |")
    assert [(column.label, column.align) for column in block.columns] == [
        ("a", "left"),
        ("b", "right"),
    ]
    assert block.rows[0].cells == ("x y", "2")
