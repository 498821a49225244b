"""Which of the first rows of a table holds the names of its columns."""

from collections.abc import Collection, Sequence

from sitrep.incidents.profiles import normalised

# How far down the names are looked for: under a title, notes and merged headings.
TOP = 25


def header_row(rows: Sequence[Sequence[str]], known: Collection[str]) -> int:
    """The place of the row with most of the `known` names; the first of those with as many.

    One name alone is a word that any row may hold; without a better one it is the first row.
    """
    counts = [len({normalised(cell) for cell in row}.intersection(known)) for row in rows]
    best = max(range(len(rows)), key=lambda place: (counts[place], -place))
    return best if counts[best] > 1 else 0
