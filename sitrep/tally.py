"""The numbers of one issue, computed from its records: sums in, the tidy table out.

Weeks, four weeks, the year and the days since a baseline are spans of days alike: each
measure is summed once, over all spans and groups of a breakdown together.
"""

import numpy as np
import pandas as pd

from sitrep import breakdowns, records, series
from sitrep import measures as m
from sitrep.breakdowns import BROKEN_DOWN, ENDS, Totals, added
from sitrep.numbers import COLUMNS, KEY, Key, Numbers
from sitrep.opened import Earlier
from sitrep.periods import Periods, Spans
from sitrep.series import figures
from sitrep.spans import cells_of, groups_of, one_group
from sitrep.withholding import withheld

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
    earlier: Earlier | None = None,
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
    earlier : the sums of days before the first that the rows are of, where there are any.

    Returns
    -------
    Numbers with a row for each week charted, for the four weeks before (sum, and mean
    as ``killed_mean``), the year to date and each baseline; breakdowns of the same.
    """
    spans, names = Spans.of(periods), _measures(rows, earlier)
    given = {name: figures(rows, name) for name in dict.fromkeys((*names, *BROKEN_DOWN))}
    totals = breakdowns.totals(rows, {name: given[name] for name in names}, spans, earlier=earlier)
    blocks = [
        breakdowns.listed(totals, spans),
        *breakdowns.parts(rows, spans, earlier=earlier),
        *breakdowns.groups(rows, given, spans),
        *breakdowns.grades(graded, spans),
    ]
    summed = pd.DataFrame(series.stacked(blocks, breakdowns.COLUMNS))
    tables = [
        _labelled(summed, spans),
        _mean(summed, totals, spans),
        _change(totals, spans, periods),
        _places(rows, spans, periods),
        _this_week(rows, periods),
    ]
    numbers = pd.concat([table for table in tables if len(table)], ignore_index=True)
    hidden = _withheld(rows, periods, withhold_below)
    named = (numbers["value"] != 0) | (numbers["incidents"] > 0) | (numbers["breakdown"] == "")
    if hidden:  # a zero among them has its row too
        named |= pd.MultiIndex.from_frame(numbers[KEY]).isin(hidden)
    ordered = Numbers(_largest_first(numbers[named], periods).reindex(columns=COLUMNS), hidden)
    return ordered if of_file is None else ordered.with_rows(of_file)


def _withheld(rows: pd.DataFrame, periods: Periods, below: int) -> frozenset[Key]:
    """The keys of what is withheld; incidents without a remainder go with the remainder."""
    if not below:
        return frozenset()
    hidden, week = withheld(rows, periods, below=below), str(periods.week)
    remainders = {(week, name, m.SEX_AGE, m.REMAINDER) for name in ("killed", "injured")}
    filled = (week, "filled", "field", FIELDS["sex_age"])
    return hidden | {filled} if remainders & hidden else hidden


def _measures(rows: pd.DataFrame, earlier: Earlier | None) -> list[str]:
    """The measures that any record carries; killed and injured in any case."""
    reported = [
        name for name in m.SUMMED if rows[name].notna().any() or (earlier and earlier.carries(name))
    ]
    return [*dict.fromkeys(("killed", "injured", *reported)), "incidents", "displacement_records"]


def _labelled(summed: pd.DataFrame, spans: Spans) -> pd.DataFrame:
    """The sums under the labels of their spans; in the table, single weeks stand together."""
    labels, number = np.array(spans.labels, dtype=object), summed["span"].to_numpy()
    return summed.assign(week=labels[number], order=np.maximum(number, len(spans.single) - 1))


def _mean(summed: pd.DataFrame, totals: Totals, spans: Spans) -> pd.DataFrame:
    """Mean a week over the four weeks before, to one decimal; `not_reported` counts weeks.

    A week whose incidents gave no figure at all is left out, not taken for zero. Groups
    are divided by the weeks of the total, so that their means add up to its mean.
    """
    if spans.four < 0:
        return pd.DataFrame(columns=COLUMNS)
    out = summed[summed["span"] == spans.four]
    weeks = {name: each["value"][list(spans.single[-5:-1])] for name, each in totals.items()}
    blank = out["measure"].map({name: np.isnan(each).sum() for name, each in weeks.items()})
    blank = blank.astype(float).fillna(0)
    of_weeks = out["measure"].map({name: float(added(each)) for name, each in weeks.items()})
    total = out["value"].where(out["breakdown"] != "", of_weeks)
    mean = (total / (4 - blank)).round(1)
    return out.assign(
        week=spans.labels[spans.four], measure=out["measure"] + "_mean", order=spans.year + 0.1,
        value=mean, low=mean, high=mean, incidents=np.nan, not_reported=blank, sources=np.nan,
    )  # fmt: skip


def _change(totals: Totals, spans: Spans, periods: Periods) -> pd.DataFrame:
    """This week's totals less last week's, as ``killed_change``; none where either is blank."""
    if not periods.covers(periods.last):
        return pd.DataFrame(columns=COLUMNS)
    last, this = spans.single[-2:]
    change = {name: each["value"][this] - each["value"][last] for name, each in totals.items()}
    found = [(f"{name}_change", *[value] * 3) for name, value in change.items() if value == value]
    table = pd.DataFrame(found, columns=["measure", *ENDS])
    return table.assign(week=str(periods.week), breakdown="", group="", order=spans.year + 0.2)


def _places(rows: pd.DataFrame, spans: Spans, periods: Periods) -> pd.DataFrame:
    """Distinct places named in incidents; `not_reported` counts incidents without one.

    Where there are incidents and none names its place, the number is blank, not zero.
    """
    chosen = [*spans.single, spans.year]
    incident = rows["is_incident"].to_numpy(bool)
    cells = cells_of(breakdowns.laid(rows, spans, chosen), one_group(rows))
    places = groups_of(rows.get("place"), count=len(rows))
    named = rows["place"].notna().to_numpy() & incident
    size, count = (cells.counts(which)[chosen] for which in (incident, named))
    value = np.where((count > 0) | (size == 0), cells.only(named).distinct(places)[chosen], np.nan)
    out = pd.DataFrame(
        {
            "week": [spans.labels[number] for number in chosen],
            "measure": "places",
            "value": value,
            "incidents": size,
            "not_reported": size - count,
        }
    )
    if periods.covers(periods.last):
        change = value[-2] - value[-3]
        if not np.isnan(change):
            row = [str(periods.week), "places_change", change, np.nan, np.nan]
            out = pd.concat([out, pd.DataFrame([row], columns=out.columns)], ignore_index=True)
    return out.assign(
        breakdown="", group="", low=out["value"], high=out["value"], order=spans.year + 0.3
    )


def _largest_first(table: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """Groups by incidents of the year to date, then by name; `not recorded` last."""
    year = table[(table["week"] == periods.year_label) & (table["measure"] == "incidents")]
    keys = zip(year["breakdown"], year["group"], strict=True)
    size = dict(zip(keys, year["value"], strict=True))
    group, breakdown = table["group"].to_numpy(object), table["breakdown"].to_numpy(object)
    whole = (breakdown == m.SEX_AGE) | (breakdown == m.WHO)  # in the order of their classes
    sizes = [-size.get(key, 0.0) for key in zip(breakdown, group, strict=True)]
    name = np.unique(np.where(whole, "", group), return_inverse=True)[1]
    return table.iloc[np.lexsort((table["order"], name, sizes, group == m.NOT_RECORDED))]


def _this_week(rows: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """What says how far this week can be trusted: ranges known, fields filled, largest event."""
    week = rows[(rows["week"] == pd.Timestamp(periods.week.start)) & rows["is_incident"]]
    out: list[tuple[str, str, str, float, float, float]] = []
    for measure in ("killed", "injured"):
        known = week[f"{measure}_ranged"].sum()
        out.append((f"{measure}_with_range", "", "", known, len(week), np.nan))
        out.append((f"{measure}_largest_incident", "", "", week[measure].max(), np.nan, np.nan))
        rest = records.sex_age_parts(week, measure)[m.REMAINDER]
        named = (week[measure] - rest).sum()
        out.append((f"{measure}_of_recorded_sex_or_age", "", "", named, len(week), np.nan))
    for field, label in FIELDS.items():
        filled = has_field(week, field)
        out.append(("filled", "field", label, filled.sum(), len(week), (~filled).sum()))
    columns = ["measure", "breakdown", "group", "value", "incidents", "not_reported"]
    table = pd.DataFrame(out, columns=columns).assign(week=str(periods.week))
    return table.assign(low=table["value"], high=table["value"], order=np.inf)


def has_field(week: pd.DataFrame, field: str) -> pd.Series:
    """Which incidents have the field; for sex and age, which leave no victim in the remainder."""
    if field == "sex_age":
        left = [records.sex_age_parts(week, name)[m.REMAINDER] for name in ("killed", "injured")]
        return pd.Series((left[0] == 0) & (left[1] == 0), index=week.index)
    if field not in week:
        return pd.Series(False, index=week.index)
    filled = week[field].notna().to_numpy()
    if not pd.api.types.is_numeric_dtype(week[field]):
        filled = filled & (week[field].to_numpy(object) != m.NOT_RECORDED)
    return pd.Series(filled, index=week.index)


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
