"""The words that set each theme apart: class-based TF-IDF on lemmas (Grootendorst 2022).

A word counts once for each person who uses it, so that a talkative one does not decide.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from research.model import Statement
from research.steps.lemmas import LANGUAGES, lemma
from research.steps.tokens import stop_words

MOST = 8
LEAST = 4  # letters
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PLACEHOLDER = re.compile(r"\[[^\]]*\]")


def words_apart(groups: Sequence[Sequence[Statement]]) -> tuple[tuple[str, ...], ...]:
    """For each group of statements its telling words as they are mostly written, best first."""
    used = [_used(members) for members in groups]
    everywhere: Counter[str] = Counter()
    for counts, _ in used:
        everywhere.update(counts)
    average = sum(everywhere.values()) / max(len(groups), 1)
    return tuple(_best(counts, shapes, everywhere, average) for counts, shapes in used)


def _best(
    counts: Counter[str], shapes: dict[str, Counter[str]], everywhere: Counter[str], average: float
) -> tuple[str, ...]:
    total = sum(counts.values()) or 1
    scores = {
        word: count / total * log(1 + average / everywhere[word])
        for word, count in counts.items()
        if count > 1 or len(counts) < 3 * MOST
    }
    ranked = sorted(scores, key=lambda w: (-scores[w], w))[:MOST]
    return tuple(min(shapes[w], key=lambda form: (-shapes[w][form], form)) for w in ranked)


def _used(members: Sequence[Statement]) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """How many people use each lemma, and in which forms."""
    people: dict[str, set[str]] = {}
    shapes: dict[str, Counter[str]] = {}
    for member in members:
        language = member.language if member.language in LANGUAGES else "en"
        for token in _WORD.findall(_PLACEHOLDER.sub(" ", member.text).lower()):
            if len(token) < LEAST or token in stop_words(language):
                continue
            word = lemma(token, language)
            if word not in stop_words(language):
                people.setdefault(word, set()).add(member.participant)
                shapes.setdefault(word, Counter())[token] += 1
    return Counter({word: len(who) for word, who in people.items()}), shapes
