"""A study's corrections change how the rest of the study is read, at once.

On top of the shared vectors sits a small linear head per task, which begins at nothing:
without corrections the tagger's own scores stand. It is fitted in a moment on what people
corrected or confirmed (L2-regularised multinomial regression with the tagger's log
probabilities as offset). So a few corrections shift how often a label is given, and more
of them teach what this study's people mean.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors
from research.steps.tagger import log_softmax

FEWEST = 5  # corrections from which a task is learned
RIDGE, BIAS_RIDGE = 0.3, 0.1
ITERATIONS = 100
Labels = Mapping[int, str]


def learned(scores: Vectors, features: Vectors, classes: Sequence[str], labels: Labels) -> Vectors:
    """Log probabilities (statements, classes) after learning from labelled rows.

    `scores` are the tagger's log probabilities, `features` (statements, dimensions) rows
    of about unit length, `labels` the class that people gave to some rows. With fewer than
    FEWEST labels the scores are returned as they were.
    """
    rows = [row for row in sorted(labels) if labels[row] in classes]
    if len(rows) < FEWEST:
        return scores
    gold = np.array([list(classes).index(labels[row]) for row in rows])
    weights, bias = _fit(scores[rows], features[rows], gold)
    return log_softmax(np.asarray(scores + features @ weights + bias, dtype=np.float32))


def _fit(
    offset: Vectors, features: Vectors, gold: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights (dimensions, classes) and bias with the least penalised log loss."""
    from scipy.optimize import minimize

    count, width = features.shape
    classes = offset.shape[1]
    start = np.asarray(offset, dtype=np.float64)
    x = np.asarray(features, dtype=np.float64)
    hot = np.eye(classes)[gold]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = flat[:-classes].reshape(width, classes), flat[-classes:]
        logits = start + x @ weights + bias
        logits -= logits.max(axis=1, keepdims=True)
        shares = np.exp(logits)
        shares /= shares.sum(axis=1, keepdims=True)
        miss = shares - hot
        penalty = RIDGE * (weights**2).sum() + BIAS_RIDGE * (bias**2).sum()
        value = -np.log(shares[np.arange(count), gold] + 1e-12).sum() + penalty
        slope = np.concatenate(
            [(x.T @ miss + 2 * RIDGE * weights).ravel(), miss.sum(axis=0) + 2 * BIAS_RIDGE * bias]
        )
        return float(value), slope

    found = minimize(
        loss,
        np.zeros(width * classes + classes),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": ITERATIONS},
    )
    return found.x[:-classes].reshape(width, classes), found.x[-classes:]


def worth_asking(
    scores: Vectors, features: Vectors, asked: Sequence[int], count: int
) -> tuple[int, ...]:
    """The rows whose correction would teach most, best first.

    Uncertain (little between the two likeliest classes) and representative (alike to many
    others), each unlike those before it (Settles 2012, density-weighted sampling; a bit of
    distance as in maximal marginal relevance). `asked` are rows that people judged already.
    """
    known = set(asked)
    rows = np.array([row for row in range(len(scores)) if row not in known], dtype=np.intp)
    if not len(rows):
        return ()
    shares = np.sort(np.exp(scores[rows]), axis=1)
    doubt = 1.0 - (shares[:, -1] - shares[:, -2])
    vectors = features[rows]
    middle = vectors.mean(axis=0)
    density = np.clip(vectors @ middle, 0.05, None)
    value = doubt * np.sqrt(density)
    near = np.zeros(len(rows))
    chosen: list[int] = []
    for _ in range(min(count, len(rows))):
        best = int(np.argmax(np.where(near < 2.0, value * (1.0 - np.clip(near, 0.0, 0.95)), -1.0)))
        chosen.append(int(rows[best]))
        near = np.maximum(near, vectors @ vectors[best])
        near[best] = 9.0
    return tuple(chosen)
