"""Groups the statements of one kind into themes.

Nearest neighbours (exact, or by an index above twenty thousand statements) and Leiden
communities, whatever the number. Groups of one are left out: nothing is a theme because
one sentence says it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from research.contracts import Vectors
from research.model import Statement
from research.steps.codebook import profile
from research.steps.communities import Labels, communities, first_seen
from research.steps.density import loosely_fitting, outside
from research.steps.hierarchy import LEAST_SIZE, Hierarchy, cut, families, hierarchy
from research.steps.neighbours import EXACT
from research.steps.similarity import alike, without_speakers
from research.steps.stability import stability

RESOLUTION, RESOLUTION_FEW, FEW = 1.8, 0.8, 20


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, most central first, with their likeness to the middle."""

    number: int
    rows: tuple[int, ...]
    weights: tuple[float, ...]
    loose: frozenset[int]
    stability: float
    family: int


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups, most people first; those of the dial at nought, and what lies above and
    below these; how they were made."""

    groups: tuple[Group, ...]
    base: tuple[Group, ...]
    tree: Hierarchy
    method: str


NONE = Grouping((), (), Hierarchy((), ()), "")


def group(
    statements: Sequence[Statement], vectors: Vectors, book: Vectors, dial: int = 0
) -> Grouping:
    """Themes among statements of one kind.

    `vectors` (statements, dimensions) hold the meaning, `book` (statements, entries) how
    well each fits the codebook's entries; `dial` asks for fewer themes (below nought) or
    more. Statements in no group fit nothing yet.
    """
    if len(statements) < LEAST_SIZE:
        return NONE
    people = [s.participant for s in statements]
    rows = alike(statements, without_speakers(vectors, people), profile(book))
    (base,) = communities(rows, vectors, _resolution(len(rows)))
    tree = hierarchy(rows, vectors, base)
    labels = first_seen(cut(base, tree, dial).tolist())

    def again(kept: Labels) -> Labels:
        (found,) = communities(rows[kept], vectors[kept], _resolution(len(kept)))
        if not dial:
            return found
        return first_seen(cut(found, hierarchy(rows[kept], vectors[kept], found), dial).tolist())

    shares = stability(labels, people, again)
    family_of = families(base, tree)
    groups = _groups(rows, labels, shares, family_of, people)
    first = (
        _groups(rows, base, np.zeros(len(rows), dtype=np.float32), family_of, people)
        if dial
        else groups
    )
    return Grouping(tuple(groups), tuple(first), tree, _method(len(rows)))


def _resolution(count: int) -> float:
    """How finely the graph is cut: among a handful, less finely, or everybody stands alone."""
    return RESOLUTION_FEW + (RESOLUTION - RESOLUTION_FEW) * min(1.0, count / FEW)


def _method(count: int) -> str:
    return "leiden@2, exact neighbours" if count <= EXACT else "leiden@2, faiss neighbours"


def _middles(rows: Vectors, labels: Labels) -> Vectors:
    middles = np.zeros((int(labels.max()) + 1, rows.shape[1]), dtype=np.float32)
    np.add.at(middles, labels, rows)
    norms = np.linalg.norm(middles, axis=1, keepdims=True)
    return np.asarray(middles / np.maximum(norms, 1e-9), dtype=np.float32)


def _groups(
    rows: Vectors, labels: Labels, shares: Vectors, family_of: Labels, people: Sequence[str]
) -> list[Group]:
    """Groups of at least two, most people first; rows too far from their group are in none."""
    middles = _middles(rows, labels)
    likeness = np.einsum("ij,ij->i", rows, middles[labels])
    far = outside(likeness)
    loose = loosely_fitting(rows, labels, likeness)
    members: dict[int, list[int]] = {}
    for row in range(len(rows)):
        if row not in far:
            members.setdefault(int(labels[row]), []).append(row)
    found = []
    for label, here in members.items():
        if len(here) < LEAST_SIZE:
            continue
        here.sort(key=lambda r: (r in loose, -float(likeness[r]), r))
        found.append(
            Group(
                number=label,
                rows=tuple(here),
                weights=tuple(round(float(np.clip(likeness[r], 0, 1)), 4) for r in here),
                loose=frozenset(r for r in here if r in loose),
                stability=round(float(shares[label]), 2),
                family=int(np.bincount(family_of[here]).argmax()),
            )
        )
    return sorted(found, key=lambda g: (-len({people[r] for r in g.rows}), -len(g.rows), g.rows))
