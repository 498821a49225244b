"""The executed notebook as it is published: the same bytes whenever and wherever it ran."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitrep.blocks import MIME

if TYPE_CHECKING:
    from nbformat import NotebookNode

_RUN_METADATA = ("papermill", "execution")
_KERNEL_FILE = re.compile(r"/tmp/ipykernel_\d+/\d+\.py")  # noqa: S108


def published(nb: "NotebookNode", *, root: Path, data: str = "") -> bytes:
    """The notebook as JSON without clocks, random cell ids and places on this machine.

    Paths inside `root` become relative to it; `data`, if it lies elsewhere, becomes its
    file name; the environment's own folder becomes "environment".
    """
    content: dict[str, Any] = json.loads(json.dumps(nb))
    content["metadata"] = {
        key: value for key, value in content["metadata"].items() if key not in _RUN_METADATA
    }
    content["metadata"]["language_info"] = {"name": "python"}
    for number, cell in enumerate(content["cells"], start=1):
        cell["id"] = f"cell-{number:02d}"
        for key in _RUN_METADATA:
            cell["metadata"].pop(key, None)
    _add_html(content)
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return (_without_places(text, root, data) + "\n").encode()


def _add_html(content: dict[str, Any]) -> None:
    """For JupyterLab, the HTML of blocks displayed without it; the first brings the style."""
    from sitrep.html.render import render_block

    outputs = [output for cell in content["cells"] for output in cell.get("outputs", ())]
    shown = [o["data"] for o in outputs if MIME in o.get("data", {})]
    bare = [data for data in shown if "text/html" not in data]
    for number, data in enumerate(bare):
        data["text/html"] = render_block(data[MIME], styled=number == 0)


def _without_places(text: str, root: Path, data: str) -> str:
    replacements = [(str(root.resolve()) + separator, "") for separator in ("/", "\\")]
    replacements += [(str(root.resolve()), "."), (sys.prefix, "environment")]
    if Path(data).is_absolute():
        replacements.insert(0, (data, Path(data).name))
    for place, instead in replacements:
        text = text.replace(json.dumps(place, ensure_ascii=False)[1:-1], instead)
    return _KERNEL_FILE.sub("cell.py", text)
