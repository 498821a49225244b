"""Whether this week is unusual: the range expected, and the thresholds of other detectors."""

from sitrep.blocks import Column, Paragraph, Row, Table, note
from sitrep.issue import Issue
from sitrep.language import spoken
from sitrep.unusual import ALL_AREAS, DETECTOR, Tested, tested
from sitrep.words import figure, mean_figure


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
        above = "above" if numbers.value("incidents", week) > limit else "not above"
        cells = (f"{name} (all areas)", recorded, mean_figure(limit), "", above)
        rows.append(Row(cells, rule=position == 0))
    columns = (
        Column("Series", "left"),
        Column("recorded"),
        Column("expected, or threshold"),
        Column("mean"),
        Column("this week"),
    )
    return Table(columns, tuple(rows), notes=(_note(issue),))


def _series(series: Tested) -> Row:
    cells = (
        series.area or ALL_AREAS,
        figure(series.recorded),
        f"{figure(series.low)}–{figure(series.high)}",
        mean_figure(series.mean),
        series.where,
    )
    return Row(cells, strong=not series.area)


def _note(issue: Issue) -> str:
    number = issue.numbers.get("incidents_expected", issue.week)
    weeks = figure(number.incidents) if number else ""
    level = figure(issue.numbers.value("expected_level", issue.week))
    text = (
        f"Expected: the range in which {level} % of weeks "
        f"like the {weeks} of the baseline lie (negative binomial or Poisson, with the "
        "uncertainty of the mean)."
    )
    if issue.numbers.groups("incidents_threshold", issue.week, DETECTOR):
        text += " EARS: thresholds of short memory, for reference; they are crossed often."
    return text
