"""What makes two statements alike: meaning, known themes and shared words.

Vectors alone group spoken statements by manner of speaking; taking away what is
the speaker's own, and adding known themes and words, brings the theme forward.
"""

import re
import zlib
from collections.abc import Sequence
from math import log

import numpy as np

from research.contracts import Vectors
from research.model import Statement
from research.steps.neighbours import EXACT

ENCODER_WEIGHT = 2.0
WORD_DIMENSIONS = 512
WORDS_WEIGHT = 0.3
CODEBOOK_WEIGHT = 0.2
SPEAKER_SHARE = 0.75
SPEAKER_LEAST = 4
_WORD = re.compile(r"[^\W\d_]{4,}")


def unit_rows(vectors: Vectors) -> Vectors:
    """Rows scaled to length one; zero rows stay zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


def joined(themes: Vectors, vectors: Vectors) -> Vectors:
    """The space of themes beside the encoder's own, rows of unit length."""
    return unit_rows(np.hstack([themes, ENCODER_WEIGHT * vectors]).astype(np.float32))


def without_speakers(vectors: Vectors, participants: Sequence[str]) -> Vectors:
    """The vectors less most of each talkative participant's own mean.

    Participants with fewer than four statements keep theirs: their mean is their theme.
    """
    result = vectors.copy()
    groups: dict[str, list[int]] = {}
    for row, participant in enumerate(participants):
        groups.setdefault(participant, []).append(row)
    talkative = [rows for rows in groups.values() if len(rows) >= SPEAKER_LEAST]
    if len(talkative) < 2:
        return result
    middle = np.mean([vectors[rows].mean(axis=0) for rows in talkative], axis=0)
    for rows in talkative:
        result[rows] -= SPEAKER_SHARE * (vectors[rows].mean(axis=0) - middle)
    return unit_rows(result)


def alike(statements: Sequence[Statement], vectors: Vectors, book: Vectors) -> Vectors:
    """Rows whose dot products say how alike statements are: shape (statements, …).

    `vectors` hold the meaning, `book` the profile over a codebook's entries (no columns
    when there is none). Among very many statements meaning alone decides: words are shared
    by chance there, and memory counts.
    """
    if len(statements) > EXACT:
        return vectors
    parts = [vectors, CODEBOOK_WEIGHT * book, WORDS_WEIGHT * shared_words(statements)]
    return unit_rows(np.hstack(parts).astype(np.float32))


def shared_words(statements: Sequence[Statement]) -> Vectors:
    """Content words that at least two statements share, idf-weighted and hashed."""
    words = [sorted(set(_WORD.findall(s.text.lower()))) for s in statements]
    seen: dict[str, int] = {}
    for found in words:
        for word in found:
            seen[word] = seen.get(word, 0) + 1
    table = np.zeros((len(words), WORD_DIMENSIONS), dtype=np.float32)
    for row, found in enumerate(words):
        for word in found:
            if seen[word] > 1:
                code = zlib.crc32(word.encode())
                sign = 1.0 if code >> 20 & 1 else -1.0
                table[row, code % WORD_DIMENSIONS] += sign * log((1 + len(words)) / seen[word])
    return unit_rows(table)
