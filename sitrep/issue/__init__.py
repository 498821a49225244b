"""One issue: the numbers of a week, and all that a report says about them.

`open_issue` is what the notebook calls. The rooms after this one (charts, tables,
sentences) take an `Issue` and give back blocks.
"""

from sitrep.issue.choosing import area_name, check_area, choose_week, find_archive
from sitrep.issue.issue import Issue
from sitrep.issue.making import PROTECTED, make_issue
from sitrep.issue.opening import count_once, open_issue

__all__ = [
    "PROTECTED",
    "Issue",
    "area_name",
    "check_area",
    "choose_week",
    "count_once",
    "find_archive",
    "make_issue",
    "open_issue",
]
