"""Districts on the map: joined by p-code, shaded in classes, none told from no record."""

import json
from dataclasses import replace

import pytest

from sitrep import maps
from sitrep.blocks import text_of
from sitrep.charts.canvas import Canvas
from sitrep.charts.layers import Point, Shapes, Words
from sitrep.errors import DataError
from sitrep.maps.areas import NAME, PCODE, SHADES
from sitrep.maps.frame import Frame, size_and_middle
from sitrep.maps.labels import Box, box_of, place_within
from sitrep.maps.labels import Label as Beside


def square(west, south, size=0.3):
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


AREAS = {
    "SY0703": (36.4, 35.6, "Ariha", "أريحا"),
    "SY0700": (36.7, 35.6, "Idleb", "ادلب"),
    "SY0705": (36.4, 35.3, "Elsewhere", "مكان آخر"),
}


@pytest.fixture
def boundaries(tmp_path):
    """A file of three districts, with properties as OCHA names them unless said."""

    def write(code="ADM2_PCODE", english="ADM2_EN", arabic="ADM2_AR"):
        features = [
            {"properties": {code: pcode, english: en, arabic: ar}, "geometry": square(x, y)}
            for pcode, (x, y, en, ar) in AREAS.items()
        ]
        path = tmp_path / "areas.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
        return str(path)

    return write


# Three incidents this year in Ariha (by another spelling), none in Idleb but one last year; of
# the third district there is no record.
ROWS = [
    {"admin2": "Idleb", "admin2_pcode": "SY0700", "date": "2020-12-01", "killed": 1},
    *[
        {"admin2": "Ariha town", "admin2_pcode": "SY0703", "killed": 1, "place": "Bara",
         "longitude": 36.65, "latitude": 35.65, "place_precision": "exact"}
    ] * 3,
]  # fmt: skip


@pytest.fixture
def drawn(monkeypatch):
    """The canvas that was written last."""
    canvases = []
    monkeypatch.setattr(Canvas, "svg", lambda canvas, name: canvases.append(canvas) or "<svg/>")
    return canvases


def words(canvas):
    return [layer.words for layer in canvas.layers if isinstance(layer, Words)]


def test_districts_are_joined_by_code_and_none_is_not_no_record(issue_of, boundaries, drawn):
    chart = maps.places(issue_of(ROWS, data={"boundaries": boundaries()}))
    [shapes] = [layer for layer in drawn[-1].layers if isinstance(layer, Shapes)]
    assert shapes.shades == [SHADES[-1], "paper"]  # the third is not shaded
    assert {"Ariha town 3", "Idleb 0"} <= set(words(drawn[-1]))
    assert "in the classes 1, 2 and 3 or more, each" in chart.caption
    assert "·: no record in these data." in chart.caption
    assert chart.alt.endswith("Incidents recorded this year by district: Ariha town 3 and Idleb 0.")


def test_names_are_those_of_the_file_where_only_they_are_arabic(issue_of, boundaries, drawn):
    issue = issue_of(ROWS, data={"boundaries": boundaries()})
    maps.places(replace(issue, lang="ar"))
    assert any("أريحا" in text and "3" in text for text in words(drawn[-1]))
    assert not any("Ariha" in text for text in words(drawn[-1]))


@pytest.mark.parametrize("name", ["ADM2_PCODE", "adm2_pcode", "admin2Pcode", "ADM2PCODE"])
def test_the_usual_properties_of_a_code_are_found(issue_of, boundaries, drawn, name):
    chart = maps.places(issue_of(ROWS, data={"boundaries": boundaries(code=name)}))
    assert "Districts: incidents recorded this year" in chart.caption
    assert PCODE.fullmatch(name)


@pytest.mark.parametrize("name", ["ADM2_EN", "ADM2_AR", "adm2_name", "adm2_name1", "admin2Name_ar"])
def test_the_usual_properties_of_a_name_are_found(name):
    assert NAME.fullmatch(name)
    assert not NAME.fullmatch("ADM2_PCODE")
    assert not NAME.fullmatch("ADM1_EN")


def test_the_settings_name_another_property(issue_of, boundaries, drawn):
    path = boundaries(code="district")
    plain = maps.places(issue_of(ROWS, data={"boundaries": path}))
    assert "Districts" not in plain.caption  # lines alone
    data = {"boundaries": path, "boundaries_pcode": "district"}
    assert "Districts: incidents" in maps.places(issue_of(ROWS, data=data)).caption
    wrong = {"boundaries": path, "boundaries_pcode": "code"}
    with pytest.raises(
        DataError, match=r"no area has the property 'code' .* has district, ADM2_EN"
    ):
        maps.places(issue_of(ROWS, data=wrong))


def test_data_without_codes_have_lines_alone(issue_of, boundaries, drawn):
    rows = [{name: value for name, value in ROWS[1].items() if name != "admin2_pcode"}]
    chart = maps.places(issue_of(rows, data={"boundaries": boundaries()}))
    assert "Districts" not in chart.caption
    assert not [layer for layer in drawn[-1].layers if isinstance(layer, Shapes)]


NOWHERE = [{**row, "longitude": None, "latitude": None} for row in ROWS[1:]]


def test_a_week_without_a_point_has_the_districts_alone(issue_of, boundaries, drawn):
    chart = maps.places(issue_of(NOWHERE, data={"boundaries": boundaries()}))
    assert chart.title == "Incidents recorded this year, by district"
    assert chart.alt == (
        "No place of this week has a point to show. "
        "Incidents recorded this year by district: Ariha town 3."
    )
    assert "Circles" not in chart.caption
    assert chart.table.rows[0].cells == ("Ariha town", "3")
    # Ariha's square, of 0.3 degrees, fills most of the picture and lies in its middle.
    [shapes] = [layer for layer in drawn[-1].layers if isinstance(layer, Shapes)]
    size, middle = size_and_middle(shapes.rings[0])
    assert size > drawn[-1].width * drawn[-1].height / 3
    assert middle == pytest.approx((drawn[-1].width / 2, drawn[-1].height / 2))


def test_districts_in_which_nothing_is_recorded_are_no_map(issue_of, boundaries):
    # Ariha has no record, Idleb one of last year; this week's is of no district.
    issue = issue_of([ROWS[0], {"killed": 1}], data={"boundaries": boundaries()})
    assert text_of(maps.places(issue).runs) == "No place of this week has a point to show."


# Geometry, by hand

FRAME = Frame(0, 0, 10, 10, 100, 100)  # a degree is ten points


def test_a_ring_is_cut_at_the_edges_of_the_picture():
    cut = FRAME.cut([(5, 5), (15, 5), (15, 15), (5, 15), (5, 5)])
    assert {(x, y) for x, y in cut} == {(50, 50), (100, 50), (100, 100), (50, 100)}
    assert FRAME.cut([(20, 20), (30, 20), (30, 30)]) == []


def test_the_size_and_middle_of_a_ring():
    size, middle = size_and_middle([Point(0, 0), Point(4, 0), Point(4, 2), Point(0, 2)])
    assert (size, middle) == (8, (2, 1))
    assert size_and_middle([Point(1, 1), Point(2, 2)])[0] == 0


def test_a_name_stands_within_its_area_and_beside_what_is_there():
    ring = [Point(10, 10), Point(90, 10), Point(90, 90), Point(10, 90)]

    def place(text, taken=()):
        return place_within(text, ring, Point(50, 50), taken, width=100, height=100)

    assert place("Ariha")[:2] == (50, 50)
    moved = place("Ariha", [Box(40, 40, 60, 60)])
    room = box_of("Ariha", moved, Beside(0, 0, "center"))
    assert not room.overlaps(Box(40, 40, 60, 60))
    assert min(room.left, room.bottom) > 10
    assert max(room.right, room.top) < 90
    assert place("a name that is longer than its area") is None
