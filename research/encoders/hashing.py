"""An encoder without a model: character n-grams, hashed. For tests and as a last resort."""

from collections.abc import Callable, Iterator, Sequence
from zlib import crc32

import numpy as np

from research.contracts import Vectors

DIMENSIONS = 256
SIZES = (3, 4, 5)
BATCH = 64


class HashingEncoder:
    """Texts that share letters get vectors that point the same way."""

    id = "hashing"
    revision = "1"

    def encode(self, texts: Sequence[str], tick: Callable[[int], None] | None = None) -> Vectors:
        """Vectors of shape (texts, 256), rows of unit length."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            for gram in _grams(text):
                code = crc32(gram.encode("utf-8", "surrogatepass"))
                vectors[row, code % DIMENSIONS] += 1.0 if code & 0x8000_0000 else -1.0
            if tick is not None and (row + 1) % BATCH == 0:
                tick(row + 1)
        return _unit(vectors)


def _grams(text: str) -> Iterator[str]:
    """The words of a text and their character n-grams, marked at the edges."""
    for word in text.lower().split():
        marked = f" {word} "
        yield marked
        for size in SIZES:
            yield from (marked[i : i + size] for i in range(len(marked) - size + 1))


def _unit(vectors: Vectors) -> Vectors:
    """Rows of length one; a row of nothing becomes the first axis."""
    empty = ~vectors.any(axis=1)
    vectors[empty, 0] = 1.0
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True).astype(np.float32)
    return vectors / lengths
