"""Where it comes from: context, data, version, licence, and the numbers as a file."""

from sitrep import __version__
from sitrep.blocks import Attachment, Block, BulletList, Heading, Paragraph, Run
from sitrep.issue import Issue
from sitrep.words import capital, day


def context(issue: Issue) -> tuple[Block, ...]:
    """What the settings say is known from elsewhere: the editor's words, with their source."""
    chosen = [
        item
        for item in issue.settings.data.context
        if not item.weeks or str(issue.week) in item.weeks
    ]
    if not chosen:
        return ()
    items = [(Run(f"{item.text} "), Run(f"{capital(item.source)}.", "muted")) for item in chosen]
    intro = "Not from the data of this report: what others published, in their sources' name."
    return Heading(2, "Context"), Paragraph((Run(intro),)), BulletList(tuple(items))


def provenance(issue: Issue) -> BulletList:
    """File, hash, version, licence, how to cite: what it takes to make this issue again."""
    report, store = issue.settings.report, issue.store
    who = report.organisation or "the publisher"
    cite = f"{who}, {report.title}: {issue.area}, {issue.week}"
    lines = [
        ("Data", f"{store.file_name}, read as {store.profile.title}; SHA-256 {store.sha256}."),
        ("Cite as", f"{cite}, data frozen {day(issue.periods.frozen_on)}."),
        ("Licence", f"{report.licence} for this report and numbers.csv."),
        ("Made with", f"sitrep {__version__}."),
    ]
    if store.profile.credit:
        lines.insert(1, ("Origin of the data", f"{store.profile.credit}."))
    if report.contact:
        lines.append(("Corrections", f"{report.contact}."))
    return BulletList(tuple((Run(f"{head}: ", "strong"), Run(text)) for head, text in lines))


def numbers_file(issue: Issue) -> Attachment:
    """Every number printed, as a CSV that travels with the document."""
    return Attachment(
        name="numbers.csv",
        media_type="text/csv",
        description=f"Every number of {issue.area}, {issue.week}, as a tidy table",
        text=issue.numbers.to_csv(),
    )
