"""Density of statements by hdbscan: how far each one lies outside any core.

GLOSH outlier scores (Campello et al. 2015). It serves from a few hundred statements
on; below that there is no density to estimate, and a z-score of likeness does.
"""

import numpy as np

from research.contracts import Vectors
from research.steps.communities import Labels
from research.steps.neighbours import principal

LEAST, MOST = 200, 6000
DIMENSIONS = 30
OUTLIER_QUANTILE = 0.92
LOOSE_Z, OUTSIDE_Z = -1.0, -2.0


def outside(likeness: Vectors) -> set[int]:
    """Rows so far from their own group's middle that they are not in a theme yet."""
    return {int(i) for i in np.flatnonzero(_z(likeness) < OUTSIDE_Z)}


def loosely_fitting(rows: Vectors, labels: Labels, likeness: Vectors) -> set[int]:
    """Rows that fit their group loosely: far from its middle, or outside any core.

    `likeness` is each row's similarity to its own group's middle.
    """
    loose = {int(i) for i in np.flatnonzero(_z(likeness) < LOOSE_Z)}
    if LEAST <= len(rows) <= MOST:
        scores = outlier_scores(rows)
        limit = float(np.quantile(scores, OUTLIER_QUANTILE))
        below = likeness < np.median(likeness)
        loose |= {int(i) for i in np.flatnonzero((scores > max(limit, 0.2)) & below)}
    return loose


def outlier_scores(rows: Vectors) -> Vectors:
    """GLOSH scores, 0 (in a core) to 1 (alone), on the first principal components."""
    from hdbscan import HDBSCAN

    reduced = principal(rows, DIMENSIONS)
    size = int(np.clip(len(rows) // 100, 4, 15))
    model = HDBSCAN(min_cluster_size=size, min_samples=3, core_dist_n_jobs=1)
    model.fit(reduced.astype(np.float64))
    return np.nan_to_num(np.asarray(model.outlier_scores_, dtype=np.float32))


def _z(values: Vectors) -> Vectors:
    spread = float(values.std()) if len(values) else 0.0
    return (values - values.mean()) / spread if spread > 1e-4 else np.zeros_like(values)
