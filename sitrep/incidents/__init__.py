"""The incident table: one declaration, profiles of outside layouts, reading and checking.

``read(Input(path), store=folder)`` turns a CSV into a `Store`. Nothing here knows of
weeks or of reports.
"""

from sitrep.incidents.findings import Finding
from sitrep.incidents.input import Input
from sitrep.incidents.profiles import Profile, built_in
from sitrep.incidents.reading import read, read_together
from sitrep.incidents.store import Store
from sitrep.incidents.table import COLUMNS, Column

__all__ = ["COLUMNS", "Column", "Finding", "Input", "Profile", "Store", "built_in", "read",
    "read_together"]  # fmt: skip
