"""Statements that go along with those that people put in a theme: they say nearly the same."""

from collections.abc import Collection, Sequence

import numpy as np

from research.contracts import Vectors
from research.model import Statement, Theme, by_id
from research.regroup import including, without

LIKE = 0.8


def follow(
    themes: Sequence[Theme],
    statements: Sequence[Statement],
    vectors: Vectors,
    placed: Collection[str],
    fixed: Collection[str] = (),
) -> tuple[Theme, ...]:
    """The themes with what says nearly the same as a statement that a person `placed`.

    A statement that nobody placed or `fixed` (named, kept, merged), of the same kind and
    nearly the same in meaning (cosine of `vectors`, rows of the statements, at least LIKE),
    goes where the placed one is, or out of its theme when that one is in none. Themes without
    statements are gone.
    """
    known = by_id(statements)
    found: list[Theme | None] = list(themes)
    targets = _targets(themes, statements, vectors, placed, {*placed, *fixed})
    for statement, target in sorted(targets.items()):
        for at, theme in enumerate(found):
            if theme is not None and theme.id == target:
                found[at] = including(theme, [statement], known)
            elif theme is not None:
                found[at] = without(theme, [statement], known)
    return tuple(t for t in found if t is not None)


def _targets(
    themes: Sequence[Theme],
    statements: Sequence[Statement],
    vectors: Vectors,
    placed: Collection[str],
    fixed: Collection[str],
) -> dict[str, str]:
    """The theme that each statement goes to, by id; empty for none."""
    home = {s: t.id for t in themes for s in t.statements}
    targets: dict[str, str] = {}
    pulled: dict[str, float] = {}
    for row, statement in enumerate(statements):
        if statement.id not in placed:
            continue
        likeness = vectors @ vectors[row]
        for at in np.flatnonzero(likeness >= LIKE):
            other, pull = statements[int(at)], float(likeness[at])
            free = other.id not in fixed and other.kind == statement.kind
            if free and pull > pulled.get(other.id, 0.0):
                targets[other.id], pulled[other.id] = home.get(statement.id, ""), pull
    return {s: target for s, target in targets.items() if target != home.get(s, "")}
