"""Whether this week is unusual: the range expected, and the thresholds of other detectors."""

from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.issue import Issue
from sitrep.language import figure, named, say, spoken
from sitrep.numbers import MISSING
from sitrep.tables.cells import one_note
from sitrep.unusual import DETECTOR, Tested, tested
from sitrep.words import mean_figure, span


@spoken
def unusual(issue: Issue) -> Table | Paragraph:
    """Recorded incidents beside what is expected, one row a method and a district."""
    numbers, week = issue.numbers, issue.week
    series = tested(numbers, week)
    if not series:
        return note("")
    rows = [_series(each) for each in series]
    recorded = figure(numbers.value("incidents", week))
    for position, name in enumerate(numbers.groups("incidents_threshold", week, DETECTOR)):
        limit = numbers.value("incidents_threshold", week, breakdown=DETECTOR, group=name)
        above = numbers.value("incidents", week) > limit
        where = say("table_where_above") if above else say("table_where_not_above")
        cells = (say("table_detector", detector=name), recorded, mean_figure(limit), "", where)
        rows.append(Row(cells, rule=position == 0))
    columns = (
        Column(say("table_series"), "left"),
        Column(say("table_series_recorded")),
        Column(say("table_expected_or_threshold")),
        Column(say("table_mean")),
        Column(say("table_this_week")),
    )
    return Table(columns, tuple(rows), notes=_notes(issue))


def _series(series: Tested) -> Row:
    cells = (
        named(series.area) if series.area else say("table_all_areas"),
        figure(series.recorded),
        span(series.low, series.high),
        mean_figure(series.mean),
        say(f"table_where_{series.where}"),
    )
    return Row(cells, strong=not series.area)


def _notes(issue: Issue) -> tuple[str, ...]:
    numbers, week = issue.numbers, issue.week
    baseline = numbers.get("incidents_expected", week) or MISSING
    level = numbers.value("expected_level", week)
    return one_note(
        say("table_expected", level=level, weeks=baseline.incidents),
        say("table_ears") if numbers.groups("incidents_threshold", week, DETECTOR) else "",
    )
