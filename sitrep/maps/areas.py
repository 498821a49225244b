"""Districts on the map, shaded by their incidents of the year, by the p-codes of the boundaries.

A district of which these data have no record at all is not one with none: it has a mark.
"""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sitrep.charts.canvas import Canvas
from sitrep.charts.classes import Classes, classes_of
from sitrep.charts.layers import Point
from sitrep.errors import DataError
from sitrep.issue import Issue
from sitrep.language import in_use, isolated, joined, named, say
from sitrep.maps.boundaries import Area, Line, read_areas
from sitrep.maps.frame import Frame, size_and_middle
from sitrep.maps.labels import Box, Label, box_of, place_within
from sitrep.numbers import Number
from sitrep.tables.cells import Group, number_of
from sitrep.words import NOT_COVERED, cell

MEASURE = "incidents"
# Names of properties that hold the p-code and the name of a district, as OCHA and others write
# them: ADM2_PCODE, adm2_pcode, admin2Pcode; ADM2_EN, adm2_name1, admin2Name_ar.
PCODE = re.compile(r"adm(in)?_?2_?p_?code", re.IGNORECASE)
NAME = re.compile(r"adm(in)?_?2_?(name\d?(_?[a-z]{2})?|[a-z]{2})", re.IGNORECASE)
SHADES = ("grid", "settled", "accent_pale")  # pale, so that circles stand out
NONE = "paper"
INK = "ink"  # of names: the muted grey of notes could not be read on the darkest shade


class District(NamedTuple):
    """A district as far as the map shows it."""

    name: str  # in the language in use
    number: Number | None  # of the year; None where the data have no record of the district
    rings: list[list[Point]]

    @property
    def label(self) -> str:
        return say("map_area_label", name=self.name, incidents=cell(self.number))


def districts(issue: Issue, frame: Frame) -> list[District]:
    """The districts of the boundaries that lie in the frame; none where they have no p-codes."""
    areas, known = _areas(issue), _names_by_code(issue)
    parts: dict[str, list[list[Point]]] = {}
    properties: dict[str, Mapping[str, Any]] = {}
    for code, area in areas if known else ():
        cut = [each for ring in area.rings if (each := frame.cut(ring))]
        if code and cut:
            parts.setdefault(code, []).extend(cut)
            properties.setdefault(code, area.properties)
    return [
        District(
            _name(known.get(code, ""), properties[code], code),
            _number(issue, known[code]) if code in known else None,
            rings,
        )
        for code, rings in parts.items()
    ]


def recorded(issue: Issue) -> Line:
    """The corners of the districts with any recorded this year, as longitude and latitude."""
    if not issue.settings.data.boundaries:
        return []
    known = _names_by_code(issue)
    return [
        corner
        for code, area in _areas(issue)
        if code in known and (number := _number(issue, known[code])) and number.value > 0
        for ring in area.rings
        for corner in ring
    ]


def draw(canvas: Canvas, shown: list[District]) -> None:
    """Every district in the shade of its class; those without a record unshaded."""
    classes = classes_by(shown)
    filled = [
        (ring, classes.shade(each.number.value) if each.number.value > 0 else NONE)
        for each in shown
        if each.number and each.number.known
        for ring in each.rings
    ]
    canvas.shapes([ring for ring, _ in filled], [shade for _, shade in filled])


def name(canvas: Canvas, shown: list[District], taken: list[Box]) -> None:
    """Every district's name and figure within its largest part, as far as there is room.

    Of one without a record the mark alone, where the name has none.
    """
    for each in shown:
        size, middle, ring = max((*size_and_middle(ring), ring) for ring in each.rings)
        for text in (each.label, NOT_COVERED) if each.number is None else (each.label,):
            place = place_within(
                text, ring, middle, taken, width=canvas.width, height=canvas.height
            )
            if size and place:
                canvas.text(place.x, place.y, text, align="center", size=7, shade=INK)
                taken = [*taken, box_of(text, place, Label(0, 0, "center"))]
                break


def classes_by(shown: list[District]) -> Classes:
    """The classes of the districts shown."""
    return classes_of((each.number.value for each in shown if each.number), SHADES)


def notes(shown: list[District]) -> list[str]:
    """What the shades of the districts mean, in words."""
    if not shown:
        return []
    classes = [text for _, text in classes_by(shown).named()]
    found = [say("map_areas", classes=joined(classes)) if classes else say("map_areas_none")]
    if any(each.number is None for each in shown):
        found.append(say("map_areas_no_record", mark=NOT_COVERED))
    return found


def _areas(issue: Issue) -> list[tuple[str, Area]]:
    """The areas of the boundaries with their p-codes; none where they have none."""
    data = issue.settings.data
    areas = read_areas(issue.settings.resolve(data.boundaries))
    key = _pcode_property(areas, data.boundaries_pcode, data.boundaries)
    return [(str(area.properties.get(key) or ""), area) for area in areas] if key else []


def _number(issue: Issue, district: str) -> Number | None:
    return number_of(issue, MEASURE, issue.periods.year_label, Group("admin2", district))


def _names_by_code(issue: Issue) -> dict[str, str]:
    """The p-codes of the data's districts, with the names that the numbers have."""
    records = issue.records
    if not {"admin2", "admin2_pcode"} <= set(records):
        return {}
    pairs = records[["admin2_pcode", "admin2"]].dropna().drop_duplicates()
    return dict(zip(pairs["admin2_pcode"].astype(str), pairs["admin2"].astype(str), strict=True))


def _pcode_property(areas: tuple[Area, ...], wanted: str, path: str | Path) -> str:
    """The property that holds the p-code of a district; "" where no usual one is there."""
    names = dict.fromkeys(name for area in areas for name in area.properties)
    if not wanted:
        return next((name for name in names if PCODE.fullmatch(name)), "")
    if wanted not in names:
        raise DataError(
            f"{path}: no area has the property {wanted!r} that boundaries_pcode names in "
            f"sitrep.toml; the file has {', '.join(names) or 'none'}"
        )
    return wanted


def _name(recorded: str, properties: Mapping[str, Any], code: str) -> str:
    """A district as the data name it; in another script as the boundaries do, if nothing else."""
    names = [str(text) for key, text in properties.items() if text and NAME.fullmatch(key)]
    in_language = named(recorded) if recorded else ""
    if in_use().right_to_left and not _from_right_to_left(in_language):
        in_language = next(filter(_from_right_to_left, names), in_language)
    return isolated(in_language or next(iter(names), code))


def _from_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
