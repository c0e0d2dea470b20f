"""A codebook of known themes, matched by meaning and by typical words.

The bundled codebook proposes names and brings statements about the same thing nearer;
every match is still backed by quotes, and what fits nothing keeps its own words.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from math import log
from pathlib import Path

import numpy as np

from research.contracts import Vectors
from research.model import Code, Statement
from research.resources import CORPORA
from research.steps.similarity import unit_rows
from research.steps.tagger import Look

DESCRIBED = Path(__file__).resolve().parent / "weights" / "codebook.npz"
_FILE = CORPORA / "codebooks" / "general.json"
CUES_WEIGHT, CUES_MOST = 0.02, 10.0
SHARPNESS = 15.0
_WORD = re.compile(r"\w{4,}")


@cache
def bundled() -> tuple[Code, ...]:
    """The general codebook that comes with the project."""
    raw = json.loads(_FILE.read_text(encoding="utf-8"))["themes"]
    return tuple(
        Code(
            id=r["id"],
            kind=r["kind"],
            stage=r["stage"],
            label_nl=r["label_nl"],
            label_en=r["label_en"],
            definition_nl=r["definition_nl"],
            definition_en=r["definition_en"],
            cues=tuple(r["cues"]),
        )
        for r in raw
    )


def likeness(
    entries: Sequence[Code], statements: Sequence[Statement], themes: Vectors, look: Look
) -> Vectors:
    """How well each statement fits each entry: shape (statements, entries).

    Cosine in the space of themes to the entry's names and definitions in both languages,
    plus its typical words. Entries of another kind than the statement's are far.
    `themes` are the statements' vectors there.
    """
    if not statements:
        return np.zeros((0, len(entries)), dtype=np.float32)
    meaning = themes @ described(entries, look).T
    scores = meaning + CUES_WEIGHT * _cue_scores(entries, statements)
    kinds = np.array([[e.kind == s.kind for e in entries] for s in statements])
    return np.where(kinds, scores, -1.0).astype(np.float32)


def described(entries: Sequence[Code], look: Look) -> Vectors:
    """The entries in the space of themes; the bundled ones are read from disk."""
    if entries is bundled():
        kept = _kept()
        if kept is not None:
            return kept
    return computed(entries, look)


def computed(entries: Sequence[Code], look: Look) -> Vectors:
    """The entries' names and definitions in both languages, in the space of themes."""
    texts = [
        [t for e in entries for t in (e.label_nl, e.label_en)],
        [t for e in entries for t in (e.definition_nl, e.definition_en)],
    ]
    found = [look(part).themes.reshape(len(entries), 2, -1).sum(axis=1) for part in texts]
    return unit_rows(found[0] + found[1])


def digest() -> str:
    """The SHA-256 of the bundled codebook's file."""
    return sha256(_FILE.read_bytes()).hexdigest()


@cache
def _kept() -> Vectors | None:
    """The bundled codebook's rows as `research.training.codebook` wrote them, if of this file."""
    if not DESCRIBED.exists():
        return None
    with np.load(DESCRIBED) as data:
        if str(data["digest"]) != digest():
            return None
        return np.asarray(data["rows"], dtype=np.float32)


def _cue_scores(entries: Sequence[Code], statements: Sequence[Statement]) -> Vectors:
    """Rarity-weighted cues of an entry that a statement uses, at most ten points.

    A cue of several words counts when all of them are there.
    """
    places: dict[tuple[str, ...], list[int]] = {}
    for i, entry in enumerate(entries):
        for cue in sorted({tuple(_WORD.findall(cue.lower())) for cue in entry.cues} - {()}):
            places.setdefault(cue, []).append(i)
    starting: dict[str, list[tuple[str, ...]]] = {}
    for cue in places:
        starting.setdefault(cue[0], []).append(cue)
    scores = np.zeros((len(statements), len(entries)), dtype=np.float32)
    for row, statement in enumerate(statements):
        words = set(_WORD.findall(statement.text.lower()))
        for cue in (c for word in sorted(words) for c in starting.get(word, ())):
            if words.issuperset(cue):
                scores[row, places[cue]] += log(len(entries) / len(places[cue]))
    return np.minimum(scores, CUES_MOST)


def profile(scores: Vectors) -> Vectors:
    """Each statement's share over the entries, square-rooted: rows of unit length."""
    if not scores.size:
        return scores
    sharp = np.exp((scores - scores.max(axis=1, keepdims=True)) * SHARPNESS)
    return np.asarray(np.sqrt(sharp / sharp.sum(axis=1, keepdims=True)), dtype=np.float32)
