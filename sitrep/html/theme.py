"""The style sheet: `report.css` with the project's colours, light and dark.

The dark theme is the light one seen through the filter that a browser puts on the charts
of the page, so that both have the same colours from the one list.
"""

import re
from functools import cache
from pathlib import Path

from sitrep.style import colours

# CSS: filter: invert(0.9) hue-rotate(180deg). Turns lightness round and keeps the hue.
INVERTED = 0.9
# The weights of red, green and blue in that filter's lightness (Filter Effects, level 1).
_LIGHTNESS = (0.213, 0.715, 0.072)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND_SIGNS = re.compile(r" ?([{};,]) ?")
_AFTER_COLON = re.compile(r"(?<=[a-z]): ")
STYLE_SHEET = Path(__file__).parent / "report.css"


def dark(colour: str) -> str:
    """The ``#rrggbb`` that `colour` becomes in the dark theme."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    inverted = [part * (1 - 2 * INVERTED) + INVERTED for part in parts]
    lightness = sum(weight * part for weight, part in zip(_LIGHTNESS, inverted, strict=True))
    turned = (min(max(2 * lightness - part, 0), 1) for part in inverted)
    # First to a millionth: 25.5 shall not become 25 by the last bit of a float.
    return "#" + "".join(f"{round(round(part * 255, 6)):02x}" for part in turned)


def variables(palette: dict[str, str]) -> str:
    """The colours as CSS custom properties: ``--accent-mid: #5f95a3;``."""
    return " ".join(f"--{name.replace('_', '-')}: {value};" for name, value in palette.items())


@cache
def style_sheet(path: Path = STYLE_SHEET, accent: str = "") -> str:
    """The style sheet at `path` behind the colours, without comments and needless space.

    The dark colours hold on a page on a screen, not in JupyterLab, which has a theme of
    its own, and not on paper.
    """
    light = colours(accent)
    night = {name: dark(value) for name, value in light.items()}
    rules = (
        f".sitrep {{ {variables(light)} }}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f".sitrep.page {{ {variables(night)} }}\n"
        f".sitrep.page .themed {{ filter: invert({INVERTED}) hue-rotate(180deg); }}\n"
        "}\n" + path.read_text(encoding="utf-8")
    )
    tight = _AROUND_SIGNS.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", rules)))
    return _AFTER_COLON.sub(":", tight).replace(";}", "}").strip()
