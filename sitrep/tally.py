"""The numbers of one issue, computed from its records: series in, the tidy table out."""

import numpy as np
import pandas as pd

from sitrep import measures as m
from sitrep import records, series
from sitrep.numbers import COLUMNS, KEY, Key, Numbers
from sitrep.periods import Periods
from sitrep.settings import Baseline
from sitrep.weeks import Week, interval
from sitrep.withholding import withheld

BREAKDOWNS = ("admin1", "admin2", "place", "attack", "target", "perpetrator", "source")
BROKEN_DOWN = ("killed", "injured", "displaced", "incidents")
KEYS = ["breakdown", "measure", "group"]
# Fields whose completeness is printed; lows and highs are counted as ranges instead.
FIELDS = {
    "place": "place",
    "latitude": "coordinates",
    "attack": "attack type",
    "target": "kind of place hit",
    "perpetrator": "perpetrator",
    "killed": "number killed",
    "injured": "number injured",
    "sex_age": "sex and age of all victims",
}


def tally(
    rows: pd.DataFrame,
    *,
    graded: pd.DataFrame,
    periods: Periods,
    of_file: pd.DataFrame | None = None,
    withhold_below: int = 0,
) -> Numbers:
    """Every number of the issue.

    Parameters
    ----------
    rows : records (`sitrep.records`) of the grades that headline totals hold, cut to
        the area, dated up to the end of the week.
    graded : the same of every grade that is not discounted, for the table of grades.
    of_file : the numbers of the whole file (`of_the_file`), which no week holds.
    withhold_below : withholds smaller numbers of one sex or age, and what would give them
        away (`sitrep.withholding`).

    Returns
    -------
    Numbers with a row for each week charted, for the four weeks before (sum, and mean
    as ``killed_mean``), the year to date and each baseline; breakdowns of the same.
    """
    weekly, sources = _series(rows, graded, periods)
    tables = [
        _weeks(weekly, sources, periods),
        *(_span(weekly, sources, *span, periods) for span in (periods.four, periods.year)),
        _mean(weekly, periods),
        _change(weekly, periods),
        _places(rows, periods),
        *(_since(rows, baseline, periods) for baseline in periods.baselines),
        _this_week(rows, periods),
    ]
    numbers = pd.concat([table for table in tables if len(table)], ignore_index=True)
    hidden = _withheld(rows, periods, withhold_below)
    named = (numbers["value"] != 0) | (numbers["incidents"] > 0) | (numbers["breakdown"] == "")
    if hidden:  # a zero among them has its row too
        named |= pd.MultiIndex.from_frame(numbers[KEY]).isin(hidden)
    ordered = _largest_first(numbers[named], periods).reindex(columns=COLUMNS)
    return Numbers(ordered if of_file is None else pd.concat([ordered, of_file]), hidden)


def _withheld(rows: pd.DataFrame, periods: Periods, below: int) -> frozenset[Key]:
    """The keys of what is withheld; incidents without a remainder go with the remainder."""
    if not below:
        return frozenset()
    hidden, week = withheld(rows, periods, below=below), str(periods.week)
    remainders = {(week, name, m.SEX_AGE, m.REMAINDER) for name in ("killed", "injured")}
    filled = (week, "filled", "field", FIELDS["sex_age"])
    return hidden | {filled} if remainders & hidden else hidden


def _series(
    rows: pd.DataFrame, graded: pd.DataFrame, periods: Periods
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All weekly series as one table with a column `breakdown`, and who gave their figures."""
    names = _measures(rows)
    # Only totals and districts are charted; other breakdowns go back to the year's beginning.
    since = min(periods.four[0], periods.year[0])
    charted = _from(rows, min(since, periods.weeks[0]))
    recent, by_source = _from(rows, since), records.exploded(charted, "source")
    weekly = {"": _without_gaps(series.weekly(rows, only=names), names, periods), **_parts(recent)}
    sources = {"": series.sources(by_source, only=names)}
    for by in BREAKDOWNS:
        chosen, named = (charted if by == "admin2" else recent), by_source
        if by == "source":
            chosen = _from(by_source, since)
        elif by == "target":
            chosen, named = records.exploded(recent, by), records.exploded(by_source, by)
        # Who gave returns, stock or households alone has reported too.
        only = (*BROKEN_DOWN, "displacement_records") if by == "source" else BROKEN_DOWN
        weekly[by] = series.weekly(chosen, by, only=only)
        sources[by] = series.sources(named, by, only=BROKEN_DOWN)
    by, moved = "destination_admin2", recent[recent["displaced"].notna()]
    weekly[by] = series.weekly(moved, by, only=("displaced",))
    weekly["status"] = series.weekly(_from(graded, since), "status", only=BROKEN_DOWN)
    return _stacked(weekly), _stacked(sources)


def _from(table: pd.DataFrame, week: Week) -> pd.DataFrame:
    return table[table["week"] >= pd.Timestamp(week.start)]


def _parts(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Sex and age of the killed and injured, in fine classes and in broad ones."""
    fine = pd.concat([series.weekly_parts(rows, name) for name in ("killed", "injured")])
    broad = fine.assign(group=fine["group"].map(m.WHO_OF_SEX_AGE))
    summed = broad.groupby(["week", "measure", "group"], sort=False)[["value", "low", "high"]]
    return {m.SEX_AGE: fine, m.WHO: summed.sum(min_count=1).reset_index()}


def _stacked(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    named = [table.assign(breakdown=name) for name, table in tables.items()]
    return pd.concat([table for table in named if len(table)] or named[:1], ignore_index=True)


def _measures(rows: pd.DataFrame) -> list[str]:
    """The measures that any record carries; killed and injured in any case."""
    reported = [name for name in m.SUMMED if rows[name].notna().any()]
    return [*dict.fromkeys(("killed", "injured", *reported)), "incidents", "displacement_records"]


def _without_gaps(totals: pd.DataFrame, names: list[str], periods: Periods) -> pd.DataFrame:
    """Zero for a covered week without any record of a measure: none were recorded.

    Not for people living in displacement: a week in which nobody counted them is blank.
    """
    weeks = [pd.Timestamp(week.start) for week in periods.first.until(periods.week)]
    index = pd.MultiIndex.from_product([weeks, names], names=["week", "measure"])
    filled = totals.set_index(["week", "measure"])[series.VALUES].reindex(index)
    filled = filled.where(filled["incidents"].notna(), 0.0)
    filled = filled.reset_index().assign(group="")
    uncounted = (filled["measure"] == "stock") & (filled["incidents"] == 0)
    filled.loc[uncounted, ["value", "low", "high"]] = np.nan
    return filled


def _weeks(weekly: pd.DataFrame, sources: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """The single weeks: as far back as the charts for totals and districts, else three."""
    labels = {pd.Timestamp(week.start): str(week) for week in periods.weeks}
    recent = [pd.Timestamp(week.start) for week in periods.weeks[-3:]]
    far = weekly["breakdown"].isin(("", "admin2")) & weekly["week"].isin(list(labels))
    chosen = weekly[far | weekly["week"].isin(recent)]
    counts = sources.groupby(["week", *KEYS], sort=False).size().rename("sources").reset_index()
    table = chosen.merge(counts, how="left", on=["week", *KEYS])
    return _no_source_is_zero(table).assign(week=table["week"].map(labels))


def _span(
    weekly: pd.DataFrame, sources: pd.DataFrame, first: Week, last: Week, periods: Periods
) -> pd.DataFrame:
    """Sums over the weeks from `first` to `last`, if the data cover them.

    People living in displacement (stock) are not summed over time: they are the same people.
    """
    if not periods.covers(first):
        return pd.DataFrame(columns=COLUMNS)
    flows = weekly[weekly["measure"] != "stock"]
    summed = series.over(flows, pd.Timestamp(first.start), pd.Timestamp(last.start), by=KEYS)
    distinct = _between(sources, first, last).drop_duplicates([*KEYS, "source"])
    counts = distinct.groupby(KEYS, sort=False).size().rename("sources").reset_index()
    table = summed.merge(counts, how="left", on=KEYS)
    return _no_source_is_zero(table).assign(week=interval(first, last))


def _no_source_is_zero(table: pd.DataFrame) -> pd.DataFrame:
    """Sources are counted wherever they were looked for, which classes of sex and age were not."""
    counted = ~table["breakdown"].isin((m.SEX_AGE, m.WHO, "destination_admin2", "status"))
    return table.assign(sources=table["sources"].fillna(0).where(counted))


def _between(table: pd.DataFrame, first: Week, last: Week) -> pd.DataFrame:
    starts, ends = pd.Timestamp(first.start), pd.Timestamp(last.start)
    return table[(table["week"] >= starts) & (table["week"] <= ends)]


def _mean(weekly: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """Mean a week over the four weeks before, to one decimal; `not_reported` counts weeks.

    A week whose incidents gave no figure at all is left out, not taken for zero. Groups
    are divided by the weeks of the total, so that their means add up to its mean.
    """
    if not periods.covers(periods.four[0]):
        return pd.DataFrame(columns=COLUMNS)
    inside = _between(weekly[weekly["measure"] != "stock"], *periods.four)
    totals = inside[inside["breakdown"] == ""].groupby("measure")["value"]
    blank_weeks = totals.size() - totals.count()
    out = inside.groupby(KEYS, sort=False)["value"].sum(min_count=1).reset_index()
    blank = out["measure"].map(blank_weeks).fillna(0)
    mean = (out["value"] / (4 - blank)).round(1)
    return out.assign(
        week=periods.four_label, measure=out["measure"] + "_mean",
        value=mean, low=mean, high=mean, not_reported=blank,
    )  # fmt: skip


def _change(weekly: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """This week's totals less last week's, as ``killed_change``; none where either is blank."""
    if not periods.covers(periods.last):
        return pd.DataFrame(columns=COLUMNS)
    totals = weekly[weekly["breakdown"] == ""].set_index(["week", "measure"])["value"]
    this, last = (totals.xs(pd.Timestamp(w.start)) for w in (periods.week, periods.last))
    out = (this - last).dropna().rename("value").reset_index()
    return out.assign(
        week=str(periods.week), measure=out["measure"] + "_change", breakdown="", group="",
        low=out["value"], high=out["value"],
    )  # fmt: skip


def _largest_first(table: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """Groups by incidents of the year to date, then by name; `not recorded` last."""
    year = table[(table["week"] == periods.year_label) & (table["measure"] == "incidents")]
    size = year.set_index(["breakdown", "group"])["value"]
    keys = pd.MultiIndex.from_frame(table[["breakdown", "group"]])
    order = pd.DataFrame(
        {
            "last": (table["group"] == m.NOT_RECORDED).to_numpy(),
            "size": -size.reindex(keys).fillna(0).to_numpy(),
            "group": np.where(table["breakdown"].isin((m.SEX_AGE, m.WHO)), "", table["group"]),
        },
        index=table.index,
    )
    return table.loc[order.sort_values(["last", "size", "group"], kind="stable").index]


def _since(rows: pd.DataFrame, baseline: Baseline, periods: Periods) -> pd.DataFrame:
    """Totals and classes of sex and age from a baseline date, by the day of the event."""
    since = rows[rows["date"] >= pd.Timestamp(baseline.date)]
    names = [name for name in _measures(rows) if name != "stock"]
    ends = pd.Timestamp(periods.first.start), pd.Timestamp(periods.week.start)
    totals = series.over(series.weekly(since, only=names), *ends, by=["measure"])
    totals = totals.set_index("measure").reindex(names)
    totals = totals.where(totals["incidents"].notna(), 0.0).reset_index()  # none were recorded
    parts = series.over(_stacked(_parts(since)), *ends, by=KEYS)
    both = [totals.assign(breakdown="", group=""), parts]
    return pd.concat(both, ignore_index=True).assign(week=periods.since(baseline))


def _places(rows: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """Distinct places named in incidents; `not_reported` counts incidents without one.

    Where there are incidents and none names its place, the number is blank, not zero.
    """
    incidents = rows[rows["is_incident"]]
    by_week = incidents.groupby("week")["place"].agg(["nunique", "size", "count"])
    weeks = pd.DatetimeIndex([pd.Timestamp(week.start) for week in periods.weeks])
    table = by_week.reindex(weeks, fill_value=0).set_axis([str(week) for week in periods.weeks])
    year = _between(incidents, *periods.year)["place"]
    table.loc[periods.year_label] = [year.nunique(), len(year), year.count()]
    named = (table["count"] > 0) | (table["size"] == 0)
    places = table["nunique"].astype(float).where(named)
    out = pd.DataFrame(
        {
            "week": table.index,
            "measure": "places",
            "value": places.to_numpy(),
            "incidents": table["size"].to_numpy(),
            "not_reported": (table["size"] - table["count"]).to_numpy(),
        }
    )
    if periods.covers(periods.last):
        change = float(places[str(periods.week)] - places[str(periods.last)])
        if not np.isnan(change):
            row = [str(periods.week), "places_change", change, np.nan, np.nan]
            out = pd.concat([out, pd.DataFrame([row], columns=out.columns)], ignore_index=True)
    return out.assign(breakdown="", group="", low=out["value"], high=out["value"])


def _this_week(rows: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """What says how far this week can be trusted: ranges known, fields filled, largest event."""
    week = rows[(rows["week"] == pd.Timestamp(periods.week.start)) & rows["is_incident"]]
    out: list[tuple[str, str, str, float, float, float]] = []
    for measure in ("killed", "injured"):
        known = week[f"{measure}_ranged"].sum()
        out.append((f"{measure}_with_range", "", "", known, len(week), np.nan))
        out.append((f"{measure}_largest_incident", "", "", week[measure].max(), np.nan, np.nan))
        part = records.sex_age_parts(week, measure)
        named = (week[measure] - part[m.REMAINDER]).sum()
        out.append((f"{measure}_of_recorded_sex_or_age", "", "", named, len(week), np.nan))
    for field, label in FIELDS.items():
        filled = has_field(week, field)
        out.append(("filled", "field", label, filled.sum(), len(week), (~filled).sum()))
    columns = ["measure", "breakdown", "group", "value", "incidents", "not_reported"]
    table = pd.DataFrame(out, columns=columns).assign(week=str(periods.week))
    return table.assign(low=table["value"], high=table["value"])


def has_field(week: pd.DataFrame, field: str) -> pd.Series:
    """Which incidents have the field; for sex and age, which leave no victim in the remainder."""
    if field == "sex_age":
        left = [
            records.sex_age_parts(week, name)[m.REMAINDER].fillna(1) == 0
            for name in ("killed", "injured")
        ]
        return left[0] & left[1]
    if field not in week:
        return pd.Series(False, index=week.index)
    return week[field].notna() & (week[field].astype("object") != m.NOT_RECORDED)


def of_the_file(counts: dict[str, int], reasons: dict[str, dict[str, int]]) -> pd.DataFrame:
    """What became of the rows of the whole file: ``rows_read`` and so on, with reasons."""
    out = [(f"rows_{name}", "", "", count) for name, count in counts.items()]
    out += [
        (f"rows_{outcome}", "reason", reason, count)
        for outcome, found in reasons.items()
        for reason, count in found.items()
    ]
    table = pd.DataFrame(out, columns=["measure", "breakdown", "group", "value"]).assign(week="")
    return table.assign(low=table["value"], high=table["value"])
