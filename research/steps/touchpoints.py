"""Which channels and touchpoints a statement speaks of: words and their synonyms, by lemma.

Words are Dutch, English, German and French. Lemmas come from simplemma (Barbaresi, MIT), so
"teruggestuurd" is found by "terugsturen" and "rang" by "ring". A study can add touchpoints of
its own with its stages.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from research.model import Statement
from research.resources import CORPORA
from research.steps.lemmas import LANGUAGES, lemma

_TOKEN = re.compile(r"\w+(?:[.'’&-]\w+)*")
_LONGEST = 4
_USUAL = ("nl", "en")  # tried where the language is not known, or has no words here
Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Touchpoints by language: by the lemmas of their words, by words just as they are
    written, and by the starts of words."""

    phrases: dict[str, dict[tuple[str, ...], str]]
    exact: dict[str, dict[tuple[str, ...], str]]
    starts: dict[str, tuple[tuple[str, str], ...]]
    instead_of: dict[str, frozenset[str]]
    names: tuple[str, ...]


def touchpoints(statement: Statement, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The touchpoints that a statement speaks of, in the vocabulary's order.

    Where a special one is meant, the general one is left out: a phone call to customer
    service is "customer service by phone" alone.
    """
    known = statement.language in LANGUAGES
    found: set[str] = set()
    for tongue in (statement.language,) if known else _USUAL:
        found |= set(_found(statement.text, tongue, vocabulary))
    general = {other for name in found for other in vocabulary.instead_of.get(name, ())}
    return tuple(name for name in vocabulary.names if name in found - general)


def vocabulary_of(own: Mapping[str, Sequence[str]] | None = None) -> Vocabulary:
    """The bundled vocabulary, with a study's own touchpoints: words by name."""
    raw = _bundled()
    known: dict[str, Words] = dict(raw["touchpoints"])
    for name, words in (own or {}).items():
        before = known.get(name, {})
        known[name] = {t: [*before.get(t, ()), name, *words] for t in LANGUAGES}
    return Vocabulary(
        phrases={t: dict(_phrases(known, t)) for t in LANGUAGES},
        exact={t: dict(_exact(known, t)) for t in LANGUAGES},
        starts={t: tuple(_starts(known, t)) for t in LANGUAGES},
        instead_of={n: frozenset(others) for n, others in raw["instead_of"].items()},
        names=tuple(known),
    )


@cache
def bundled_vocabulary() -> Vocabulary:
    """The vocabulary of a study that adds nothing to it."""
    return vocabulary_of()


@cache
def _bundled() -> dict[str, dict[str, Words]]:
    path = CORPORA / "touchpoints" / "touchpoints.json"
    raw: dict[str, dict[str, Words]] = json.loads(path.read_text(encoding="utf-8"))
    return raw


def _phrases(known: Mapping[str, Words], tongue: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each word or phrase as it stands and as lemmas."""
    for name, words in known.items():
        for phrase in words.get(tongue, ()):
            tokens = tuple(_TOKEN.findall(phrase.lower()))
            if tokens and not phrase.endswith("*") and not phrase.startswith("="):
                yield tokens, name
                yield tuple(lemma(token, tongue) for token in tokens), name


def _exact(known: Mapping[str, Words], tongue: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Words that stand for themselves alone: "rang" is a call, a "ring" is not."""
    for name, words in known.items():
        for phrase in words.get(tongue, ()):
            if phrase.startswith("="):
                yield tuple(_TOKEN.findall(phrase.lower())), name


def _starts(known: Mapping[str, Words], tongue: str) -> Iterator[tuple[str, str]]:
    for name, words in known.items():
        for phrase in words.get(tongue, ()):
            if phrase.endswith("*"):
                yield phrase[:-1].lower(), name


def _found(text: str, tongue: str, vocabulary: Vocabulary) -> Iterator[str]:
    tokens = _TOKEN.findall(text.lower())
    lemmas = [lemma(token, tongue) for token in tokens]
    phrases = vocabulary.phrases[tongue]
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + _LONGEST, len(tokens)) + 1):
            as_written = tuple(tokens[start:end])
            found = (
                vocabulary.exact[tongue].get(as_written),
                phrases.get(as_written),
                phrases.get(tuple(lemmas[start:end])),
            )
            yield from filter(None, found)
        for begin, name in vocabulary.starts[tongue]:
            if tokens[start].startswith(begin):
                yield name
