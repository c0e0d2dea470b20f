"""The tagger's weights and their use: multinomial logistic regression, three heads.

Trained by `research.training.tagger`; applied with numpy alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from research.contracts import Vectors
from research.steps.features import Asked, buckets, dense, weighted

WEIGHTS = Path(__file__).resolve().parent / "weights" / "tagger.npz"
TASKS = ("kind", "stage", "valence")


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights per task: dense (features, classes), hashed (buckets, classes), bias."""

    name: str
    classes: dict[str, tuple[str, ...]]
    dense: dict[str, Vectors]
    hashed: dict[str, Vectors]
    bias: dict[str, Vectors]
    idf: Vectors
    temperature: dict[str, float]

    def scores(self, asked: Sequence[Asked], vectors: Vectors) -> dict[str, Vectors]:
        """Logits per task, shape (texts, classes); `vectors` from the embedded encoder."""
        features = dense(asked, vectors)
        grams = [(k, weighted(k, v, self.idf)) for k, v in map(buckets, asked)]
        logits: dict[str, Vectors] = {}
        for task in TASKS:
            table = self.hashed[task]
            words = [weights @ table[keys] for keys, weights in grams]
            words_part = np.array(words, dtype=np.float32).reshape(len(asked), -1)
            logit = features @ self.dense[task] + words_part + self.bias[task]
            logits[task] = (logit / self.temperature[task]).astype(np.float32)
        return logits


def softmax(logits: Vectors) -> Vectors:
    """Probabilities along the last axis."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


@cache
def load_tagger(path: Path = WEIGHTS) -> Tagger:
    """The tagger that ships with the project."""
    with np.load(path) as data:
        return Tagger(
            name=str(data["name"]),
            classes={t: tuple(str(c) for c in data[f"{t}_classes"]) for t in TASKS},
            dense={t: data[f"{t}_dense"].astype(np.float32) for t in TASKS},
            hashed={t: data[f"{t}_hashed"].astype(np.float32) for t in TASKS},
            bias={t: data[f"{t}_bias"].astype(np.float32) for t in TASKS},
            idf=data["idf"].astype(np.float32),
            temperature={t: float(data[f"{t}_temperature"]) for t in TASKS},
        )
