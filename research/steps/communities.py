"""Communities of like rows: an exact nearest-neighbour graph cut by Leiden.

Edges carry the Jaccard overlap of neighbourhoods (Jarvis and Patrick 1973), the cut
is Leiden's (Traag, Waltman and van Eck 2019). Deterministic for a given row order.
"""

from collections.abc import Sequence

import graspologic_native
import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors

Labels = NDArray[np.intp]
MOST_NEIGHBOURS = 15
BLOCK = 1024
SEED = 20
LEAST_ALIKE = 0.3


def neighbours(rows: Vectors) -> Labels:
    """The nearest rows of each row by dot product, best first: shape (rows, k)."""
    count = len(rows)
    k = min(int(np.clip(round(count**0.5), 3, MOST_NEIGHBOURS)), count - 1)
    found = np.empty((count, k), dtype=np.intp)
    for start in range(0, count, BLOCK):
        likeness = rows[start : start + BLOCK] @ rows.T
        own = np.arange(start, min(start + BLOCK, count))
        likeness[own - start, own] = -np.inf
        nearest = np.argpartition(-likeness, k - 1, axis=1)[:, :k]
        nearest.sort(axis=1)
        order = np.argsort(-np.take_along_axis(likeness, nearest, axis=1), axis=1, kind="stable")
        found[own] = np.take_along_axis(nearest, order, axis=1)
    return found


def edges(near: Labels, meaning: Vectors) -> list[tuple[str, str, float]]:
    """Pairs of neighbours with the Jaccard overlap of their neighbourhoods.

    Rows whose `meaning` has next to nothing in common are not linked, however few there are.
    """
    around = [{row, *map(int, found)} for row, found in enumerate(near)]
    weighted: dict[tuple[int, int], float] = {}
    for row, found in enumerate(near):
        for other in map(int, found):
            pair = (row, other) if row < other else (other, row)
            if pair not in weighted and float(meaning[row] @ meaning[other]) >= LEAST_ALIKE:
                shared = len(around[row] & around[other])
                weighted[pair] = shared / (len(around[row]) + len(around[other]) - shared)
    return [(str(a), str(b), w) for (a, b), w in sorted(weighted.items())]


def leiden(links: Sequence[tuple[str, str, float]], count: int, resolution: float) -> Labels:
    """A community number for each row; rows without links get one of their own."""
    parts: dict[str, int] = {}
    if links:
        trials = 5 if count < 2000 else 1
        _, parts = graspologic_native.leiden(
            list(links), resolution=resolution, seed=SEED, trials=trials, iterations=2
        )
    free = max(parts.values(), default=-1) + 1
    labels = [parts.get(str(row), free + row) for row in range(count)]
    return first_seen(labels)


def first_seen(labels: Sequence[int]) -> Labels:
    """Labels renumbered 0, 1, 2 … in order of first appearance."""
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.intp)


def distinct(rows: Vectors) -> tuple[Labels, Labels]:
    """The first of each set of identical rows, and for each row which of those it is."""
    seen: dict[bytes, int] = {}
    of = np.array([seen.setdefault(row.tobytes(), len(seen)) for row in rows], dtype=np.intp)
    _, first = np.unique(of, return_index=True)
    return first.astype(np.intp), of


def communities(rows: Vectors, meaning: Vectors, *resolutions: float) -> tuple[Labels, ...]:
    """A community number for each row, at each resolution; identical rows share theirs.

    `meaning` holds the part of the rows that must have something in common.
    """
    first, of = distinct(rows)
    links = edges(neighbours(rows[first]), meaning[first]) if len(first) > 1 else []
    return tuple(first_seen(leiden(links, len(first), r)[of].tolist()) for r in resolutions)
