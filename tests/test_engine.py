"""Notebooks run in a process of their own, with the outputs that Jupyter would give them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from sitrep.blocks import MIME
from sitrep.errors import ReportError
from sitrep.run import engine
from sitrep.run.imports import NOTEBOOK_MODULES, warm_up
from sitrep.run.process import prewarm, start_method

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


@pytest.fixture(autouse=True)
def fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork a warm process, though the test runner has threads: a spawned one takes a second."""
    monkeypatch.setenv("SITREP_START", "fork")
    warm_up(NOTEBOOK_MODULES)


def notebook(*sources: str) -> nbformat.NotebookNode:
    cells = [new_code_cell(source) for source in sources]
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


def run(folder: Path, *sources: str) -> list[list[Any]]:
    """The outputs of each cell."""
    return [cell.outputs for cell in engine.execute(notebook(*sources), cwd=folder).cells]


def test_values_streams_and_displays_become_outputs_in_their_order(tmp_path: Path) -> None:
    (outputs,) = run(
        tmp_path,
        "import sys\nfrom IPython.display import HTML, display\nprint('one')\n"
        "print('two', file=sys.stderr)\ndisplay(HTML('<b>three</b>'))\nprint('four', end='')\n5",
    )
    assert [output.output_type for output in outputs] == [
        "stream", "stream", "display_data", "stream", "execute_result",
    ]  # fmt: skip
    assert outputs[0] == {"output_type": "stream", "name": "stdout", "text": "one\n"}
    assert outputs[1] == {"output_type": "stream", "name": "stderr", "text": "two\n"}
    assert outputs[2].data["text/html"] == "<b>three</b>"
    assert outputs[3].text == "four"
    assert outputs[4] == {
        "output_type": "execute_result", "execution_count": 1,
        "data": {"text/plain": "5"}, "metadata": {},
    }  # fmt: skip


def test_a_display_that_is_updated_shows_its_last_state(tmp_path: Path) -> None:
    (outputs,) = run(
        tmp_path,
        "from IPython.display import display\nshown = display(1, display_id=True)\nshown.update(2)",
    )
    assert [output.data["text/plain"] for output in outputs] == ["2"]


def test_cells_keep_their_state_and_count_themselves_and_blank_cells_are_passed_over(
    tmp_path: Path,
) -> None:
    nb = notebook("number = 20", "  ", "number + 16")
    nb.cells.insert(0, new_markdown_cell("## Casualties"))
    executed = engine.execute(nb, cwd=tmp_path)
    assert [cell.execution_count for cell in executed.cells[1:]] == [1, None, 2]
    assert executed.cells[3].outputs[0].data["text/plain"] == "36"
    assert nb.cells[3].outputs == []


def test_every_notebook_begins_with_clean_state(tmp_path: Path) -> None:
    run(tmp_path, "left_behind = 1\nimport os; os.environ['LEFT'] = '1'")
    ((outputs),) = run(tmp_path, "'left_behind' in globals(), 'LEFT' in __import__('os').environ")
    assert outputs[0].data["text/plain"] == "(False, False)"


def test_the_first_error_stops_the_notebook_and_is_an_output_without_colours(
    tmp_path: Path,
) -> None:
    first, second = run(tmp_path, "killed = {}\nkilled['2021-W23']", "print('not reached')")
    assert [output.output_type for output in first] == ["error"]
    assert (first[0].ename, first[0].evalue) == ("KeyError", "'2021-W23'")
    assert any("killed['2021-W23']" in line for line in first[0].traceback)
    assert "\x1b" not in "".join(first[0].traceback)
    assert second == []


def test_a_cell_that_cannot_be_parsed_is_an_error_of_that_cell(tmp_path: Path) -> None:
    ((output),) = run(tmp_path, "killed = (")[0]
    assert output.ename == "SyntaxError"


def test_open_figures_of_pyplot_are_displayed_once_and_closed(tmp_path: Path) -> None:
    shown, after = run(
        tmp_path,
        "%load_ext sitrep\nfrom matplotlib import pyplot as plt\n"
        "fig, ax = plt.subplots()\nax.bar(['2021-W22', '2021-W23'], [14, 20])\n"
        "ax.set_title('Killed by week')\nNone",
        "plt.get_fignums()",
    )
    assert [output.output_type for output in shown] == ["display_data"]
    assert shown[0].data[MIME]["kind"] == "chart"
    assert shown[0].data[MIME]["svg"].count("<svg") == 1
    assert after[0].data["text/plain"] == "[]"


def test_showing_figures_displays_them_where_the_cell_says_so(tmp_path: Path) -> None:
    (outputs,) = run(
        tmp_path,
        "from matplotlib import pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('after')",
    )
    assert [output.output_type for output in outputs] == ["display_data", "stream"]


def test_a_data_frame_carries_its_block(tmp_path: Path) -> None:
    outputs = run(
        tmp_path, "%load_ext sitrep", "import pandas as pd\npd.DataFrame({'killed': [1867]})"
    )[1]
    assert outputs[0].data[MIME]["kind"] == "table"
    assert "1,867" in str(outputs[0].data[MIME]["rows"])


def test_a_display_that_fails_stops_the_notebook(tmp_path: Path) -> None:
    first, second = run(
        tmp_path,
        "from sitrep.blocks import Block\nclass Broken:\n    def _repr_mimebundle_(self, **kw):\n"
        "        raise ValueError('no picture')\nBroken()",
        "1",
    )
    assert [output.get("ename") for output in first if output.output_type == "error"] == [
        "ValueError"
    ]
    assert second == []


@pytest.mark.parametrize(
    ("ending", "how"),
    [("os._exit(3)", "exit status 3"), ("os.kill(os.getpid(), 9)", "SIGKILL")],
)
def test_a_process_that_dies_is_an_error_that_names_the_cell(
    tmp_path: Path, ending: str, how: str
) -> None:
    with pytest.raises(ReportError, match=rf"\({how}\) in the cell that begins 'import os'"):
        run(tmp_path, f"# too large\nimport os\n{ending}")


def test_a_cell_works_in_the_folder_it_is_given_and_cannot_wait_for_an_answer(
    tmp_path: Path,
) -> None:
    (tmp_path / "helper.py").write_text("PLACE = 'Bara'")
    place, asked = run(tmp_path, "from helper import PLACE\nPLACE", "input('which week?')")
    assert place[0].data["text/plain"] == "'Bara'"
    assert asked[-1].ename == "EOFError"


def test_stopping_ends_a_process_in_the_middle_of_a_cell(tmp_path: Path) -> None:
    with prewarm(tmp_path) as process:
        process.begin(["while True: pass"])
    assert process.process.exitcode == -9


def test_a_spawned_process_gives_the_same_outputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = ("%load_ext sitrep", "import pandas as pd\npd.DataFrame({'killed': [20]})", "1 / 0")
    forked = run(tmp_path, *sources)
    monkeypatch.setenv("SITREP_START", "spawn")
    assert run(tmp_path, *sources) == forked


def test_a_process_with_other_threads_is_not_forked() -> None:
    program = (
        "import threading\nfrom sitrep.run.process import start_method\nprint(start_method())\n"
        "event = threading.Event()\nthread = threading.Thread(target=event.wait)\nthread.start()\n"
        "print(start_method())\nevent.set()\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "SITREP_START"}
    printed = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    alone = "fork" if sys.platform.startswith("linux") else "spawn"
    assert printed.stdout.split() == [alone, "spawn"]
    assert start_method() == "fork"


def papermill_run(folder: Path, *sources: str, name: str) -> nbformat.NotebookNode:
    path = folder / "notebook.ipynb"
    nb = notebook(*sources)
    nb.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(nb, path)
    engine.register()
    return papermill.execute_notebook(
        str(path), None, {"week": "2021-W24"}, engine_name=name, progress_bar=False, cwd=str(folder)
    )


def test_papermill_passes_parameters_and_keeps_its_book_of_cells(tmp_path: Path) -> None:
    nb = papermill_run(tmp_path, "week = '2021-W23'", "week", name="sitrep")
    assert nb.cells[-1].outputs[0].data["text/plain"] == "'2021-W24'"
    assert {cell.metadata.papermill.status for cell in nb.cells} == {"completed"}


def test_papermill_raises_the_error_of_a_cell(tmp_path: Path) -> None:
    with pytest.raises(PapermillExecutionError) as caught:
        papermill_run(tmp_path, "week = ''", "raise KeyError('killed')", name="sitrep")
    assert (caught.value.ename, caught.value.exec_count) == ("KeyError", 3)


def without_html(cell: nbformat.NotebookNode) -> list[dict]:
    """The outputs, less the HTML of blocks, which only a shell that is looked at makes at once."""
    outputs = [dict(output) for output in cell.get("outputs", ())]
    for output in outputs:
        if MIME in output.get("data", {}):
            kept = {key: value for key, value in output["data"].items() if key != "text/html"}
            output["data"] = kept
    return outputs


def test_both_engines_give_the_same_outputs(tmp_path: Path) -> None:
    sources = (
        "week = ''",
        "%load_ext sitrep\nimport sys\nimport pandas as pd\nfrom IPython.display import display",
        "print('killed'); print('injured', file=sys.stderr)\ndisplay(20)\nweek",
        "pd.DataFrame({'place': ['Bara', 'Iblin'], 'killed': [13, 7]})",
        "from sitrep.blocks import Heading\nHeading(level=2, text='Casualties')",
        "6;",
    )
    ours = papermill_run(tmp_path, *sources, name="sitrep")
    reference = papermill_run(tmp_path, *sources, name="nbclient")
    assert [without_html(cell) for cell in ours.cells] == [
        without_html(cell) for cell in reference.cells
    ]
    assert [cell.get("execution_count") for cell in ours.cells] == [
        cell.get("execution_count") for cell in reference.cells
    ]


def test_the_next_language_begins_with_no_name_and_the_first_cell_number(tmp_path: Path) -> None:
    with prewarm(tmp_path) as process:
        process.begin(["left_behind = 1", "left_behind + 1"])
        first = [process.finish("") for _ in range(2)]
        process.begin(["'left_behind' in globals()"])
        second = process.finish("")
    assert first[1].outputs[0]["data"]["text/plain"] == "2"
    assert second.outputs[0]["data"]["text/plain"] == "False"
    assert second.outputs[0]["execution_count"] == 1
