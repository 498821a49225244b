"""Administrative boundaries from a GeoJSON file of the user's."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sitrep.errors import DataError

Line = list[tuple[float, float]]


class Area(NamedTuple):
    """A feature of the file: what it says of itself, and its rings as longitude and latitude."""

    properties: Mapping[str, Any]
    rings: list[Line]


def read_areas(path: Path) -> tuple[Area, ...]:
    """The areas of a GeoJSON file; shapes that are not polygons have no rings.

    Read again only when the file has changed.
    """
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _read_areas(path, changed)


def read_lines(path: Path) -> list[Line]:
    """The rings of every polygon of a GeoJSON file."""
    return [ring for area in read_areas(path) for ring in area.rings]


@cache
def _read_areas(path: Path, changed: int) -> tuple[Area, ...]:
    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
        return tuple(
            Area(feature.get("properties") or {}, _rings(feature.get("geometry") or {}))
            for feature in features
        )
    except OSError as error:
        raise DataError(
            f"{path}: the boundaries that sitrep.toml names cannot be read ({error.strerror})"
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DataError(f"{path}: not a GeoJSON FeatureCollection of polygons") from None


def _rings(shape: Mapping[str, Any]) -> list[Line]:
    kind = shape.get("type")
    if kind == "MultiPolygon":
        polygons = shape["coordinates"]
    else:
        polygons = [shape["coordinates"]] if kind == "Polygon" else []
    return [[(float(x), float(y)) for x, y, *_ in ring] for polygon in polygons for ring in polygon]
