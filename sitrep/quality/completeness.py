"""For how many incidents each field is filled: of all sources, and of each."""

import pandas as pd

from sitrep.quality.counted import Counted, counted
from sitrep.records import exploded
from sitrep.tally import FIELDS as FIELDS_OF_A_WEEK
from sitrep.tally import has_field

FIELDS = {**FIELDS_OF_A_WEEK, "reported_on": "day of the first report"}
MOST_SOURCES = 3  # columns of the table, beside that of all


def completeness(rows: pd.DataFrame, week: str) -> list[Counted]:
    """``filled`` by field, and ``filled_<column>`` by source for those with most incidents.

    Parameters
    ----------
    rows : records (`sitrep.records`) of the span that `week` names; records of displacement
        alone are left out, for none of these fields is theirs.

    Returns
    -------
    For each, `value` incidents with the field out of `incidents`. An incident that names
    several sources stands under each of them.
    """
    incidents = rows[rows["is_incident"]]
    whole = len(incidents)
    known = pd.DataFrame({name: has_field(incidents, name) for name in FIELDS})
    found = []
    for name, label in FIELDS.items():
        filled = int(known[name].sum())
        found.append(
            counted(week, "filled", filled, breakdown="field", group=label,
                    incidents=whole, not_reported=whole - filled)
        )  # fmt: skip
    by_source = exploded(known.assign(source=incidents["source"].astype(object)), "source")
    for source, size in largest(by_source["source"]).items():
        sums = by_source.loc[by_source["source"] == source, list(FIELDS)].sum()
        found.append(
            counted(week, "incidents", size, breakdown="source", group=source,
                    incidents=size, not_reported=0, sources=1)
        )  # fmt: skip
        found += [
            counted(week, f"filled_{name}", filled, breakdown="source", group=source,
                    incidents=size, not_reported=size - filled)
            for name, filled in zip(FIELDS, sums.tolist(), strict=True)
        ]  # fmt: skip
    return found


def largest(sources: pd.Series, *, least: int = 1, most: int = MOST_SOURCES) -> dict[str, int]:
    """The sources with most rows, largest first, by name where equal; none below `least`."""
    sizes = sources.value_counts().rename("size").rename_axis("source").reset_index()
    chosen = sizes[sizes["size"] >= least].sort_values(["size", "source"], ascending=[False, True])
    return dict(chosen.head(most).itertuples(index=False))
