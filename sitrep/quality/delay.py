"""How long after the event a record came in, and how many records changed afterwards."""

import numpy as np
import pandas as pd

from sitrep.quality.completeness import largest
from sitrep.quality.counted import Counted, counted
from sitrep.records import exploded

NOT_KNOWN, BEFORE, OVER = "not known", "before the event", "over 28 days"
# Days between the event and the first report: the last day of each class, and its label.
CLASSES = {
    -1: BEFORE,
    0: "same day",
    1: "1 day",
    3: "2–3 days",
    7: "4–7 days",
    14: "8–14 days",
    28: "15–28 days",
    np.inf: OVER,
}
LABELS = (*CLASSES.values(), NOT_KNOWN)
WEEK = (BEFORE, "same day", "1 day", "2–3 days", "4–7 days")
ENOUGH = 20  # records of a source, below which its delays are not shown apart


def measure_of(label: str) -> str:
    """``delay_2_to_3_days``."""
    return "delay_" + label.replace("–", "_to_").replace(" ", "_")


def delays(rows: pd.DataFrame) -> pd.Series:
    """The class of delay of each row, from `date` to `reported_on`; blank is "not known".

    Of a span the first day counts. A report dated before its event is a class of its own:
    one of the two dates is wrong.
    """
    days = (rows["reported_on"] - rows["date"]).dt.days
    classes = pd.cut(days, [-np.inf, *CLASSES], labels=list(CLASSES.values()))
    return classes.astype(object).fillna(NOT_KNOWN)


def delay(rows: pd.DataFrame, week: str) -> list[Counted]:
    """``records`` and ``delay_<class>``, of all and by source; ``records_changed``.

    A record has changed if `updated_on` is later than `reported_on`, or stands alone;
    `not_reported` counts records without `updated_on`.
    """
    table = pd.DataFrame({"delay": delays(rows), "source": rows["source"].astype(object)})
    found = _classes(table, week)
    by_source = exploded(table, "source")
    for source in largest(by_source["source"], least=ENOUGH):
        found += _classes(by_source[by_source["source"] == source], week, source=source)
    updated, reported = rows["updated_on"], rows["reported_on"]
    changed = updated.notna() & ~(updated <= reported)
    blank = int(updated.isna().sum())
    found.append(counted(week, "records_changed", changed.sum(), not_reported=blank))
    within = table["delay"].isin(WEEK).sum()
    return [*found, counted(week, "records_within_7_days", within)]


def _classes(table: pd.DataFrame, week: str, *, source: str = "") -> list[Counted]:
    breakdown = "source" if source else ""
    sizes = table["delay"].value_counts()
    return [
        counted(week, "records", len(table), breakdown=breakdown, group=source),
        *(
            counted(week, measure_of(label), sizes.get(label, 0), breakdown=breakdown, group=source)
            for label in LABELS
        ),
    ]
