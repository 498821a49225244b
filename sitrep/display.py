"""What a notebook's cell shows: blocks, and the analyst's own tables and figures as blocks.

`install` tells an IPython shell how. Each output then carries the block as JSON for the
report, and the same block as HTML for JupyterLab.
"""

import json
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from sitrep.blocks import MIME, Block

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

_FRAMES = (("pandas", "DataFrame"), ("pandas", "Series"))
_FIGURE = ("matplotlib.figure", "Figure")


def install(shell: "InteractiveShell") -> None:
    """Let `shell` display blocks, DataFrames, Series and matplotlib figures as blocks.

    Imports neither pandas nor matplotlib. Figures get the house style from the first cell
    on that begins with matplotlib imported; importing `sitrep.charts` brings it at once.
    A figure or a frame that cannot be turned into a block is an error of its cell.
    """
    formatter: Any = shell.display_formatter.mimebundle_formatter  # type: ignore[union-attr]
    # A shell that nobody looks at spares the HTML: `sitrep.run.executed` adds it afterwards.
    html = getattr(shell, "is_looked_at", True)
    formatter.for_type(Block, partial(bundle, html=html))
    for module, name in _FRAMES:
        formatter.for_type_by_name(module, name, partial(_frame_bundle, html=html))
    formatter.for_type_by_name(*_FIGURE, partial(_figure_bundle, html=html))
    _style_figures()
    if _style_figures not in shell.events.callbacks["pre_run_cell"]:
        shell.events.register("pre_run_cell", _style_figures)


def bundle(block: Block, *, html: bool = True) -> dict[str, Any]:
    """MIME type to content: the block's JSON, its text, and its HTML for JupyterLab."""
    # Through JSON's text, so that an output is the same before and after it was saved.
    content = json.loads(json.dumps(block.to_json()))
    shown = {MIME: content, "text/plain": block.plain_text()}
    if html:
        from sitrep.html.render import render_block

        shown["text/html"] = render_block(content)
    return shown


def _frame_bundle(data: Any, *, html: bool) -> dict[str, Any]:
    from sitrep.frames import table_of

    return bundle(table_of(data), html=html)


def _figure_bundle(figure: Any, *, html: bool) -> dict[str, Any]:
    from sitrep.frames import chart_of

    return bundle(chart_of(figure), html=html)


def _style_figures(*_: Any) -> None:
    if "matplotlib" in sys.modules:
        from sitrep.figures import use_house_style

        use_house_style()
