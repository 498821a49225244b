"""The report that the benchmark compares with, made by an ordinary notebook."""

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "benchmarks" / "ordinary" / "report.ipynb"


@pytest.fixture
def code_cells() -> list[dict[str, Any]]:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_the_ordinary_notebook_is_committed_without_outputs(
    code_cells: list[dict[str, Any]],
) -> None:
    assert len(code_cells) > 20
    assert all(not cell["outputs"] for cell in code_cells)
    assert all(cell["execution_count"] is None for cell in code_cells)


def test_the_ordinary_notebook_counts_what_was_published(
    code_cells: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Published for 2021-W23: 20 killed, of them 6 women, 36 injured, 1,867 displaced. A
    # comparison with a report of other numbers would be one with less, or with more, work.
    monkeypatch.chdir(ROOT)
    found: dict[str, Any] = {}
    for cell in code_cells:
        if "now" not in found:
            exec("".join(cell["source"]), found)
    assert dict(found["now"]) == {"killed": 20, "injured": 36, "displaced": 1867, "incidents": 27}
    assert found["this_week"]["killed_women"].sum() == 6
