"""Where it comes from: context, data, version, licence, and the numbers as a file."""

from sitrep import __version__
from sitrep.blocks import Attachment, Block, BulletList, Heading, Paragraph, Run, Runs
from sitrep.issue import Issue
from sitrep.language import named, runs, say, spaced, spoken

# What a row is; how its figures are summed, what a week holds, what is not in the record
_ROWS = {
    "incidents": "defined_row_of_incidents",
    "people": "defined_row_of_people",
    "days": "defined_row_of_days",
}
_OF_INCIDENTS = (
    "defined_incidents_summed", "defined_incidents_of_week", "defined_incidents_no_sample"
)  # fmt: skip
_OF_REPORTS = (
    "defined_reports_summed", "defined_reports_of_week", "defined_reports_no_sample"
)  # fmt: skip


@spoken
def context(issue: Issue) -> tuple[Block, ...]:
    """What the settings say is known from elsewhere: the editor's words, with their source."""
    chosen = [
        item
        for item in issue.settings.data.context
        if not item.weeks or str(issue.week) in item.weeks
    ]
    if not chosen:
        return ()
    items = [
        spaced(
            (Run(named(item.text)),),
            (Run(say("context_source", source=named(item.source)), "muted"),),
        )
        for item in chosen
    ]
    intro = Paragraph(runs("context_intro"))
    return Heading(2, say("context")), intro, BulletList(tuple(items))


@spoken
def definitions(issue: Issue) -> tuple[Block, ...]:
    """A heading, and what the words of the report mean, by what a row of the data is."""
    of_records = _OF_REPORTS if issue.by_day else _OF_INCIDENTS
    summed, of_week, no_sample = of_records
    lines = (_ROWS[issue.store.profile.rows], summed, "defined_displaced", of_week, no_sample)
    return Heading(2, say("defined_title")), BulletList(tuple(map(runs, lines)))


@spoken
def provenance(issue: Issue) -> BulletList:
    """File, hash, version, licence, how to cite: what it takes to make this issue again."""
    report, store = issue.settings.report, issue.store
    profile = store.profile
    lines = [
        runs("method_data", file=store.file_name, layout=named(profile.title), hash=store.sha256),
        *([runs(f"method_{profile.rows}")] if profile.rows != "incidents" else []),
        *([runs("method_origin", credit=named(profile.credit))] if profile.credit else []),
        _citation(issue),
        runs("method_licence", licence=named(report.licence)),
        runs("method_made_with", version=__version__),
        *([runs("method_corrections", contact=report.contact)] if report.contact else []),
    ]
    return BulletList(tuple(lines))


def _citation(issue: Issue) -> Runs:
    report = issue.settings.report
    cited = {"title": named(report.title), "area": named(issue.area), "week": str(issue.week)}
    frozen_on = issue.periods.frozen_on
    if not report.organisation:
        return runs("method_cite_unnamed", **cited, day=frozen_on)
    return runs("method_cite", organisation=named(report.organisation), **cited, day=frozen_on)


@spoken
def numbers_file(issue: Issue) -> Attachment:
    """Every number printed, as a CSV that travels with the document."""
    return Attachment(
        name="numbers.csv",
        media_type="text/csv",
        description=say("numbers_file", area=named(issue.area), week=str(issue.week)),
        text=issue.numbers.to_csv(of_reports=issue.by_day),
    )
