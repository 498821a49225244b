"""How to read the numbers: what a recorded number is, who reported, what is unknown."""

from sitrep import measures as m
from sitrep.blocks import Aside, Paragraph, Run, Runs, note
from sitrep.issue import Issue
from sitrep.numbers import MISSING
from sitrep.words import capital, day, figure, joined, plural, spelled

NAMED_SOURCES = 4  # of the sources that fell silent; the rest are counted
TOO_IMPRECISE = "date too imprecise for a week"


def how_to_read(issue: Issue) -> Aside:
    """What a recorded number is, who reported and who did not, what is still to come."""
    paragraphs: list[Runs] = [
        (
            Run("These are incidents "),
            Run("recorded", "strong"),
            Run(" by the sources named, not all that occurred. "),
            Run(_reporting(issue)),
        ),
        (Run(_filling_up(issue)),),
    ]
    if ranges := _ranges(issue):
        paragraphs.append((Run(ranges),))
    if lacks := issue.store.profile.lacks:
        title = issue.store.profile.title
        paragraphs.append((Run(f"The layout of these data ({title}) does not have: "
                               f"{joined(list(lacks))}."),))  # fmt: skip
    return Aside("How to read this", tuple(paragraphs))


def _reporting(issue: Issue) -> str:
    """Which sources of the last four weeks reported this week, and which did not."""
    this = _who_reported(issue, issue.week)
    silent = [n for n in _who_reported(issue, issue.periods.four_label) if n not in this]
    count = len(this)
    text = f"{capital(spelled(count))} {plural(count, 'source', 'sources')} reported this week"
    if count == 0:
        text = "No source reported this week"
    if not silent:
        return f"{text}."
    more = len(silent) - NAMED_SOURCES
    rest = [f"{spelled(more)} {plural(more, 'other', 'others')}"] if more > 0 else []
    names = joined([*silent[:NAMED_SOURCES], *rest])
    return f"{text}; {names}, who did in the four weeks before, did not."


def _who_reported(issue: Issue, week: object) -> list[str]:
    """Every source with a record in the week, whatever it is of."""
    groups = (
        group
        for measure in ("incidents", "displacement_records")
        for group in issue.numbers.groups(measure, week, "source")
    )
    return [group for group in dict.fromkeys(groups) if group != m.NOT_RECORDED]


def _filling_up(issue: Issue) -> str:
    periods = issue.periods
    if not periods.complete:
        return f"The data end on {day(periods.frozen_on)}, before the week does."
    weeks = issue.settings.counting.provisional_weeks
    if periods.provisional(issue.week):
        return (
            f"Records come in late: weeks less than {spelled(weeks)} "
            f"{plural(weeks, 'week', 'weeks')} old when the data were frozen, this one among them, "
            "are still filling up and compare low."
        )
    return (
        "Counts are those of the day the data were frozen, not those first published; an "
        "earlier week has had longer to fill up."
    )


def _ranges(issue: Issue) -> str:
    known = issue.numbers.get("killed_with_range", issue.week) or MISSING
    if not known.value > 0:
        return ""
    total = issue.numbers.value("incidents", issue.week)
    return (
        "Ranges are sums of the lowest and of the highest reports; a range of deaths was known "
        f"for {figure(known.value)} of {figure(total)} incidents."
    )


def who(issue: Issue) -> Paragraph:
    """The parts of the whole in words, with their denominator and the unknown part."""
    lines = []
    for measure, noun in (("killed", "dead"), ("injured", "injured")):
        total = issue.numbers.value(measure, issue.week)
        named = issue.numbers.value(f"{measure}_of_recorded_sex_or_age", issue.week)
        if named > 0:
            of = "the one" if total == 1 else f"{figure(named)} of the {figure(total)}"
            lines.append(f"Sex or age is recorded for {of} {noun}.")
        elif total > 0:
            whom = "the one" if total == 1 else f"any of the {figure(total)}"
            lines.append(f"Neither sex nor age is recorded for {whom} {noun}.")
    return note(" ".join(lines))


def without_week(issue: Issue) -> Paragraph:
    """Events that are dated too loosely for any week: counted here, and nowhere else."""
    count = issue.numbers.value("rows_set_aside", "", breakdown="reason", group=TOO_IMPRECISE)
    if not count > 0:
        return note("")
    verb = plural(count, "record is", "records are")
    return note(
        f"{capital(spelled(count))} {verb} dated to a month or a year, or over more than seven "
        "days: in no week, and in no total."
    )
