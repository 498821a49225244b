"""How to read the numbers: what a recorded number is, who reported, what is unknown."""

from sitrep import measures as m
from sitrep.blocks import Aside, Paragraph, Runs, note
from sitrep.incidents.findings import IMPRECISE
from sitrep.issue import Issue
from sitrep.language import named, runs, say, spaced, spoken
from sitrep.numbers import MISSING

_WHAT_THEY_ARE = {
    "incidents": "recorded_not_occurred",
    "people": "listed_not_occurred",
    "days": "totals_not_occurred",
}
NAMED_SOURCES = 4  # of the sources that fell silent; the rest are counted


@spoken
def how_to_read(issue: Issue) -> Aside:
    """What a recorded number is, who reported and who did not, what is still to come."""
    profile = issue.store.profile
    paragraphs = [
        spaced(runs(_WHAT_THEY_ARE[profile.rows]), _reporting(issue)),
        _filling_up(issue),
        _ranges(issue),
        runs(
            "layout_lacks",
            layout=named(profile.title),
            lacks=[named(each) for each in profile.lacks],
        )
        if profile.lacks
        else (),
    ]
    return Aside(say("how_to_read"), tuple(filter(None, paragraphs)))


def _reporting(issue: Issue) -> Runs:
    """Which sources of the last four weeks reported this week, and which did not."""
    this = _who_reported(issue, issue.week)
    silent = [n for n in _who_reported(issue, issue.periods.four_label) if n not in this]
    who = say("sources_reported", sources=len(this)) if this else say("no_source_reported")
    if not silent:
        return runs("reported", who=who)
    more = len(silent) - NAMED_SOURCES
    others = [say("other_sources", others=more)] if more > 0 else []
    return runs("reported_but_for", who=who, silent=[*map(named, silent[:NAMED_SOURCES]), *others])


def _who_reported(issue: Issue, week: object) -> list[str]:
    """Every source with a record in the week, whatever it is of."""
    groups = (
        group
        for measure in ("incidents", "displacement_records")
        for group in issue.numbers.groups(measure, week, "source")
    )
    return [group for group in dict.fromkeys(groups) if group != m.NOT_RECORDED]


def _filling_up(issue: Issue) -> Runs:
    periods = issue.periods
    if not periods.complete:
        return runs("week_cut_short", day=periods.frozen_on)
    if periods.provisional(issue.week):
        return runs("filling_up", weeks=periods.provisional_weeks)
    return runs("settled")


def _ranges(issue: Issue) -> Runs:
    known = issue.numbers.value("killed_with_range", issue.week)
    if not known > 0:
        return ()
    return runs("ranges", known=known, incidents=issue.numbers.value("incidents", issue.week))


@spoken
def who(issue: Issue) -> Paragraph:
    """The parts of the whole in words, with their denominator and the unknown part."""
    lines = []
    for measure in ("killed", "injured"):
        total = issue.numbers.value(measure, issue.week)
        known = issue.numbers.get(f"{measure}_of_recorded_sex_or_age", issue.week) or MISSING
        if known.withheld:
            lines.append(runs(f"sex_or_age_withheld_{measure}"))
        elif known.value > 0:
            lines.append(runs(f"sex_or_age_{measure}", known=known.value, all=total))
        elif total > 0:
            lines.append(runs(f"no_sex_or_age_{measure}", all=total))
    return Paragraph(spaced(*lines), "note")


@spoken
def without_week(issue: Issue) -> Paragraph:
    """Events that are dated too loosely for any week: counted here, and nowhere else."""
    count = issue.numbers.value("rows_set_aside", "", breakdown="reason", group=IMPRECISE)
    return note(say("without_week", records=count) if count > 0 else "")
