"""Read, check and sum a CSV of incidents by week and district, from nothing kept."""

import sys
from pathlib import Path

from sitrep.incidents import Input, read
from sitrep.records import records
from sitrep.series import weekly
from sitrep.settings import CountingSettings

# All that the sums of every measure take; `records` treats what is not here as blank.
COLUMNS = (
    "date", "admin2",
    "killed", "killed_low", "killed_high", "killed_civilians", "killed_range_valid",
    "injured", "injured_low", "injured_high", "injured_range_valid", "combatants_killed",
    "displaced", "displaced_households", "displacement_kind",
)  # fmt: skip


def main(path: str, folder: str) -> None:
    store = read(Input(Path(path)), store=Path(folder))
    rows = records(store.load(COLUMNS), counting=CountingSettings())
    series = weekly(rows, "admin2")
    print(f"{store.rows_read} rows read, {store.rows_used} used, {len(series)} sums")


if __name__ == "__main__":
    main(*sys.argv[1:])
