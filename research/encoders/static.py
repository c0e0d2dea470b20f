"""The static encoder: a table of token vectors, for very large sets.

A text's vector is the sum of its word pieces' vectors, scaled to length one: tens of
thousands of texts a second. The table holds 256 dimensions as int8 with a scale a row,
fitted to the vectors of the full encoder's teacher, and is lifted into its 384
dimensions, so that both encoders share one space. It also tells Dutch from English, by
the sum of the pieces' log odds (unigram language identification).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors
from research.resources import WEIGHTS

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TABLE = "static_nlen_256_int8.npz"
BATCH = 4096
ENGLISH_ROWS = 30_522
Pieces = list[list[int]]


def unit(vectors: Vectors) -> Vectors:
    """The rows scaled to length one; a zero row stays zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Table:
    """The word pieces' vectors and what goes with them.

    `codes` (pieces, 256) times `scale` (pieces) are the vectors, `lift` (384, 256) takes
    them to the full encoder's space, `odds` (pieces) are the log odds of Dutch against
    English, `rows` (pieces) the full encoder's row of each.
    """

    codes: NDArray[np.int8]
    scale: Vectors
    lift: Vectors
    odds: Vectors
    rows: NDArray[np.int64]


class StaticEncoder:
    """Sums of token vectors in the space of the embedded encoder, 384 dimensions."""

    id = "klantbeeld-static-nl-en"

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder

    @cached_property
    def revision(self) -> str:
        """First 12 hex digits of the SHA-256 of the weights."""
        return digest(self._folder, TABLE, "tokenizer_nlen.json")

    def encode(self, texts: Sequence[str], tick: Callable[[int], None] | None = None) -> Vectors:
        """Vectors of shape (texts, 384), rows of unit length."""
        made = np.zeros((len(texts), self._table.lift.shape[0]), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            part = texts[start : start + BATCH]
            made[start : start + len(part)] = self.lifted(self.pieces(part))
            if tick:
                tick(start + len(part))
        made[~made.any(axis=1), 0] = 1.0
        return made

    def pieces(self, texts: Sequence[str]) -> Pieces:
        """The bilingual word pieces of each text."""
        return split(self._tokenizer, texts)

    def lifted(self, pieces: Pieces) -> Vectors:
        """Unit vectors of shape (texts, 384); a text without pieces gets zeros."""
        return unit(self.pooled(pieces) @ self._table.lift.T)

    def pooled(self, pieces: Pieces) -> Vectors:
        """Sums of shape (texts, 256) in the table's own dimensions."""
        table, scale = self._table.codes, self._table.scale
        summed = np.zeros((len(pieces), table.shape[1]), dtype=np.float32)
        for row, ids in enumerate(pieces):
            if ids:
                summed[row] = scale[ids] @ table[ids]
        return summed

    def dutch(self, pieces: Pieces) -> NDArray[np.bool_]:
        """Which texts are Dutch rather than English; one without pieces is not."""
        odds = self._table.odds
        return np.array([bool(ids) and float(odds[ids].sum()) > 0 for ids in pieces], dtype=bool)

    @property
    def rows(self) -> NDArray[np.int64]:
        """The full encoder's row of each word piece."""
        return self._table.rows

    @cached_property
    def _table(self) -> "Table":
        with np.load(self._folder / TABLE) as data:
            codes: NDArray[np.int8] = data["q"]
            plain = ENGLISH_ROWS + np.arange(len(codes))
            rows = data["rows"].astype(np.int64) if "rows" in data.files else plain
            scale, lift, odds = (data[n].astype(np.float32) for n in ("scale", "lift", "lid"))
        return Table(codes, scale, lift, odds, rows)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        return open_tokenizer(self._folder / "tokenizer_nlen.json")


def split(tokenizer: "Tokenizer", texts: Sequence[str]) -> Pieces:
    """Word pieces of texts, without marks of start and end."""
    encoded = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [e.ids for e in encoded]


def open_tokenizer(path: Path) -> "Tokenizer":
    """A tokenizer that neither pads nor cuts."""
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@cache
def digest(folder: Path, *names: str) -> str:
    """First 12 hex digits of the SHA-256 of files in a folder."""
    found = hashlib.sha256()
    for name in names:
        found.update((folder / name).read_bytes())
    return found.hexdigest()[:12]
