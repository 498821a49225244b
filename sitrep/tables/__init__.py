"""The tables of the report: rows are the thing counted, columns this week and its past."""

from sitrep.tables.annex import annex
from sitrep.tables.areas import districts, origins, places
from sitrep.tables.groups import attacks, perpetrators, targets
from sitrep.tables.history import casualties, displacement
from sitrep.tables.quality import grades, rows_read, sources
from sitrep.tables.revisions import first_counts, ledger, revised_districts, revised_numbers
from sitrep.tables.unusual import unusual
from sitrep.tables.who import who

__all__ = [
    "annex",
    "attacks",
    "casualties",
    "displacement",
    "districts",
    "first_counts",
    "grades",
    "ledger",
    "origins",
    "perpetrators",
    "places",
    "revised_districts",
    "revised_numbers",
    "rows_read",
    "sources",
    "targets",
    "unusual",
    "who",
]
