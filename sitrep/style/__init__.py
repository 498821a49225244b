"""The look that charts, HTML and PDF share: colours and fonts."""

import tomllib
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_UNUSED_WEIGHTS = ("-Thin", "-ExtraLight", "-Light")


@cache
def colours() -> dict[str, str]:
    """Name to ``#rrggbb``, as in ``colours.toml``."""
    return tomllib.loads((_HERE / "colours.toml").read_text(encoding="utf-8"))


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
