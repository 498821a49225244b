"""Digit heaping: how many figures end in 0 or 5, against the fifth that chance would give."""

import pandas as pd

from sitrep.quality.counted import Counted, counted

MEASURES = ("displaced", "killed", "injured")
LEAST = 10  # of smaller figures the last digit is the figure itself
ENOUGH = 30  # figures, below which digits are not looked at


def last_digits(rows: pd.DataFrame, measure: str) -> pd.Series:
    """How many figures of at least `LEAST` end in each digit; index 0 to 9."""
    figures = rows.loc[rows[measure] >= LEAST, measure]
    digits = figures.astype("int64") % 10
    return digits.value_counts().reindex(range(10), fill_value=0)


def heaping(rows: pd.DataFrame, week: str) -> list[Counted]:
    """``<measure>_figures``, and where they are enough ``_last_digit``, ``_round``, ``_by_chance``.

    `_round` counts figures that end in 0 or 5; `_round_by_chance` is a fifth of all figures,
    to one decimal. No test is made of the difference.
    """
    found = []
    for measure in MEASURES:
        digits = last_digits(rows, measure)
        size = int(digits.sum())
        found.append(counted(week, f"{measure}_figures", size))
        if size < ENOUGH:
            continue
        found += [
            counted(week, f"{measure}_last_digit", count, breakdown="digit", group=str(digit))
            for digit, count in digits.items()
        ]
        found.append(counted(week, f"{measure}_round", digits[0] + digits[5]))
        found.append(counted(week, f"{measure}_round_by_chance", round(size / 5, 1)))
    return found
