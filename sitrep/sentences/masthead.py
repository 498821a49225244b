"""What the report is, of which week, how final, and when the next one comes."""

from sitrep.blocks import Masthead, Runs
from sitrep.issue import Issue
from sitrep.language import named, runs, say, spaced, spoken
from sitrep.sentences.highlights import lead
from sitrep.style.logo import read_logo
from sitrep.words import days_of


@spoken
def masthead(issue: Issue) -> Masthead:
    """What it is, of which week, how final it is and when the next one comes."""
    report, week, frozen_on = issue.settings.report, issue.week, issue.periods.frozen_on
    status = "provisional" if issue.periods.provisional(week) else "settled"
    title, area, numbered = named(report.title), named(issue.area), _numbered(issue)
    facts = (
        say("masthead_issue", issue=numbered, language=issue.language.name),
        say("masthead_status", status=say(f"status_{status}"),
            edition=say(f"edition_{issue.edition}")),
        say("masthead_frozen", day=frozen_on),
        say("masthead_next", day=(week + 2).start),
    )  # fmt: skip
    return Masthead(
        organisation=named(report.organisation),
        title=title,
        subtitle=say("masthead_subtitle", area=area, week=str(week), days=days_of(week)),
        facts=facts,
        banner=spaced(_publication(issue), illustrative(issue)),
        footer=say("footer", title=title, area=area, week=str(week), issue=numbered,
                   day=frozen_on),
        lang=issue.lang,
        date=str(max(week.end, frozen_on)),
        description=lead(issue),
        digits=issue.language.digits,
        paper="letter" if report.paper == "letter" else "a4",
        accent=report.accent,
        logo=read_logo(issue.settings.resolve(report.logo)) if report.logo else "",
    )  # fmt: skip


def _numbered(issue: Issue) -> str:
    """``Draft of issue 3``, ``Issue 3``, ``Issue 3, edition 2 of this week``."""
    publication = issue.publication
    if publication.is_draft:
        return say("issue_draft", number=publication.number)
    if publication.edition == 1:
        return say("issue_published", number=publication.number)
    return say("issue_published_again", number=publication.number, edition=publication.edition)


def _publication(issue: Issue) -> Runs:
    published_on = issue.publication.published_on
    return runs("banner_published", day=published_on) if published_on else runs("banner_draft")


def illustrative(issue: Issue) -> Runs:
    """That the data are made up, where the settings say so."""
    data = issue.settings.data
    if not data.illustrative:
        return ()
    facts = str(issue.week) in data.published_weeks
    return runs("banner_illustrative_published_totals" if facts else "banner_illustrative")
