"""Writes bootstrap.json: paired bootstrap and effective budgets by scipy and numpy.

Run in this folder: python make_bootstrap.py (numpy and scipy; any version will do, the
tolerances of the test cover the draw).
"""

import json

import numpy as np
from scipy.stats import bootstrap

RESAMPLES = 200_000
BUDGETS = [50, 100, 200, 400]

rng = np.random.default_rng(3)
n = 24
difficulty = rng.gamma(2.0, 0.5, size=n)
ours = np.array([difficulty * s for s in (0.9, 0.55, 0.3, 0.1)]) + rng.gamma(2.0, 0.05, size=(4, n))
other = np.array([difficulty * s for s in (1.0, 0.62, 0.31, 0.12)]) + rng.gamma(2.0, 0.06, size=(4, n))
ours, other = ours.round(4), other.round(4)

comparisons = []
for k, a, b in zip(BUDGETS, ours, other):
    result = bootstrap(
        (a, b),
        lambda x, y, axis=-1: np.mean(x - y, axis=axis),
        paired=True,
        method="percentile",
        n_resamples=RESAMPLES,
        batch=10_000,
        rng=np.random.default_rng(0),
    )
    drawn = result.bootstrap_distribution
    share = 2 * min(np.mean(drawn <= 0), np.mean(drawn >= 0))
    comparisons.append(
        {
            "k": k,
            "difference": float(np.mean(a - b)),
            "standard_error": float(result.standard_error),
            "low": float(result.confidence_interval.low),
            "high": float(result.confidence_interval.high),
            "share": float(min(1.0, share)),
        }
    )


def read_off(curve, wanted):
    """K' at which a falling curve reaches the wanted KL, log-linear in K; nan outside."""
    return np.exp(np.interp(-wanted, -curve, np.log(BUDGETS), left=np.nan, right=np.nan))


indices = np.random.default_rng(1).integers(0, n, size=(RESAMPLES, n))
ours_means = ours[:, indices].mean(axis=2)  # [budgets, resamples]
other_means = other[:, indices].mean(axis=2)
found = np.array([read_off(other_means[:, r], ours_means[1, r]) for r in range(RESAMPLES)])
assert not np.isnan(found).any()
effective = {
    "k": 100,
    "at": float(read_off(other.mean(axis=1), ours[1].mean())),
    "low": float(np.quantile(found, 0.025)),
    "high": float(np.quantile(found, 0.975)),
    "sd": float(found.std()),
}

with open("bootstrap.json", "w") as out:
    json.dump(
        {
            "budgets": BUDGETS,
            "ours": ours.tolist(),
            "other": other.tolist(),
            "comparisons": comparisons,
            "effective": effective,
        },
        out,
        indent=1,
    )
    out.write("\n")
