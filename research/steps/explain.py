"""Why a statement got its kind, in a few words that a page can show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from research.contracts import Vectors
from research.model import Reason
from research.steps.context import Context
from research.steps.cues import patterns
from research.steps.features import Asked, words_of
from research.steps.tagger import WEIGHTS, Read, Tagger, log_softmax

EXAMPLES = WEIGHTS.parent / "examples.npz"
WORDS_MOST = 2
# The cues (corpora/cues/kind.json) that speak for a kind: their words are told first.
CUES = {
    "pain": ("trouble", "annoyance", "worry", "effort"),
    "motivation": ("wish", "need", "reason", "suggestion"),
    "praise": ("praise", "solved"),
    "context": ("fact",),
    "none": ("filler",),
}
QUESTION_LEAST, CORRECTED_LEAST = 0.1, 0.1
EXAMPLE_LEAST = 0.6
PIECE = 4096


@dataclass(frozen=True, slots=True)
class Case:
    """Statements as they were read: scores of the kinds before and after learning."""

    asked: Sequence[Asked]
    languages: Sequence[str]
    before: Vectors
    after: Vectors
    gists: Vectors
    read: Read


@dataclass(frozen=True, slots=True)
class Bank:
    """Labelled examples to compare with: texts, kinds, languages, and gists of length one.

    `telling` are the words and pairs of words that set each kind apart in the training
    statements, with how clearly.
    """

    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    gists: Vectors
    telling: Mapping[str, Mapping[str, float]]


def reasons(case: Case, tagger: Tagger, context: Context) -> list[tuple[Reason, ...]]:
    """Per statement: its telling words, then what else made the difference, then an example."""
    best = case.after.argmax(axis=1)
    asked_for = _by_question(case, context, best, tagger)
    kinds = [tagger.classes["kind"][int(b)] for b in best]
    nearest = _nearest(case.gists[:, 0], kinds, case.languages)
    found = []
    for row, asked in enumerate(case.asked):
        kind = int(best[row])
        words = _cue_words(asked.text, kinds[row]) or _words(asked.text, kinds[row])
        why = [Reason("words", word) for word in words]
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


def _cue_words(text: str, kind: str) -> list[str]:
    """Words of the text that are cues of a kind, one a cue."""
    lowered = text.lower()
    found = (p.search(lowered) for cue, p in patterns("kind") if cue in CUES[kind])
    return list(dict.fromkeys(match.group() for match in found if match))[:WORDS_MOST]


def _words(text: str, kind: str) -> list[str]:
    """The words or pairs of words that are told most often in statements of a kind."""
    bank = load_bank()
    if bank is None:
        return []
    words = words_of(text)
    grams = dict.fromkeys([*words, *(f"{a} {b}" for a, b in pairwise(words))])
    scored = [(bank.telling[kind].get(gram, 0.0), gram) for gram in grams]
    kept: list[str] = []
    for weight, gram in sorted(scored, key=lambda s: (-s[0], s[1])):
        if weight > 0 and not any(gram in k or k in gram for k in kept):
            kept.append(gram)
    return kept[:WORDS_MOST]


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


def _nearest(gists: Vectors, kinds: Sequence[str], languages: Sequence[str]) -> list[str]:
    """The labelled example of the same kind and language that lies nearest, if one is near.

    A statement in a language without examples is compared with all.
    """
    bank = load_bank()
    if bank is None or not len(gists):
        return [""] * len(gists)
    same, tongues = np.array(bank.kinds), np.array(bank.languages)
    known = {*bank.languages}
    unit = gists / np.maximum(np.linalg.norm(gists, axis=1, keepdims=True), 1e-9)
    found = []
    for start in range(0, len(unit), PIECE):
        likeness = unit[start : start + PIECE] @ bank.gists.T
        for row, likely in enumerate(likeness, start):
            fits = same == kinds[row]
            if languages[row] in known:
                fits = fits & (tongues == languages[row])
            mine = np.where(fits, likely, -1.0)
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
            tuple(str(t) for t in data["languages"]),
            data["gists"].astype(np.float32),
            _telling(data["words"], data["words_of"], data["clearly"]),
        )


def _telling(
    words: NDArray[np.str_], kinds: NDArray[np.str_], clearly: Vectors
) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {kind: {} for kind in CUES}
    for word, kind, how in zip(words, kinds, clearly, strict=True):
        found[str(kind)][str(word)] = float(how)
    return found
