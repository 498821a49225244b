"""The map: where labels go, how large circles are, and boundaries of the user's."""

import json
import math
import xml.etree.ElementTree as ET
from importlib import import_module
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep import maps
from sitrep.blocks import Paragraph, text_of
from sitrep.errors import DataError
from sitrep.maps.boundaries import read_lines
from sitrep.maps.frame import Frame
from sitrep.maps.labels import Box, Circle, place_labels

module = import_module("sitrep.maps.places")  # the package has a function of the same name


def point(name, x=36.5, y=35.7, **row):
    return {
        "place": name, "admin2": "Ariha", "longitude": x, "latitude": y,
        "place_precision": "exact", **row,
    }  # fmt: skip


# Labels

circles = st.builds(
    Circle,
    st.floats(0, 236, allow_subnormal=False),
    st.floats(0, 230, allow_subnormal=False),
    st.floats(1.6, 13),
)
labelled = st.lists(st.tuples(circles, st.text("abcdefgh 0123", min_size=1, max_size=20)),
                    max_size=20)  # fmt: skip


def box_of(text, circle, label):
    """The room of a label, as the map draws it: 7 points high letters beside the circle."""
    long = 3.75 * len(text)
    left = circle.x + label.dx - {"left": 0, "center": long / 2, "right": long}[label.align]
    middle = circle.y + label.dy
    return Box(left, middle - 3.5, left + long, middle + 3.5)


@given(labelled)
def test_labels_never_cover_each_other_or_a_circle(pairs):
    around = [circle for circle, _ in pairs]
    names = [text for _, text in pairs]
    labels = place_labels(names, around, width=236, height=230)
    boxes = [
        box_of(text, circle, label)
        for text, circle, label in zip(names, around, labels, strict=True)
        if label
    ]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert not any(box.overlaps(circle.box) for box in boxes for circle in around)


@given(labelled)
def test_labels_stay_inside_the_map(pairs):
    around = [circle for circle, _ in pairs]
    names = [text for _, text in pairs]
    for text, circle, label in zip(
        names, around, place_labels(names, around, width=236, height=230), strict=True
    ):
        if label:
            box = box_of(text, circle, label)
            assert box.left >= 0
            assert box.bottom >= 0
            assert box.right <= 236
            assert box.top <= 230


def test_the_first_come_is_first_served_and_what_does_not_fit_is_left_out():
    [alone] = place_labels(["Bara"], [Circle(100, 100, 5)], width=236, height=230)
    assert alone is not None
    assert alone.align == "left"  # to the right of its circle
    assert place_labels(["x" * 100], [Circle(100, 100, 5)], width=236, height=230) == [None]
    assert place_labels([], [Circle(1, 1, 1)], width=236, height=230) == []


# Circles


def spot(killed, injured=0.0, x=36.5, y=35.7):
    return module.Spot("Bara, Ariha", x, y, True, killed, injured)


def frame_of(spots):
    xs, ys = [each.longitude for each in spots], [each.latitude for each in spots]
    return Frame.around(xs, ys, 236, 230)


def test_the_area_of_a_circle_is_in_proportion_to_its_casualties():
    # Four times the casualties: twice the radius.
    large, small = module._radii([spot(10, 6), spot(4)])
    assert large == module.LARGEST
    assert small == pytest.approx(module.LARGEST / 2)


def test_a_place_without_casualties_is_a_small_dot():
    assert module._radii([spot(16), spot(0)])[1] == module.SMALLEST
    assert module._radii([spot(0), spot(0)]) == [module.SMALLEST] * 2


@given(st.lists(st.tuples(st.floats(-179, 179), st.floats(-80, 80)), min_size=1, max_size=6))
def test_every_point_is_inside_the_frame(points):
    spots = [spot(1, x=x, y=y) for x, y in points]
    frame = frame_of(spots)
    for each in spots:
        x, y = frame.at(each.longitude, each.latitude)
        assert 0 < x < 236
        assert 0 < y < 230


@given(st.floats(-60, 60))
def test_a_kilometre_is_as_long_to_the_east_as_to_the_north(latitude):
    frame = frame_of([spot(1, y=latitude)])
    east = frame.width / (frame.east - frame.west) / math.cos(math.radians(latitude))
    north = frame.height / (frame.north - frame.south)
    assert east == pytest.approx(north, rel=1e-6)


@pytest.mark.parametrize(
    ("killed", "injured", "label"),
    [(2, 3, "Bara 2, 3"), (0, 3, "Bara 0, 3"), (2, 0, "Bara 2"), (0, 0, "Bara")],
)
def test_a_label_says_killed_and_injured(killed, injured, label):
    assert spot(killed, injured).label == label


# The chart


def test_the_alternative_text_names_places_with_their_numbers(issue_of):
    issue = issue_of([point("Bara", killed=2, injured=3), point("Sarja", 36.6, killed=7)])
    alt = maps.places(issue).alt
    assert "Sarja, Ariha: 7 killed" in alt
    assert "Bara, Ariha: 2 killed, 3 injured" in alt
    assert alt.index("Sarja") < alt.index("Bara")


def test_the_published_week_is_on_the_map(sample):
    chart = maps.places(sample)
    assert "Iblin, Ariha: 6 killed, 8 injured" in chart.alt
    assert "Places without a point that may be shown stand in the table alone." in chart.caption
    assert maps.places(sample) == chart


def test_a_place_known_only_by_its_area_is_hollow_and_said_so(issue_of):
    middle = maps.places(issue_of([point("Bara", killed=1, place_precision="admin3")]))
    assert "Hollow circles stand in the middle of an area" in middle.caption
    assert "Hollow" not in maps.places(issue_of([point("Bara", killed=1)])).caption


def test_a_week_without_a_point_has_a_note_in_place_of_a_map(quiet):
    said = maps.places(quiet)
    assert isinstance(said, Paragraph)
    assert text_of(said.runs) == "No place of this week has a point to show."


def test_the_public_map_does_not_name_the_point_of_a_hospital(issue_of):
    rows = [point("Bara", killed=1), point("Clinic", killed=9, target="hospital")]
    assert "Clinic" not in maps.places(issue_of(rows)).alt
    assert "Clinic" in maps.places(issue_of(rows, report={"edition": "internal"})).alt


def test_more_places_than_are_labelled_are_counted(issue_of):
    rows = [point(f"Village {n}", 36 + n / 50, killed=1) for n in range(18)]
    assert maps.places(issue_of(rows)).alt.endswith("and 2 places more.")


@pytest.mark.parametrize("name", ["$x_1$", "a <b> & c", "إدلب"])
def test_names_from_the_file_break_no_map(issue_of, name):
    chart = maps.places(issue_of([point(name, killed=1)]))
    ET.fromstring(chart.svg)
    assert name in chart.alt


@pytest.mark.parametrize(("x", "y"), [(0, 90), (180, 0), (-180, -90)])
def test_the_ends_of_the_world_break_no_map(issue_of, x, y):
    ET.fromstring(maps.places(issue_of([point("Pole", x, y, killed=1)])).svg)


# Boundaries

SQUARE = [[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 35.0]]


def geojson(*geometries):
    return {"type": "FeatureCollection", "features": [{"geometry": g} for g in geometries]}


@pytest.fixture
def file_of(tmp_path):
    def write(content, name="areas.geojson"):
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_polygons_and_multipolygons_are_read_and_other_shapes_left(file_of):
    path = file_of(
        geojson(
            {"type": "Polygon", "coordinates": [SQUARE, SQUARE]},
            {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]},
            {"type": "Point", "coordinates": [1, 2]},
            {"type": "GeometryCollection", "geometries": []},
            None,
        )
    )
    lines = read_lines(path)
    assert len(lines) == 4
    assert lines[0] == [(x, y) for x, y in SQUARE]


def test_heights_of_points_are_left_out(file_of):
    ring = [[*point, 0.5] for point in SQUARE]
    [read] = read_lines(file_of(geojson({"type": "Polygon", "coordinates": [ring]})))
    assert read[0] == (36, 35)


@pytest.mark.parametrize(
    "content",
    [
        "", "not JSON", "[]", "{}", '"text"', "null", '{"features": 5}', '{"features": [5]}',
        '{"features": [{"geometry": {"type": "Polygon"}}]}',
        '{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[1]]]}}]}',
        '{"features": [{"geometry": {"type": "Polygon", "coordinates": [[["a", "b"]]]}}]}',
    ],
)  # fmt: skip
def test_what_is_not_geojson_of_polygons_is_refused(file_of, content):
    with pytest.raises(DataError, match=r"areas\.geojson: not a GeoJSON FeatureCollection"):
        read_lines(file_of(content))


def test_a_file_that_is_missing_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"the boundaries that sitrep\.toml names cannot be read"):
        read_lines(tmp_path / "nowhere.geojson")


def test_a_file_that_was_corrected_is_read_again(file_of):
    one = {"type": "Polygon", "coordinates": [SQUARE]}
    assert len(read_lines(file_of(geojson(one)))) == 1
    assert len(read_lines(file_of(geojson(one, one)))) == 2


def test_boundaries_are_drawn_and_credited(issue_of, file_of):
    rows = [point("Bara", 36.5, 35.5, killed=1)]  # on the slanting side
    path = file_of(geojson({"type": "Polygon", "coordinates": [SQUARE]}))
    data = {"boundaries": str(path), "boundaries_credit": "OCHA; no endorsement is implied."}
    plain, bounded = maps.places(issue_of(rows)), maps.places(issue_of(rows, data=data))
    assert "OCHA; no endorsement is implied." in bounded.caption
    assert bounded.svg != plain.svg
    broken = str(file_of("broken", "broken.geojson"))
    with pytest.raises(DataError, match="GeoJSON"):
        maps.places(issue_of(rows, data={"boundaries": broken}))
