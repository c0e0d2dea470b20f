"""What the tagger sees of a statement: its vector, cues, words, form, stars and question."""

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
    """A text with its context: what was asked, the kind of source, and what stands around it.

    `rating` is in stars, 1 to 5. `before` and `after` are what the same person said just
    before and after it; empty where nothing was, or nobody looked.
    """

    text: str
    question: str
    form: str
    rating: float | None = None
    before: str = ""
    after: str = ""


def dense(asked: Sequence[Asked], vectors: Vectors) -> Vectors:
    """Vector, cues of the text and of the question, and form: shape (texts, features)."""
    return np.asarray(np.hstack([vectors * VECTOR_WEIGHT, hints(asked)]), dtype=np.float32)


def hints(asked: Sequence[Asked]) -> Vectors:
    """Cues of the text and of the question, form and stars: shape (texts, hints)."""
    texts = [a.text for a in asked]
    questions = [a.question for a in asked]
    cues = np.sqrt(np.hstack([count("kind", texts), count("stage", texts)])) * 0.5
    asks = np.minimum(count("question", questions), 1.0) * 0.5
    shape = [_shape(a) for a in asked]
    shaped = np.array(shape, dtype=np.float32).reshape(len(asked), -1)
    return np.asarray(np.hstack([cues, asks, shaped]), dtype=np.float32)


def _shape(asked: Asked) -> list[float]:
    words = len(asked.text.split())
    marks = [float("?" in asked.text), float("!" in asked.text), float(words < 4)]
    known = asked.rating is not None
    stars = ((asked.rating or 3.0) - 3.0) / 2.0
    form = (0.5 * (asked.form == f) for f in FORMS)
    return [float(np.log1p(words)) / 4, *marks, *form, 0.5 * known, stars]


def buckets(asked: Asked) -> tuple[NDArray[np.int64], Vectors]:
    """Hashed words and word pairs of the text, and their log counts."""
    words = words_of(asked.text)
    counts: dict[int, int] = {}
    for gram in [*words, *(f"{a} {b}" for a, b in pairwise(words))]:
        bucket = bucket_of(gram)
        counts[bucket] = counts.get(bucket, 0) + 1
    keys = np.array(sorted(counts), dtype=np.int64)
    values = np.array([1 + np.log(counts[int(k)]) for k in keys], dtype=np.float32)
    return keys, values


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, question and exclamation marks among them."""
    return _WORD.findall(text.lower())


def bucket_of(gram: str) -> int:
    """Where a word or a pair of words is hashed to."""
    return zlib.crc32(gram.encode()) % BUCKETS


def weighted(keys: NDArray[np.int64], values: Vectors, idf: Vectors) -> Vectors:
    """The counts times inverse document frequency, scaled to length one."""
    weights = values * idf[keys]
    norm = float(np.linalg.norm(weights))
    return weights / norm if norm else weights
