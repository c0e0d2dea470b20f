"""The nearest rows of each row: exact up to twenty thousand, by an index above.

The index is faiss's inverted file (Johnson, Douze and Jégou 2021) on the first principal
components: each row is compared with those of the cells nearest to it. Deterministic: its
cells are found by k-means with a fixed seed, on one thread.
"""

import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors

Rows = NDArray[np.intp]
EXACT = 20_000
MOST_NEIGHBOURS = 15
BLOCK = 1024
DIMENSIONS = 96
CELLS_PER_ROOT, PROBED, TRAINED_ON = 2.0, 8, 64
SEED = 20


def neighbours(rows: Vectors) -> Rows:
    """The nearest rows of each row by dot product, best first: shape (rows, k)."""
    count = len(rows)
    k = min(int(np.clip(round(count**0.5), 3, MOST_NEIGHBOURS)), count - 1)
    return exact(rows, k) if count <= EXACT else approximate(rows, k)


def exact(rows: Vectors, k: int) -> Rows:
    """All rows compared with all."""
    count = len(rows)
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


def approximate(rows: Vectors, k: int) -> Rows:
    """Rows compared with those of the nearest cells of an index alone."""
    import faiss

    short = principal(rows, DIMENSIONS)
    short /= np.maximum(np.linalg.norm(short, axis=1, keepdims=True), 1e-9)
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        cells = int(CELLS_PER_ROOT * len(rows) ** 0.5)
        index = faiss.IndexIVFFlat(
            faiss.IndexFlatIP(short.shape[1]), short.shape[1], cells, faiss.METRIC_INNER_PRODUCT
        )
        index.cp.seed, index.cp.niter = SEED, 8
        index.train(short[:: max(1, len(short) // (cells * TRAINED_ON))])
        index.add(short)
        index.nprobe = PROBED
        _, found = index.search(short, k + 1)
    finally:
        faiss.omp_set_num_threads(before)
    return _without_itself(np.asarray(found, dtype=np.intp), k)


def _without_itself(found: Rows, k: int) -> Rows:
    """The first k of each line that are neither the row itself nor nothing (-1).

    A line that is short of neighbours repeats its row: an edge to itself is none.
    """
    own = np.arange(len(found), dtype=np.intp)[:, None]
    unwanted = (found == own) | (found < 0)
    order = np.argsort(unwanted, axis=1, kind="stable")[:, :k]
    kept = np.take_along_axis(found, order, axis=1)
    return np.where(np.take_along_axis(unwanted, order, axis=1), own, kept)


def principal(rows: Vectors, dimensions: int) -> Vectors:
    """The first principal components, by a randomised range finder (Halko et al. 2011).

    Shape (rows, dimensions), or fewer when the rows have fewer.
    """
    centre = rows.mean(axis=0)
    width = min(dimensions + 10, *rows.shape)
    draw = np.random.default_rng(dimensions)
    basis = draw.standard_normal((rows.shape[1], width)).astype(np.float32)
    for _ in range(4):
        basis, _ = np.linalg.qr(_gram(rows, centre, basis))
    small = rows @ basis - centre @ basis
    left, values, _ = np.linalg.svd(small, full_matrices=False)
    return np.asarray(left[:, :dimensions] * values[:dimensions], dtype=np.float32)


def _gram(rows: Vectors, centre: Vectors, basis: Vectors) -> Vectors:
    """Centred rows, transposed, times centred rows times a basis, without a copy of the rows."""
    seen = rows @ basis - centre @ basis
    return np.asarray(rows.T @ seen - np.outer(centre, seen.sum(axis=0)), dtype=np.float32)
