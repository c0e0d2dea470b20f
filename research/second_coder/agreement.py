"""How far two coders agree, beyond what chance would give (Cohen 1960)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders on the same statements: how many, the share they agree on, and kappa.

    `kappa` is None where it means nothing: no statements, or one label only.
    """

    statements: int
    share: float
    kappa: float | None


def agreement(one: Sequence[str], other: Sequence[str]) -> Agreement:
    """The agreement of two coders, label by label."""
    count = len(one)
    same = sum(a == b for a, b in zip(one, other, strict=True))
    share = same / count if count else 0.0
    return Agreement(count, round(share, 3), kappa(one, other))


def kappa(one: Sequence[str], other: Sequence[str]) -> float | None:
    """Cohen's kappa: (observed - expected) / (1 - expected)."""
    count = len(one)
    if not count:
        return None
    observed = sum(a == b for a, b in zip(one, other, strict=True)) / count
    left, right = Counter(one), Counter(other)
    expected = sum(left[label] * right[label] for label in left) / count**2
    return None if expected >= 1.0 else round((observed - expected) / (1 - expected), 3)
