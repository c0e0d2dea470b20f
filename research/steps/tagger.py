"""The tagger: the statement network in its context and a regression on cues, blended.

The network hears meaning, and what stands around a statement; the regression knows words,
cues, the question, the stars and the form of the source. Trained by `research.training`;
applied with numpy alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from research.contracts import Vectors
from research.steps.context import Mixed
from research.steps.features import Asked, buckets, dense, weighted

WEIGHTS = Path(__file__).resolve().parent / "weights" / "tagger.npz"
TASKS = ("kind", "stage", "valence")
KINDS = ("context", "motivation", "none", "pain", "praise")
SAID = {"kind": slice(0, 5), "stage": slice(5, 11), "valence": slice(11, 14)}
THEME, GIST, VECTOR = 14, 270, 366
NETWORK_SHARE = 0.6
NETWORK_TEMPERATURE = {"kind": 0.85, "stage": 1.1, "valence": 1.1}


@dataclass(frozen=True, slots=True)
class Read:
    """What is read of texts, row by row.

    `said` (texts, 14) are the statement network's logits of kind, stage and valence,
    `themes` (texts, 256) unit vectors in the space of themes, `gists` (texts, 96) what the
    context mixes, `vectors` (texts, 384) those of the embedded encoder.
    """

    said: Vectors
    themes: Vectors
    gists: Vectors
    vectors: Vectors

    def rows(self, chosen: Sequence[int]) -> "Read":
        """The same for some of the texts."""
        at = list(chosen)
        return Read(self.said[at], self.themes[at], self.gists[at], self.vectors[at])


Look = Callable[[Sequence[str]], Read]


def as_read(values: Vectors) -> Read:
    """From the statement network's vectors, shape (texts, 750)."""
    themes = values[:, THEME:GIST]
    norms = np.maximum(np.linalg.norm(themes, axis=1, keepdims=True), 1e-9)
    themes = np.asarray(themes / norms, dtype=np.float32)
    return Read(values[:, :THEME], themes, values[:, GIST:VECTOR], values[:, VECTOR:])


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

    def scores(self, asked: Sequence[Asked], read: Read, mixed: Mixed) -> dict[str, Vectors]:
        """Blended, calibrated log probabilities per task, shape (texts, classes)."""
        features = dense(asked, read.vectors)
        grams = [(k, weighted(k, v, self.idf)) for k, v in map(buckets, asked)]
        logits: dict[str, Vectors] = {}
        for task in TASKS:
            table = self.hashed[task]
            words = [weights @ table[keys] for keys, weights in grams]
            words_part = np.array(words, dtype=np.float32).reshape(len(asked), -1)
            logit = features @ self.dense[task] + words_part + self.bias[task]
            by_words = log_softmax(logit / self.temperature[task])
            heard = read.said[:, SAID[task]] + mixed.logits[task]
            by_network = log_softmax(heard / NETWORK_TEMPERATURE[task])
            blend = NETWORK_SHARE * by_network + (1 - NETWORK_SHARE) * by_words
            logits[task] = np.asarray(blend, dtype=np.float32)
        return logits


def log_softmax(logits: Vectors) -> Vectors:
    """Log probabilities along the last axis."""
    return np.asarray(np.log(softmax(logits) + 1e-9), dtype=np.float32)


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
