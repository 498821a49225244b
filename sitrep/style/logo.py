"""An organisation's own logo: an SVG or a PNG file as an SVG that fetches and runs nothing."""

import base64
import re
from pathlib import Path
from xml.etree import ElementTree

from sitrep.errors import UsageError

MOST_BYTES = 500_000
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "http://www.w3.org/2000/svg"
_ACTIVE = frozenset(("script", "foreignObject", "iframe", "audio", "video", "handler", "listener"))
_LINK = re.compile(r"(?:\{.*\})?href")
_ADDRESS = re.compile(r"url\(\s*['\"]?(?!#)|@import", re.IGNORECASE)
_INSIDE = ("#", "data:image/png;", "data:image/jpeg;")


def read_logo(path: Path) -> str:
    """The picture as SVG text.

    Raises
    ------
    UsageError
        A file that cannot be read, is too large, is neither SVG nor PNG, or is an SVG that
        would run a script, fetch something or write in a font.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: the logo cannot be read ({error.strerror})") from None
    if len(content) > MOST_BYTES:
        raise UsageError(
            f"{path}: the logo has {len(content):,} bytes; {MOST_BYTES:,} are the most, as every "
            "report holds it"
        )
    return _of_png(path, content) if content.startswith(_PNG) else _of_svg(path, content)


def _of_png(path: Path, content: bytes) -> str:
    from PIL import Image

    try:
        with Image.open(path, formats=["PNG"]) as picture:
            width, height = picture.size
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UsageError(f"{path}: the logo is a PNG that cannot be read: {error}") from None
    data = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="{_SVG}" width="{width}px" height="{height}px" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    )


def _of_svg(path: Path, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
        # Entities are refused before they can be unfolded.
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise UsageError(f"{path}: the logo has a DOCTYPE; save it as plain SVG without one")
        root = ElementTree.fromstring(text)  # noqa: S314 (no entities, of a limited size)
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        raise UsageError(f"{path}: the logo is neither PNG nor SVG: {error}") from None
    if root.tag != f"{{{_SVG}}}svg":
        raise UsageError(f"{path}: the logo is neither PNG nor SVG: it begins with {root.tag!r}")
    if wrong := _refused(root):
        raise UsageError(f"{path}: the logo {wrong}")
    return re.sub(r"^.*?(?=<(?:\w+:)?svg\b)", "", text, count=1, flags=re.DOTALL).strip()


def _refused(root: ElementTree.Element) -> str:
    """What is wrong with the picture, to read on after "the logo"; empty for nothing."""
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if name in _ACTIVE:
            return f"holds a <{name}>, which no report may; save it as a plain picture"
        if name in ("text", "tspan", "textPath"):
            return "holds text, which would be set in another font; convert it to paths"
        for key, value in element.attrib.items():
            if key.lower().startswith("on"):
                return f"runs a script ({key}); save it as a plain picture"
            outside = _LINK.fullmatch(key) and not value.strip().startswith(_INSIDE)
            if outside or _ADDRESS.search(value):
                return f"fetches {value.strip()[:60]!r}; a report fetches nothing: embed it"
        if name == "style" and _ADDRESS.search(element.text or ""):
            return "fetches something in its <style>; a report fetches nothing: embed it"
    return ""
