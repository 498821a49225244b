"""The improved Farrington method: a long-memory detector, kept as a reference.

It compares a week with the same season of three to five years before, by a model with a
trend and ten seasons, in which earlier outbreaks count less. Numbers as of
`farringtonFlexible` in the R package surveillance, with the control that the package
documents for Noufaily et al.; the tests hold them against it.

Only for series whose coverage was stable over the years: a source that came or went looks
to it like an outbreak, or like the end of one. Years are taken to be of 52 weeks.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from sitrep.statistics.counts import Counts, Floats, known_or_nan, probabilities

YEARS = (3, 5)  # at least, at most
_YEAR = 52
_WINDOW = 3  # weeks before and after the same week of each year that count as its season
_SEASONS = 10
_RECENT = 26  # weeks before the one tested that are left out: an outbreak may be under way
_ORDINARY = 2.58  # Anscombe residuals above it are weighed down
_FEW = (5, 4)  # no judgement with fewer than 5 incidents in 4 weeks


@dataclass(frozen=True)
class Farrington:
    """What the method says of the last week of a series.

    Attributes
    ----------
    expected : incidents, by the model of `years` years.
    dispersion : variance over mean, at least 1.
    threshold : the highest count that is still ordinary; None where there were too few
        incidents in the last four weeks to judge.
    p_value : the probability of a count as high or higher in an ordinary week.
    trend : whether the model has a trend.
    alarm : whether the count exceeds the threshold.
    """

    years: int
    expected: float
    dispersion: float
    threshold: int | None
    p_value: float
    trend: bool
    alarm: bool


@dataclass(frozen=True)
class _Fit:
    """A quasi-Poisson model of the baseline, and what it says of the week tested."""

    expected: float
    dispersion: float
    trend: bool


def farrington(
    counts: Counts, *, years: int | None = None, alpha: float = 0.05
) -> Farrington | None:
    """Judge the last week of a series by the same season of the years before.

    Noufaily, Enki, Farrington, Garthwaite, Andrews and Charlett 2013, Statistics in
    Medicine 32, 1206-1222, as in Salmon, Schumacher and Höhle 2016, Journal of Statistical
    Software 70(10). A quasi-Poisson model with a linear trend and ten seasons is fitted to
    the years before less the last 26 weeks; weeks with Anscombe residuals above 2.58 get
    less weight, and it is fitted again. The trend is dropped where it leads beyond the
    highest count of the baseline. The threshold is the ``1 - alpha`` quantile of a negative
    binomial with the expected count and the dispersion (Poisson where that is 1).

    Parameters
    ----------
    counts : incidents a week without a gap, oldest first, the week tested last; None or NaN
        where not known, or where the coverage was another. Such weeks leave the baseline,
        they are never zero.
    years : 3 to 5; by default as many as the series holds.
    alpha : one-sided.

    Returns
    -------
    None where the series is shorter than three years and four weeks, where the last count
    is not known, where the baseline has no incident or no week of this season, and where
    the model does not converge.

    Raises
    ------
    ValueError
        For a negative or fractional count, or for other numbers of years.
    """
    if years is not None and not YEARS[0] <= years <= YEARS[1]:
        raise ValueError(f"{years} years were asked for: expected {YEARS[0]} to {YEARS[1]}")
    series = known_or_nan(counts)
    held = (len(series) - 1 - _WINDOW) // _YEAR
    years = min(held, YEARS[1]) if years is None else years
    if years < YEARS[0] or held < years or np.isnan(series[-1]):
        return None
    fit = _fitted_twice(series, _seasons(len(series), years))
    return None if fit is None else _judged(series, fit, years, alpha)


def _judged(series: Floats, fit: _Fit, years: int, alpha: float) -> Farrington:
    overdispersed = fit.dispersion > 1
    size = fit.expected / (fit.dispersion - 1) if overdispersed else np.inf
    below = np.cumsum(probabilities(fit.expected, size))
    count = int(series[-1])
    exceeded = 1 - float(below[min(count, len(below)) - 1]) if count else 1.0
    cases, weeks = _FEW
    enough = np.nansum(series[-weeks:]) >= cases
    threshold = int(np.searchsorted(below, 1 - alpha)) if enough else None
    return Farrington(
        years,
        fit.expected,
        fit.dispersion,
        threshold,
        max(exceeded, 0.0),
        fit.trend,
        threshold is not None and count > threshold,
    )


def _seasons(length: int, years: int) -> Floats:
    """The season of each week, 1 to 10, NaN outside the baseline; the tested week's is 10.

    The weeks between two windows are parted into nine seasons of equal length, the
    earliest a week longer where they do not divide.
    """
    parts = np.array_split(np.arange(_YEAR - 2 * _WINDOW - 1), _SEASONS - 1)
    between = np.repeat(np.arange(1.0, _SEASONS), [len(part) for part in parts])
    window = np.full(_WINDOW, float(_SEASONS))
    year = np.concatenate([window, [_SEASONS], between, window])  # from the week itself on
    ago = np.arange(length - 1, -1, -1)
    seasons: Floats = year[-ago % _YEAR]
    seasons[(ago > years * _YEAR + _WINDOW) | (ago <= _RECENT)] = np.nan
    return seasons


def _fitted_twice(series: Floats, seasons: Floats) -> _Fit | None:
    """The model with a trend, or without one where the trend cannot be kept."""
    weeks = np.flatnonzero(~np.isnan(seasons) & ~np.isnan(series))
    if _SEASONS not in seasons[weeks] or not series[weeks].any():
        return None
    years_ago = (weeks - (len(series) - 1)) / _YEAR  # 0 in the week tested
    groups = np.unique(seasons[weeks])
    indicators = (seasons[weeks][:, None] == groups).astype(np.float64)
    fit = _fitted(series[weeks], np.column_stack([indicators, years_ago]), trend=True)
    if fit is None or fit.expected > series[weeks].max():
        fit = _fitted(series[weeks], indicators, trend=False)
    return fit


def _fitted(response: Floats, design: Floats, *, trend: bool) -> _Fit | None:
    first = _glm(response, design, np.ones(len(response)))
    if not first.converged:
        return None
    mean = first.fittedvalues
    anscombe = 1.5 * (response ** (2 / 3) * mean ** (-1 / 6) - mean**0.5)
    hat = first.get_hat_matrix_diag()
    residuals = anscombe / np.sqrt(_dispersion(first) * (1 - hat))
    weights = np.where(residuals > _ORDINARY, residuals, 1) ** -2.0
    model = _glm(response, design, weights * len(weights) / weights.sum())
    own_season = model.params[-2] if trend else model.params[-1]  # columns in order of season
    return _Fit(float(np.exp(own_season)), _dispersion(model), trend)


def _dispersion(model: Any) -> float:
    """Pearson's, at least 1: fewer deviations than a Poisson has are chance."""
    return max(float(model.pearson_chi2) / float(model.df_resid), 1.0)


def _glm(response: Floats, design: Floats, weights: Floats) -> Any:
    """A Poisson model with a log link, whose iteration ends as that of R's `glm` does."""
    # Imported here: statsmodels takes longer to import than a report takes to make.
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    model = GLM(response, design, family=Poisson(), var_weights=weights)
    return model.fit(scale=1.0, maxiter=25, atol=1e-9, rtol=1e-8)
