"""Whether this week's number of incidents is unusual, in words that claim no cause."""

from sitrep.blocks import Paragraph, Run, note
from sitrep.issue import Issue
from sitrep.numbers import MISSING, Number
from sitrep.unusual import AREA
from sitrep.words import capital, figure, joined, plural, spelled

NAMED = 5  # series outside their range that are named


def unusual(issue: Issue) -> Paragraph:
    """Where this week stands among those before it, and how many series were tested."""
    number = issue.numbers.get("incidents_expected", issue.week)
    if number is None:
        return note(
            "The data cover too few weeks to say whether this one is unusual: at least eight are "
            "needed, besides the two before it."
        )
    return Paragraph((Run(" ".join((_total(issue, number), *_record(issue), _series(issue)))),))


def _total(issue: Issue, number: Number) -> str:
    count = issue.numbers.value("incidents", issue.week)
    lower = issue.numbers.get("incidents_lower", issue.week) or MISSING
    noun = plural(count, "incident was", "incidents were")
    low, high = figure(number.low), figure(number.high)
    where = "above" if count > number.high else "below" if count < number.low else "within"
    return (
        f"{capital(spelled(count))} {noun} recorded, more than in {figure(lower.value)} of the "
        f"{figure(lower.incidents)} weeks compared; the expected range for such a week was {low} "
        f"to {high}. This one is {where} it."
    )


def _record(issue: Issue) -> tuple[str, ...]:
    """ "The highest number recorded in a week since 2021-W02." """
    for since in issue.numbers.groups("incidents_record", issue.week, "since"):
        if since:
            return (f"It is the highest number recorded in a week since {since}.",)
        return ("It is the highest number recorded in a week of these data.",)
    return ()


def _series(issue: Issue) -> str:
    """How many series were tested, and how many lie outside: more series, more chance."""
    tested = issue.numbers.value("series_tested", issue.week)
    districts = issue.numbers.value("districts_tested", issue.week)
    outside = issue.numbers.value("series_outside", issue.week)
    by_chance = issue.numbers.value("series_outside_by_chance", issue.week)
    if tested == 1:
        return "One series was tested, that of all areas."
    text = (
        f"{capital(spelled(tested))} series were tested, all areas and "
        f"{spelled(districts)} {plural(districts, 'district', 'districts')}, and "
        f"{spelled(outside) if outside else 'none'} {plural(outside, 'lies', 'lie')} outside the "
        "range expected"
    )
    areas = _outside(issue)
    named = f" ({joined(areas)})" if areas and len(areas) <= NAMED else ""
    return f"{text}{named}; by chance alone {figure(by_chance)} would."


def _outside(issue: Issue) -> list[str]:
    """The series outside their ranges, by name."""
    numbers, week = issue.numbers, issue.week
    total = numbers.get("incidents_expected", week) or MISSING
    found = []
    if not total.low <= numbers.value("incidents", week) <= total.high:
        found.append("all areas")
    for area in numbers.groups("incidents_expected", week, AREA):
        number = numbers.get("incidents_expected", week, breakdown=AREA, group=area) or MISSING
        count = (numbers.get("incidents", week, breakdown=AREA, group=area) or MISSING).value
        if not number.low <= (count if count == count else 0) <= number.high:
            found.append(area)
    return found
