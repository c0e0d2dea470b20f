"""Groups of very many people who said a line or two each: respondents and reviewers.

Latent classes of the themes that people raise (Lazarsfeld and Henry 1968), as a mixture of
multinomials fitted by expectation and maximisation from several starts. The number of
classes has the least sample-size adjusted BIC (Sclove 1987), which found the right number
best among such measures (Nylund, Asparouhov and Muthen 2007). At most so many people are
looked at to find the classes; everybody gets a probability of each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors
from research.model import Theme
from research.steps.communities import Labels
from research.steps.partition import numbered
from research.steps.themes import Meaning

MOST_LOOKED_AT = 5000
MOST_CLASSES = 7
STARTS, ROUNDS, ENOUGH = 8, 300, 1e-6
PRIOR = 0.5  # of a statement for each theme, and of a person for each class
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Classes:
    """A mixture: the log share of each class (classes,) and of each theme in it (classes,
    themes); `likelihood` is the log likelihood of the people it was fitted on."""

    sizes: Numbers
    themes: Numbers
    likelihood: float

    def told(self, counts: Numbers) -> Numbers:
        """The log probability of each person's themes with each class: (people, classes)."""
        return np.asarray(counts @ self.themes.T + self.sizes, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Respondents:
    """A class for each person, the probability of each class, the people looked at with
    their counts, and how much better than one class it is in adjusted BIC, a person."""

    labels: Labels
    chances: Vectors
    looked_at: Labels
    counts: Numbers
    sure: float


def group_respondents(
    people: Sequence[str], meaning: Meaning, themes: Sequence[Theme]
) -> Respondents:
    """The people in the number of classes that explains best what they raise."""
    counts = theme_counts(people, meaning, themes)
    most = min(len(people), MOST_LOOKED_AT)
    looked = np.unique(np.linspace(0, len(people) - 1, most).astype(np.intp))
    best, sure = _best(counts[looked])
    told = posterior(best.told(counts))
    found = told.argmax(axis=1)
    labels = numbered(found)
    first = [int(found[np.flatnonzero(labels == k)[0]]) for k in range(int(labels.max()) + 1)]
    chances = np.asarray(told[:, first], dtype=np.float32)
    return Respondents(labels, chances, looked, counts[looked], sure)


def theme_counts(people: Sequence[str], meaning: Meaning, themes: Sequence[Theme]) -> Numbers:
    """How often each person raises each theme: (people, themes)."""
    row_of = {person: i for i, person in enumerate(people)}
    who = {s.id: s.participant for s in meaning.statements}
    counts = np.zeros((len(people), len(themes)))
    for column, theme in enumerate(themes):
        for statement in theme.statements:
            row = row_of.get(who[statement])
            if row is not None:
                counts[row, column] += 1
    return counts


def _best(counts: Numbers) -> tuple[Classes, float]:
    """The classes with the least adjusted BIC, and what they gain on one class a person."""
    most = min(MOST_CLASSES, max(1, len(counts) // 4))
    fitted = [fit(counts, k) for k in range(1, most + 1)]
    costs = [_cost(classes, counts) for classes in fitted]
    best = int(np.argmin(np.round(costs, 6)))
    return fitted[best], round((costs[0] - costs[best]) / max(len(counts), 1), 4)


def _cost(classes: Classes, counts: Numbers) -> float:
    """Sample-size adjusted BIC: twice the misfit and a price for each free number."""
    k, themes = classes.themes.shape
    free = k * (themes - 1) + k - 1
    return float(-2 * classes.likelihood + free * np.log((len(counts) + 2) / 24))


def fit(counts: Numbers, classes: int) -> Classes:
    """The likeliest of several starts; the same every time."""
    starts = STARTS if classes > 1 else 1
    made = [_climb(counts, classes, np.random.default_rng(s)) for s in range(starts)]
    return max(made, key=lambda one: round(one.likelihood, 6))


def _climb(counts: Numbers, classes: int, draw: np.random.Generator) -> Classes:
    """Expectation and maximisation from one start, until it hardly gains."""
    shares = draw.dirichlet(np.ones(classes), len(counts))
    before = -np.inf
    found = Classes(np.zeros(classes), np.zeros((classes, counts.shape[1])), -np.inf)
    for _ in range(ROUNDS):
        sizes = shares.sum(axis=0)
        likely = shares.T @ counts + PRIOR
        made = Classes(
            np.log((sizes + PRIOR) / (len(counts) + PRIOR * classes)),
            np.log(likely / likely.sum(axis=1, keepdims=True)),
            0.0,
        )
        told = made.told(counts)
        likelihood = float(np.logaddexp.reduce(told, axis=1).sum())
        found = replace(made, likelihood=likelihood)
        if likelihood - before < ENOUGH * abs(likelihood):
            break
        before = likelihood
        shares = posterior(told)
    return found


def posterior(told: Numbers) -> Numbers:
    """Probabilities from their logs, each row adding up to one."""
    return np.asarray(np.exp(told - np.logaddexp.reduce(told, axis=1, keepdims=True)))
