"""What all tables share: how a number is looked up and what stands for a missing one."""

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from sitrep import measures as m
from sitrep.blocks import Column, Row
from sitrep.issue import Issue
from sitrep.language import capital, figure, named, say
from sitrep.numbers import MISSING, Number
from sitrep.words import NOT_COVERED, NOT_REPORTED, cell, column, mean_figure

ZERO = Number(0, 0, 0, 0, 0, 0)


class Group(NamedTuple):
    """A group of a breakdown; empty for the total."""

    breakdown: str
    name: str


TOTAL = Group("", "")


def number_of(issue: Issue, measure: str, week: object, group: Group) -> Number | None:
    """The number of a group; zero where it has no records in a week whose total is known."""
    found = issue.numbers.get(measure, week, breakdown=group.breakdown, group=group.name)
    if found is None and group.breakdown:
        total = issue.numbers.get(measure, week)
        return total and (ZERO if total.known else MISSING)
    return found


def mean_cell(number: Number | None) -> str:
    return cell(number, mean_figure)


def group_cell(issue: Issue, measure: str, breakdown: str, group: str) -> str:
    """A group's number this week.

    A group without incidents has no casualties recorded: zero. A group without records
    of displacement was not counted by anyone: not reported.
    """
    number = issue.numbers.get(measure, issue.week, breakdown=breakdown, group=group)
    if number is None:
        return NOT_REPORTED if measure == "displaced" else figure(0)
    return figure(number.value)


def by_size(issue: Issue, breakdown: str) -> list[str]:
    """The groups of a breakdown this week, those with most casualties first."""
    numbers, week = issue.numbers, issue.week

    def size(group: str) -> tuple[float, ...]:
        values = [numbers.value(name, week, breakdown=breakdown, group=group)
                  for name in ("killed", "injured", "displaced", "incidents")]  # fmt: skip
        return tuple(-value if value == value else 0.0 for value in values)

    seen = dict.fromkeys(
        group
        for name in ("incidents", "displaced")
        for group in numbers.groups(name, week, breakdown)
    )
    return sorted((g for g in seen if g != m.NOT_RECORDED), key=lambda g: (*size(g), g)) + [
        g for g in seen if g == m.NOT_RECORDED
    ]


def area_measures(issue: Issue) -> list[str]:
    return [n for n in ("incidents", "killed", "injured", "displaced") if issue.has(n)]


def measure_columns(measures: Sequence[str]) -> tuple[Column, ...]:
    return tuple(Column(column(name)) for name in measures)


def grade_label(grade: str, held: Container[str]) -> str:
    """A grade at the head of its row; `held` are those that totals hold."""
    name = named(grade)
    return capital(name) if grade in held else say("table_grade_aside", grade=name)


def marks_note(rows: Iterable[Row]) -> str:
    """What zero and each mark of a missing number mean, of those that stand in the rows."""
    found = {cell for row in rows for cell in row.cells}
    marks = {figure(0): "mark_zero", NOT_REPORTED: "mark_blank", NOT_COVERED: "mark_not_covered"}
    return " ".join(say(key, mark=mark) for mark, key in marks.items() if mark in found)


def source_note(names: Sequence[str]) -> str:
    return say("table_sources", number=len(names), sources=[*map(named, names)]) if names else ""


def who_labels(issue: Issue, measure: str) -> list[tuple[str, str]]:
    """The broad classes of sex and age that any record of the year has, with their names.

    The remainder is "men, or not recorded" in a week for which no source named men. Names are
    those of the data, to be printed through `named`.
    """
    year = issue.periods.year_label

    def is_given(part: str) -> bool:
        number = issue.numbers.get(measure, year, breakdown=m.WHO, group=part) or MISSING
        return number.withheld or number.value > 0

    given = [part for part in m.WHO_PARTS[:-1] if is_given(part)]
    if not issue.has(measure):
        return []
    men = issue.numbers.value(measure, issue.week, breakdown=m.WHO, group=m.MEN)
    short = m.REMAINDER_MEN_KNOWN if men > 0 or not given else m.REMAINDER
    return [*((part, part) for part in given), (m.REMAINDER, short)]


def withheld_note(issue: Issue) -> str:
    """What a star stands for, where the issue has any."""
    below = issue.settings.counting.withhold_below
    return say("withheld", below=below) if issue.numbers.withheld else ""


def notes(*sentences: str) -> tuple[str, ...]:
    """A note of each that is said."""
    return tuple(filter(None, sentences))


def one_note(*sentences: str) -> tuple[str, ...]:
    """A note of all of them, one after the other; none if none is said."""
    return notes(" ".join(notes(*sentences)))
