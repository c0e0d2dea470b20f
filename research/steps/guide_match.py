"""How alike what an interviewer asks is to the wordings of a guide: by words and by meaning.

Words count by lemma, rare ones for more. Meaning is given by whoever calls, if at all.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

from research.contracts import Vectors
from research.steps.lemmas import lemma
from research.steps.tokens import stop_words

LANGUAGES = ("nl", "en")  # those that the bundled guide is written in
WORDS_LEAST = 0.5
MEANING_LEAST = 0.3
TOGETHER_LEAST = 0.72
_TOKEN = re.compile(r"[^\W\d_]+")
_ASKING = """
    waarom hoe welk welke wat wanneer waar wie why how which what when where who whom
"""
_GOING_ON = """
    uitleggen vertellen voorbeeld bedoelen precies zeggen explain tell example mean elaborate
    exactly say right okay oké hm
"""
# Stop words elsewhere; here they carry the question.
_TELLING = frozenset(("beter", "hier", "ergens", "anders", "better", "here", "somewhere", "else"))
_ASKS = frozenset(_ASKING.split())
_GOES_ON = frozenset(_GOING_ON.split())


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask a question in a language; a probe goes on from the question."""

    text: str
    language: str
    probe: bool = False


class Compare:
    """Compares what is asked with every wording, by words and by meaning."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._wordings = wordings
        self._words = [_content(w.text, w.language) for w in wordings]
        self._exact = {_tokens(w.text): at for at, w in reversed(list(enumerate(wordings)))}
        self._counts = {
            tongue: Counter(
                word
                for w, words in zip(wordings, self._words, strict=True)
                if w.language == tongue
                for word in words
            )
            for tongue in LANGUAGES
        }

    def scores(self, text: str, language: str, meaning: Vectors | None) -> list[float]:
        """Nought for a wording that is not alike enough, else how alike it is."""
        exact = self._exact.get(_tokens(text), -1)
        known = language in LANGUAGES
        said = {t: _content(text, t) for t in LANGUAGES if not known or t == language}
        scores = []
        for at, wording in enumerate(self._wordings):
            mine = said.get(wording.language)
            words = self._shared(mine, self._words[at], wording.language) if mine else 0.0
            words = 1.0 if at == exact else words
            near = MEANING_LEAST if meaning is None else float(meaning[at])
            together = words if meaning is None else words + near
            enough = words >= WORDS_LEAST or (meaning is not None and together >= TOGETHER_LEAST)
            scores.append(together if enough and near >= MEANING_LEAST else 0.0)
        return scores

    def is_short(self, text: str, language: str) -> bool:
        """Whether a text asks on without saying about what: "En toen?"."""
        tongues = (language,) if language in LANGUAGES else LANGUAGES
        return any(not _content(text, t) - _ASKS - _GOES_ON for t in tongues)

    def _shared(self, said: frozenset[str], words: frozenset[str], language: str) -> float:
        """The share of both texts' content that they have in common, rare words for more."""
        both = said & words
        if not both - _ASKS:
            return 0.0
        weight = self._weight(language)
        return 2 * sum(map(weight, both)) / (sum(map(weight, said)) + sum(map(weight, words)))

    def _weight(self, language: str) -> Callable[[str], float]:
        counts = self._counts[language]
        of = len(self._wordings)
        return lambda word: log((1 + of) / (1 + counts[word]))


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(text.lower()))


def _content(text: str, language: str) -> frozenset[str]:
    """The lemmas of a text that say what it is about, and the words that ask."""
    found = set()
    for token in _tokens(text):
        if token in _ASKS or token in _TELLING:
            found.add(token)
            continue
        word = lemma(token, language)
        if not {token, word} & stop_words(language) and len(word) > 1:
            found.add(word)
    return frozenset(found)
