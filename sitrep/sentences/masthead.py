"""What the report is, of which week, how final, and when the next one comes."""

from sitrep.blocks import Masthead, Run, Runs
from sitrep.issue import Issue
from sitrep.sentences.highlights import lead
from sitrep.words import day, days_of, ordinal

EDITION_LABELS = {"public": "Public edition", "internal": "Internal edition: not for publication"}
LANGUAGE_NAMES = {"en": "English"}


def masthead(issue: Issue) -> Masthead:
    """What it is, of which week, how final it is and when the next one comes."""
    report, week = issue.settings.report, issue.week
    status = "Provisional" if issue.periods.provisional(week) else "Counts settled"
    subtitle = f"{issue.area} · week {week}, {days_of(week)}"
    facts = (
        f"{_numbered(issue)} · {LANGUAGE_NAMES[issue.lang]}",
        f"{status} · {EDITION_LABELS[issue.edition]}",
        f"Data frozen {day(issue.periods.frozen_on)}",
        f"Next issue {day((week + 2).start)}",
    )
    frozen = f"{_numbered(issue)}, data frozen {day(issue.periods.frozen_on)}"
    return Masthead(
        organisation=report.organisation,
        title=report.title,
        subtitle=subtitle,
        facts=facts,
        banner=_banner(issue),
        footer=f"{report.title} · {issue.area} · {week} · {frozen}",
        lang=issue.lang,
        date=str(max(week.end, issue.periods.frozen_on)),
        description=lead(issue),
    )


def _numbered(issue: Issue) -> str:
    """``Draft of issue 3``, ``Issue 3``, ``Issue 3, second edition of this week``."""
    publication = issue.publication
    if publication.is_draft:
        return f"Draft of issue {publication.number}"
    if publication.edition == 1:
        return f"Issue {publication.number}"
    return f"Issue {publication.number}, {ordinal(publication.edition)} edition of this week"


def _banner(issue: Issue) -> Runs:
    return (*_draft(issue), *illustrative(issue))


def _draft(issue: Issue) -> Runs:
    published_on = issue.publication.published_on
    if published_on is None:
        return (Run("Draft, not published. ", "strong"),)
    return (Run(f"Published on {day(published_on)}. "),)


def illustrative(issue: Issue) -> Runs:
    if not issue.settings.data.illustrative:
        return ()
    if str(issue.week) in issue.settings.data.published_weeks:
        return (
            Run("Illustrative data. ", "strong"),
            Run(
                "The totals of this week are those that were published; its single incidents and "
                "every other week are made up."
            ),
        )
    return (Run("Illustrative data: ", "strong"), Run("every incident in this report is made up."))
