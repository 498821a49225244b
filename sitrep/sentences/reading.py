"""How to read the numbers: what a recorded number is, who reported, what is unknown."""

from sitrep import measures as m
from sitrep.blocks import Aside, Paragraph, Run, Runs, note
from sitrep.issue import Issue
from sitrep.numbers import MISSING
from sitrep.words import capital, day, figure, joined, plural, spelled

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
    recent = issue.numbers.groups("incidents", issue.periods.four_label, "source")
    recent += issue.numbers.groups("displaced", issue.periods.four_label, "source")
    known = list(dict.fromkeys(name for name in recent if name != m.NOT_RECORDED))
    this = set(issue.sources("incidents")) | set(issue.sources("displaced"))
    silent = [name for name in known if name not in this]
    count = len(this)
    text = f"{capital(spelled(count))} {plural(count, 'source', 'sources')} reported this week"
    if count == 0:
        text = "No source reported this week"
    if silent:
        return f"{text}; {joined(silent[:4])}, who did in the four weeks before, did not."
    return f"{text}."


def _filling_up(issue: Issue) -> str:
    periods = issue.periods
    if not periods.complete:
        return f"The data end on {day(periods.frozen_on)}, before the week does."
    weeks = issue.settings.counting.provisional_weeks
    if periods.provisional(issue.week):
        return (
            f"Records come in late: weeks less than {spelled(weeks)} weeks old when the data were "
            "frozen, this one among them, are still filling up and compare low."
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
        rest = issue.numbers.value(measure, issue.week, breakdown="sex_age", group=m.REMAINDER)
        if total > 0:
            lines.append(
                f"Sex or age is recorded for {figure(total - rest)} of the {figure(total)} {noun}."
                if rest < total
                else f"Neither sex nor age is recorded for any of the {figure(total)} {noun}."
            )
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
