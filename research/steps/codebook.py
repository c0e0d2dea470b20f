"""A codebook of known themes, matched by meaning and by typical words.

The bundled codebook proposes names and brings statements about the same thing nearer;
every match is still backed by quotes, and what fits nothing keeps its own words.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

import numpy as np

from research.contracts import Vectors
from research.model import Statement
from research.resources import CORPORA
from research.steps.similarity import unit_rows

CUES_WEIGHT, CUES_MOST = 0.05, 10.0
SHARPNESS = 15.0
LEAST_Z, LEAST_MARGIN, LEAST_SUPPORT, AMONG = 3.0, 0.3, 0.5, 5
_WORD = re.compile(r"\w{4,}")
Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Entry:
    """A known theme, in Dutch and English."""

    id: str
    kind: str
    stage: str
    label_nl: str
    label_en: str
    definition_nl: str
    definition_en: str
    cues: tuple[str, ...]

    def label(self, language: str) -> str:
        """Its name in a language."""
        return self.label_nl if language == "nl" else self.label_en

    def definition(self, language: str) -> str:
        """Its definition in a language."""
        return self.definition_nl if language == "nl" else self.definition_en


@cache
def bundled() -> tuple[Entry, ...]:
    """The general codebook that comes with the project."""
    path = CORPORA / "codebooks" / "general.json"
    raw = json.loads(path.read_text(encoding="utf-8"))["themes"]
    names = ("id", "kind", "stage", "label_nl", "label_en", "definition_nl", "definition_en")
    return tuple(Entry(*(str(r[n]) for n in names), tuple(r["cues"])) for r in raw)


def likeness(entries: Sequence[Entry], statements: Sequence[Statement], embed: Embed) -> Vectors:
    """How well each statement fits each entry: shape (statements, entries).

    Cosine to the entry's names and definitions in both languages, plus its typical words.
    Entries of another kind than the statement's are far.
    """
    if not statements:
        return np.zeros((0, len(entries)), dtype=np.float32)
    meaning = embed([s.text for s in statements]) @ _described(entries, embed).T
    scores = meaning + CUES_WEIGHT * _cue_scores(entries, statements)
    kinds = np.array([[e.kind == s.kind for e in entries] for s in statements])
    return np.where(kinds, scores, -1.0).astype(np.float32)


def _described(entries: Sequence[Entry], embed: Embed) -> Vectors:
    dutch = embed([f"{e.label_nl}. {e.definition_nl}" for e in entries])
    english = embed([f"{e.label_en}. {e.definition_en}" for e in entries])
    return unit_rows(dutch + english)


def _cue_scores(entries: Sequence[Entry], statements: Sequence[Statement]) -> Vectors:
    """Rarity-weighted words of an entry that a statement uses, at most ten points."""
    places: dict[str, list[int]] = {}
    for i, entry in enumerate(entries):
        for word in sorted({w for cue in entry.cues for w in _WORD.findall(cue.lower())}):
            places.setdefault(word, []).append(i)
    scores = np.zeros((len(statements), len(entries)), dtype=np.float32)
    for row, statement in enumerate(statements):
        for word in sorted(set(_WORD.findall(statement.text.lower()))):
            for i in places.get(word, ()):
                scores[row, i] += log(len(entries) / len(places[word]))
    return np.minimum(scores, CUES_MOST)


def profile(scores: Vectors) -> Vectors:
    """Each statement's share over the entries, square-rooted: rows of unit length."""
    if not scores.size:
        return scores
    sharp = np.exp((scores - scores.max(axis=1, keepdims=True)) * SHARPNESS)
    return np.asarray(np.sqrt(sharp / sharp.sum(axis=1, keepdims=True)), dtype=np.float32)


def best_entry(scores: Vectors) -> int | None:
    """The entry that a group's statements clearly share, if any does.

    `scores` are the group's rows. It must stand out from all entries, lead the next
    one, and be among the nearest five of at least half of the statements.
    """
    usable = np.flatnonzero(scores.max(axis=0) > -1.0)
    if len(usable) < AMONG or len(scores) < 2:
        return None
    mean = scores[:, usable].mean(axis=0)
    spread = float(mean.std()) or 1.0
    first, second = np.argsort(-mean, kind="stable")[:2]
    nearest = np.argsort(-scores[:, usable], axis=1, kind="stable")[:, :AMONG]
    support = float((nearest == first).any(axis=1).mean())
    stands_out = (mean[first] - mean.mean()) / spread
    leads = (mean[first] - mean[second]) / spread
    if stands_out < LEAST_Z or leads < LEAST_MARGIN or support < LEAST_SUPPORT:
        return None
    return int(usable[first])
