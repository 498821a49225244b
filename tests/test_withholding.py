"""Small numbers of sex and age: what a public report of a small area keeps, and that it is kept.

The attacker of the property test knows every number that two issues in a row print, and the
rule; what is withheld must have two solutions at the least.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, pdf_text, rendered
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from sitrep import charts, records, sentences, tables, tally
from sitrep import measures as m
from sitrep.issue import make_issue
from sitrep.numbers import Numbers
from sitrep.periods import Periods
from sitrep.quality.opening import quality_of
from sitrep.settings import Baseline, CountingSettings, DataSettings, Settings
from sitrep.weeks import Week, parse_week
from sitrep.withholding import withheld_classes

NAN = float("nan")
ALL = frozenset(m.SEX_AGE_PARTS) - {m.REMAINDER}
CHILDREN = set(m.SEX_AGE_PARTS[2:5])


def hidden(women=NAN, men=NAN, girls=NAN, boys=NAN, children=NAN, rest=0.0, *, given=ALL, below=5):
    values = (women, men, girls, boys, children, rest)
    parts = dict(zip(m.SEX_AGE_PARTS, values, strict=True))
    return set(withheld_classes(parts, given=frozenset(given), below=below))


# One table


def test_a_table_without_small_numbers_is_printed_whole() -> None:
    assert hidden(women=5, men=0, girls=0, boys=0, children=7, rest=3) == set()
    assert hidden(rest=2) == set()  # that sex and age are not recorded is nobody's


def test_a_small_number_goes_with_every_other_small_one_zeros_and_blanks_too() -> None:
    assert hidden(women=2, men=0, children=NAN) == {m.WOMEN, m.MEN, m.CHILDREN} | CHILDREN
    assert hidden(women=2, men=1, children=9) == {m.WOMEN, m.MEN}


def test_a_small_number_alone_takes_the_smallest_other_with_it() -> None:
    # 3 women alone would be the total less 8 men and 6 children.
    assert hidden(women=3, men=8, girls=6, boys=0, children=0) == {m.WOMEN, m.CHILDREN} | CHILDREN
    assert hidden(women=3, men=6, girls=8, boys=0, children=0) == {m.WOMEN, m.MEN}


def test_where_no_other_class_is_ever_given_the_remainder_goes() -> None:
    assert hidden(women=3, rest=9, given={m.WOMEN}) == {m.WOMEN, m.REMAINDER}


def test_children_that_are_shown_keep_girls_and_boys_that_are_few() -> None:
    assert hidden(women=9, men=9, girls=2, boys=7, children=0) == {m.GIRLS, m.CHILDREN_SEX_UNKNOWN}
    assert hidden(women=9, men=9, girls=2, boys=7, children=6) == {m.GIRLS, m.CHILDREN_SEX_UNKNOWN}
    assert hidden(women=9, men=9, girls=2, boys=7, given=ALL - {m.CHILDREN_SEX_UNKNOWN}) == {
        m.GIRLS,
        m.BOYS,
    }


def test_the_threshold_is_the_first_number_that_is_printed_and_0_prints_all() -> None:
    assert hidden(women=5, men=5, girls=5, boys=5, children=5) == set()
    assert hidden(women=4, men=5, girls=5, boys=5, children=5)
    assert hidden(women=1, men=1, below=0) == set()


# An attacker


CLASSES = ("women", "men", "girls", "boys", "children")
LAST = parse_week("2021-W06", starts_on="monday")
FIRST_DAY = (LAST - 5).start
COUNTING = CountingSettings()
OTHERWISE = {"admin1": "Idlib", "admin2": "Ariha", "source": "A", "status": "confirmed",
             "injured": np.nan, "place": None}  # fmt: skip


@st.composite
def small_areas(draw: st.DrawFn) -> tuple[pd.DataFrame, date]:
    """Records of an area in six weeks, and a date to count from. A layout may lack classes."""
    known = draw(st.sets(st.sampled_from(CLASSES)))
    rows = [draw(_incidents(sorted(known))) for _ in range(draw(st.integers(1, 8)))]
    names = ["date", "killed", *(f"killed_{name}" for name in CLASSES)]
    table = pd.DataFrame([{**dict.fromkeys(names), **row} for row in rows], columns=names)
    typed = table.astype(dict.fromkeys(names[1:], float)).assign(date=pd.to_datetime(table["date"]))
    typed = typed.assign(**OTHERWISE)
    return typed, FIRST_DAY + timedelta(draw(st.integers(0, 30)))


@st.composite
def _incidents(draw: st.DrawFn, known: list[str]) -> dict[str, object]:
    few = st.one_of(st.none(), st.integers(0, 3), st.integers(0, 9))
    parts = {name: draw(few) for name in known}
    children = max(parts.get("children") or 0, (parts.get("girls") or 0) + (parts.get("boys") or 0))
    if parts.get("children") is not None:
        parts["children"] = children
    total = children + sum(parts.get(name) or 0 for name in ("women", "men"))
    day = FIRST_DAY + timedelta(draw(st.integers(0, 41)))
    killed = {f"killed_{name}": value for name, value in parts.items()}
    return {"date": day, "killed": total + draw(st.sampled_from((0, 0, 1, 6))), **killed}


def issue_numbers(table: pd.DataFrame, week: Week, since: date, below: int):
    """The numbers of the issue of a week, from what was recorded up to its end."""
    rows = records.records(table[table["date"] <= pd.Timestamp(week.end)], counting=COUNTING)
    of = Settings(data=DataSettings(baselines=(Baseline("then", since),)))
    periods = Periods.of(week, of, first_day=FIRST_DAY, frozen_on=week.end)
    return tally.tally(rows, graded=rows, periods=periods, withhold_below=below), periods


class Attacker:
    """Unknown: how many of each fine class were killed in each week, and in the two pieces of the
    week that the baseline cuts. Known: all that is printed."""

    def __init__(self, since: date) -> None:
        self.since = since
        self.atoms = [(w, cut) for w in (LAST - 5).until(LAST) for cut in (False, True)]
        self.left: list[np.ndarray] = []
        self.right: list[float] = []

    def row(self, weeks: list[Week], fine: set[str], *, after: bool = False) -> np.ndarray:
        cells = [
            float(week in weeks and name in fine and self._inside(week, cut, after))
            for week, cut in self.atoms
            for name in m.SEX_AGE_PARTS
        ]
        return np.array(cells)

    def _inside(self, week: Week, cut: bool, after: bool) -> bool:
        """A week has one piece, but for that of the baseline, whose second begins on its day."""
        if not week.start < self.since <= week.end:
            return not cut and (not after or week.start >= self.since)
        return cut or not after

    def learn(self, numbers: Numbers, periods: Periods) -> None:
        for label, weeks, after in spans(periods):
            total = numbers.value("killed", label)
            if total != total:
                continue
            self._knows(self.row(weeks, set(m.SEX_AGE_PARTS), after=after), total)
            for breakdown, name in classes():
                number = numbers.get("killed", label, breakdown=breakdown, group=name)
                if number is None or not number.withheld:  # without a row, or blank: none
                    value = number.value if number and number.known else 0.0
                    self._knows(self.row(weeks, fine_of(name), after=after), value)
        known = numbers.value("killed_of_recorded_sex_or_age", periods.week)
        if known == known:
            self._knows(self.row([periods.week], set(ALL)), known)
        filled = numbers.get("filled", periods.week, breakdown="field",
                             group=tally.FIELDS["sex_age"])  # fmt: skip
        if filled and filled.known and filled.value == filled.incidents:
            self._knows(self.row([periods.week], {m.REMAINDER}), 0.0)

    def _knows(self, row: np.ndarray, value: float) -> None:
        self.left.append(row)
        self.right.append(value)

    def solutions(self, row: np.ndarray) -> tuple[int, int]:
        """The least and the most that a sum of unknowns can be."""
        rule = LinearConstraint(np.array(self.left), self.right, self.right)
        ends = [milp(sign * row, constraints=rule, integrality=np.ones(len(row)))
                for sign in (1, -1)]  # fmt: skip
        assert all(each.success for each in ends), "what is printed contradicts itself"
        return round(ends[0].fun), round(-ends[1].fun)


def spans(periods: Periods) -> Iterator[tuple[str, list[Week], bool]]:
    """Every label of the weeks, the weeks, and whether they begin on the baseline's day."""
    yield from ((str(week), [week], False) for week in periods.weeks[-3:])
    if periods.covers(periods.four[0]):
        yield periods.four_label, periods.four[0].until(periods.four[1]), False
    yield periods.year_label, periods.year[0].until(periods.week), False
    for each in periods.baselines:
        first = Week.of(each.date, starts_on=periods.starts_on)
        yield periods.since(each), first.until(periods.week), True


def classes() -> Iterator[tuple[str, str]]:
    yield from ((m.SEX_AGE, name) for name in m.SEX_AGE_PARTS)
    yield from ((m.WHO, name) for name in m.WHO_PARTS)


def fine_of(name: str) -> set[str]:
    return CHILDREN if name == m.CHILDREN else {name}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_areas())
def test_what_two_issues_print_gives_no_withheld_number_away(area: tuple[pd.DataFrame, date]):
    table, since = area
    issues = [issue_numbers(table, week, since, below=5) for week in (LAST - 1, LAST)]
    attacker = Attacker(since)
    for numbers, periods in issues:
        attacker.learn(numbers, periods)
    for numbers, periods in issues:
        rows = {label: (weeks, after) for label, weeks, after in spans(periods)}
        for label, measure, breakdown, name in numbers.withheld:
            # A date inside a week makes a sum that the week itself may tell: data/README.md.
            inside = "-W" not in label and since.weekday() > 0
            if breakdown in (m.SEX_AGE, m.WHO) and measure == "killed" and not inside:
                weeks, after = rows[label]
                least, most = attacker.solutions(attacker.row(weeks, fine_of(name), after=after))
                assert least < most, (label, breakdown, name)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_areas())
def test_small_numbers_are_withheld_and_everything_else_is_as_it_was(area):
    table, since = area
    (public, _), (whole, _) = (issue_numbers(table, LAST, since, below=n) for n in (5, 0))
    assert not whole.withheld
    for key, number in whole._rows.items():
        week, measure, breakdown, name = key
        if breakdown in (m.SEX_AGE, m.WHO) and measure == "killed" and name != m.REMAINDER:
            # A small sum of the four weeks or of the year has small weeks in it.
            assert key in public.withheld or not 0 < number.value < 5
        if key not in public.withheld:
            shown = public.get(measure, week, breakdown=breakdown, group=name)
            assert repr(shown) == repr(number)
    assert {key[1] for key in public.withheld} <= {
        "killed", "killed_mean", "killed_of_recorded_sex_or_age", "filled",
    }  # fmt: skip
    assert all(breakdown or "_of_recorded_" in name for _, name, breakdown, _ in public.withheld)


def test_an_attacker_would_find_a_number_that_is_withheld_alone():
    day = pd.Timestamp(LAST.start)
    table = pd.DataFrame([{"date": day, "killed": 9.0, "killed_women": 2.0, "killed_men": 7.0}])
    table = table.assign(**OTHERWISE)
    numbers, periods = issue_numbers(table, LAST, FIRST_DAY, below=0)
    alone = {key for key in numbers._rows if key[1] == "killed" and key[3] == m.WOMEN}
    attacker = Attacker(FIRST_DAY)
    attacker.learn(Numbers(numbers.table, alone), periods)
    assert attacker.solutions(attacker.row([LAST], {m.WOMEN})) == (2, 2)


def test_a_sum_since_a_day_inside_a_week_is_a_table_of_its_own():
    # The week has nine women and prints them; two of them since Wednesday.
    days = (LAST.start, LAST.start + timedelta(3))
    table = pd.DataFrame({"date": pd.to_datetime(days), "killed": [7.0, 3.0],
                          "killed_women": [7.0, 2.0], "killed_men": [0.0, 0.0]})  # fmt: skip
    since = LAST.start + timedelta(2)
    numbers, periods = issue_numbers(table.assign(**OTHERWISE), LAST, since, below=5)
    shown = {label: numbers.get("killed", label, breakdown=m.WHO, group="women")
             for label in (str(LAST), periods.since(periods.baselines[0]))}  # fmt: skip
    assert [number.withheld for number in shown.values()] == [False, True]
    assert shown[str(LAST)].value == 9


# Which reports


PEOPLE = [
    {"admin2": "Ariha", "admin3": "Ihsim", "killed": 12, "killed_women": 7, "killed_children": 2},
    {"admin2": "Harim", "killed": 3, "killed_women": 1, "killed_children": 0},
    {"date": "2021-05-31", "admin2": "Ariha", "killed": 8, "killed_women": 8},
    {"date": "2021-06-14", "admin2": "Ariha", "killed": 1},
]


@pytest.mark.parametrize(
    ("area", "edition", "below", "withholds"),
    [
        ("Ariha", "public", 5, True),
        ("Ihsim", "public", 5, True),
        ("Harim", "public", 2, True),
        ("Ariha", "public", 2, False),
        ("Ariha", "public", 0, False),
        ("Ariha", "internal", 5, False),
        ("Idleb", "public", 5, False),  # a governorate
        ("", "public", 5, False),
    ],
)
def test_only_the_public_report_of_a_small_area_withholds(
    issue_of, area, edition, below, withholds
):
    issue = issue_of(
        PEOPLE, week="2021-W23", area=area, report={"edition": edition},
        counting={"withhold_below": below},
    )  # fmt: skip
    assert bool(issue.numbers.withheld) == withholds
    assert ("*" in tables.who(issue).plain_text()) == withholds


def test_the_published_week_of_all_areas_prints_its_five_children(sample):
    assert not sample.numbers.withheld
    assert sample.numbers.value("killed", sample.week, breakdown=m.WHO, group="children") == 5


# What readers see


@pytest.fixture(scope="module")
def ariha(issue_of):
    return issue_of(PEOPLE, week="2021-W23", area="Ariha")


def test_sentences_say_that_parts_are_withheld_and_totals_stay(ariha):
    first = sentences.highlights(ariha).plain_text()
    assert "12 civilians were recorded killed" in first
    # 2 children go with no one else but 7 women: 9 of the 12 are not told apart.
    assert "Sex and age of the dead, where recorded, are withheld." in first
    assert "women" not in first
    assert "children" not in first
    assert sentences.who(ariha).plain_text() == "Sex or age is recorded for 9 of the 12 dead."


def test_where_a_class_is_shown_the_sentence_names_it(issue_of):
    row = {"admin2": "Ariha", "killed": 12, "killed_women": 7, "killed_men": 0,
           "killed_children": 2}  # fmt: skip
    first = sentences.highlights(issue_of([row], area="Ariha")).plain_text()
    assert "Seven of the dead were women; sex and age of the rest, where recorded" in first


def test_a_remainder_that_is_withheld_is_not_told_in_other_words(issue_of):
    rows = [{"admin2": "Ariha", "killed": 6, "killed_women": 2, "injured": 0}]
    issue = issue_of(rows, area="Ariha")
    assert sentences.who(issue).plain_text() == (
        "For how many of the dead sex or age is recorded is withheld."
    )
    assert charts.who(issue).alt == "Of 6 killed: sex and age withheld."
    assert "Sex and age of all victims: * of 1" in charts.completeness(issue).alt
    quality = tables.who(issue)
    assert {row.cells[1] for row in quality.rows[:-1]} == {"*", "–"}
    table = [row for row in csv.DictReader(issue.numbers.to_csv().splitlines())
             if row["measure"].endswith("_or_age") and "killed" in row["measure"]]  # fmt: skip
    assert [row["value"] for row in table] == ["*"]


def test_the_quality_report_does_not_tell_it_either(sample_store):
    settings = replace(Settings(root=ROOT), data=DataSettings(aliases="data/place_aliases.csv"))
    issue = make_issue(sample_store, settings, week=parse_week("2021-W23"), area="Ariha")
    assert issue.numbers.withheld
    quality = quality_of(issue)
    assert not {key[2] for key in quality.numbers._rows} & {m.SEX_AGE, m.WHO}
    year = issue.periods.year_label
    key = (year, "killed", m.SEX_AGE, m.REMAINDER)
    kept = replace(issue, numbers=Numbers(issue.numbers.table, {*issue.numbers.withheld, key}))
    field = quality_of(kept).numbers.get(
        "filled", year, breakdown="field", group=tally.FIELDS["sex_age"]
    )
    assert field is not None
    assert field.withheld


def test_the_chart_shows_the_parts_that_are_printed_and_the_rest_as_withheld(ariha):
    assert charts.who(ariha).alt == (
        "Of 12 killed: 3 men, or sex and age not recorded and the rest withheld."
    )


def test_every_table_with_a_star_says_what_it_is(ariha):
    *_, annex = tables.annex(ariha)
    made_of = {name: getattr(tables, name)(ariha) for name in tables.__all__}
    for name, made in (made_of | {"annex": annex}).items():
        text = made.plain_text()
        starred = [row for row in getattr(made, "rows", ()) if "*" in row.cells]
        assert not starred or "* withheld: fewer than 5 people of one sex or age" in text, name


def test_a_star_in_numbers_csv_is_no_blank(ariha):
    rows = list(csv.DictReader(ariha.numbers.to_csv().splitlines()))
    found = {(row["breakdown"], row["group"]): row for row in rows
             if row["week"] == "2021-W23" and row["measure"] == "killed"}  # fmt: skip
    assert [found[m.WHO, "women"][name] for name in ("value", "low", "high")] == ["*"] * 3
    assert found["", ""]["value"] == "12"
    # Children of 2021-W22 were given by nobody: none is withheld.
    assert ariha.numbers.value("killed", "2021-W22", breakdown=m.WHO, group="women") == 8


# Through the command


@pytest.mark.slow
def test_the_public_report_of_a_district_withholds_and_the_internal_one_does_not(tmp_path):
    public = rendered("report", tmp_path / "a", "--area", "Ariha", week="2021-W23")
    desk = rendered(
        "report", tmp_path / "b", "--area", "Ariha", "--edition", "internal", week="2021-W23"
    )
    text = {folder: re.sub(r"\s+", " ", pdf_text(folder)) for folder in (public, desk)}
    assert "* withheld: fewer than 5 people of one sex or age in a week" in text[public]
    assert "withheld" not in text[desk]
    assert "18 civilians were recorded killed" in text[public]
    assert "Three of the dead were children and six were women" in text[desk]
    assert "were children" not in text[public]
    rows = {
        folder: list(csv.DictReader((folder / "numbers.csv").read_text("utf-8").splitlines()))
        for folder in (public, desk)
    }
    children = [
        {row["value"] for row in rows[folder]
         if (row["week"], row["measure"], row["group"]) == ("2021-W23", "killed", "children")}
        for folder in (public, desk)
    ]  # fmt: skip
    assert children == [{"*"}, {"3"}]
    small = [row for row in rows[public]
             if row["breakdown"] in (m.WHO, m.SEX_AGE) and "or sex" not in row["group"]
             and row["value"] in list("1234")]  # fmt: skip
    assert not small
    notebook = (public / "notebook.ipynb").read_text(encoding="utf-8")
    assert "were children" not in notebook
