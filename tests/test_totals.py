"""Every headline total is computed twice, by two routes that share nothing but the table."""

import math
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitrep.errors import DataError
from sitrep.incidents import totals as room
from sitrep.issue import make_issue
from sitrep.settings import CountingSettings, Settings
from sitrep.weeks import parse_week

WEEK = {"w": (date(2021, 6, 7), date(2021, 6, 13))}
BOTH = ("confirmed", "reported")


def test_totals_are_sums_of_the_rows_that_the_grades_hold(store_of):
    store = store_of(
        [
            {"killed": 2, "injured": 1, "status": "confirmed"},
            {"killed": 3, "injured": None},  # reported is the default
            {"killed": 100, "status": "pending"},
            {"killed": 100, "date": "2021-06-14"},  # the week after
            {"displaced": 40},  # a record of displacement alone is no incident
            {"displaced": 7, "displacement_kind": "return"},
            {"displaced_households": 5},
        ]
    )
    found = room.totals(store, WEEK, grades=BOTH)
    assert found == {("killed", "w"): 5, ("injured", "w"): 1, ("displaced", "w"): 40,
                     ("incidents", "w"): 2}  # fmt: skip
    # Five households of six are thirty people more.
    people = room.totals(store, WEEK, grades=BOTH, persons_per_household=6.0)
    assert people["displaced", "w"] == 70


def test_none_recorded_is_zero_and_none_given_is_blank(store_of):
    blank = room.totals(store_of([{"killed": None}]), WEEK, grades=BOTH)
    assert math.isnan(blank["killed", "w"])
    assert blank["displaced", "w"] == 0
    none = room.totals(store_of([{"date": "2021-05-01"}]), WEEK, grades=BOTH)
    assert none["killed", "w"] == 0


@pytest.mark.parametrize("measure", ["killed", "injured", "displaced", "incidents"])
def test_a_difference_between_the_routes_stops_the_report(issue_of, monkeypatch, measure):
    right = room.totals

    def wrong(*args, **options):
        found = right(*args, **options)
        return {key: value + (key[0] == measure) for key, value in found.items()}

    monkeypatch.setattr(room, "totals", wrong)
    with pytest.raises(DataError, match=f"the two ways of computing {measure} of .* differ"):
        issue_of([{"killed": 1, "injured": 2, "displaced": 3}])


ROW = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["2021-05-12", "2021-05-31", "2021-06-06", "2021-06-08"]),
        "killed": st.one_of(st.none(), st.integers(0, 3)),
        "injured": st.one_of(st.none(), st.integers(0, 3)),
        "displaced": st.one_of(st.none(), st.integers(0, 500)),
        "displaced_households": st.one_of(st.none(), st.integers(0, 99)),
        "displacement_kind": st.sampled_from(["", "new", "return", "stock"]),
        "status": st.sampled_from(["", "confirmed", "pending", "discounted"]),
        "admin2": st.sampled_from(["Ariha", "Harim", ""]),
    }
)
# Few rows, of which all may be blank, or many at once: they take no longer to read.
ROWS = st.one_of(st.lists(ROW, min_size=1, max_size=3), st.lists(ROW, min_size=6, max_size=16))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS, st.sampled_from([0.0, 5.5]))
def test_the_routes_agree_on_any_rows(store_of, rows, factor):
    last = {"date": "2021-06-09", "killed": 1, "admin2": "Ariha"}
    store = store_of([*rows, last])
    given = Settings(root=store.folder, counting=CountingSettings(persons_per_household=factor))
    for area in ("", "Ariha"):  # a difference is an error
        assert make_issue(store, given, week=parse_week("2021-W23"), area=area)
