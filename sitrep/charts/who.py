"""Women, men, children and those of whom it is not recorded, as parts of one whole."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from sitrep import measures as m
from sitrep import words
from sitrep.blocks import Chart, Paragraph, Row, Table, note
from sitrep.charts.canvas import HALF, Canvas, caption, hatched
from sitrep.charts.drawn import table_of
from sitrep.charts.layers import Box, width_of
from sitrep.issue import Issue
from sitrep.language import named, say, spoken
from sitrep.tables.cells import who_labels
from sitrep.words import WITHHELD, capital, figure

SIZE = 7  # points: of the labels of parts
LEFT = 34.0  # points: room for the name of a bar
BAR = HALF - LEFT - 2  # points: the length of a bar
ROW = 46.0  # points: a bar with its labels
GAP = 1.0  # points: between two parts


@spoken
def who(issue: Issue) -> Chart | Paragraph:
    """Parts of a whole as one bar each for the killed and the injured; unknown shown pale."""
    measures = [name for name in ("killed", "injured") if issue.numbers.value(name, issue.week) > 0]
    if not any(len(who_labels(issue, name)) > 1 for name in measures):
        return note(say("chart_who_not_named") if measures else say("chart_who_none"))
    canvas = Canvas(HALF, 4 + ROW * len(measures))
    wholes = [_whole(issue, measure) for measure in measures]
    for row, whole in enumerate(wholes):
        _draw(canvas, whole, canvas.height - 2 - ROW * row)
    return Chart(
        title=_title(issue.victims, measures),
        subtitle="",
        svg=canvas.svg("who"),
        alt=" ".join(map(_said, wholes)),
        caption=caption(issue, *measures),
        table=_table(issue, wholes),
    )


def _title(victims: str, measures: Sequence[str]) -> str:
    if len(measures) > 1:
        return say(f"chart_who_both_{victims}")
    killed = measures[0] == "killed"
    return say(f"chart_who_killed_{victims}" if killed else f"chart_who_injured_{victims}")


_PARTS = {
    m.WOMEN: "chart_who_women",
    m.CHILDREN: "chart_who_children",
    m.MEN: "chart_who_men",
    m.REMAINDER: "chart_who_remainder",
    m.REMAINDER_MEN_KNOWN: "chart_who_remainder_men_known",
}
_WITHHELD = "withheld"
_SHADES = {
    m.WOMEN: "accent",
    m.CHILDREN: "accent_mid",
    m.GIRLS: "accent_mid",
    m.BOYS: "accent_mid",
    m.MEN: "accent_pale",
    m.REMAINDER: "unknown",
    m.CHILDREN_SEX_UNKNOWN: "accent_mid",
    _WITHHELD: "grid",
}
_OF_CHILDREN = {
    m.GIRLS: "chart_who_girls",
    m.BOYS: "chart_who_boys",
    m.CHILDREN_SEX_UNKNOWN: "chart_who_children_sex_unknown",
}
# In the picture a part has the room of its own width only.
_SHORT = {
    m.REMAINDER: "chart_who_remainder_short",
    m.REMAINDER_MEN_KNOWN: "chart_who_remainder_men_known_short",
}


class Part(NamedTuple):
    """A part of the whole: its class and name, its number, its words in full and in the picture."""

    group: str
    name: str
    value: float
    said: str
    label: str
    within: tuple[tuple[str, float], ...] = ()  # the classes that it is made of


class Whole(NamedTuple):
    """What one bar shows: a measure of this week, and the parts that add up to it."""

    measure: str
    total: float
    parts: list[Part]


def _whole(issue: Issue, measure: str) -> Whole:
    total = issue.numbers.value(measure, issue.week)
    return Whole(measure, total, _parts(issue, measure, total))


def _said(whole: Whole) -> str:
    parts = [part.said for part in whole.parts]
    return say(f"chart_who_alt_{whole.measure}", total=whole.total, parts=parts)


def _table(issue: Issue, wholes: Sequence[Whole]) -> Table:
    """A row for each bar, under it one for each of its parts."""
    rows: list[Row] = []
    for measure, total, parts in wholes:
        label = capital(words.measure(measure, issue.victims))
        rows.append(Row((label, figure(total)), strong=True, rule=bool(rows)))
        for part in parts:
            number = WITHHELD if part.group == _WITHHELD else figure(part.value)
            rows.append(Row((part.name, number), indent=1))
            rows += [Row((named(each), figure(n)), indent=2) for each, n in part.within]
    return table_of(issue, (say("table_recorded"), say("table_this_week")), rows)


def _draw(canvas: Canvas, whole: Whole, top: float) -> None:
    """One bar of the parts of a whole, hung from `top`."""
    measure, total, parts = whole
    canvas.text(LEFT - 5, top - 23, say(f"chart_who_bar_{measure}"), align="right")
    classes = [each for part in parts for each in part.within or ((part.group, part.value),)]
    ends = [*accumulate(value for _, value in classes)]
    boxes = [
        Box(LEFT + (end - value) / total * BAR, top - 31, LEFT + end / total * BAR - GAP, top - 15)
        for (_, value), end in zip(classes, ends, strict=True)
    ]
    canvas.boxes(boxes, [_SHADES[group] for group, _ in classes])
    for unknown, ink in ((m.REMAINDER, "muted"), (m.CHILDREN_SEX_UNKNOWN, "paper")):
        of_it = [box for box, (group, _) in zip(boxes, classes, strict=True) if group == unknown]
        hatched(canvas, of_it, shade=ink)
    starts = [0.0, *accumulate(part.value / total for part in parts[:-1])]
    texts = [part.label for part in parts]
    for text, (place, below) in zip(texts, spread(starts, texts), strict=True):
        canvas.text(LEFT + place * BAR, top - (38 if below else 9), text, size=SIZE)


def _parts(issue: Issue, measure: str, total: float) -> list[Part]:
    """Women, children, men and the rest, as far as recorded, then what is withheld."""
    labels = dict(who_labels(issue, measure))
    parts = []
    for group in (m.WOMEN, m.CHILDREN, m.MEN, m.REMAINDER):
        value = issue.numbers.value(measure, issue.week, breakdown=m.WHO, group=group)
        if not value > 0:
            continue
        label = labels.get(group, group)
        said = say(_PARTS[label], number=value)
        short = say(_SHORT.get(label, _PARTS[label]), number=value)
        within = _girls_and_boys(issue, measure, value) if group == m.CHILDREN else ()
        if within:
            each = [say(_OF_CHILDREN[child], number=number) for child, number in within]
            said = short = say("chart_who_children_divided", children=said, parts=each)
        parts.append(Part(group, named(label), value, said, short, within))
    if (rest := total - sum(part.value for part in parts)) > 0:  # what is withheld
        said = say("rest_withheld" if parts else "all_withheld")
        label = say("part_withheld")
        parts.append(Part(_WITHHELD, label, rest, said, label))
    return parts


def _girls_and_boys(issue: Issue, measure: str, children: float) -> tuple[tuple[str, float], ...]:
    """The children by sex, where it is recorded of one or more and nothing is withheld."""
    found = tuple(
        (group, value)
        for group in _OF_CHILDREN
        if (value := issue.numbers.value(measure, issue.week, breakdown=m.SEX_AGE, group=group)) > 0
    )
    whole = sum(value for _, value in found) == children
    by_sex = any(group != m.CHILDREN_SEX_UNKNOWN for group, _ in found)
    return found if whole and by_sex else ()


def spread(starts: Sequence[float], texts: Sequence[str]) -> list[tuple[float, bool]]:
    """Where labels stand, as parts of the whole: each from the start of its part if it can.

    Labels stand above the bar, or below it where the one before is in the way; one that
    would run over the end is moved back, one that would run into another moved on.
    """
    free = {False: 0.0, True: 0.0}
    out = []
    for start, text in zip(starts, texts, strict=True):
        width = width_of(text, SIZE) / BAR
        wanted = max(min(start, 1 - width), 0.0)
        below = free[False] > wanted and free[True] < free[False]
        x = max(wanted, free[below])
        free[below] = x + width + 0.02
        out.append((x, below))
    return out
