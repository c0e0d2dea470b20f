"""Trains the tagger's regression: `python -m research.training.tagger`.

What it reads is told in research/training/examples.py.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors
from research.encoders import HybridEncoder
from research.steps.features import BUCKETS, buckets, dense, weighted
from research.steps.tagger import TASKS, WEIGHTS, softmax
from research.training.examples import UNKNOWN, Example
from research.training.given import add_arguments, given

FOLDS = 3
PLAIN_WEIGHT = 5.0


@dataclass(frozen=True, slots=True)
class Design:
    """The features of all examples, as a dense part and a hashed part in one matrix."""

    matrix: NDArray[np.float32]
    width: int
    idf: Vectors


def design(examples: list[Example]) -> Design:
    """Feature matrix of shape (examples, dense + buckets)."""
    asked = [e.asked for e in examples]
    features = dense(asked, HybridEncoder().encode([a.text for a in asked]))
    grams = [buckets(a) for a in asked]
    seen = np.zeros(BUCKETS, dtype=np.float32)
    for keys, _ in grams:
        seen[keys] += 1
    idf = (np.log((1 + len(asked)) / (1 + seen)) + 1).astype(np.float32)
    words = np.zeros((len(asked), BUCKETS), dtype=np.float32)
    for row, (keys, values) in enumerate(grams):
        words[row, keys] = weighted(keys, values, idf)
    return Design(np.hstack([features, words]), features.shape[1], idf)


def weights_of(examples: list[Example]) -> Vectors:
    """How much each example counts."""
    plain = [example.plain for example in examples]
    return np.where(plain, PLAIN_WEIGHT, 1.0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Head:
    """One task's classes, weights and bias, and its calibration."""

    classes: tuple[str, ...]
    weights: Vectors
    bias: Vectors
    temperature: float


def fit(matrix: NDArray[np.float32], labels: NDArray[np.str_], weights: Vectors) -> Head:
    """L2-regularised multinomial logistic regression with balanced classes."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, max_iter=500, class_weight="balanced")
    used = matrix.any(axis=0)
    model.fit(csr_matrix(matrix[:, used]), labels, sample_weight=weights)
    table = np.zeros((matrix.shape[1], len(model.classes_)), dtype=np.float32)
    table[used] = model.coef_.T
    return Head(
        tuple(str(c) for c in model.classes_),
        table,
        np.asarray(model.intercept_, dtype=np.float32),
        1.0,
    )


def cross_validate(
    made: Design, examples: list[Example], task: str
) -> tuple[dict[str, float], float]:
    """Macro-F1 by data set with whole domains left out, and the best temperature."""
    from sklearn.metrics import f1_score

    labels = np.array([e.labels[task] for e in examples])
    groups = np.array([e.group for e in examples])
    names = sorted(set(groups))
    classes = sorted(set(labels))
    counted = weights_of(examples)
    logits = np.zeros((len(labels), len(classes)), dtype=np.float32)
    for fold in range(FOLDS):
        test = np.isin(groups, names[fold::FOLDS])
        head = fit(made.matrix[~test], labels[~test], counted[~test])
        logits[test] = made.matrix[test] @ head.weights + head.bias
    predicted = np.array(classes)[logits.argmax(axis=1)]
    kinds = np.array([g.split(":")[0].split("_")[0] for g in groups])
    scores = {
        str(kind): float(f1_score(labels[kinds == kind], predicted[kinds == kind], average="macro"))
        for kind in sorted(set(kinds))
    }
    return scores, _temperature(logits, np.searchsorted(classes, labels))


def _temperature(logits: Vectors, gold: NDArray[np.intp]) -> float:
    """The temperature with the least log loss (Guo et al. 2017), by grid search."""
    rows = np.arange(len(gold))
    grid = np.arange(0.5, 3.01, 0.05)
    losses = [-np.log(softmax(logits / t)[rows, gold] + 1e-9).mean() for t in grid]
    return round(float(grid[int(np.argmin(losses))]), 2)


def train(examples: list[Example], path: Path) -> dict[str, dict[str, float]]:
    """Fit all heads, write the weights, and return the cross-validated macro-F1."""
    made = design(examples)
    stored: dict[str, NDArray[np.float16] | NDArray[np.str_] | Vectors] = {
        "name": np.array("klantbeeld-tagger-2"),
        "idf": made.idf.astype(np.float16),
    }
    report: dict[str, dict[str, float]] = {}
    for task in TASKS:
        known = np.array([e.labels[task] != UNKNOWN for e in examples])
        told = [e for e in examples if e.labels[task] != UNKNOWN]
        mine = Design(made.matrix[known], made.width, made.idf)
        report[task], temperature = cross_validate(mine, told, task)
        labels = np.array([e.labels[task] for e in told])
        head = fit(mine.matrix, labels, weights_of(told))
        stored[f"{task}_classes"] = np.array(head.classes)
        stored[f"{task}_dense"] = head.weights[: made.width].astype(np.float16)
        stored[f"{task}_hashed"] = head.weights[made.width :].astype(np.float16)
        stored[f"{task}_bias"] = head.bias
        stored[f"{task}_temperature"] = np.array(temperature, dtype=np.float32)
    np.savez_compressed(path, allow_pickle=False, **stored)
    return report


def main() -> None:
    """Train on what is given and print the cross-validated figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    examples = given(arguments, halved=False)
    report = train(examples, arguments.out)
    print(json.dumps({"examples": len(examples), "macro_f1": report}, indent=1))


if __name__ == "__main__":
    main()
