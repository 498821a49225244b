"""Women, men, children and those of whom it is not recorded, as parts of one whole."""

from collections.abc import Sequence

from sitrep import measures as m
from sitrep.blocks import Chart, Paragraph, note
from sitrep.charts.canvas import HALF, Canvas, caption
from sitrep.charts.layers import Box
from sitrep.issue import Issue
from sitrep.language import say, spoken
from sitrep.tables.cells import who_labels

LETTER = 4.1  # points: the mean width of a letter at 7 points
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
    texts = [
        _whole(canvas, issue, measure, canvas.height - 2 - ROW * row)
        for row, measure in enumerate(measures)
    ]
    return Chart(
        title=_title(issue.victims, measures),
        subtitle="",
        svg=canvas.svg("who"),
        alt=" ".join(texts),
        caption=caption(issue, *measures),
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
_SHADES = {
    m.WOMEN: "accent",
    m.CHILDREN: "accent_mid",
    m.MEN: "accent_pale",
    m.REMAINDER: "unknown",
}
# In the picture a part has the room of its own width only.
_SHORT = {
    m.REMAINDER: "chart_who_remainder_short",
    m.REMAINDER_MEN_KNOWN: "chart_who_remainder_men_known_short",
}


def _whole(canvas: Canvas, issue: Issue, measure: str, top: float) -> str:
    """One bar of the parts of `measure`, hung from `top`; returns it in words."""
    total = issue.numbers.value(measure, issue.week)
    labels = dict(who_labels(issue, measure))
    parts = [
        (_SHADES[group], labels.get(group, group), value)
        for group in (m.WOMEN, m.CHILDREN, m.MEN, m.REMAINDER)
        if (value := issue.numbers.value(measure, issue.week, breakdown=m.WHO, group=group)) > 0
    ]
    texts = [say(_SHORT.get(label, _PARTS[label]), number=value) for _, label, value in parts]
    phrases = [say(_PARTS[label], number=value) for _, label, value in parts]
    if (rest := total - sum(value for *_, value in parts)) > 0:  # what is withheld
        parts.append(("grid", "", rest))
        texts.append(say("part_withheld"))
        phrases.append(say("rest_withheld" if phrases else "all_withheld"))
    canvas.text(LEFT - 5, top - 23, say(f"chart_who_bar_{measure}"), align="right")
    ends = [sum(value for *_, value in parts[: n + 1]) / total for n in range(len(parts))]
    starts = [0.0, *ends[:-1]]
    canvas.boxes(
        [
            Box(LEFT + start * BAR, top - 31, LEFT + end * BAR - GAP, top - 15)
            for start, end in zip(starts, ends, strict=True)
        ],
        [shade for shade, *_ in parts],
    )
    for text, (place, below) in zip(texts, spread(starts, texts), strict=True):
        canvas.text(LEFT + place * BAR, top - (38 if below else 9), text, size=7)
    return say(f"chart_who_alt_{measure}", total=total, parts=phrases)


def spread(starts: Sequence[float], texts: Sequence[str]) -> list[tuple[float, bool]]:
    """Where labels stand, as parts of the whole: each from the start of its part if it can.

    Labels stand above the bar, or below it where the one before is in the way; one that
    would run over the end is moved back, one that would run into another moved on.
    """
    free = {False: 0.0, True: 0.0}
    out = []
    for start, text in zip(starts, texts, strict=True):
        width = LETTER * len(text) / BAR
        wanted = max(min(start, 1 - width), 0.0)
        below = free[False] > wanted and free[True] < free[False]
        x = max(wanted, free[below])
        free[below] = x + width + 0.02
        out.append((x, below))
    return out
