"""What the report of one week is made from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitrep.language import Language
from sitrep.measures import NOT_RECORDED
from sitrep.settings import Settings
from sitrep.weeks import Week

if TYPE_CHECKING:
    import pandas as pd

    from sitrep.archive.issues import Publication
    from sitrep.archive.revisions import Revisions
    from sitrep.incidents import Store
    from sitrep.numbers import Numbers
    from sitrep.opened import Opened
    from sitrep.periods import Periods


@dataclass(frozen=True)
class Issue:
    """What the report of one week is made from."""

    periods: "Periods"
    numbers: "Numbers"
    settings: Settings
    store: "Store"
    records: "pd.DataFrame"  # of the headline grades, up to the end of the week
    points: "pd.DataFrame"  # of this week, as far as the edition shows them
    area: str
    revisions: "Revisions"
    annex: "pd.DataFrame"  # the records of this week, see `sitrep.annex`
    annex_cut: bool = False  # whether the week has more
    opened: "Opened | None" = None  # which rows `records` are of
    lang: str = "en"

    @property
    def language(self) -> Language:
        """How the report is written: its language, digits, and the names that the user gives."""
        return self.settings.language(self.lang)

    @property
    def publication(self) -> "Publication":
        """Which issue of its series this is, or would be."""
        return self.revisions.publication

    @property
    def week(self) -> Week:
        return self.periods.week

    @property
    def edition(self) -> str:
        return self.settings.report.edition

    @property
    def victims(self) -> str:
        """``civilians`` or ``people``: whose deaths this input counts (rule 13)."""
        return "civilians" if self.store.profile.victims == "civilians" else "people"

    @property
    def by_day(self) -> bool:
        """Whether a record is a report of running totals: incidents are not told apart then."""
        return self.store.profile.rows == "days"

    def has(self, measure: str) -> bool:
        """Whether any record up to this week carries the measure: else the layout lacks it."""
        if measure == "incidents":
            return not self.by_day
        if measure == "places":
            return not self.by_day or self.has("place")
        earlier = self.opened and self.opened.earlier
        if measure not in self.records or (earlier and earlier.carries(measure)):
            return True
        return bool(self.records[measure].notna().any())

    @property
    def of_displacement_alone(self) -> bool:
        """Whether the layout has no place for casualties: none of them is then no zero."""
        return not self.store.profile.holds_casualties

    def names(self, breakdown: str) -> bool:
        """Whether any record of the year names a group of the breakdown."""
        groups = self.numbers.groups("incidents", self.periods.year_label, breakdown)
        return any(group != NOT_RECORDED for group in groups)

    def sources(self, measure: str) -> list[str]:
        """Who gave this week's figures of a measure, those with most records first."""
        groups = self.numbers.groups(measure, self.week, "source")
        named = [
            (number.incidents, group)
            for group in groups
            if (number := self.numbers.get(measure, self.week, breakdown="source", group=group))
            and number.known
        ]
        return [group for _, group in sorted(named, key=lambda pair: (-pair[0], pair[1]))]
