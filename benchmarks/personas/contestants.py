"""Who takes part: each says a group for every person, -1 for none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors
from research.model import Theme
from research.steps.affinity import summed
from research.steps.people import gather
from research.steps.similarity import unit_rows
from research.steps.themes import Meaning

Labels = NDArray[np.intp]
SEED = 0


@dataclass(frozen=True, slots=True)
class Given:
    """People, what they said with its meaning, the themes in it, and the true number."""

    people: tuple[str, ...]
    meaning: Meaning
    themes: tuple[Theme, ...]
    personas: int


def ours(given: Given) -> Labels:
    """The project's grouping with its own number of groups."""
    found = gather(given.people, given.meaning, given.themes)
    labels = np.full(len(given.people), -1, dtype=np.intp)
    for number, gathering in enumerate(found.gatherings):
        labels[list(gathering.members)] = number
    return labels


def k_means(given: Given) -> Labels:
    """k-means on the mean of what each person said, told the true number."""
    from sklearn.cluster import KMeans

    model = KMeans(given.personas, n_init=10, random_state=SEED)
    return np.asarray(model.fit_predict(_means(given)), dtype=np.intp)


def factors(given: Given) -> Labels:
    """Non-negative factors of how often each person raises each theme, the largest one,
    told the true number (Lee and Seung 1999)."""
    from sklearn.decomposition import NMF

    counts = _counts(given)
    most = max(1, min(given.personas, *counts.shape))
    model = NMF(most, init="nndsvda", random_state=SEED, max_iter=2000)
    return np.asarray(model.fit_transform(counts).argmax(axis=1), dtype=np.intp)


def classes(given: Given) -> Labels:
    """Latent classes of which themes each person raises, told the true number (Lazarsfeld
    and Henry 1968): a mixture of Bernoullis, the likeliest of ten starts."""
    raised = (_counts(given) > 0).astype(np.float64)
    found = [_latent(raised, given.personas, np.random.default_rng(s)) for s in range(10)]
    return max(found, key=lambda one: one[0])[1]


def _latent(raised: NDArray[np.float64], k: int, draw: np.random.Generator) -> tuple[float, Labels]:
    """Expectation and maximisation, with half a person added everywhere."""
    share = draw.dirichlet(np.ones(k), len(raised))
    told = np.zeros(1)
    for _ in range(200):
        size = share.sum(axis=0)
        chance = (share.T @ raised + 0.5) / (size[:, None] + 1.0)
        told = raised @ np.log(chance).T + (1 - raised) @ np.log(1 - chance).T
        told += np.log((size + 0.5) / (len(raised) + 0.5 * k))
        share = np.exp(told - told.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
    likelihood = float(np.logaddexp.reduce(told, axis=1).sum())
    return likelihood, np.asarray(share.argmax(axis=1), dtype=np.intp)


def _who(given: Given, statements: Sequence[int]) -> Labels:
    row_of = {person: i for i, person in enumerate(given.people)}
    said = given.meaning.statements
    return np.array([row_of[said[i].participant] for i in statements], dtype=np.intp)


def _means(given: Given) -> Vectors:
    mine = frozenset(given.people)
    rows = [i for i, s in enumerate(given.meaning.statements) if s.participant in mine]
    return unit_rows(summed(given.meaning.vectors[rows], _who(given, rows), len(given.people)))


def _counts(given: Given) -> Vectors:
    row_of = {person: i for i, person in enumerate(given.people)}
    who = {s.id: s.participant for s in given.meaning.statements}
    counts = np.zeros((len(given.people), max(len(given.themes), 1)), dtype=np.float32)
    for column, theme in enumerate(given.themes):
        for statement in theme.statements:
            if who[statement] in row_of:
                counts[row_of[who[statement]], column] += 1
    return counts


CONTESTANTS: dict[str, Callable[[Given], Labels]] = {
    "ours": ours,
    "k-means on means, true k": k_means,
    "factors of theme counts, true k": factors,
    "latent classes of themes, true k": classes,
}
