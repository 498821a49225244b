"""Narrow an issue to some weeks and districts, and look at it with the report's own charts.

For JupyterLab. What is narrowed is an issue again, so every chart and table of the
report can show it: ``tables.places(explore.narrowed(issue, districts=["Ariha"]))``.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from sitrep import charts, places, series, tally
from sitrep.errors import UsageError, nearest
from sitrep.issue import Issue
from sitrep.weeks import Week, parse_week
from sitrep.words import capital, measure

if TYPE_CHECKING:
    from ipywidgets import VBox

CHOICES = ("killed", "injured", "displaced", "incidents")


def weeks(issue: Issue) -> list[Week]:
    """Every week from the first that the issue has records of to its own.

    That is the first of the data, or of a large file the first that its charts need.
    """
    return _first(issue).until(issue.week)


def _first(issue: Issue) -> Week:
    opened_from = issue.opened.first if issue.opened else None
    if opened_from is None:
        return issue.periods.first
    return Week.of(opened_from, starts_on=issue.periods.starts_on)


def districts(issue: Issue) -> list[str]:
    """The districts of the records, by name."""
    return sorted(str(name) for name in issue.records["admin2"].dropna().unique())


def narrowed(
    issue: Issue, *, first: str = "", last: str = "", districts: Sequence[str] = ()
) -> Issue:
    """The issue of week `last`, charted from `first`, of the records of some districts.

    Parameters
    ----------
    first, last : weeks as ``2021-W23``; ``""`` for the data's first and the issue's own.
    districts : names of districts; all of them if empty.

    Raises
    ------
    UsageError
        For a week outside the issue's data, or a district that is not in them.
    """
    start = parse_week(first, starts_on=issue.periods.starts_on) if first else _first(issue)
    end = parse_week(last, starts_on=issue.periods.starts_on) if last else issue.week
    if not _first(issue) <= start <= end <= issue.week:
        raise UsageError(
            f"{start} to {end} is not within {_first(issue)} to {issue.week}, "
            "the weeks of this issue"
        )
    rows = _of_districts(issue, districts)
    rows = rows[rows["date"] <= pd.Timestamp(end.end)]
    count = len(start.until(end))
    baselines = tuple(
        b for b in issue.periods.baselines if _first(issue).start <= b.date <= end.end
    )
    periods = replace(issue.periods, week=end, chart_weeks=count, baselines=baselines)
    numbers = tally.tally(rows, graded=rows, periods=periods)
    area = f"{issue.area}: {', '.join(districts)}" if districts else issue.area
    this_week = rows[(rows["week"] == pd.Timestamp(end.start)) & rows["is_incident"]]
    return replace(
        issue,
        periods=periods,
        numbers=numbers,
        records=rows,
        points=places.points(this_week, edition=issue.edition),
        area=area,
    )


def weekly(
    issue: Issue, measure: str, *, first: str = "", last: str = "", districts: Sequence[str] = ()
) -> pd.DataFrame:
    """The weekly series of a measure as a table: one row a week, columns as in numbers.csv."""
    chosen = narrowed(issue, first=first, last=last, districts=districts)
    table = chosen.numbers.table
    inside = (table["measure"] == measure) & (table["breakdown"] == "")
    single = inside & table["week"].isin([str(week) for week in chosen.periods.charted])
    columns = ["week", "value", "low", "high", "incidents", "not_reported", "sources"]
    return table.loc[single, columns].set_index("week")


def by_district(issue: Issue, measure: str) -> pd.DataFrame:
    """A measure with a row a week and a column a district; NaN where none was reported."""
    sums = series.weekly(issue.records, "admin2", only=(measure,))
    return sums.pivot_table(index="week", columns="group", values="value", observed=True)


def panel(issue: Issue) -> "VBox":
    """Sliders and lists for weeks, districts and the measure, with the chart beneath them."""
    import ipywidgets as widgets
    from IPython.display import clear_output, display

    labels = [str(week) for week in weeks(issue)]
    span = widgets.SelectionRangeSlider(
        options=labels, index=(max(len(labels) - 52, 0), len(labels) - 1), description="Weeks",
        continuous_update=False, layout={"width": "42em"},
    )  # fmt: skip
    where = widgets.SelectMultiple(options=districts(issue), description="Districts", rows=6)
    names = {capital(measure(n, issue.victims)): n for n in CHOICES if issue.has(n)}
    what = widgets.Dropdown(options=names, description="Measure")
    out = widgets.Output()

    def draw(_: object = None) -> None:
        with out:
            clear_output(wait=True)  # type: ignore[no-untyped-call]
            first, last = span.value
            chosen = narrowed(issue, first=first, last=last, districts=where.value)
            display(charts.weekly(chosen, what.value))  # type: ignore[no-untyped-call]

    for control in (span, where, what):
        control.observe(draw, names="value")
    draw()
    return widgets.VBox([span, widgets.HBox([where, what]), out])


def _of_districts(issue: Issue, names: Sequence[str]) -> pd.DataFrame:
    known = districts(issue)
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"; known are {', '.join(known)}"
            raise UsageError(f"there is no district {name!r} in the records{hint}")
    rows = issue.records
    return rows[rows["admin2"].isin(list(names))] if names else rows
