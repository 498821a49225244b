"""Administrative boundaries from a GeoJSON file of the user's."""

import json
from functools import cache
from pathlib import Path

from sitrep.errors import DataError

Line = list[tuple[float, float]]


def read_lines(path: Path) -> list[Line]:
    """The rings of every polygon of a GeoJSON file, as longitude and latitude.

    Read again only when the file has changed.
    """
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _read_lines(path, changed)


@cache
def _read_lines(path: Path, changed: int) -> list[Line]:
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
        polygons = [
            polygon
            for feature in features
            if (shape := feature.get("geometry"))
            for polygon in (
                shape["coordinates"] if shape["type"] == "MultiPolygon"
                else [shape["coordinates"]] if shape["type"] == "Polygon" else []
            )
        ]  # fmt: skip
        return [[(float(x), float(y)) for x, y, *_ in ring] for p in polygons for ring in p]
    except OSError as error:
        raise DataError(
            f"{path}: the boundaries that sitrep.toml names cannot be read ({error.strerror})"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DataError(f"{path}: not a GeoJSON FeatureCollection of polygons") from None
