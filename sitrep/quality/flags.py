"""Records whose parts or range contradict their total: used, but not for the breakdown."""

import pandas as pd

from sitrep.quality.counted import Counted, counted

CONTRADICTIONS = {
    "killed_parts_valid": "killed: parts against the total",
    "killed_range_valid": "killed: figure outside its range",
    "injured_parts_valid": "injured: parts against the total",
    "injured_range_valid": "injured: figure outside its range",
    "displaced_range_valid": "displaced: figure outside its range",
}


def contradicted(rows: pd.DataFrame) -> pd.Series:
    """Which records contradict themselves in any of these ways."""
    return ~rows[list(CONTRADICTIONS)].all(axis="columns")


def contradictions(rows: pd.DataFrame, week: str) -> list[Counted]:
    """``records_flagged``: all, and by what contradicts what; a record may stand under two."""
    found = [counted(week, "records_flagged", contradicted(rows).sum())]
    return found + [
        counted(
            week, "records_flagged", (~rows[column]).sum(), breakdown="contradiction", group=label
        )
        for column, label in CONTRADICTIONS.items()
    ]
