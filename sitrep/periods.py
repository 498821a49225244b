"""The stretches of time that an issue compares: this week and what stands beside it."""

from dataclasses import dataclass
from datetime import date

from sitrep.settings import Baseline, Settings
from sitrep.weeks import Week, interval


@dataclass(frozen=True)
class Periods:
    """What one issue covers, given the first and last day that the data hold.

    A week before the data's first day is *not covered*: it has no numbers, not zeros.
    """

    week: Week
    first: Week  # the first week that the data cover
    frozen_on: date  # the day the data were frozen
    chart_weeks: int
    provisional_weeks: int
    baselines: tuple[Baseline, ...]
    starts_on: str

    @classmethod
    def of(cls, week: Week, settings: Settings, *, first_day: date, frozen_on: date) -> "Periods":
        """The periods of `week`; baselines before the data's first day are left out."""
        counting = settings.counting
        return cls(
            week=week,
            first=Week.of(first_day, starts_on=counting.week_start),
            frozen_on=frozen_on,
            chart_weeks=settings.report.chart_weeks,
            provisional_weeks=counting.provisional_weeks,
            baselines=tuple(b for b in settings.data.baselines if first_day <= b.date <= week.end),
            starts_on=counting.week_start,
        )

    @property
    def last(self) -> Week:
        """The week before."""
        return self.week - 1

    @property
    def before(self) -> Week:
        """The week before last."""
        return self.week - 2

    @property
    def four(self) -> tuple[Week, Week]:
        """The four weeks before this one."""
        return self.week - 4, self.week - 1

    @property
    def four_label(self) -> str:
        return interval(*self.four)

    @property
    def year(self) -> tuple[Week, Week]:
        """From the first week of the year, or of the data, to this week."""
        first = Week.numbered(self.week.year, 1, starts_on=self.starts_on)
        return max(first, self.first), self.week

    @property
    def year_label(self) -> str:
        return interval(*self.year)

    def since(self, baseline: Baseline) -> str:
        """The label of the days from a baseline to the end of this week."""
        return f"{baseline.date}/{self.week.end}"

    @property
    def charted(self) -> list[Week]:
        """The weeks of the charts over time, oldest first: none that the data do not cover."""
        return max(self.week - (self.chart_weeks - 1), self.first).until(self.week)

    @property
    def weeks(self) -> list[Week]:
        """Every week that gets numbers of its own, oldest first."""
        return min(max(self.week - 4, self.first), self.charted[0]).until(self.week)

    def covers(self, week: Week) -> bool:
        """Whether the data reach back to `week`."""
        return week >= self.first

    def provisional(self, week: Week) -> bool:
        """Whether `week` was still filling up on the day the data were frozen."""
        return (self.frozen_on - week.end).days < 7 * self.provisional_weeks

    @property
    def complete(self) -> bool:
        """Whether the data reach the end of the week."""
        return self.frozen_on >= self.week.end


@dataclass(frozen=True)
class Spans:
    """The spans of an issue, by their numbers: `single` weeks, four weeks, year, baselines.

    Of the single weeks totals and districts have all, for the charts; the rest has three.
    """

    labels: list[str]
    ends: list[tuple[date, date]]
    single: range
    four: int  # -1 where the data do not cover them
    year: int
    since: range

    @classmethod
    def of(cls, periods: Periods) -> "Spans":
        """The spans that the data cover."""
        end = periods.week.end
        single = [(str(week), (week.start, week.end)) for week in periods.weeks]
        first, last = periods.four
        four = [(periods.four_label, (first.start, last.end))] if periods.covers(first) else []
        year = (periods.year_label, (periods.year[0].start, end))
        since = [(periods.since(b), (b.date, end)) for b in periods.baselines]
        every = [*single, *four, year, *since]
        at = len(single) + len(four)
        return cls(
            labels=[label for label, _ in every],
            ends=[ends for _, ends in every],
            single=range(len(single)),
            four=at - 1 if four else -1,
            year=at,
            since=range(at + 1, len(every)),
        )

    @property
    def charted(self) -> list[int]:
        """All weeks, the four and the year."""
        return list(range(self.year + 1))

    @property
    def near(self) -> list[int]:
        """The last three weeks, the four and the year."""
        return self.charted[len(self.single[:-3]) :]
