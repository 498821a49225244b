"""Running cells in this process, in an IPython shell that keeps what they display.

What Jupyter's kernel sends as messages is collected here as outputs in the form of
nbformat: no ports, no messages, no second process. Knows nothing of notebooks as files.
"""

import io
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any, cast

import matplotlib
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

# matplotlib imports it by this name, but not before a cell uses pyplot.
PYPLOT_BACKEND = "module://sitrep.run.pyplot_backend"
Output = dict[str, Any]
_ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


class Outputs(list[Output]):
    """The outputs of one cell, in the order they came."""

    def stream(self, name: str, text: str) -> None:
        """Add text of standard output or error to the stream before it, or as a new one."""
        last = self[-1] if self else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.append({"output_type": "stream", "name": name, "text": text})


class _Stream(io.TextIOBase):
    """Standard output or error of the cells."""

    encoding = "utf-8"

    def __init__(self, shell: "CellShell", name: str) -> None:
        self.shell, self.name = shell, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.shell.outputs.stream(self.name, text)
        return len(text)


class _Hook(DisplayHook):
    """Keeps the value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        """A terminal's habit."""

    def write_format_data(self, format_dict: Output, md_dict: Output | None = None) -> None:
        shell = cast(CellShell, self.shell)
        shell.outputs.append(
            {
                "output_type": "execute_result",
                "execution_count": shell.cell_number,
                "data": format_dict,
                "metadata": md_dict or {},
            }
        )

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Publisher(DisplayPublisher):
    """Keeps what `display` shows; an update replaces what has the same display id in the cell."""

    def publish(
        self,
        data: Output,
        metadata: Output | None = None,
        *_: Any,
        transient: Output | None = None,
        update: bool = False,
        **__: Any,
    ) -> None:
        shell = cast(CellShell, self.shell)
        display_id = (transient or {}).get("display_id", "")
        content = {"data": data, "metadata": metadata or {}}
        if update:
            for shown in shell.displayed.get(display_id, ()):
                shown.update(content)
            return
        shell.outputs.append({"output_type": "display_data", **content})
        if display_id:
            shell.displayed.setdefault(display_id, []).append(shell.outputs[-1])

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()


class CellShell(InteractiveShell):
    """An IPython shell without a terminal, whose outputs are data."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    outputs: Outputs
    displayed: dict[str, list[Output]]
    cell_number = 0
    is_looked_at = False  # read by `sitrep.display`

    def init_display_pub(self) -> None:
        self.outputs, self.displayed = Outputs(), {}
        super().init_display_pub()  # type: ignore[no-untyped-call]

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no screen: ``%matplotlib`` shall not fail for it."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.outputs.append(
            {
                "output_type": "error",
                "ename": etype.__name__,
                "evalue": str(evalue),
                "traceback": _ANSI.sub("", "\n".join(stb)).split("\n"),
            }
        )

    def run(self, source: str, *, number: int) -> tuple[Outputs, bool]:
        """Run one cell; returns its outputs and whether it succeeded.

        Figures of pyplot that are open afterwards are displayed and closed.
        """
        self.outputs, self.displayed, self.cell_number = Outputs(), {}, number
        result = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        try:
            if "matplotlib.pyplot" in sys.modules:  # else nothing can have been left open
                from sitrep.run.pyplot_backend import show

                show()
        except Exception:  # a figure that cannot be drawn is the cell's error
            self.showtraceback()
        # What cannot be displayed is an error output, though the cell itself ran.
        failed = any(output["output_type"] == "error" for output in self.outputs)
        return self.outputs, bool(result.success) and not failed


def open_shell(folder: Path) -> CellShell:
    """A fresh shell that works in `folder`, and takes over this process's output streams."""
    os.chdir(folder)
    matplotlib.use(PYPLOT_BACKEND)
    if "" not in sys.path:
        sys.path.insert(0, "")  # modules beside the notebook, as in Jupyter
    InteractiveShell.clear_instance()
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.separate_in = ""
    with tempfile.TemporaryDirectory(prefix="sitrep-ipython-") as profile:
        shell = CellShell.instance(config=config, ipython_dir=profile)
    sys.stdout, sys.stderr = _Stream(shell, "stdout"), _Stream(shell, "stderr")
    return shell
