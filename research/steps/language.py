"""Which language a text is in, offline, by letter pairs and triples (lingua).

Low-accuracy mode: measured on 1,000 interview statements it is wrong on 4 of the texts
over 40 characters (high accuracy: none) for a tenth of the memory (34 against 333 MB) and
of the CPU. Those four are mended by the source: a passage leaves its source's language
only when it is long enough and clearly something else, and so does a statement that of its
passage: who goes over to another language for a sentence is heard in it, who drops a word
of it is not.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from research.model import Passage, Reading, Statement

if TYPE_CHECKING:
    from lingua import LanguageDetector

CANDIDATES = ("nl", "en", "de", "fr", "es", "it", "pt", "pl", "da", "sv", "nb", "tr")
FALLBACK = "en"
# From so many characters on, with such a probability, a passage differs from its source.
_OWN = ((60, 0.9), (25, 0.98))
_SAMPLE = 20  # pieces of a source that decide its usual language
_PIECE = 300  # characters of a piece
_ENOUGH = 20  # letters without which a language does not count
_WORD = re.compile(r"[^\W\d_]+")
_DUTCH = "de het een en ik je we ze maar die dat niet van op met voor er wel ook nog dan zo"
_ENGLISH = "the a an and i you we they but that this not of on with for it there so was my to"
_GERMAN = "der die das ein eine und ich sie wir aber nicht ist mit auf für es auch zu hat mir mich"
_FRENCH = "le la les un une et je il elle nous vous mais ne pas de du des est pour avec que ce sur"
_SMALL = {
    "nl": frozenset(_DUTCH.split()),
    "en": frozenset(_ENGLISH.split()),
    "de": frozenset(_GERMAN.split()),
    "fr": frozenset(_FRENCH.split()),
}
_PLACEHOLDER = re.compile(r"\[[^\[\]]{1,40}\]")
_GLANCE = 600  # characters of a text that are looked at


@cache
def _detector(candidates: tuple[str, ...]) -> "LanguageDetector":
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, c.upper()) for c in candidates]
    builder = LanguageDetectorBuilder.from_iso_codes_639_1(*codes)
    return builder.with_low_accuracy_mode().build()


def detect(text: str, candidates: Sequence[str] = CANDIDATES) -> tuple[str, float]:
    """The likeliest language of a text and its probability; ("", 0.0) without letters."""
    if not any(c.isalpha() for c in text):
        return "", 0.0
    values = _detector(tuple(candidates)).compute_language_confidence_values(text[:_GLANCE])
    best = values[0]
    return best.language.iso_code_639_1.name.lower(), best.value


def languages_of(readings: Sequence[Reading], wanted: str = "auto") -> dict[str, tuple[str, ...]]:
    """The language of each passage, by source id, in the order of the passages.

    Anything but `auto` is the answer for all. Short passages take their source's
    language, and a source without enough words takes the study's.
    """
    if wanted != "auto":
        return {r.source: (wanted,) * len(r.passages) for r in readings}
    votes = {r.source: _votes(r.passages) for r in readings}
    study = _winner(sum(votes.values(), Counter())) or FALLBACK
    return {r.source: _of_source(r, _winner(votes[r.source]) or study) for r in readings}


def with_languages(readings: Sequence[Reading], wanted: str = "auto") -> tuple[Reading, ...]:
    """The readings with the language of every passage filled in.

    A redacted reading keeps the languages it had: placeholders say nothing of language.
    """
    known = languages_of(readings, wanted)
    return tuple(_spoken(r, known[r.source]) for r in readings)


def spoken_in(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements of one passage, each in its own language where that is clearly another.

    What is taken out says nothing of language, and a passage of one statement has its own.
    """
    if len(statements) < 2:
        return tuple(statements)
    return tuple(replace(s, language=_of_statement(s)) for s in statements)


def _of_statement(statement: Statement) -> str:
    usual = statement.language
    text = " ".join(_PLACEHOLDER.sub(" ", statement.text).split())
    found = _of_text(text, usual)
    if found == usual or not usual:
        return usual
    ours, theirs = _small_words(text, usual, found), _small_words(text, found, usual)
    return found if theirs > ours or (found not in _SMALL and not ours) else usual


def _spoken(reading: Reading, languages: Sequence[str]) -> Reading:
    if reading.redacted:
        return reading
    pairs = zip(reading.passages, languages, strict=True)
    return replace(reading, passages=tuple(replace(p, language=tongue) for p, tongue in pairs))


def _of_source(reading: Reading, usual: str) -> tuple[str, ...]:
    return tuple(_of_text(p.text, usual) for p in reading.passages)


def _of_text(text: str, usual: str) -> str:
    """A text's own language when it is long and clear, else the usual one."""
    sure = next((share for length, share in _OWN if len(text) >= length), None)
    if sure is None:
        return usual
    found, share = detect(text)
    return found if share >= sure and not _mixed(text, usual, found) else usual


def _mixed(text: str, usual: str, found: str) -> bool:
    """Whether the small words still speak the usual language: Dutch full of English terms."""
    if found not in _SMALL:
        return False
    ours, theirs = _small_words(text, usual, found), _small_words(text, found, usual)
    return ours > 0 and ours >= theirs


def _small_words(text: str, language: str, other: str) -> int:
    """How many of a text's words are among the commonest small ones of a language alone."""
    known = _SMALL.get(language, frozenset()) - _SMALL.get(other, frozenset())
    return sum(word in known for word in _WORD.findall(text.lower()))


def _votes(passages: Iterable[Passage]) -> Counter[str]:
    """Letters by language over a sample of pieces, spread evenly over the passages."""
    pieces = _pieces(p.text for p in passages)
    step = max(1, len(pieces) // _SAMPLE)
    votes: Counter[str] = Counter()
    for piece in pieces[::step]:
        votes[detect(piece)[0]] += sum(c.isalpha() for c in piece)
    return Counter({tongue: n for tongue, n in votes.items() if n >= _ENOUGH})


def _pieces(texts: Iterable[str]) -> list[str]:
    """The texts joined to pieces of a few hundred characters."""
    pieces = [""]
    for text in texts:
        if len(pieces[-1]) >= _PIECE:
            pieces.append("")
        pieces[-1] = f"{pieces[-1]} {text[:_GLANCE]}".strip()
    return pieces


def _winner(votes: Counter[str]) -> str:
    """The language with most letters, the first of the alphabet among equals, or ""."""
    return min(votes, key=lambda tongue: (-votes[tongue], tongue), default="")
