"""Weekly sums of small hand-made records: blanks, parts, ranges, returns and stock."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitrep import measures as m
from sitrep import series
from sitrep.records import exploded, records, sex_age_parts, week_starts
from sitrep.series import figures
from sitrep.settings import CountingSettings
from sitrep.spans import cells_of, groups_of, lay, lay_in_weeks, one_group

W23, W24 = pd.Timestamp("2021-06-07"), pd.Timestamp("2021-06-14")
COUNTS = ("killed", "injured", "displaced", "displaced_households")


def table(*rows):
    """Rows as `Store.load` gives them: days as days, counts as floats."""
    complete = [{"date": "2021-06-07", "source": "A", **row} for row in rows]
    frame = pd.DataFrame(complete, columns=list(dict.fromkeys(k for r in complete for k in r)))
    frame["date"] = pd.to_datetime(frame["date"])
    counts = [name for name in frame if name.startswith(COUNTS)]
    counts = [name for name in counts if not name.endswith(("_valid", "_kind"))]
    return frame.astype(dict.fromkeys(counts, "float64"))


def records_of(*rows, **counting):
    return records(table(*rows), counting=CountingSettings(**counting))


def total(rows, measure, by="", *, group="", week=W23):
    """Value, low, high, incidents, not_reported of one cell, as a tuple; None for no row."""
    sums = series.weekly(rows, by, only=(measure,))
    row = sums[(sums["week"] == week) & (sums["group"] == group)]
    return tuple(row.iloc[0][series.VALUES]) if len(row) else None


def parts(rows, measure="killed", week=W23):
    sums = series.weekly_parts(rows, measure)
    return sums[sums["week"] == week].set_index("group")["value"].to_dict()


def is_blank(value):
    return value != value


# Blank and zero


def test_a_sum_of_blanks_is_blank_not_zero():
    value, low, high, incidents, blanks = total(
        records_of({"killed": None, "injured": 1}, {"killed": None, "injured": 0}), "killed"
    )
    assert is_blank(value)
    assert is_blank(low)
    assert is_blank(high)
    assert (incidents, blanks) == (2, 2)


def test_a_sum_with_some_blanks_counts_them():
    # 3 + 0 + blank = 3, of three incidents, one without a figure.
    rows = records_of({"killed": 3}, {"killed": 0}, {"killed": None, "injured": 1})
    assert total(rows, "killed") == (3, 3, 3, 3, 1)


def test_a_sum_of_zeros_is_zero():
    assert total(records_of({"killed": 0}), "killed") == (0, 0, 0, 1, 0)


def test_an_absent_column_counts_as_blank():
    assert is_blank(total(records_of({"killed": 1}), "injured")[0])


# Weeks


def test_an_incident_belongs_to_the_week_of_its_day():
    rows = records_of(
        {"date": "2021-06-13", "killed": 1},  # the Sunday that ends W23
        {"date": "2021-06-14", "killed": 10},  # the Monday that begins W24
    )
    assert total(rows, "killed", week=W23)[0] == 1
    assert total(rows, "killed", week=W24)[0] == 10


def test_the_configured_week_moves_an_incident():
    # Saturday 5 June: in ISO terms the week of 31 May, from Saturday the week that begins there.
    starts = {"monday": "2021-05-31", "saturday": "2021-06-05", "sunday": "2021-05-30"}
    days = pd.Series(pd.to_datetime(["2021-06-05"]))
    for starts_on, first in starts.items():
        assert week_starts(days, starts_on=starts_on).tolist() == [pd.Timestamp(first)]


# Ranges


def test_lows_and_highs_are_summed_apart_and_a_row_without_a_range_counts_as_it_is():
    # low 4 + 2 = 6, best 5 + 2 = 7, high 8 + 2 = 10
    rows = records_of({"killed": 5, "killed_low": 4, "killed_high": 8}, {"killed": 2})
    assert total(rows, "killed")[:3] == (7, 6, 10)
    assert rows["killed_ranged"].tolist() == [True, False]


def test_a_range_that_does_not_hold_the_value_is_not_used():
    rows = records_of({"killed": 5, "killed_low": 6, "killed_high": 9, "killed_range_valid": False})
    assert total(rows, "killed")[:3] == (5, 5, 5)
    assert not rows["killed_ranged"].any()


def test_half_a_range_is_used_at_its_known_end():
    rows = records_of({"killed": 5, "killed_low": None, "killed_high": 9})
    assert total(rows, "killed")[:3] == (5, 5, 9)


def test_displacement_has_a_range_of_its_own():
    rows = records_of(
        {"displaced": 500, "displaced_low": 400, "displaced_high": 700},
        {"displaced": 20, "displaced_low": 20},  # more than 20
        {"displaced": 9, "displaced_low": 1, "displacement_kind": "stock"},
    )
    assert total(rows, "displaced")[:3] == (520, 420, 720)
    assert total(rows, "stock")[:3] == (9, 9, 9)


def test_households_turned_into_people_have_no_range():
    rows = records_of({"displaced_households": 10, "displaced_low": 30}, persons_per_household=5.0)
    assert total(rows, "displaced")[:3] == (50, 50, 50)


def test_a_range_without_a_best_figure_gives_no_figure():
    rows = records_of({"killed": None, "killed_low": 1, "killed_high": 9, "injured": 0})
    assert all(is_blank(number) for number in total(rows, "killed")[:3])


# Sex and age


def test_twenty_killed_with_five_children_and_six_women_leave_nine_unknown():
    found = parts(records_of({"killed": 20, "killed_children": 5, "killed_women": 6}))
    assert (found[m.WOMEN], found[m.CHILDREN_SEX_UNKNOWN], found[m.REMAINDER]) == (6, 5, 9)
    assert is_blank(found[m.MEN])
    assert is_blank(found[m.GIRLS])


def test_children_hold_girls_boys_and_children_of_unknown_sex():
    # Of 5 children 2 are girls and 1 is a boy: of 2 the sex is not recorded. 8 - 5 = 3 remain.
    found = parts(
        records_of({"killed": 8, "killed_children": 5, "killed_girls": 2, "killed_boys": 1})
    )
    assert (found[m.GIRLS], found[m.BOYS], found[m.CHILDREN_SEX_UNKNOWN]) == (2, 1, 2)
    assert found[m.REMAINDER] == 3


def test_girls_and_boys_stand_for_children_where_these_are_blank():
    found = parts(records_of({"killed": 4, "killed_girls": 2, "killed_boys": 1}))
    assert (found[m.GIRLS], found[m.BOYS], found[m.REMAINDER]) == (2, 1, 1)


def test_a_row_whose_parts_are_invalid_leaves_its_total_in_the_remainder():
    # 3 killed with 4 women cannot be: the 3 are of unknown sex and age, the 2 women stay.
    rows = records_of(
        {"killed": 3, "killed_women": 4, "killed_parts_valid": False},
        {"killed": 2, "killed_women": 2, "killed_parts_valid": True},
    )
    found = parts(rows)
    assert (found[m.WOMEN], found[m.REMAINDER]) == (2, 3)


def test_a_blank_total_with_parts_gives_no_parts():
    rows = records_of({"killed": None, "injured": 0, "killed_women": 4})
    assert parts(rows) == {}
    assert np.isnan(list(sex_age_parts(rows, "killed").values())).all()


def test_the_range_of_the_remainder_is_that_of_the_total_less_the_known():
    # 4 to 8, best 5, of whom 2 women: 2 to 6, best 3. Of 1 to 3 with 2 women at most 1 remains,
    # and no fewer than none: 0 to 1.
    rows = records_of(
        {"killed": 5, "killed_low": 4, "killed_high": 8, "killed_women": 2},
        {"killed": 2, "killed_low": 1, "killed_high": 3, "killed_women": 2},
    )
    sums = series.weekly_parts(rows, "killed").set_index("group").loc[m.REMAINDER]
    assert (sums["low"], sums["value"], sums["high"]) == (2 + 0, 3 + 0, 6 + 1)


def test_a_class_nobody_gave_is_counted_as_not_reported_where_there_were_victims():
    rows = records_of({"killed": 2, "killed_women": 2}, {"killed": 3}, {"killed": 0})
    women = series.weekly_parts(rows, "killed").set_index("group").loc[m.WOMEN]
    assert (women["value"], women["incidents"], women["not_reported"]) == (2, 3, 1)


# Displacement


def test_a_row_of_displacement_alone_is_no_incident():
    rows = records_of({"displaced": 100}, {"displaced_households": 20}, {"killed": 1})
    assert total(rows, "incidents")[0] == 1
    assert total(rows, "displacement_records")[0] == 2
    assert total(rows, "killed")[3:] == (1, 0)  # nobody looked for deaths in the other two


def test_an_incident_that_also_displaced_is_one_incident():
    rows = records_of({"killed": 0, "displaced": 100})
    assert total(rows, "incidents")[0] == 1
    assert total(rows, "displacement_records") is None
    assert total(rows, "displaced")[0] == 100


def test_a_row_without_any_figure_is_an_incident():
    assert total(records_of({"killed": None, "displaced": None}), "incidents")[0] == 1


def test_new_movement_return_and_stock_are_three_sums():
    rows = records_of(
        {"displaced": 100, "displacement_kind": None},  # new is the default
        {"displaced": 10, "displacement_kind": "new"},
        {"displaced": 7, "displacement_kind": "return"},
        {"displaced": 5000, "displacement_kind": "stock"},
    )
    sums = {name: total(rows, name)[0] for name in ("displaced", "returned", "stock")}
    assert sums == {"displaced": 110, "returned": 7, "stock": 5000}


def test_households_are_not_people():
    rows = records_of({"displaced_households": 20}, {"displaced": 100, "displaced_households": 18})
    # Of two records one gave no people; its 20 households are counted as households, the 18 are
    # in the 100 people already.
    assert total(rows, "displaced") == (100, 100, 100, 2, 1)
    assert total(rows, "households")[0] == 20


def test_households_become_people_by_the_factor_of_the_settings_alone():
    rows = records_of(
        {"displaced_households": 3},
        {"displaced": 100, "displaced_households": 18},
        persons_per_household=5.5,
    )
    # 3 x 5.5 = 16.5, to whole people (half to even) 16; 100 people are not counted twice.
    assert total(rows, "displaced")[0] == 116


# Cells with several values, and sources


def test_several_targets_count_the_incident_under_each():
    rows = exploded(records_of({"killed": 3, "target": "home; school"}, {"target": None}), "target")
    assert total(rows, "killed", "target", group="home")[0] == 3
    assert total(rows, "killed", "target", group="school")[0] == 3
    assert total(rows, "incidents", "target", group=m.NOT_RECORDED)[0] == 1


def test_a_column_that_is_not_there_is_not_recorded_throughout():
    assert total(records_of({"killed": 2}), "killed", "attack", group=m.NOT_RECORDED)[0] == 2


def test_blank_and_the_words_not_recorded_are_one_group():
    rows = records_of({"killed": 2, "attack": None}, {"killed": 1, "attack": m.NOT_RECORDED})
    assert total(rows, "killed", "attack", group=m.NOT_RECORDED)[0] == 3


def test_sources_are_those_that_gave_the_figure():
    rows = records_of(
        {"killed": 1, "source": "A;B"},
        {"killed": None, "injured": 2, "source": "C"},
        {"displaced": 5, "source": "D"},
        {"killed": 2, "source": "B"},
    )
    by_measure = {
        "killed": ["A", "B"], "injured": ["C"], "displaced": ["D"], "incidents": ["A", "B", "C"],
    }  # fmt: skip
    sources, week = groups_of(rows["source"], count=len(rows), split=True), lay_in_weeks(rows)[0]
    for measure, names in by_measure.items():
        known = figures(rows, measure).known
        given = cells_of(week, sources)
        assert sorted(given.groups[given.counts(known) > 0]) == names
        assert cells_of(week, one_group(rows)).only(known).distinct(sources).tolist() == [
            len(names)
        ]


def test_a_row_without_a_source_is_of_no_source():
    rows = records_of({"killed": 1, "source": None}, {"killed": 1, "source": "A"})
    sources, week = groups_of(rows["source"], count=len(rows), split=True), lay_in_weeks(rows)[0]
    known = figures(rows, "killed").known
    assert cells_of(week, one_group(rows)).only(known).distinct(sources).tolist() == [1]


# Spans


def over(rows, measure, *spans):
    """Value and not_reported of each span of days."""
    laid = lay(rows["date"], dict(enumerate(spans)), count=len(spans))
    found = series.sums(figures(rows, measure), cells_of(laid, one_group(rows)))
    return list(zip(found["value"], found["not_reported"], strict=True))


def test_a_span_holds_both_its_ends_and_nothing_else():
    days = ["2021-06-06", "2021-06-07", "2021-06-20", "2021-06-21"]
    rows = records_of(*({"date": day, "killed": 1} for day in days))
    assert over(rows, "killed", (date(2021, 6, 7), date(2021, 6, 20))) == [(2, 0)]


def test_a_record_counts_in_every_span_that_holds_its_day():
    rows = records_of({"date": "2021-06-14", "killed": 4}, {"date": "2021-06-08", "killed": 1})
    week, both = (date(2021, 6, 7), date(2021, 6, 13)), (date(2021, 6, 7), date(2021, 6, 20))
    assert over(rows, "killed", week, both) == [(1, 0), (5, 0)]


def test_a_span_of_blank_weeks_is_blank_and_one_known_week_is_enough():
    rows = records_of(
        {"date": "2021-06-07", "killed": None, "injured": None},
        {"date": "2021-06-14", "killed": None, "injured": 3},
    )
    both = (date(2021, 6, 7), date(2021, 6, 20))
    [(killed, not_reported)] = over(rows, "killed", both)
    assert is_blank(killed)
    assert not_reported == 2
    assert over(rows, "injured", both) == [(3, 1)]


def test_records_change_nothing_in_the_table_they_are_given():
    given_table = table({"killed": 1, "target": "home;school"})
    before = given_table.copy(deep=True)
    exploded(records(given_table, counting=CountingSettings()), "target")
    pd.testing.assert_frame_equal(given_table, before)


# Properties

few_examples = settings(max_examples=25, deadline=None)  # each makes tables: some 20 ms
few = st.none() | st.integers(0, 9)


@st.composite
def incident(draw):
    """A row that keeps the rules of parts and ranges."""
    young, women, men, rest = (draw(few) for _ in range(4))
    killed = None if rest is None else rest + (young or 0) + (women or 0) + (men or 0)
    girls = draw(st.none() | st.integers(0, young or 0))
    boys = draw(st.none() | st.integers(0, (young or 0) - (girls or 0)))
    return {
        "date": draw(st.sampled_from(["2021-06-06", "2021-06-07", "2021-06-13", "2021-06-14"])),
        "admin2": draw(st.sampled_from(["Ariha", "Harim", None])),
        "killed": killed,
        "killed_women": women, "killed_men": men, "killed_children": young,
        "killed_girls": girls, "killed_boys": boys,
        "killed_parts_valid": killed is not None and draw(st.booleans()),
        "killed_low": draw(st.none() | st.integers(0, killed or 0)),
        "killed_high": draw(st.none() | st.integers(killed or 0, 99)),
        "injured": draw(few), "displaced": draw(few),
        "displacement_kind": draw(st.sampled_from([None, "new", "return", "stock"])),
        "source": draw(st.sampled_from(["A", "B", "A;B"])),
    }  # fmt: skip


incidents = st.lists(incident(), min_size=1, max_size=8)


@few_examples
@given(incidents)
def test_the_parts_of_every_week_add_up_to_its_total(rows):
    made = records_of(*rows)
    sums = series.weekly(made, only=("killed",)).set_index("week")["value"].dropna()
    by_part = series.weekly_parts(made, "killed").groupby("week")["value"].sum()
    assert by_part.to_dict() == sums.to_dict()


@few_examples
@given(incidents)
def test_the_weekly_sums_over_groups_equal_the_total(rows):
    made = records_of(*rows)
    keys = ["week", "measure"]
    whole = series.weekly(made).set_index(keys)[series.VALUES]
    grouped = series.weekly(made, "admin2").groupby(keys)[series.VALUES].sum(min_count=1)
    pd.testing.assert_frame_equal(grouped.sort_index(), whole.sort_index(), check_dtype=False)


@few_examples
@given(incidents, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))

    def of(some):
        made = records_of(*some)
        tables = [series.weekly(made, "admin2"), series.weekly_parts(made, "killed")]
        return pd.concat(tables).sort_values(series.KEYS, ignore_index=True)

    pd.testing.assert_frame_equal(of(rows), of(shuffled))


@few_examples
@given(incidents)
def test_low_best_and_high_stand_in_that_order(rows):
    sums = series.weekly(records_of(*rows)).dropna(subset=["value"])
    assert (sums["low"] <= sums["value"]).all()
    assert (sums["value"] <= sums["high"]).all()


@few_examples
@given(incidents)
def test_no_more_figures_are_missing_than_there_are_incidents(rows):
    sums = series.weekly(records_of(*rows), "admin2")
    assert (sums["not_reported"] <= sums["incidents"]).all()
    assert (sums["value"].isna() == (sums["not_reported"] == sums["incidents"])).all()


@pytest.mark.parametrize("measure", ["killed", "injured"])
def test_no_records_give_no_rows_and_no_error(measure):
    nothing = records_of({"killed": 1}).iloc[:0]
    assert len(series.weekly(nothing)) == 0
    assert len(series.weekly_parts(nothing.assign(**{measure: np.nan}), measure)) == 0
    assert is_blank(over(nothing, measure, (date(2021, 6, 7), date(2021, 6, 13)))[0][0])
