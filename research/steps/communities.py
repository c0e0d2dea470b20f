"""Communities of like rows: a nearest-neighbour graph cut by Leiden.

Edges weigh the cosine's third power, so that what is clearly alike holds together; the
cut is Leiden's (Traag, Waltman and van Eck 2019). Deterministic for a given row order.
"""

from collections.abc import Sequence

import graspologic_native
import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors
from research.steps.neighbours import neighbours

Labels = NDArray[np.intp]
Links = list[tuple[str, str, float]]
SEED = 20
LEAST_ALIKE = 0.3
POWER = 3
LEAST_WEIGHT = 1e-6
SMALL = 2000


def edges(near: Labels, rows: Vectors, meaning: Vectors) -> Links:
    """Pairs of neighbours and how alike they are, each pair once.

    Rows whose `meaning` has next to nothing in common are not linked, however few there are.
    """
    count, k = near.shape
    one, other = np.repeat(np.arange(count, dtype=np.intp), k), near.ravel()
    pairs = np.unique(np.stack([np.minimum(one, other), np.maximum(one, other)], axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    pairs = pairs[_products(meaning, pairs) >= LEAST_ALIKE]
    weights = np.maximum(_products(rows, pairs), 0.0) ** POWER
    kept = weights > LEAST_WEIGHT
    names = [str(i) for i in range(count)]
    return [
        (names[a], names[b], w)
        for (a, b), w in zip(pairs[kept].tolist(), weights[kept].tolist(), strict=True)
    ]


def _products(rows: Vectors, pairs: Labels, block: int = 65536) -> Vectors:
    """The dot product of each pair of rows."""
    parts = [
        np.einsum("ij,ij->i", rows[part[:, 0]], rows[part[:, 1]])
        for part in (pairs[at : at + block] for at in range(0, len(pairs), block))
    ]
    return np.concatenate([*parts, np.zeros(0, dtype=np.float32)])


def leiden(links: Sequence[tuple[str, str, float]], count: int, resolution: float) -> Labels:
    """A community number for each row; rows without links get one of their own."""
    parts: dict[str, int] = {}
    if links:
        trials = 5 if count < SMALL else 1
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
    if len(first) < len(rows):
        rows, meaning = rows[first], meaning[first]
    links = edges(neighbours(rows), rows, meaning) if len(first) > 1 else []
    return tuple(first_seen(leiden(links, len(first), r)[of].tolist()) for r in resolutions)
