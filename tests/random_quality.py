"""The quality of random weeks: what `random_weeks` draws, with days of report and contradictions.

Rows come as `Drawn` has them; here is added what only the quality report looks at, each kind
of gap drawn first, so that rare ones are not rare.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from random import Random

import pandas as pd
from random_weeks import DISTRICTS, Drawn

from sitrep.areas import LEVELS
from sitrep.incidents import Finding, Store
from sitrep.quality.flags import CONTRADICTIONS
from sitrep.quality.opening import quality_of

COLUMN, REASON = "killed", "is not a whole number"


@dataclass(frozen=True)
class Remembered(Store):
    """A store that holds its table and its findings."""

    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    found: tuple[Finding, ...] = ()

    def load(self, columns: Sequence[str], **_: object) -> pd.DataFrame:
        return self.table[list(columns)]

    def listed(self) -> Iterable[Finding]:
        return self.found

    def ids(self, lines: Iterable[int], **_: object) -> dict[int, str]:
        return {line: f"NW20210607-{line:03}" for line in lines}


def with_quality(drawn: Drawn) -> Drawn:
    """The quality of a random week that has a record: without one there is no issue."""
    issue, rng = drawn.issue, Random(f"quality {drawn.seed}")
    rows = _judged(rng, issue.records)
    table = _origin(rng, rows)
    rejected = tuple(
        Finding("incidents.csv", line, rng.choice((COLUMN, "")), "ten", "rejected", REASON)
        for line in range(rng.choice((0, 0, 1, 43)))
    )
    store = Remembered(
        **{each.name: getattr(issue.store, each.name) for each in fields(Store)},
        table=table,
        found=rejected,
    )
    return Drawn(drawn.seed, quality_of(replace(issue, records=rows, store=store)))


def _judged(rng: Random, rows: pd.DataFrame) -> pd.DataFrame:
    """Days of report, figures of displacement and contradictions; or all that can be filled."""
    most = rng.choice((0, 7, 200))
    some = rng.choice((0, 1, 1, 0.5))
    reported = [
        day + pd.Timedelta(days=rng.randint(-1, most)) if rng.random() < some else pd.NaT
        for day in rows["date"]
    ]
    rows = rows.assign(reported_on=pd.to_datetime(pd.Series(reported, index=rows.index)))
    flagged = rng.choice((0, 0, 1, 9))
    for column in CONTRADICTIONS:
        wrong = rng.sample(range(len(rows)), min(rng.randint(0, flagged), len(rows)))
        rows[column] = [number not in wrong for number in range(len(rows))]
    if rng.random() < 0.3:
        rows["displaced"] = _figures(rng, len(rows))
    if rng.random() < 0.2:
        names = ("Kafr Latah", "Kafar Latah", "Kafr Latahh")[: rng.choice((2, 2, 3))]
        places = [f"{names[n % len(names)]}, Ariha" for n in range(len(rows))]
        rows = rows.assign(place=places, admin2="Ariha")
    if rng.random() < 0.15:
        rows = rows.assign(
            place="Bara", latitude=35.5, attack="shelling", target="home", perpetrator="other",
            killed=0.0, injured=0.0, reported_on=rows["date"],
        )  # fmt: skip
    return rows


def _figures(rng: Random, size: int) -> list[float]:
    """Figures of ten or more: none, one or any of them round."""
    ends = rng.choice(((1, 2, 3), (1, 2, 3), (0, 5), range(10)))
    figures = [10.0 * rng.randint(1, 90) + rng.choice(ends) for _ in range(size)]
    return [figures[0] // 10 * 10, *figures[1:]] if rng.random() < 0.5 else figures


def _origin(rng: Random, rows: pd.DataFrame) -> pd.DataFrame:
    """What the store alone knows: lines, days of change, areas with their codes."""
    changed, coded = rng.choice((0, 0, 0.1, 0.5)), rng.choice((0, 1, 1, 0.8))
    days = [
        day + pd.Timedelta(days=300) if rng.random() < changed else pd.NaT for day in rows["date"]
    ]
    origin = {
        "line": range(2, len(rows) + 2),
        "date": rows["date"],
        "updated_on": pd.to_datetime(pd.Series(days, index=rows.index)),
    }
    for level in LEVELS:
        codes = [
            f"SY{DISTRICTS.index(name) if name in DISTRICTS else 0}" for name in rows["admin2"]
        ]
        origin[level] = rows.get(level)
        origin[f"{level}_pcode"] = [code if rng.random() < coded else None for code in codes]
    return pd.DataFrame(origin, index=rows.index)
