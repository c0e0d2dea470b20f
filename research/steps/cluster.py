"""Groups the statements of one kind into themes, by a method that fits their number.

Up to 20,000 statements: exact neighbours and Leiden. Above: the same on an even
sample, the rest to the nearest theme's middle. Groups of one are left out: nothing
is a theme because one sentence says it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from research.contracts import Vectors
from research.model import Statement
from research.steps.codebook import TO_MERGE, best_entry, profile
from research.steps.communities import Labels, communities, first_seen
from research.steps.density import loosely_fitting, outside
from research.steps.similarity import alike, without_speakers

EXACT = 20_000
SMALL = 1000
FINE, COARSE, FAMILY = 1.8, 1.0, 0.4
RESAMPLES, RESAMPLE_SHARE, RESAMPLE_MOST = 20, 0.8, 4000
RETURNED = 0.5
LEAST_SIZE = 2


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, most central first, with their likeness to the middle."""

    rows: tuple[int, ...]
    weights: tuple[float, ...]
    loose: frozenset[int]
    stability: float
    family: int
    middle: Vectors


def group(
    statements: Sequence[Statement], vectors: Vectors, stages: Vectors, book: Vectors
) -> tuple[Group, ...]:
    """Themes among statements of one kind, largest first.

    `vectors` (statements, dimensions) hold the meaning, `stages` (statements, 5) the
    probabilities of the built-in stages, `book` (statements, entries) how well each fits
    the codebook's entries. Groups that clearly share an entry are one theme. Statements
    in no group fit nothing yet.
    """
    if len(statements) < LEAST_SIZE:
        return ()
    people = [s.participant for s in statements]
    meaning = without_speakers(vectors, people)
    rows = alike(statements, meaning, stages, profile(book))
    labels, families = _partition(rows, vectors)
    labels = _merged(labels, book)
    stability = _stability(rows, vectors, labels)
    middles = _middles(rows, labels)
    likeness = np.einsum("ij,ij->i", rows, middles[labels])
    far = outside(likeness)
    kept = [i for i in range(len(rows)) if i not in far]
    loose = loosely_fitting(rows, labels, likeness)
    return tuple(_groups(kept, labels, likeness, loose, stability, families, middles, people))


def _partition(rows: Vectors, meaning: Vectors) -> tuple[Labels, Labels]:
    """A theme number and a family number for each row."""
    if len(rows) > EXACT:
        return _partition_sample(rows, meaning)
    labels, families = communities(rows, meaning, _resolution(len(rows)), FAMILY)
    return labels, families


def _merged(labels: Labels, book: Vectors) -> Labels:
    """Groups that clearly share a codebook entry get the same number."""
    first: dict[int, int] = {}
    names: dict[int, int] = {}
    for label in range(int(labels.max()) + 1):
        entry = best_entry(book[labels == label], TO_MERGE) if book.size else None
        names[label] = label if entry is None else first.setdefault(entry, label)
    return first_seen([names[int(label)] for label in labels])


def _partition_sample(rows: Vectors, meaning: Vectors) -> tuple[Labels, Labels]:
    chosen = np.linspace(0, len(rows) - 1, EXACT).astype(np.intp)
    labels, families = _partition(rows[chosen], meaning[chosen])
    sizes = np.bincount(labels)
    kept = np.flatnonzero(sizes >= LEAST_SIZE)
    middles = _middles(rows[chosen], labels)[kept]
    family_of = np.array([np.bincount(families[labels == k]).argmax() for k in kept])
    nearest = np.concatenate(
        [(part @ middles.T).argmax(axis=1) for part in np.array_split(rows, len(rows) // 4096 + 1)]
    )
    return nearest, family_of[nearest]


def _middles(rows: Vectors, labels: Labels) -> Vectors:
    middles = np.zeros((int(labels.max()) + 1, rows.shape[1]), dtype=np.float32)
    np.add.at(middles, labels, rows)
    norms = np.linalg.norm(middles, axis=1, keepdims=True)
    return np.asarray(middles / np.maximum(norms, 1e-9), dtype=np.float32)


def _stability(rows: Vectors, meaning: Vectors, labels: Labels) -> Vectors:
    """Share of resamples (80 % of the rows) in which each group returns (Hennig 2007)."""
    returned = np.zeros(int(labels.max()) + 1, dtype=np.float32)
    times = RESAMPLES if len(rows) <= SMALL else 3
    draw = np.random.default_rng(len(rows))
    size = min(max(2, int(len(rows) * RESAMPLE_SHARE)), RESAMPLE_MOST)
    for _ in range(times):
        kept = np.sort(draw.choice(len(rows), size, replace=False))
        (again,) = communities(rows[kept], meaning[kept], _resolution(len(rows)))
        returned += _came_back(labels[kept], again, len(returned))
    return np.asarray(returned / times, dtype=np.float32)


def _resolution(count: int) -> float:
    return FINE if count < SMALL else COARSE


def _came_back(before: Labels, after: Labels, count: int) -> Vectors:
    table = np.zeros((count, int(after.max()) + 1), dtype=np.float32)
    np.add.at(table, (before, after), 1)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    overlap = (table / np.maximum(union, 1)).max(axis=1)
    return np.asarray(overlap >= RETURNED, dtype=np.float32)


def _groups(
    kept: Sequence[int],
    labels: Labels,
    likeness: Vectors,
    loose: set[int],
    stability: Vectors,
    families: Labels,
    middles: Vectors,
    people: Sequence[str],
) -> list[Group]:
    found = []
    members: dict[int, list[int]] = {}
    for row in kept:
        members.setdefault(int(labels[row]), []).append(row)
    for label, rows in members.items():
        if len(rows) < LEAST_SIZE:
            continue
        rows.sort(key=lambda r: (r in loose, -float(likeness[r]), r))
        weights = tuple(round(float(np.clip(likeness[r], 0, 1)), 4) for r in rows)
        found.append(
            Group(
                tuple(rows),
                weights,
                frozenset(r for r in rows if r in loose),
                round(float(stability[label]), 2),
                int(np.bincount(families[rows]).argmax()),
                middles[label],
            )
        )
    return sorted(found, key=lambda g: (-len({people[r] for r in g.rows}), -len(g.rows), g.rows))
