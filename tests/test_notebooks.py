"""The notebooks are prose and calls: short, without outputs, and run in the order they stand."""

import ast
import builtins
import json
import re
from pathlib import Path

import pytest

from sitrep.document import SIDES

ROOT = Path(__file__).parents[1]
NOTEBOOKS = {path.stem: path for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
TAGS = {"parameters", "left", "right", "main", "aside", "remove-cell"}
MOST_CELLS, MOST_LINES = 34, 14  # thirteen sections, several of them in two halves
# A name or address in a cell would hold on one machine only.
PATHS = re.compile(r"['\"](/|~|\.{1,2}/|[A-Za-z]:\\)|https?://|\.csv['\"]")


@pytest.fixture(params=NOTEBOOKS)
def notebook(request):
    return json.loads(NOTEBOOKS[request.param].read_text(encoding="utf-8"))


def source(cell):
    return "".join(cell["source"])


def code(notebook):
    """The code cells, without lines that are the shell's (``%load_ext``)."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [re.sub(r"(?m)^%.*$", "", source(cell)) for cell in cells]


def test_the_three_notebooks_are_there():
    assert set(NOTEBOOKS) == {"situation_report", "data_quality", "explore"}


def test_it_is_committed_without_outputs(notebook):
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    assert not notebook["metadata"].get("widgets")
    assert "papermill" not in notebook["metadata"]


def test_it_is_short(notebook):
    assert 3 <= len(notebook["cells"]) <= MOST_CELLS
    for cell in notebook["cells"]:
        assert 1 <= len(source(cell).splitlines()) <= MOST_LINES, source(cell)


def test_every_cell_has_an_id_of_its_own(notebook):
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)


def test_a_cell_defines_nothing_and_knows_no_matplotlib(notebook):
    for text in code(notebook):
        for node in ast.walk(ast.parse(text)):
            assert not isinstance(
                node,
                ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | ast.For
                | ast.While | ast.Try,
            ), text  # fmt: skip
            names = [item.name for item in getattr(node, "names", [])]
            names.append(getattr(node, "module", None) or "")
            assert not any("matplotlib" in name for name in names), text


def test_a_cell_holds_no_path(notebook):
    for text in code(notebook):
        for line in text.splitlines():
            assert not PATHS.search(line.split("#")[0]), line


def test_the_first_code_cell_holds_parameters_that_are_texts(notebook):
    first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert first["metadata"]["tags"] == ["parameters"]
    for line in source(first).splitlines():
        assert "  # " in line, f"{line} has no comment"
    for node in ast.parse(source(first)).body:
        assert isinstance(node, ast.Assign)
        assert isinstance(ast.literal_eval(node.value), str)


def test_the_report_takes_every_parameter_of_an_issue():
    notebook = json.loads(NOTEBOOKS["situation_report"].read_text(encoding="utf-8"))
    parameters, opening = code(notebook)[:2]
    names = [node.targets[0].id for node in ast.parse(parameters).body]
    assert names == [
        "week", "data", "profile", "sheet", "area", "edition", "lang", "settings",
        "published_on",
    ]  # fmt: skip
    [call] = [
        node for node in ast.walk(ast.parse(opening))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "open_issue"
    ]  # fmt: skip
    given = [arg.id for arg in call.args] + [keyword.arg for keyword in call.keywords]
    assert given == names


def test_the_quality_report_takes_every_parameter_of_an_issue():
    notebook = json.loads(NOTEBOOKS["data_quality"].read_text(encoding="utf-8"))
    parameters, opening = code(notebook)[:2]
    names = [node.targets[0].id for node in ast.parse(parameters).body]
    assert names == ["week", "data", "profile", "sheet", "area", "edition", "lang", "settings"]
    assert "open_quality(" in opening
    assert all(name == "week" or f"{name}={name}" in opening for name in names)


def test_tags_are_those_that_the_document_knows(notebook):
    tagged = [cell["metadata"].get("tags", []) for cell in notebook["cells"]]
    for tags in tagged:
        assert set(tags) <= TAGS
        assert len(tags) <= 1
    assert [tags for tags in tagged if "parameters" in tags] == [["parameters"]]


def test_a_left_half_is_followed_by_its_right_half(notebook):
    halves = [(cell["metadata"].get("tags") or [""])[0] for cell in notebook["cells"]]
    runs = [tag for index, tag in enumerate(halves) if index == 0 or halves[index - 1] != tag]
    waiting = [tag for tag in reversed(runs) if tag]
    while waiting:
        first = waiting.pop()
        if first in SIDES or first == "right":
            assert waiting
            assert waiting.pop() == SIDES[first][0]


def test_only_what_the_notebook_imported_is_called(notebook):
    known = {"display", *dir(builtins)}
    for text in code(notebook):
        tree = ast.parse(text)
        for node in ast.walk(tree):
            known |= {item.asname or item.name for item in getattr(node, "names", [])}
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                known.add(node.id)
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert used <= known, used - known
