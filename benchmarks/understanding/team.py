"""A team that corrects statements: how well is the rest of the study read after so many?

The study is a set with gold labels. A simulated coder gives kind, stage and valence of
the statements that the software puts first (or of random ones, for comparison); the
score is macro-F1 of kind on the statements that nobody judged, the same for every number
of corrections, so that it is not the easy ones that stay.
"""

from collections.abc import Sequence

import numpy as np

from benchmarks.understanding.measures import macro_f1
from benchmarks.understanding.ours import Models
from benchmarks.understanding.sets import Told
from research.steps.learn import worth_asking

COUNTS = (0, 30, 60, 120)
SEEDS = 5


def simulate(models: Models, told: Told, order: str) -> dict[int, float]:
    """Macro-F1 of kind on the statements left, after so many corrections."""
    rows = _order(models, told, order)
    left = sorted(set(range(len(told.statements))) - set(rows[: COUNTS[-1]]))
    return {count: _after(models, told, rows[:count], left) for count in COUNTS}


def random_orders(models: Models, told: Told) -> dict[int, float]:
    """The mean over random orders."""
    found = [simulate(models, told, str(seed)) for seed in range(SEEDS)]
    return {count: float(np.mean([f[count] for f in found])) for count in COUNTS}


def _order(models: Models, told: Told, order: str) -> list[int]:
    if order == "proposed":
        understood = models.understand(told.statements)
        return list(worth_asking(understood.kinds, understood.features, [], COUNTS[-1]))
    shuffled = np.random.default_rng(int(order)).permutation(len(told.statements))
    return [int(row) for row in shuffled[: COUNTS[-1]]]


def _after(models: Models, told: Told, rows: Sequence[int], left: Sequence[int]) -> float:
    corrections = {
        told.statements[row].id: {
            task: told.examples[row].labels[task] for task in ("kind", "valence")
        }
        for row in rows
    }
    understood = models.understand(told.statements, corrections)
    gold = told.gold("kind")
    return macro_f1([gold[i] for i in left], [understood.statements[i].kind for i in left])
