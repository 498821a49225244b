"""The sums of an issue, over all its spans at once: totals, classes, groups of every breakdown.

Each gives columns, a row for each span, measure and group; `sitrep.tally` makes them the
table of an issue.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sitrep import measures as m
from sitrep import series
from sitrep.opened import Earlier
from sitrep.periods import Spans
from sitrep.series import Columns, Figures, figures, repeated
from sitrep.spans import Cells, Floats, Laid, cells_of, groups_of, lay, one_group

BREAKDOWNS = ("admin1", "admin2", "place", "attack", "target", "perpetrator", "source")
BROKEN_DOWN = ("killed", "injured", "displaced", "incidents")
ENDS = ("value", "low", "high")
NO_DAYS = (date.max, date.min)
COLUMNS = ("span", "measure", "breakdown", "group", *series.VALUES, "sources")

Totals = Mapping[str, Mapping[str, Floats]]
"""Measure to name of a column to its values, one for each span."""


def laid(rows: pd.DataFrame, spans: Spans, chosen: Iterable[int]) -> Laid:
    """The records of each of the chosen spans."""
    return lay(rows["date"], {n: spans.ends[n] for n in chosen}, count=len(spans.ends))


def totals(
    rows: pd.DataFrame,
    given: Mapping[str, Figures],
    spans: Spans,
    *,
    earlier: Earlier | None = None,
) -> Totals:
    """Of each measure the sums of every span, and how many sources gave its figures.

    Where there is no record of a measure the sum is zero: none were recorded. Not so for
    people living in displacement: a week in which nobody counted them is blank. `earlier`
    are the sums of days before those of the rows.
    """
    every = [*spans.charted, *spans.since]
    cells = cells_of(laid(rows, spans, every), one_group(rows))
    source = groups_of(rows["source"], count=len(rows), split=True)
    found = {}
    for name, each in given.items():
        summed = series.sums(each, cells)
        if earlier:
            summed = series.both(summed, earlier.sums(name, spans.ends))
        none = summed["incidents"] == 0
        for end in ENDS:
            summed[end] = np.where(none, np.nan if name == "stock" else 0.0, summed[end])
        found[name] = {**summed, "sources": cells.only(each.known).distinct(source).astype(float)}
    return found


def listed(totals: Totals, spans: Spans) -> Columns:
    """The totals as rows, span by span. Sources are not counted since a baseline.

    People living in displacement (stock) are not summed over time: they are the same people.
    """
    count, names = len(spans.ends), list(totals)
    columns = {
        name: np.stack([each[name] for each in totals.values()], axis=1).ravel()
        for name in (*series.VALUES, "sources")
    }
    span = np.repeat(np.arange(count), len(names))
    measure = np.tile(np.array(names, dtype=object), count)
    columns["sources"][span > spans.year] = np.nan
    empty = repeated("", len(span))
    block = {"span": span, "measure": measure, "breakdown": empty, "group": empty, **columns}
    kept = (measure != "stock") | (span < len(spans.single))
    return {name: column[kept] for name, column in block.items()}


def parts(rows: pd.DataFrame, spans: Spans, *, earlier: Earlier | None = None) -> list[Columns]:
    """Sex and age of the killed and injured, in fine classes and in broad ones."""
    here = laid(rows, spans, [*spans.near, *spans.since])
    fine, broad = [], []
    for measure in ("killed", "injured"):
        of_class: dict[str, list[Columns]] = {}
        for part, summed in series.sums_of_parts(rows, measure, here):
            if earlier:
                since = [spans.ends[n] if n in spans.since else NO_DAYS for n in range(here.count)]
                summed = series.both(summed, earlier.sums(measure, since, group=part))
            cells = np.flatnonzero(summed["incidents"])
            kept = {name: column[cells] for name, column in summed.items()}
            fine.append(_block(m.SEX_AGE, measure, cells, repeated(part, len(cells)), kept))
            of_class.setdefault(m.WHO_OF_SEX_AGE[part], []).append(kept)
        for name, parts in of_class.items():
            both = {end: added([part[end] for part in parts]) for end in ENDS}
            broad.append(_block(m.WHO, measure, cells, repeated(name, len(cells)), both))
    return [*fine, *broad]


def groups(rows: pd.DataFrame, given: Mapping[str, Figures], spans: Spans) -> Iterator[Columns]:
    """The groups of every breakdown, wherever a record could have had a figure."""
    far, near = laid(rows, spans, spans.charted), laid(rows, spans, spans.near)
    source = groups_of(rows["source"], count=len(rows), split=True)
    for by in BREAKDOWNS:
        groups = source
        if by != "source":
            groups = groups_of(rows.get(by), count=len(rows), split=by == "target")
        cells = cells_of(far if by == "admin2" else near, groups)
        # Who gave returns, stock or households alone has reported too.
        more = ("displacement_records",) if by == "source" else ()
        for measure in (*BROKEN_DOWN, *more):
            known = cells.only(given[measure].known)
            # The source of what stands under its name is itself, whoever gave it too.
            counted = known.counts() > 0 if by == "source" else known.distinct(source)
            yield _filled(by, measure, given[measure], cells, sources=counted.astype(float))
    moved = near.where(rows["displaced"].notna().to_numpy())
    by = "destination_admin2"
    cells = cells_of(moved, groups_of(rows.get(by), count=len(rows)))
    yield _filled(by, "displaced", given["displaced"], cells)


def grades(graded: pd.DataFrame, spans: Spans) -> Iterator[Columns]:
    """The groups of verification, pending ones among them."""
    groups = groups_of(graded["status"], count=len(graded))
    cells = cells_of(laid(graded, spans, spans.near), groups)
    for measure in BROKEN_DOWN:
        yield _filled("status", measure, figures(graded, measure), cells)


def _filled(
    breakdown: str, measure: str, given: Figures, cells: Cells, *, sources: Floats | None = None
) -> Columns:
    """The cells in which a record could have had a figure."""
    summed = series.sums(given, cells)
    if sources is not None:
        summed["sources"] = sources
    filled = np.flatnonzero(summed["incidents"])
    span, group = cells.named(filled)
    here = {name: column[filled] for name, column in summed.items()}
    return _block(breakdown, measure, span, group, here)


def _block(breakdown: str, measure: str, span: Any, group: Any, summed: Columns) -> Columns:
    """Rows of one measure of a breakdown; what was not counted is NaN."""
    blank = np.full(len(span), np.nan)
    keys = {"measure": repeated(measure, len(span)), "breakdown": repeated(breakdown, len(span))}
    values = {name: summed.get(name, blank) for name in (*series.VALUES, "sources")}
    return {"span": span, "group": group, **keys, **values}


def added(parts: Sequence[Floats] | Floats) -> Floats:
    """The sum of parts of which some are blank; blank where all are."""
    every = np.asarray(parts)
    return np.where(np.isnan(every).all(axis=0), np.nan, np.nansum(every, axis=0))
