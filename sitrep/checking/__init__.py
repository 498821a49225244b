"""The page of a check: what a file would give a report, and what is wrong with it, for its keeper.

It holds cells of the file as they are, so it is never published. Counts nothing by week and
knows nothing of reports.
"""

from sitrep.checking.listing import as_csv
from sitrep.checking.opening import Checked, open_check
from sitrep.checking.page import document

__all__ = ["Checked", "as_csv", "document", "open_check"]
