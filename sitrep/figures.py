"""Matplotlib figures as SVG: one look, the same bytes on every machine.

`use_house_style` loads the project's fonts and colours; `figure_svg` writes a figure.
`pyplot` is not imported: it costs half a second, and figures do not need it.
"""

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

from sitrep.style import font_files

STYLE_FILE = Path(__file__).parent / "style" / "sitrep.mplstyle"

_PROLOG = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_PATH_DATA = re.compile(r' d="([^"]*)"')
_LONG_FRACTION = re.compile(r"(\.\d\d)\d+")
_MARGIN = re.compile(r"\s*\n\s*")
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


@cache
def use_house_style() -> None:
    """Let every figure made from now on look like the report's own.

    Adds the project's fonts to matplotlib and sets its parameters from
    ``sitrep/style/sitrep.mplstyle``. Once in a process: what an analyst changes afterwards stays.
    """
    import matplotlib
    from matplotlib.font_manager import fontManager

    for path in font_files():
        fontManager.addfont(path)
    matplotlib.rcParams.update(
        matplotlib.rc_params_from_file(STYLE_FILE, use_default_template=False)
    )


def figure_svg(figure: Any, *, name: str, tight: bool = False) -> str:
    """The figure as an ``<svg>`` element, without XML prolog, metadata or dates.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Left as it was.
    name : str
        Enters the ids in the SVG: two figures of one page need two names.
    tight : bool
        Cut the canvas to what is drawn, as Jupyter does. Draws the figure twice, so
        that charts with a layout of their own do without.

    Returns
    -------
    str
        The same text for the same figure and name. Coordinates to a hundredth of a point.
    """
    import matplotlib

    settings: Any = {
        "svg.fonttype": "path",
        "svg.hashsalt": f"sitrep {name}",
        "svg.image_inline": True,
    }
    written = io.StringIO()
    with matplotlib.rc_context(settings):
        figure.savefig(
            written,
            format="svg",
            metadata=_NO_METADATA,
            bbox_inches="tight" if tight else None,
            pad_inches=0.03,
        )
    return _compact(written.getvalue())


def _compact(svg: str) -> str:
    """The element alone, on one line, with short coordinates."""
    element = _COMMENT.sub("", _PROLOG.sub("", svg, count=1))
    shortened = _PATH_DATA.sub(_shorten, element)
    return _MARGIN.sub(" ", shortened).replace("> <", "><").strip()


def _shorten(path: re.Match[str]) -> str:
    return ' d="' + _LONG_FRACTION.sub(r"\1", path[1]).strip() + '"'
