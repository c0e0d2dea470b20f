"""People in as many groups as hold better than chance makes them.

Ward's method (1963) on the leading dimensions of how alike people are (spectral
clustering: Ng, Jordan and Weiss 2001). The number of groups is the one whose groups are
furthest above those of the same statements dealt out to people at random (the gap
statistic: Tibshirani, Walther and Hastie 2001); when none is, all are one group.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from research.contracts import Vectors
from research.steps.communities import Labels
from research.steps.similarity import unit_rows

MOST_GROUPS, FEWEST_EACH = 7, 3
DEALS = 20
LEAST_SURE = 0.5  # standard deviations above chance
Deal = Callable[[np.random.Generator], Vectors]


@dataclass(frozen=True, slots=True)
class Partition:
    """A group for each person, and how far above chance the groups are, in deviations."""

    labels: Labels
    sure: float


def partition(likeness: Vectors, deal: Deal) -> Partition:
    """The groups of people that are alike; `deal` gives likeness by chance.

    `likeness` (people, people) is centred, with a diagonal of zero.
    """
    most = min(MOST_GROUPS, len(likeness) // FEWEST_EACH)
    if most < 2:
        return Partition(np.zeros(len(likeness), dtype=np.intp), 0.0)
    found = {k: cut(dimensions(likeness, k - 1), k) for k in range(2, most + 1)}
    draw = np.random.default_rng(len(likeness))
    chance: dict[int, list[float]] = {k: [] for k in found}
    for _ in range(DEALS):
        dealt = deal(draw)
        for k in found:
            chance[k].append(distinct(dealt, cut(dimensions(dealt, k - 1), k)))
    gaps = {k: distinct(likeness, found[k]) - float(np.mean(chance[k])) for k in found}
    best = max(gaps, key=lambda k: (round(gaps[k], 6), -k))
    sure = gaps[best] / max(float(np.std(chance[best])), 1e-9)
    if sure < LEAST_SURE:
        return Partition(np.zeros(len(likeness), dtype=np.intp), round(sure, 2))
    return Partition(found[best], round(sure, 2))


def dimensions(likeness: Vectors, count: int) -> Vectors:
    """The leading dimensions of a likeness, scaled by what they explain: unit rows."""
    off = ~np.eye(len(likeness), dtype=bool)
    filled = likeness.astype(np.float64).copy()
    np.fill_diagonal(filled, likeness[off].max() if off.any() else 0.0)
    values, vectors = np.linalg.eigh(filled)
    order = np.argsort(-values, kind="stable")[: max(count, 1)]
    kept = [i for i in order if values[i] > 0]
    scaled = vectors[:, kept] * np.sqrt(values[kept])
    return unit_rows(np.round(scaled, 5).astype(np.float32))


def cut(rows: Vectors, count: int) -> Labels:
    """Ward's partition into `count` groups, numbered by first appearance."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if count <= 1 or len(rows) < 2 or not rows.shape[1]:
        return np.zeros(len(rows), dtype=np.intp)
    labels = fcluster(linkage(rows, "ward"), count, "maxclust")
    return numbered(labels)


def numbered(labels: Labels) -> Labels:
    """The labels by first appearance."""
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(int(x), len(numbers)) for x in labels], dtype=np.intp)


def distinct(likeness: Vectors, labels: Labels) -> float:
    """How much liker people are to their own group than to the next, on average."""
    own, other = beside(likeness, labels)
    return float(np.where(np.isfinite(own) & np.isfinite(other), own - other, 0.0).mean())


def beside(likeness: Vectors, labels: Labels) -> tuple[Vectors, Vectors]:
    """Each person's mean likeness to the others of their own group, and to the nearest
    other group; not a number for somebody alone, or where there is one group."""
    count = int(labels.max()) + 1
    sizes = np.bincount(labels, minlength=count)
    sums = np.stack([likeness[:, labels == k].sum(axis=1) for k in range(count)], axis=1)
    rows = np.arange(len(labels))
    with np.errstate(invalid="ignore", divide="ignore"):
        own = sums[rows, labels] / (sizes[labels] - 1)
    means = sums / sizes
    means[rows, labels] = -np.inf
    other = means.max(axis=1)
    mine = np.where(sizes[labels] > 1, own, np.nan).astype(np.float32)
    return mine, np.where(np.isfinite(other), other, np.nan).astype(np.float32)
