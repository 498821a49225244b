"""The names that our own code gives: the catalogue knows all of them, and says them."""

import gettext

import pytest

from sitrep import measures as m
from sitrep import tally, words
from sitrep.archive.revisions import COMPARED, HEADLINES
from sitrep.incidents import (
    findings,
    grouping,
    increments,
    parts,
    records,
    shapes,
    tags,
    verdicts,
)
from sitrep.incidents.checks import check, flags
from sitrep.incidents.profiles import all_profiles
from sitrep.incidents.rules import row_rules
from sitrep.incidents.table import ATTACKS, KEPT, STATUSES, TARGETS
from sitrep.issue import PROTECTED
from sitrep.language import LANGUAGES, catalogue, proper, speaking
from sitrep.settings import ReportSettings
from sitrep.tables.revisions import FIELDS

SLASHED = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")


def of_columns():
    """Every check of cells and of rows, with date formats declared and without."""
    for formats in ((), SLASHED):
        for column in KEPT:
            yield from check(column, formats, thousands="")
    yield from row_rules()
    yield from shapes.Group(by=("place",), sex="sex", sexes={"M": "male"}, age="age").checks()
    for reason in (
        increments.CORRECTION, increments.LATE, increments.DIFFERS, increments.SEVERAL_DAYS,
        increments.NO_WEEK, increments.UNKNOWN_START, grouping.DIFFERING,
    ):  # fmt: skip
        yield flags("killed", "", reason)


REASONS = sorted(
    {(each.column, reason) for each in of_columns() for _, _, reason in each.cases if reason}
)
OF_ROWS = (
    findings.COPY, findings.HXL, findings.ABOVE, findings.TOTAL, findings.EMPTY,
    findings.DISCOUNTED, findings.IMPRECISE,
    parts.OF_DISPLACEMENT_ALONE, parts.OF_NO_DISPLACEMENT, parts.NOT_COUNTED,
    parts.OF_ANOTHER, parts.OUTSIDE,
    verdicts._DIFFERING, records._TOO_MANY, records._TOO_FEW, records._STRAY_QUOTE,
    shapes.FILLED, shapes.FIRST, shapes.NO_TOTAL, shapes.NO_DATE, shapes.PERSON,
    tags.NOT_READ, tags.NEARLY.format(tag="#affected+killed"),
    *(keep.reason for profile in all_profiles() for keep in profile.keep),
)  # fmt: skip


def test_the_catalogue_knows_every_name_that_numbers_can_hold():
    names = {
        *ATTACKS, *TARGETS, *STATUSES, *m.SEX_AGE_PARTS, *m.WHO_PARTS, *m.SINGULAR.values(),
        m.REMAINDER_MEN_KNOWN, m.NOT_RECORDED, *tally.FIELDS.values(), PROTECTED,
        ReportSettings().title, "undetermined",
    }  # fmt: skip
    assert not names - {*proper.names()}


def test_the_catalogue_knows_what_layouts_are_called_and_lack():
    for profile in all_profiles():
        given = {profile.title, profile.credit, *profile.lacks} - {""}
        assert not given - {*proper.names()}, profile.name


@pytest.mark.parametrize(("column", "reason"), REASONS)
def test_the_catalogue_knows_every_reason_of_a_column(column, reason):
    assert proper.known(reason) or proper.known(f"{column} {reason}")


@pytest.mark.parametrize("reason", OF_ROWS)
def test_the_catalogue_knows_every_reason_of_a_row(reason):
    assert proper.known(reason)


def test_no_reason_is_known_that_the_code_does_not_give():
    given = {*OF_ROWS, *(r for _, r in REASONS), *(f"{c} {r}" for c, r in REASONS)}
    used = {proper._template_of(each) or each for each in given}
    assert {*proper.groups()["reasons"], *proper.groups()["set_aside"]} <= used


def test_every_column_that_may_change_has_words():
    assert {*COMPARED} - {*HEADLINES, "incident_id"} == {*FIELDS}


# A reason before its column, and what is filled in before the rest.
BACKWARDS = {
    "{column} {reason}": "{reason} ({column})",
    "is outside {lowest} to {highest} degrees": "{highest}…{lowest}: outside",
    "is too large to be a count": "too large",
    "All areas of {file}": "{file}, all areas",
}


class Backwards(gettext.NullTranslations):
    def pgettext(self, context, message):
        return BACKWARDS.get(message, message)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("killed is too large to be a count", "too large (killed)"),
        ("latitude is outside -90 to 90 degrees", "90…-90: outside (latitude)"),
        ("is outside -90 to 90 degrees", "90…-90: outside"),
        ("All areas of a to b.csv", "a to b.csv, all areas"),
        ("a reason of a later version", "a reason of a later version"),
    ],
)
def test_a_reason_is_said_with_what_is_filled_in(monkeypatch, text, said):
    monkeypatch.setattr(catalogue, "_catalogue", lambda code: Backwards())
    with speaking(LANGUAGES["fr"]):
        assert words.reason(text) == said


def test_in_english_a_reason_is_as_it_stands_in_the_data():
    for column, reason in REASONS:
        assert words.reason(f"{column} {reason}") == f"{column} {reason}"


def test_a_place_may_be_called_like_a_template():
    assert proper.in_own_words("All areas of {file}") == "All areas of {file}"
