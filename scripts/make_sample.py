"""Make the sample data: incidents in north-west Syria, December 2019 to June 2021.

The records are made up, but for the published totals that `sample_facts` names. Their shape is
meant to be that of a real register: counts that cluster, a few incidents with many deaths, a
drop at the ceasefire of 6 March 2020, blanks, ranges, grades, late and corrected records, a few
wrong rows. The same seed gives the same bytes. Nothing here is evidence of any event.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from sample_facts import COLUMNS, Row, published_weeks
from sample_rows import (
    FIRST_DAY,
    LAST_DAY,
    MEAN_STEPS,
    Record,
    casualty,
    displacement,
    is_offensive,
)

SEED = 20210608  # any would do; with this one the offensive displaces some 950,000 people
ROWS = 6000
FEWEST_ROWS = 1000  # below this some weeks would be empty

# Casualty rows a week from each day on: the offensive towards Maarat al-Numan, the January truce,
# the push on Saraqab and the west of Aleppo, the ceasefire, the rise of June 2021. Made up.
LEVELS = (
    (date(2019, 12, 1), 170),
    (date(2019, 12, 16), 270),
    (date(2020, 1, 12), 160),
    (date(2020, 1, 20), 330),
    (date(2020, 2, 3), 400),
    (date(2020, 3, 6), 14),
    (date(2020, 5, 1), 18),
    (date(2020, 8, 31), 24),
    (date(2020, 10, 19), 34),
    (date(2020, 12, 1), 22),
    (date(2021, 3, 1), 16),
    (date(2021, 6, 1), 26),
)
MOVES_A_WEEK = {True: 30.0, False: 5.0}  # displacement rows during the offensive, and after
DISPERSION = 12.0  # size of the negative binomial whose variance the weekly counts have
DISPLACED_IN_OFFENSIVE = 960_000  # "almost a million" people, as published; by 6 March 2020
PUBLISHED_FROM, PUBLISHED_TO = date(2021, 5, 31), date(2021, 6, 20)

# What is wrong with one row of each of these weeks, all long before the published ones: four rows
# that cannot be used, two whose parts or range contradict the total.
WRONG_CELLS = {
    date(2020, 1, 6): {"killed": "about 10"},
    date(2020, 2, 10): {"killed": "2", "killed_women": "2", "killed_children": "1"},
    date(2020, 6, 15): {"killed": "-2"},
    date(2020, 9, 14): {"source": ""},
    date(2020, 11, 9): {"injured": "5", "injured_low": "6", "injured_high": "7"},
    date(2021, 2, 22): {"date": "2021-02-31"},
}
# Weeks with a row that was entered twice, and the week where the second entry differs.
COPIED = tuple(date(2020, 1, 13) + timedelta(weeks=9 * step) for step in range(5))
CONTRADICTED = date(2020, 12, 7)
NOTES_EVERY = 200  # one row in so many has a note

Week = tuple[list[date], int, int]
"""Days, casualty rows, displacement rows."""


def weeks() -> Iterator[list[date]]:
    """The days of each week, Monday first, cut to the span of the data."""
    monday = FIRST_DAY - timedelta(FIRST_DAY.weekday())
    while monday <= LAST_DAY:
        days = (monday + timedelta(step) for step in range(7))
        yield [day for day in days if FIRST_DAY <= day <= LAST_DAY]
        monday += timedelta(7)


def dealt(rng: Random, total: int) -> list[Week]:
    """`total` rows dealt to the weeks that are not published, in proportion to a draw for each."""
    drawn = [days for days in weeks() if not PUBLISHED_FROM <= days[0] <= PUBLISHED_TO]
    draws = [_overdispersed(rng, mean) for days in drawn for mean in _expected(days)]
    exact = [draw * total / sum(draws) for draw in draws]
    counts = [int(share) for share in exact]
    by_remainder = sorted(range(len(counts)), key=lambda i: counts[i] - exact[i])
    for i in by_remainder[: total - sum(counts)]:
        counts[i] += 1
    return list(zip(drawn, counts[::2], counts[1::2], strict=True))


def _expected(days: list[date]) -> tuple[float, float]:
    casualties = sum(_level(day) for day in days) / 7
    return casualties, sum(MOVES_A_WEEK[is_offensive(day)] for day in days) / 7


def _level(day: date) -> int:
    return next(level for start, level in reversed(LEVELS) if start <= day)


def _overdispersed(rng: Random, mean: float) -> float:
    """A gamma draw with the mean and the variance of a negative binomial."""
    variance = mean + mean * mean / DISPERSION
    return rng.gammavariate(mean * mean / variance, variance / mean)


def records(rows: int) -> Iterator[Record]:
    """All `rows` records in order of week, each with its id."""
    rng, ids, published = Random(SEED), Counter[str](), published_weeks()
    extra = len(published) + len(COPIED) + 1
    plan = dealt(rng, rows - extra)
    in_offensive = sum(moves for days, _, moves in plan if is_offensive(days[0]))
    unit = DISPLACED_IN_OFFENSIVE / (in_offensive * MEAN_STEPS)
    for days, casualties, moves in plan:
        if published and days[0] > PUBLISHED_TO:
            yield from _numbered(ids, (Record(*pair) for pair in published))
            published = []
        week = list(_numbered(ids, _drawn(rng, days, [casualties, moves], unit)))
        yield from _with_mistakes(days[0], week)


def _drawn(rng: Random, days: list[date], counts: list[int], unit: float) -> Iterator[Record]:
    levels = [_level(day) for day in days]
    dated = [
        (day, kind)
        for kind, count in enumerate(counts)
        for day in rng.choices(days, levels, k=count)
    ]
    for number, (day, kind) in enumerate(sorted(dated)):
        record = (casualty, displacement)[kind](rng, day, unit)
        if (day.toordinal() + number) % NOTES_EVERY == 0:
            record.row["notes"] = "sample row, made up"
        yield record


def _numbered(ids: Counter[str], week: Iterable[Record]) -> Iterator[Record]:
    for record in week:
        day = record.row["date"].replace("-", "")
        ids[day] += 1
        yield Record({"incident_id": f"NW{day}-{ids[day]:03d}"} | record.row, record.earlier)


def _with_mistakes(monday: date, week: list[Record]) -> Iterator[Record]:
    """The week with what a hurried recorder did to its first casualty row, if anything."""
    first = next((record for record in week if "displacement_kind" not in record.row), None)
    for row, earlier in week:
        if first is None or row is not first.row:
            yield Record(row, earlier)
        elif monday in WRONG_CELLS:
            yield Record(row | {"status": "confirmed"} | WRONG_CELLS[monday], {})
        else:
            yield Record(row, earlier)
            if monday in COPIED:
                yield Record(row, earlier)
            elif monday == CONTRADICTED:
                yield Record(row | {"killed": "17"}, earlier)


def known_on(record: Record, day: date) -> Row | None:
    """The row as it stood at the end of `day`: before later updates, None if not yet reported."""
    row, earlier = record
    if row["reported_on"] > day.isoformat():
        return None
    if row.get("updated_on", "") > day.isoformat():
        return row | earlier | {"updated_on": ""}
    return row


def write(path: Path, *, rows: int, day: date) -> int:
    """Write the CSV as known on `day`; the number of rows written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        for record in records(rows):
            row = known_on(record, day)
            if row is not None:
                table.writerow(row)
                written += 1
    return written


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description="Make the sample data: made-up incidents with two weeks of published totals.",
        epilog="examples: make_sample.py | make_sample.py --rows 1000000 --out /tmp/million.csv"
        " | make_sample.py --known-on 2021-06-14 --out /tmp/as_of_14_june.csv",
    )
    parser.add_argument("--out", type=Path, default=Path("data/incidents.csv"), metavar="FILE")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"default {ROWS}")
    parser.add_argument(
        "--known-on",
        type=date.fromisoformat,
        default=LAST_DAY,
        metavar="YYYY-MM-DD",
        help="leave out what was reported or changed after this day",
    )
    chosen = parser.parse_args()
    if chosen.rows < FEWEST_ROWS:
        parser.error(f"--rows {chosen.rows}: at least {FEWEST_ROWS}, so that no week is empty")
    return chosen


if __name__ == "__main__":
    options = arguments()
    count = write(options.out, rows=options.rows, day=options.known_on)
    print(f"{options.out}: {count} rows")
