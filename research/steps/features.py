"""What the tagger sees of a statement: its vector, cues, words, form and question."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors
from research.steps.cues import count

BUCKETS = 1 << 14
FORMS = ("interview", "survey", "review")
VECTOR_WEIGHT = 3.0
_WORD = re.compile(r"\w+|[?!]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A text with its context: the question before it and the kind of source."""

    text: str
    question: str
    form: str


def dense(asked: Sequence[Asked], vectors: Vectors) -> Vectors:
    """Vector, cues of the text and of the question, and form: shape (texts, features)."""
    texts = [a.text for a in asked]
    questions = [a.question for a in asked]
    cues = np.sqrt(np.hstack([count("kind", texts), count("stage", texts)])) * 0.5
    asks = np.minimum(count("question", questions), 1.0) * 0.5
    shape = [_shape(a) for a in asked]
    parts = [vectors * VECTOR_WEIGHT, cues, asks, np.array(shape, dtype=np.float32)]
    return np.hstack([p.reshape(len(asked), -1) for p in parts]).astype(np.float32)


def _shape(asked: Asked) -> list[float]:
    words = len(asked.text.split())
    marks = [float("?" in asked.text), float("!" in asked.text), float(words < 4)]
    return [float(np.log1p(words)) / 4, *marks, *(0.5 * (asked.form == f) for f in FORMS)]


def buckets(asked: Asked) -> tuple[NDArray[np.int64], Vectors]:
    """Hashed words and word pairs of the text, and their log counts."""
    words = _WORD.findall(asked.text.lower())
    counts: dict[int, int] = {}
    for gram in [*words, *(f"{a} {b}" for a, b in pairwise(words))]:
        bucket = zlib.crc32(gram.encode()) % BUCKETS
        counts[bucket] = counts.get(bucket, 0) + 1
    keys = np.array(sorted(counts), dtype=np.int64)
    values = np.array([1 + np.log(counts[int(k)]) for k in keys], dtype=np.float32)
    return keys, values


def weighted(keys: NDArray[np.int64], values: Vectors, idf: Vectors) -> Vectors:
    """The counts times inverse document frequency, scaled to length one."""
    weights = values * idf[keys]
    norm = float(np.linalg.norm(weights))
    return weights / norm if norm else weights
