"""One name for a place, rows of an area, and points that may be shown."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep import places

ALIASES = {
    "idleb": ("Idlib", "SY07"),
    "idlib": ("Idlib", "SY07"),
    "SY07": ("Idlib", "SY07"),
    "ehsem": ("Ihsim", ""),
    "areeha": ("Ariha", "SY0705"),
}


def test_a_code_decides_over_the_name():
    table = pd.DataFrame({"admin1": ["Idleb", "wrong", None], "admin1_pcode": ["SY07"] * 3})
    assert places.with_one_name(table, ALIASES)["admin1"].tolist() == ["Idlib"] * 3


def test_the_commonest_spelling_stands_for_a_code_without_an_alias():
    table = pd.DataFrame(
        {"admin2": ["Harim", "Harem", "Harim"], "admin2_pcode": ["SY0703"] * 3}
    ).astype("category")
    assert places.with_one_name(table, {})["admin2"].tolist() == ["Harim"] * 3


def test_the_alias_of_a_governorate_does_not_rename_a_district_spelt_the_same():
    table = pd.DataFrame(
        {
            "admin1": ["Idleb", "Idleb", "Idleb"],
            "admin1_pcode": ["SY07", "SY07", None],
            "admin2": ["Idleb", "Ariha", "Idleb"],
            "admin2_pcode": ["SY0700", "SY0705", None],
        }
    )
    named = places.with_one_name(table, ALIASES)
    assert named["admin1"].tolist() == ["Idlib", "Idlib", "Idlib"]
    assert named["admin2"].tolist() == ["Idleb", "Ariha", "Idleb"]


def test_without_codes_a_spelling_is_looked_up():
    table = pd.DataFrame({"admin2": ["Areeha", "AREEHA", "Harim"], "place": ["Ehsem", None, "X"]})
    named = places.with_one_name(table, ALIASES)
    assert named["admin2"].tolist() == ["Ariha", "Ariha", "Harim"]
    assert named["place"].dropna().tolist() == ["Ihsim", "X"]


def test_nothing_is_matched_by_likeness():
    table = pd.DataFrame({"admin2": ["Arihaa"], "place": ["Ehsemm"]})
    named = places.with_one_name(table, ALIASES)
    assert named.iloc[0].tolist() == ["Arihaa", "Ehsemm"]


def test_a_blank_name_stays_blank():
    table = pd.DataFrame({"admin1": ["Hama", None], "admin1_pcode": [np.nan, np.nan]})
    assert places.with_one_name(table, ALIASES)["admin1"].isna().tolist() == [False, True]


def test_the_rows_of_an_area_at_any_level_by_name_or_code():
    table = pd.DataFrame(
        {
            "admin1": ["Idlib", "Idlib", "Hama", None],
            "admin2": ["Ariha", "Idlib", None, None],
            "admin2_pcode": ["SY0705", "SY0700", None, None],
        }
    ).astype("category")
    assert places.in_area(table, "Idlib").index.tolist() == [0, 1]
    assert places.in_area(table, "Ariha").index.tolist() == [0]
    assert places.in_area(table, "SY0700").index.tolist() == [1]
    assert places.in_area(table, "Homs").empty


def test_a_village_is_named_with_its_district():
    table = pd.DataFrame(
        {"place": ["Bara", "Bara", "Bara", None], "admin2": ["Ariha", "Harim", None, "Ariha"]}
    ).astype("category")
    named = places.labelled(table)["place"]
    assert named.tolist()[:3] == ["Bara, Ariha", "Bara, Harim", "Bara"]
    assert pd.isna(named[3])


# Points


def point(**row):
    return {
        "place": "Bara, Ariha", "admin2": "Ariha", "latitude": 35.68765, "longitude": 36.54321,
        "place_precision": "exact", "target": "home", **row,
    }  # fmt: skip


def shown(*rows, edition="public"):
    found = places.points(pd.DataFrame(list(rows)), edition=edition)
    return [tuple(row) for row in found.itertuples(index=False)]


@pytest.mark.parametrize("target", ["camp", "hospital", "school", "home;school", "shelter"])
def test_the_public_edition_has_no_point_of_a_sheltered_place(target):
    assert shown(point(target=target)) == []
    assert len(shown(point(target=target), edition="internal")) == 1


def test_the_public_edition_has_no_point_of_a_place_that_is_a_camp_by_name():
    # The rule is about the place, whatever of it was hit.
    assert shown(point(place="Qah camp, Harim", target="home")) == []


def test_a_point_known_nearly_is_rounded_to_a_kilometre_in_public():
    near = point(place_precision="near")
    assert shown(near) == [("Bara, Ariha", 35.69, 36.54, True)]
    assert shown(near, edition="internal") == [("Bara, Ariha", 35.68765, 36.54321, True)]
    assert shown(point()) == [("Bara, Ariha", 35.68765, 36.54321, True)]


@pytest.mark.parametrize("precision", ["admin3", "admin2", "admin1"])
def test_the_middle_of_an_area_is_not_the_places_own_point(precision):
    assert shown(point(place_precision=precision)) == [("Bara, Ariha", 35.69, 36.54, False)]


@pytest.mark.parametrize("missing", ["latitude", "longitude", "place_precision"])
def test_a_point_without_its_precision_or_half_a_point_is_not_shown(missing):
    assert shown(point(**{missing: None}), edition="internal") == []


def test_a_place_has_one_point_and_one_without_a_name_stands_for_its_district():
    found = shown(point(), point(latitude=35.1), point(place=None), point(place=None, admin2=None))
    assert [row[0] for row in found] == ["Bara, Ariha", "Ariha"]


def test_no_rows_and_no_columns_give_no_points():
    assert places.points(pd.DataFrame([point()]).iloc[:0], edition="public").empty
    assert places.points(pd.DataFrame({"place": ["x"]}), edition="public").empty


@given(
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.sampled_from(["near", "admin3", "admin2", "admin1"]),
)
def test_no_public_point_is_finer_than_it_is_known(latitude, longitude, precision):
    [(_, y, x, _)] = shown(point(latitude=latitude, longitude=longitude, place_precision=precision))
    assert (y, x) == (round(y, 2), round(x, 2))
