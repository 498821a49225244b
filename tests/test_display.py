"""What cells show: blocks, and the analyst's frames and figures, through a real shell."""

import re
import tomllib
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_notebook, new_output

from sitrep import display, figures, style
from sitrep.blocks import MIME, Heading
from sitrep.document import from_notebook
from sitrep.frames import alternative_text, chart_of, table_of


@pytest.fixture(scope="module")
def shell():
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    display.install(shell)
    yield shell
    InteractiveShell.clear_instance()


def figure(title="Weekly deaths"):
    drawn = Figure(figsize=(4, 2))
    axes = drawn.subplots()
    axes.bar([1, 2], [3, 4])
    axes.set(title=title, xlabel="week", ylabel="killed")
    return drawn


def shown(shell, obj):
    """MIME bundle of an object as the shell would send it."""
    return shell.display_formatter.format(obj)[0]


def test_a_frame_and_a_figure_that_a_cell_shows_reach_the_document(shell):
    shell.push({"frame": pd.DataFrame({"place": ["Bara"], "killed": [4]}), "drawn": figure()})
    with capture_output() as captured:
        shell.run_cell("display(frame)\ndisplay(drawn)").raise_error()
    outputs = [new_output("display_data", data=out.data) for out in captured.outputs]
    doc = from_notebook(new_notebook(cells=[new_code_cell("x", outputs=outputs)]))
    assert [block["kind"] for block in doc.blocks[1:]] == ["table", "chart"]


def test_a_block_carries_json_html_and_text(shell):
    data = shown(shell, Heading(2, "Who"))
    assert data[MIME] == {"kind": "heading", "level": 2, "text": "Who"}
    assert '<h2 id="who">Who</h2>' in data["text/html"]
    assert data["text/plain"] == "Who"


def test_hostile_text_in_a_frame_stays_text(shell):
    data = shown(shell, pd.DataFrame({"<b>": ["<script>alert(1)</script>"]}))
    assert "<script" not in data["text/html"]
    assert "&lt;script&gt;" in data["text/html"]


def test_a_figure_that_cannot_be_drawn_is_an_error_of_the_cell(shell):
    broken = figure()
    broken.axes[0].text(0, 0, "$\\foo$", parse_math=True)
    with capture_output() as captured:
        shell.push({"broken": broken})
        shell.run_cell("display(broken)")
    assert "ParseFatalException" in captured.stderr + captured.stdout
    assert not any(MIME in output.data for output in captured.outputs)


def test_numbers_have_separators_and_one_decimal_and_missing_ones_a_dash():
    frame = pd.DataFrame(
        {
            "count": [1867, 20],
            "mean": [12.55, np.nan],
            "whole": [1000.0, np.nan],
            "gap": pd.array([12345678901234567, None], dtype="Int64"),
            "day": pd.to_datetime(["2021-06-07", None]),
            "known": [True, False],
            "place": pd.Categorical(["Bara", None]),
        }
    )
    table = table_of(frame)
    assert table.rows[0].cells == (
        "1,867",
        "12.6",  # 12.55 is 12.550000000000000711 in binary
        "1,000",
        "12,345,678,901,234,567",
        "2021-06-07",
        "True",
        "Bara",
    )
    assert table.rows[1].cells == ("20", "–", "–", "–", "–", "False", "–")
    assert [column.align for column in table.columns] == ["right"] * 4 + ["left"] * 3


def test_an_index_that_only_counts_rows_is_left_out():
    frame = pd.DataFrame({"n": [1, 2]})
    assert [column.label for column in table_of(frame).columns] == ["n"]
    named = frame.rename_axis("place")
    assert [column.label for column in table_of(named).columns] == ["place", "n"]
    assert [column.label for column in table_of(frame[frame["n"] > 1]).columns] == ["", "n"]


def test_compound_indexes_and_columns_are_joined():
    frame = pd.DataFrame({"a": ["x", "x"], "b": ["y", "z"], "n": [1, 2]})
    wide = frame.set_index(["a", "b"])
    wide.columns = pd.MultiIndex.from_tuples([("killed", "best")])
    table = table_of(wide)
    assert [column.label for column in table.columns] == ["a", "b", "killed · best"]
    assert [row.cells for row in table.rows] == [("x", "y", "1"), ("x", "z", "2")]


def test_a_series_is_a_table_of_two_columns():
    series = pd.Series([4, 3], index=pd.Index(["Bara", "Iblin"], name="place"), name="killed")
    table = table_of(series)
    assert [column.label for column in table.columns] == ["place", "killed"]
    assert table.rows[1].cells == ("Iblin", "3")


def test_title_and_notes_come_from_the_frames_attributes():
    frame = pd.DataFrame({"n": [1]})
    frame.attrs.update(title="Places", notes="As reported.")
    assert (table_of(frame).title, table_of(frame).notes) == ("Places", ("As reported.",))


def test_a_long_frame_is_cut_and_says_so():
    table = table_of(pd.DataFrame({"n": range(1000)}))
    assert len(table.rows) == 400
    assert table.notes == ("The first 400 of 1,000 rows.",)


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({"n": []})])
def test_an_empty_frame_is_an_empty_table(frame):
    assert table_of(frame).rows == ()


def test_a_figures_title_becomes_the_blocks_and_the_figure_is_left_as_it_was():
    drawn = figure()
    chart = chart_of(drawn)
    assert chart.title == "Weekly deaths"
    assert drawn.axes[0].title.get_visible()
    assert chart.svg == chart_of(figure(title="Weekly deaths")).svg


def test_the_alternative_text_is_the_label_or_made_of_titles_and_axes():
    drawn = figure()
    assert alternative_text(drawn) == (
        "Chart. Weekly deaths. horizontal axis: week. vertical axis: killed. 2 marks drawn."
    )
    drawn.set_label("Deaths rose from three to four.")
    assert chart_of(drawn).alt == "Deaths rose from three to four."


def test_the_same_figure_gives_the_same_svg_and_another_name_other_ids():
    first, second = (figures.figure_svg(figure(), name="a") for _ in range(2))
    assert first == second
    ids = [
        set(re.findall(r'<clipPath id="([^"]+)"', figures.figure_svg(figure(), name=name)))
        for name in ("a", "b")
    ]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_the_svg_has_letters_as_outlines_and_neither_prolog_nor_date():
    svg = figures.figure_svg(figure(), name="a")
    assert svg.startswith("<svg ")
    assert not re.search(r"<text|<metadata|<!|<\?xml|dc:date", svg)


def test_a_dollar_sign_and_arabic_are_drawn_as_they_are(recwarn):
    figures.use_house_style()
    svg = figures.figure_svg(figure(title="$a إدلب"), name="a")
    assert "IBMPlexSansArabic" in svg
    assert [str(warning.message) for warning in recwarn if "Glyph" in str(warning.message)] == []


def test_the_style_file_has_no_colours_but_the_projects():
    text = figures.STYLE_FILE.read_text(encoding="utf-8")
    used = {f"#{colour}" for colour in re.findall(r"\b[0-9a-f]{6}\b", text)}
    palette = set(style.colours().values())
    assert used
    assert used <= palette


def test_the_colours_are_those_of_the_file():
    path = Path(style.__file__).parent / "colours.toml"
    assert style.colours() == tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_house_style_names_only_parameters_that_matplotlib_knows():
    figures.use_house_style()
    read = mpl.rc_params_from_file(figures.STYLE_FILE, use_default_template=False)
    assert read["svg.fonttype"] == "path"
    assert mpl.rcParams["axes.edgecolor"] == read["axes.edgecolor"] != "black"
