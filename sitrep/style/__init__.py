"""The look that charts, HTML and PDF share: colours and fonts."""

import re
import tomllib
from functools import cache
from pathlib import Path

from sitrep.style.accent import tints

_HERE = Path(__file__).parent
_HEX = re.compile(r"(?<!&)#[0-9a-fA-F]{6}\b")
_UNUSED_WEIGHTS = ("-Thin", "-ExtraLight", "-Light")


@cache
def colours(accent: str = "") -> dict[str, str]:
    """Name to ``#rrggbb``, as in ``colours.toml``, or with another accent and its tints."""
    own = tints(accent) if accent else {}
    return tomllib.loads((_HERE / "colours.toml").read_text(encoding="utf-8")) | own


def recoloured(svg: str, accent: str) -> str:
    """A picture drawn in our colours in those that go with `accent`; "" leaves it as it is."""
    if not accent:
        return svg
    own, new = colours(), colours(accent)
    changed = {own[name]: new[name] for name in own if own[name] != new[name]}
    return _HEX.sub(lambda found: changed.get(found[0].lower(), found[0]), svg)


@cache
def font_files() -> tuple[Path, ...]:
    """The font files, from packages: system fonts would change the bytes on another machine.

    IBM Plex for Arabic has a glyph for each letter. Noto's draws the dots apart, and text that
    is copied or read aloud from the PDF then has each letter twice.
    """
    import fontpkg_ibm_plex_sans_arabic
    import fontpkg_noto_sans

    roots = (fontpkg_noto_sans.ROOT, fontpkg_ibm_plex_sans_arabic.ROOT)
    files = (path for root in roots for path in sorted(Path(root).rglob("*.ttf")))
    return tuple(path for path in files if not path.stem.endswith(_UNUSED_WEIGHTS))
