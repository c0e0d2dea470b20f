"""Statements that people moved to a theme, and what is nearly the same and goes with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from research.contracts import Vectors
from research.model import Statement, Theme, by_id
from research.regroup import including, without

LIKE = 0.8
LEAST_OVERLAP = 0.3


@dataclass(frozen=True, slots=True)
class Move:
    """A theme that a statement was put in, by its statements then; none: in no theme."""

    anchors: tuple[str, ...]


def follow(
    themes: Sequence[Theme],
    statements: Sequence[Statement],
    vectors: Vectors,
    moves: Mapping[str, Move],
) -> tuple[Theme, ...]:
    """The themes with each moved statement where people put it.

    A statement that nobody moved, of the same kind and nearly the same in meaning (cosine
    of `vectors`, rows of the statements, at least LIKE), goes along. Themes without
    statements are gone.
    """
    known = by_id(statements)
    found: list[Theme | None] = list(themes)
    for statement, target in sorted(_targets(themes, statements, vectors, moves).items()):
        for at, theme in enumerate(found):
            if theme is None:
                continue
            if theme.id == target:
                found[at] = including(theme, statement, known)
            else:
                found[at] = without(theme, statement, known)
    return tuple(t for t in found if t is not None)


def _targets(
    themes: Sequence[Theme],
    statements: Sequence[Statement],
    vectors: Vectors,
    moves: Mapping[str, Move],
) -> dict[str, str]:
    """The theme that each statement goes to, by id; empty for none."""
    row = {s.id: i for i, s in enumerate(statements)}
    targets: dict[str, str] = {}
    pulled: dict[str, float] = {}
    for moved in sorted(moves):
        target = _theme_of(themes, moves[moved])
        if moved not in row or target is None:
            continue
        targets[moved] = target
        likeness = vectors @ vectors[row[moved]]
        for at in np.flatnonzero(likeness >= LIKE):
            other = statements[int(at)]
            pull = float(likeness[at])
            free = other.id not in moves and other.kind == statements[row[moved]].kind
            if free and pull > pulled.get(other.id, 0.0):
                targets[other.id], pulled[other.id] = target, pull
    return targets


def _theme_of(themes: Sequence[Theme], move: Move) -> str | None:
    """The theme most like the one that was meant; empty for none, None when it is gone."""
    if not move.anchors:
        return ""
    meant = set(move.anchors)
    scored = [(len(meant & {*t.statements}) / len(meant | {*t.statements}), t.id) for t in themes]
    best = max(scored, default=(0.0, ""))
    return best[1] if best[0] >= LEAST_OVERLAP else None
