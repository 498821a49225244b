"""Whether this week's number of incidents is unusual, and what late reports may add."""

from sitrep.blocks import Paragraph, Runs, note
from sitrep.issue import Issue
from sitrep.language import named, runs, say, spaced, spoken
from sitrep.numbers import MISSING, Number
from sitrep.unusual import tested

NAMED = 5  # series outside their range that are named


@spoken
def unusual(issue: Issue) -> Paragraph:
    """Where this week stands among those before it, and how many series were tested."""
    if issue.by_day:
        return note(say("by_day_not_unusual"))
    number = issue.numbers.get("incidents_expected", issue.week)
    if number is None:
        return note(say("too_few_weeks"))
    return Paragraph(spaced(*_total(issue, number), _record(issue), _series(issue)))


def _total(issue: Issue, number: Number) -> tuple[Runs, Runs]:
    count = issue.numbers.value("incidents", issue.week)
    lower = issue.numbers.get("incidents_lower", issue.week) or MISSING
    expected = {"low": number.low, "high": number.high}
    if count:
        compared = {"lower": lower.value, "weeks": lower.incidents}
        recorded = runs("compared", incidents=count, **compared, **expected)
    else:
        recorded = runs("compared_none", **expected)
    total = tested(issue.numbers, issue.week)[0]
    return recorded, runs(f"this_week_{total.where}")


def _record(issue: Issue) -> Runs:
    """ "It is the highest number recorded in a week since 2021-W02." """
    for since in issue.numbers.groups("incidents_record", issue.week, "since"):
        return runs("highest_since", week=since) if since else runs("highest")
    return ()


def _series(issue: Issue) -> Runs:
    """How many series were tested, and how many lie outside: more series, more chance."""
    tested = issue.numbers.value("series_tested", issue.week)
    if tested == 1:
        return runs("one_series_tested")
    districts = issue.numbers.value("districts_tested", issue.week)
    return runs(
        "series_tested",
        series=tested,
        areas=say("all_areas_and_districts", districts=districts),
        outside=_outside(issue),
        by_chance=issue.numbers.value("series_outside_by_chance", issue.week),
    )


def _outside(issue: Issue) -> str:
    count = issue.numbers.value("series_outside", issue.week)
    if not count:
        return say("none_outside")
    names = _names_outside(issue)
    if 0 < len(names) <= NAMED:
        return say("outside_named", outside=count, names=names)
    return say("outside", outside=count)


def _names_outside(issue: Issue) -> list[str]:
    """The series outside their ranges, by name."""
    series = tested(issue.numbers, issue.week)
    return [
        named(each.area) if each.area else say("all_areas")
        for each in series
        if each.where != "within"
    ]


@spoken
def nowcast(issue: Issue) -> Paragraph:
    """What is expected to be recorded for this week once late reports are in, if asked for."""
    if not issue.settings.statistics.nowcast or issue.by_day:
        return note("")
    number = issue.numbers.get("incidents_nowcast", issue.week)
    if number is None:
        return note(say("nowcast_not_yet"))
    inside, tested, level = (
        issue.numbers.value(f"nowcast_{name}", issue.week) for name in ("inside", "tested", "level")
    )
    expected = runs("nowcast", low=number.low, high=number.high, level=level)
    return Paragraph(spaced(expected, runs("nowcast_tested", inside=inside, tested=tested)), "note")
