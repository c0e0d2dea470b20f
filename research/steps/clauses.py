"""Clauses of statements that could stand as a label, verbatim but for their edges."""

import json
import re
from collections.abc import Iterator
from functools import cache

from research.resources import CORPORA

FEWEST, MOST = 3, 9
_SENTENCE = re.compile(r"[.!?…\n]+(?:\s|$)")
_EDGES = " \"'“”„,;:()"
_PUNCTUATION = re.compile(r"[,.;:!?()\[\]\"“”„…\n–—]+|\s-\s")


@cache
def _words(name: str) -> tuple[str, ...]:
    raw = json.loads((CORPORA / "words" / "labels.json").read_text(encoding="utf-8"))
    return tuple(sorted(raw[name], key=lambda w: (-len(w), w)))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    options = "|".join(re.escape(word) for word in _words(name))
    shapes = {
        "split": rf"\s(?:{options})(?=\s)",
        "lead": rf"^(?:{options})(?:\s|$)",
        "trail": rf"(?:^|\s)(?:{options})$",
    }
    return re.compile(shapes[name], re.IGNORECASE)


def clauses(text: str) -> Iterator[tuple[str, bool]]:
    """Clauses of three to nine words, fillers taken off both ends; and which are sentences.

    A clause is a sentence when it starts as one and nothing but punctuation follows it.
    """
    text = re.sub(r"\[[^\]]*\]", ".", text)
    for sentence in _SENTENCE.split(text):
        whole = _trim(sentence.strip().strip(_EDGES))
        for piece in _PUNCTUATION.split(sentence):
            for part in _pattern("split").split(f" {piece.strip()} "):
                clause = _trim(part.strip())
                if FEWEST <= len(clause.split()) <= MOST and _says_something(clause):
                    yield clause, clause == whole


def _trim(clause: str) -> str:
    for name in ("lead", "trail"):
        before = ""
        while before != clause:
            before = clause
            clause = _pattern(name).sub("", clause).strip()
    return clause


def _says_something(clause: str) -> bool:
    words = [w.lower() for w in clause.split()]
    return sum(w not in _words("empty") and len(w) > 2 for w in words) >= 2


def sentence_case(clause: str) -> str:
    """The clause with a capital first letter."""
    return clause[:1].upper() + clause[1:]
