"""Fewer or more themes from the same grouping: what would be merged next, what split.

Upwards, groups are joined by average likeness (average linkage, Sokal and Michener 1958);
downwards, each group falls apart into the communities within it. Both are nested, so that
one dial moves through them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from research.contracts import Vectors
from research.dial import wanted
from research.steps.communities import Labels, communities, first_seen
from research.steps.neighbours import EXACT

LEAST_SIZE = 2
SPLIT_FROM = 5
WITHIN = 1.0


@dataclass(frozen=True, slots=True)
class Join:
    """A group goes into another, at that likeness of their middles."""

    into: int
    group: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that would leave a group for one of their own."""

    group: int
    rows: tuple[int, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Joins, likest first, and parts, least alike first, of groups by number."""

    joins: tuple[Join, ...]
    parts: tuple[Part, ...]


def hierarchy(rows: Vectors, meaning: Vectors, labels: Labels) -> Hierarchy:
    """What lies above and below the groups that `labels` make of the rows.

    Above twenty thousand rows nothing is looked for below.
    """
    sizes = np.bincount(labels)
    groups = [int(g) for g in np.flatnonzero(sizes >= LEAST_SIZE)]
    middles = np.array([_middle(rows[labels == g]) for g in groups], dtype=np.float32)
    below = _parts(rows, meaning, labels, groups) if len(rows) <= EXACT else []
    return Hierarchy(tuple(_joins(groups, middles, sizes)), tuple(below))


def _middle(rows: Vectors) -> Vectors:
    middle = rows.mean(axis=0)
    return np.asarray(middle / max(float(np.linalg.norm(middle)), 1e-9), dtype=np.float32)


def _joins(groups: Sequence[int], middles: Vectors, sizes: Labels) -> list[Join]:
    """Average linkage; of two groups the smaller goes into the larger."""
    if len(groups) < 2:
        return []
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    far = np.clip(1.0 - middles @ middles.T, 0.0, 2.0).astype(np.float64)
    far = (far + far.T) / 2
    np.fill_diagonal(far, 0.0)
    leaders = list(groups)
    found = []
    for one, other, distance, _ in linkage(squareform(far, checks=False), "average"):
        a, b = leaders[int(one)], leaders[int(other)]
        into, group = (a, b) if (-sizes[a], a) <= (-sizes[b], b) else (b, a)
        leaders.append(into)
        found.append(Join(into, group, round(1.0 - float(distance), 4)))
    return found


def _parts(rows: Vectors, meaning: Vectors, labels: Labels, groups: Sequence[int]) -> list[Part]:
    """What the communities within each group would take from it, its largest one apart."""
    found = []
    for group in groups:
        here = np.flatnonzero(labels == group)
        if len(here) < SPLIT_FROM:
            continue
        (inner,) = communities(rows[here], meaning[here], WITHIN)
        sizes = np.bincount(inner)
        largest = int(sizes.argmax())
        for part in (int(p) for p in np.flatnonzero(sizes >= LEAST_SIZE) if p != largest):
            mine, rest = here[inner == part], here[inner == largest]
            near = float(_middle(rows[mine]) @ _middle(rows[rest]))
            found.append(Part(group, tuple(int(r) for r in mine), round(near, 4)))
    return sorted(found, key=lambda p: (p.likeness, p.group, p.rows))


def families(labels: Labels, tree: Hierarchy) -> Labels:
    """The family of each row: about as many as the root of twice the groups."""
    found = labels.copy()
    count = int((np.bincount(labels) >= LEAST_SIZE).sum())
    for join in tree.joins[: max(0, count - max(1, round((2 * count) ** 0.5)))]:
        found[found == join.group] = join.into
    return first_seen(found.tolist())


def cut(labels: Labels, tree: Hierarchy, dial: int) -> Labels:
    """The groups at a turn of the dial: below nought fewer, above it more."""
    count = int((np.bincount(labels) >= LEAST_SIZE).sum())
    target = wanted(count, dial)
    found = labels.copy()
    for join in tree.joins[: max(0, count - target)]:
        found[found == join.group] = join.into
    for number, part in enumerate(tree.parts[: max(0, target - count)]):
        found[list(part.rows)] = int(labels.max()) + 1 + number
    return found
