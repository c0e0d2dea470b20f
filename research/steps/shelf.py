"""The codebooks that come along, each code where its words lie: names for themes.

The general one and the one that fits a study best propose names. Every name is still
backed by quotes, and what fits none keeps its own words.
"""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from research.codebooks import BUNDLED
from research.codebooks import bundled as sector
from research.contracts import Vectors
from research.model import Code
from research.steps.codebook import bundled as general
from research.steps.coding import NO_BOOK, Book, placed
from research.steps.similarity import joined
from research.steps.tagger import Look

DESCRIBED = Path(__file__).resolve().parent / "weights" / "shelf.npz"
GENERAL = "general"
MOST_ASKED = 2000


def fitting(vectors: Vectors, look: Look, language: str) -> Book:
    """The general codes and those of the sector that the statements are most like.

    `vectors` (statements, dimensions) are the statements' rows, in the space of the embedded
    encoder and of themes; `language` is that of names.
    """
    if not len(vectors):
        return NO_BOOK
    asked = vectors[:: max(1, len(vectors) // MOST_ASKED)]
    rows = {name: _rows(name, look) for name in (GENERAL, *BUNDLED)}
    likeness = {name: float((asked @ rows[name].T).max(axis=1).mean()) for name in BUNDLED}
    best = max(BUNDLED, key=lambda name: likeness[name])
    codes = (*general(), *sector(best).codes)
    return Book(codes, np.vstack([rows[GENERAL], rows[best]]), language)


def codes_of(name: str) -> tuple[Code, ...]:
    """The codes of a bundled codebook."""
    return general() if name == GENERAL else sector(name).codes


def computed(name: str, look: Look) -> Vectors:
    """Where the codes of a bundled codebook lie, read anew."""

    def place(texts: Iterable[str]) -> Vectors:
        read = look(list(texts))
        return joined(read.themes, read.vectors)

    return placed(codes_of(name), place)


def digest(name: str) -> str:
    """The SHA-256 of a bundled codebook's codes."""
    return sha256(repr(codes_of(name)).encode()).hexdigest()


def _rows(name: str, look: Look) -> Vectors:
    kept = _kept().get((name, digest(name)))
    return computed(name, look) if kept is None else kept


@cache
def _kept() -> dict[tuple[str, str], Vectors]:
    """The rows that `research.training.codebook` wrote, by codebook and digest."""
    if not DESCRIBED.exists():
        return {}
    with np.load(DESCRIBED) as data:
        names = [key for key in data.files if not key.startswith("digest ")]
        return {
            (name, str(data[f"digest {name}"])): np.asarray(data[name], dtype=np.float32)
            for name in names
        }
