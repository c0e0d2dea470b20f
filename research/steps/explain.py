"""Why a statement got its kind, in a few words that a page can show."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from research.contracts import Vectors
from research.model import Reason
from research.steps.context import Context
from research.steps.features import Asked, bucket_of, words_of
from research.steps.tagger import WEIGHTS, Read, Tagger, log_softmax

EXAMPLES = WEIGHTS.parent / "examples.npz"
WORDS_MOST, WORDS_LEAST = 2, 0.05
QUESTION_LEAST, CORRECTED_LEAST = 0.1, 0.1
EXAMPLE_LEAST = 0.6
PIECE = 4096
_SAYS = re.compile(r"\w{2,}")


@dataclass(frozen=True, slots=True)
class Case:
    """Statements as they were read: scores of the kinds before and after learning."""

    asked: Sequence[Asked]
    before: Vectors
    after: Vectors
    gists: Vectors
    read: Read


@dataclass(frozen=True, slots=True)
class Bank:
    """Labelled examples to compare with: texts, kinds, and gists of length one."""

    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    gists: Vectors


def reasons(case: Case, tagger: Tagger, context: Context) -> list[tuple[Reason, ...]]:
    """Per statement: its telling words, then what else made the difference, then an example."""
    best = case.after.argmax(axis=1)
    asked_for = _by_question(case, context, best, tagger)
    nearest = _nearest(case.gists[:, 0], [tagger.classes["kind"][int(b)] for b in best])
    found = []
    for row, asked in enumerate(case.asked):
        kind = int(best[row])
        why = [Reason("words", word) for word in _words(asked.text, kind, tagger)]
        if asked_for[row]:
            why.append(Reason("question", asked.question))
        if asked.rating is not None:
            why.append(Reason("stars", f"{asked.rating:g}"))
        gain = np.exp(case.after[row, kind]) - np.exp(case.before[row, kind])
        if gain > CORRECTED_LEAST:
            why.append(Reason("corrections", f"{gain:.2f}"))
        if nearest[row]:
            why.append(Reason("example", nearest[row]))
        found.append(tuple(why))
    return found


def _words(text: str, kind: int, tagger: Tagger) -> list[str]:
    """The words or pairs of words that speak most for a kind and against the others."""
    table = tagger.hashed["kind"]
    words = words_of(text)
    grams = dict.fromkeys([*words, *(f"{a} {b}" for a, b in pairwise(words))])
    scored = []
    for gram in grams:
        if _SAYS.search(gram):
            row = bucket_of(gram)
            weight = float(table[row, kind] - table[row].mean()) * float(tagger.idf[row])
            scored.append((weight / 10, gram))
    scored.sort(key=lambda s: (-s[0], s[1]))
    kept: list[str] = []
    for weight, gram in scored:
        if weight >= WORDS_LEAST and not any(gram in k or k in gram for k in kept):
            kept.append(gram)
        if len(kept) == WORDS_MOST:
            break
    return kept


def _by_question(case: Case, context: Context, best: Vectors, tagger: Tagger) -> list[bool]:
    """Whether a statement would be much less likely what it is, had nothing been asked."""
    rows = [i for i, asked in enumerate(case.asked) if asked.question]
    told = [False] * len(case.asked)
    if not rows:
        return told
    bare = case.gists[rows].copy()
    bare[:, 1] = 0.0
    asked = [case.asked[i] for i in rows]
    unasked = [Asked(a.text, "", a.form, a.rating, a.before, a.after) for a in asked]
    read = case.read.rows(rows)
    scores = [
        np.exp(log_softmax(tagger.scores(some, read, context(gists, some))["kind"]))
        for some, gists in ((asked, case.gists[rows]), (unasked, bare))
    ]
    for at, row in enumerate(rows):
        told[row] = bool((scores[0] - scores[1])[at, int(best[row])] > QUESTION_LEAST)
    return told


def _nearest(gists: Vectors, kinds: Sequence[str]) -> list[str]:
    """The labelled example of the same kind that lies nearest; empty where none is near."""
    bank = load_bank()
    if bank is None or not len(gists):
        return [""] * len(gists)
    same = np.array(bank.kinds)
    unit = gists / np.maximum(np.linalg.norm(gists, axis=1, keepdims=True), 1e-9)
    found = []
    for start in range(0, len(unit), PIECE):
        likeness = unit[start : start + PIECE] @ bank.gists.T
        for row, kind in zip(likeness, kinds[start : start + PIECE], strict=True):
            mine = np.where(same == kind, row, -1.0)
            best = int(mine.argmax())
            found.append(bank.texts[best] if mine[best] >= EXAMPLE_LEAST else "")
    return found


@cache
def load_bank(path: Path = EXAMPLES) -> Bank | None:
    """The labelled examples that ship with the project."""
    if not path.exists():
        return None
    with np.load(path) as data:
        return Bank(
            tuple(str(t) for t in data["texts"]),
            tuple(str(k) for k in data["kinds"]),
            data["gists"].astype(np.float32),
        )
