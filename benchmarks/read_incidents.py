"""Read, check and sum a CSV of incidents by week and district, from nothing kept."""

import sys
from importlib import import_module
from pathlib import Path
from threading import Thread

from sitrep.incidents import Input, read

# All that the sums of every measure take; `records` treats what is not here as blank.
COLUMNS = (
    "date", "admin2",
    "killed", "killed_low", "killed_high", "killed_civilians", "killed_range_valid",
    "injured", "injured_low", "injured_high", "injured_range_valid", "combatants_killed",
    "displaced", "displaced_households", "displacement_kind",
)  # fmt: skip


def main(path: str, folder: str) -> None:
    # As in a report: pandas is imported while DuckDB reads.
    summing = Thread(target=import_module, args=("sitrep.series",))
    summing.start()
    store = read(Input(Path(path)), store=Path(folder))
    summing.join()
    from sitrep.records import records
    from sitrep.series import weekly
    from sitrep.settings import CountingSettings

    rows = records(store.load(COLUMNS), counting=CountingSettings())
    series = weekly(rows, "admin2")
    print(f"{store.rows_read} rows read, {store.rows_used} used, {len(series)} sums")


if __name__ == "__main__":
    main(*sys.argv[1:])
