"""Whether intervals hold what they claim: ``python -m benchmarks.backtest``.

Those of `sitrep.statistics`, counted on simulated weeks, the same at every run, and on the sample.
Nothing here is a figure of a report.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from sitrep.statistics.counts import BackTest
from sitrep.statistics.nowcast import back_test

INCIDENTS = Path(__file__).resolve().parent.parent / "data" / "incidents.csv"
ISSUES = 60
MEANS = (5, 30, 200)  # incidents a week
SIZE = 4  # of the negative binomial: a standard deviation half as large as the mean, at least
# Shares by age in weeks: a little more than half within two weeks, as in one study of
# African conflict events, or sooner; each week's own delays vary about them.
DELAYS = {"slow": (0.30, 0.25, 0.17, 0.12, 0.09, 0.07), "fast": (0.70, 0.17, 0.08, 0.05)}
DELAY_SIZE = 30


def triangle(random: np.random.Generator, mean: float, delays: tuple[float, ...]) -> np.ndarray:
    """Increments of simulated weeks by ages, NaN where not known when the last week ended."""
    totals = random.poisson(random.gamma(SIZE, mean / SIZE, ISSUES))
    usual = DELAY_SIZE * np.array(delays)
    full = np.array([random.multinomial(n, random.dirichlet(usual)) for n in totals], float)
    age = ISSUES - 1 - np.arange(ISSUES)[:, np.newaxis]
    return np.where(np.arange(len(delays)) <= age, full, np.nan)


def nowcasts(triangles: int, seed: int) -> Iterator[tuple[str, float, BackTest]]:
    """The youngest weeks' nowcasts, made anew at each past issue of each triangle."""
    random = np.random.default_rng(seed)
    for name, delays in DELAYS.items():
        for mean in MEANS:
            tests = [back_test(triangle(random, mean, delays)) for _ in range(triangles)]
            found = BackTest(sum(t.inside for t in tests), sum(t.tested for t in tests))
            yield f"nowcast, {mean} a week, {name} reports", 0.8, found


def ordinary_weeks(tested: int, seed: int) -> Iterator[tuple[str, float, BackTest]]:
    """Simulated weeks that are as the weeks before them."""
    from sitrep.statistics import prediction

    for weeks in (26, 8):
        for family in ("poisson", "negative binomial"):
            found = prediction.back_test(tested, family=family, weeks=weeks, seed=seed)
            yield f"ordinary weeks, {family}, {weeks} weeks before", 0.95, found


def sample() -> Iterator[tuple[str, float, BackTest]]:
    """Each week of the sample, from the weeks before it: these need not be ordinary."""
    from sitrep.statistics import prediction

    found = prediction.rolling_coverage(weekly_incidents(INCIDENTS))
    yield "the sample's weeks, as recorded", 0.95, found


def weekly_incidents(path: Path) -> list[float]:
    """Incidents of each whole week from Monday, 0 for none.

    Read more simply than a report does: left out are rows of displacement alone, discounted
    rows, and rows without a day or a week that is known.
    """
    columns = ["date", "date_precision", "status", "killed", "injured", "displaced"]
    rows = pd.read_csv(path, usecols=columns, dtype="string")
    harmed = rows[["killed", "injured"]].apply(pd.to_numeric, errors="coerce").gt(0).any(axis=1)
    counted = (
        (harmed | rows["displaced"].isna())
        & rows["status"].ne("discounted")
        & ~rows["date_precision"].isin(["month", "year"])
    )
    days = pd.to_datetime(rows.loc[counted, "date"], format="%Y-%m-%d", errors="coerce").dropna()
    every = pd.period_range(days.min(), days.max(), freq="W-SUN")[1:-1]  # the ends may be parts
    counts = days.dt.to_period("W-SUN").value_counts()
    return [float(count) for count in counts.reindex(every, fill_value=0)]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.backtest",
        description="How many intervals of sitrep.statistics held the count they were for.",
    )
    parser.add_argument("--weeks", type=int, default=10_000, help="ordinary weeks a line (10000)")
    parser.add_argument("--triangles", type=int, default=20, help="reporting triangles a line (20)")
    parser.add_argument("--seed", type=int, default=1, help="of what is simulated (1)")
    options = parser.parse_args()
    print(f"{'what was tested':<52}{'level':>6}{'held':>9}{'of':>8}{'share':>8}")
    for lines in (
        nowcasts(options.triangles, options.seed),
        ordinary_weeks(options.weeks, options.seed),
        sample(),
    ):
        for what, level, found in lines:
            print(f"{what:<52}{level:>6.0%}{found.inside:>9,}{found.tested:>8,}{found.share:>8.1%}")


if __name__ == "__main__":
    main()
