"""Macro-F1, confusion, calibration and coverage."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
PRECISE = 0.9


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of statements in one task: the labels, and a score from 0 to 1 for each."""

    labels: list[str]
    scores: list[float]


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """The mean of the classes' F1; classes that only occur among `found` count as well."""
    from sklearn.metrics import f1_score

    return float(f1_score(gold, found, average="macro", zero_division=0))


def confusion(gold: Sequence[str], found: Sequence[str]) -> dict[str, dict[str, int]]:
    """How often each gold label (outer) was called what (inner)."""
    names = sorted({*gold, *found})
    table = {name: dict.fromkeys(names, 0) for name in names}
    for g, f in zip(gold, found, strict=True):
        table[g][f] += 1
    return table


def reliability(gold: Sequence[str], said: Said) -> list[tuple[float, float, int]]:
    """Per tenth of the scores: mean score, share right, statements (empty tenths left out)."""
    scores, right = _arrays(gold, said)
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    return [
        (float(scores[place == b].mean()), float(right[place == b].mean()), int((place == b).sum()))
        for b in range(BINS)
        if (place == b).any()
    ]


def calibration_error(gold: Sequence[str], said: Said) -> float:
    """Expected calibration error over ten bins (Naeini et al. 2015)."""
    total = max(len(gold), 1)
    return sum(abs(s - r) * n for s, r, n in reliability(gold, said)) / total


def coverage(gold: Sequence[str], said: Said, precision: float = PRECISE) -> float:
    """The largest share of statements, surest first, that is right this often."""
    scores, right = _arrays(gold, said)
    order = np.argsort(-scores, kind="stable")
    running = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(running >= precision)
    return float((enough[-1] + 1) / len(order)) if len(enough) else 0.0


def certain(gold: Sequence[str], said: Said, score: float = 0.8) -> tuple[float, int]:
    """How often statements scored at least this are right, and how many there are."""
    scores, right = _arrays(gold, said)
    sure = scores >= score
    return (float(right[sure].mean()) if sure.any() else float("nan")), int(sure.sum())


def _arrays(gold: Sequence[str], said: Said) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    right = np.array([g == f for g, f in zip(gold, said.labels, strict=True)])
    return np.array(said.scores, dtype=np.float64), right


def touch_f1(gold: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Micro-F1 over all touchpoints, and macro-F1 over those with five or more mentions."""
    names = sorted({t for row in gold for t in row})
    each = []
    total = np.zeros(3)
    for name in sorted({*names, *(t for row in found for t in row)}):
        pairs = [(name in g, name in f) for g, f in zip(gold, found, strict=True)]
        counts = np.array([sum(g and f for g, f in pairs), *map(sum, zip(*pairs, strict=True))])
        total += counts
        if counts[1] >= 5:
            each.append(2 * counts[0] / max(counts[1] + counts[2], 1))
    micro = 2 * total[0] / max(total[1] + total[2], 1)
    return float(micro), float(np.mean(each)) if each else float("nan")
