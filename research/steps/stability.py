"""In what share of resamples of people a theme returns: the bootstrap.

People are drawn with replacement, as many as there are; the statements of those who were
drawn are grouped anew. A theme returns when a new group shares at least half of what
either holds, of the statements that were drawn (Hennig 2007).
"""

from collections.abc import Callable, Sequence

import numpy as np

from research.contracts import Vectors
from research.steps.communities import Labels

TIMES, TIMES_LARGE = 30, 4
SMALL, MOST = 1500, 4000
RETURNED = 0.5
LEAST = 2
Regroup = Callable[[Labels], Labels]


def stability(labels: Labels, people: Sequence[str], regroup: Regroup) -> Vectors:
    """The share for each group, 0 to 1; shape (groups,).

    `regroup` groups some of the rows anew. Resamples in which fewer than two of a group's
    statements were drawn say nothing about it.
    """
    count = int(labels.max()) + 1
    names, who = np.unique(np.asarray(people), return_inverse=True)
    draw = np.random.default_rng(len(labels))
    asked, back = np.zeros(count), np.zeros(count)
    for _ in range(TIMES if len(labels) <= SMALL else TIMES_LARGE):
        drawn = np.unique(draw.integers(0, len(names), len(names)))
        kept = np.flatnonzero(np.isin(who, drawn)).astype(np.intp)
        if len(kept) > MOST:
            kept = np.sort(draw.choice(kept, MOST, replace=False))
        if len(kept) < LEAST:
            continue
        there, returned = _came_back(labels[kept], regroup(kept), count)
        asked += there
        back += there & returned
    return np.asarray(back / np.maximum(asked, 1), dtype=np.float32)


def _came_back(before: Labels, after: Labels, count: int) -> tuple[Labels, Labels]:
    """Which groups were drawn at all, and which of them returned."""
    table = np.zeros((count, int(after.max()) + 1), dtype=np.float32)
    np.add.at(table, (before, after), 1)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    overlap = (table / np.maximum(union, 1)).max(axis=1)
    drawn = table.sum(axis=1) >= LEAST
    return drawn.astype(np.intp), (overlap >= RETURNED).astype(np.intp)
