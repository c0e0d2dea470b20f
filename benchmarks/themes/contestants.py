"""Who takes part: each gets the same vectors and says a group for every row, -1 for none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.themes.sets import Grouped
from research.contracts import Vectors
from research.model import Statement
from research.steps.tagger import Read

Labels = NDArray[np.intp]
SEED = 0


class Topics(Protocol):
    """What is used of BERTopic."""

    def fit_transform(self, texts: list[str], vectors: Vectors) -> tuple[list[int], object]:
        """The topic of each text, -1 for none."""

    def reduce_outliers(
        self, texts: list[str], topics: list[int], *, strategy: str, embeddings: Vectors
    ) -> list[int]:
        """The topics with outliers in the nearest one."""


@dataclass(frozen=True, slots=True)
class Given:
    """Texts, their vectors by the encoder, and what the statement network reads in them."""

    told: Grouped
    vectors: Vectors
    read: Read
    book: Vectors


def statements_of(told: Grouped) -> list[Statement]:
    """The texts as statements of a study."""
    people = told.people or tuple(f"p-{i}" for i in range(len(told.texts)))
    return [
        Statement(f"s-{i}", "bench", p, i, 0, len(t), t, "", "review", told.language, kind="pain")
        for i, (t, p) in enumerate(zip(told.texts, people, strict=True))
    ]


def ours(given: Given) -> Labels:
    """The project's grouping, rows in canonical order as a run sorts them."""
    from research.steps.cluster import group
    from research.steps.similarity import joined

    order = sorted(range(len(given.told.texts)), key=lambda i: given.told.texts[i])
    told = given.told.some(given.told.name, order)
    rows = joined(given.read.themes[order], given.vectors[order])
    found = group(statements_of(told), rows, given.book[order])
    labels = np.full(len(order), -1, dtype=np.intp)
    for number, one in enumerate(found.groups):
        for row in one.rows:
            labels[order[row]] = number
    return labels


def vectors_alone(given: Given) -> Labels:
    """Leiden communities on the encoder's vectors, in the same order."""
    from research.steps.communities import communities
    from research.steps.similarity import unit_rows

    order = sorted(range(len(given.told.texts)), key=lambda i: given.told.texts[i])
    rows = unit_rows(given.vectors[order])
    (found,) = communities(rows, rows, 1.0)
    labels = np.empty(len(order), dtype=np.intp)
    labels[order] = found
    return labels


def bertopic(given: Given) -> Labels:
    """BERTopic with its defaults, its seed fixed."""
    from bertopic import BERTopic
    from umap import UMAP

    reduce = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
    return _topics(given, BERTopic(umap_model=reduce, calculate_probabilities=False), tuned=False)


def bertopic_tuned(given: Given) -> Labels:
    """BERTopic with topics of at least √n / 2 texts, outliers to the nearest topic."""
    from bertopic import BERTopic
    from hdbscan import HDBSCAN
    from umap import UMAP

    size = max(3, round(len(given.told.texts) ** 0.5 / 2))
    reduce = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
    cluster = HDBSCAN(min_cluster_size=size, prediction_data=True)
    return _topics(given, BERTopic(umap_model=reduce, hdbscan_model=cluster), tuned=True)


def _topics(given: Given, model: Topics, *, tuned: bool) -> Labels:
    texts = list(given.told.texts)
    try:
        topics, _ = model.fit_transform(texts, given.vectors)
        if tuned and -1 in topics and len(set(topics)) > 1:
            topics = model.reduce_outliers(
                texts, topics, strategy="embeddings", embeddings=given.vectors
            )
    except (ValueError, TypeError, IndexError):  # too few rows for its own steps
        return np.full(len(texts), -1, dtype=np.intp)
    return np.asarray(topics, dtype=np.intp)


def evoc(given: Given) -> Labels:
    """EVoC with its defaults, its seed fixed."""
    from evoc import EVoC

    try:
        return np.asarray(EVoC(random_state=SEED).fit_predict(given.vectors), dtype=np.intp)
    except (ValueError, IndexError, ZeroDivisionError):
        return np.full(len(given.told.texts), -1, dtype=np.intp)


def k_means(given: Given) -> Labels:
    """k-means that is told the true number of groups."""
    from sklearn.cluster import KMeans

    model = KMeans(len(set(given.told.groups)), n_init=3, random_state=SEED)
    return np.asarray(model.fit_predict(given.vectors), dtype=np.intp)


CONTESTANTS: dict[str, Callable[[Given], Labels]] = {
    "ours": ours,
    "ours, vectors alone": vectors_alone,
    "BERTopic": bertopic,
    "BERTopic tuned": bertopic_tuned,
    "EVoC": evoc,
    "k-means, true k": k_means,
}
