"""The look that charts, HTML and PDF share: colours and fonts."""

import tomllib
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def colours() -> dict[str, str]:
    """Name to ``#rrggbb``, as in ``colours.toml``."""
    return tomllib.loads((_HERE / "colours.toml").read_text(encoding="utf-8"))


@cache
def font_files() -> tuple[Path, ...]:
    """The font files, from packages: system fonts would change the bytes on another machine."""
    import fontpkg_noto_sans
    import fontpkg_noto_sans_arabic

    roots = (fontpkg_noto_sans.ROOT, fontpkg_noto_sans_arabic.ROOT)
    return tuple(path for root in roots for path in sorted(Path(root).rglob("*.ttf")))
