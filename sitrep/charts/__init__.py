"""The charts: each reads its figures from the issue's numbers and gives a block.

The title says what is shown, the axis the unit, the caption the source, the
alternative text what a reader would take from the picture.
"""

from sitrep.charts.arrival import arrival
from sitrep.charts.attacks import attacks
from sitrep.charts.calendar import calendar
from sitrep.charts.canvas import FULL, HALF
from sitrep.charts.completeness import completeness
from sitrep.charts.districts import districts
from sitrep.charts.key_figures import key_figures
from sitrep.charts.unusual import expected
from sitrep.charts.weekly import weekly
from sitrep.charts.who import who

__all__ = [
    "FULL",
    "HALF",
    "arrival",
    "attacks",
    "calendar",
    "completeness",
    "districts",
    "expected",
    "key_figures",
    "weekly",
    "who",
]
