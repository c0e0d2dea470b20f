"""Whether more interviews would bring new themes."""

from collections.abc import Sequence

import numpy as np

from research.model import SaturationPoint, Theme

ORDERS = 50
MOST_POINTS = 60


def saturation(themes: Sequence[Theme]) -> tuple[SaturationPoint, ...]:
    """Themes heard after so many participants, mean over 50 seeded orders.

    Themes of one voice are left out: each of them would be new for ever.
    """
    shared = [t for t in themes if not t.single_voice]
    people = sorted({p for t in shared for p in t.participants})
    if not people:
        return ()
    place = {p: i for i, p in enumerate(people)}
    draw = np.random.default_rng(len(people))
    heard = np.zeros(len(people))
    for _ in range(ORDERS):
        order = draw.permutation(len(people))
        first = [min(int(order[place[p]]) for p in t.participants) for t in shared]
        heard += np.bincount(first, minlength=len(people)).cumsum()
    mean = heard / ORDERS
    steps = _steps(len(people))
    return tuple(
        SaturationPoint(n, round(float(mean[n - 1]), 2), round(_gain(mean, n), 3)) for n in steps
    )


def _steps(count: int) -> list[int]:
    if count <= MOST_POINTS:
        return list(range(1, count + 1))
    return sorted({int(n) for n in np.linspace(1, count, MOST_POINTS)})


def _gain(mean: np.ndarray[tuple[int], np.dtype[np.float64]], n: int) -> float:
    return float(mean[n - 1] - (mean[n - 2] if n > 1 else 0.0))
