"""The interview guide: which of its questions were asked, who answered, who was never asked.

What an interviewer said is compared with each question's wordings by content words (lemmas,
rare ones counting for more) and, where one is given, by a likeness of meaning.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from research.contracts import Encoder, Vectors
from research.model import Participant, Source, Statement
from research.resources import CORPORA
from research.steps.guide_match import LANGUAGES, Compare, Wording

Likeness = Callable[[Sequence[str], Sequence[str]], Vectors]
"""How alike texts are to wordings, from 0 to 1: shape (texts, wordings)."""

ASKING_CHANNELS = ("interview", "survey")
_SENTENCE = re.compile(r"(?<=[.?!…])\s+")


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """A question of the guide: the stage it is mostly about, and its wordings.

    The first wording of a language that is no probe is the question itself.
    """

    id: str
    stage: str
    wordings: tuple[Wording, ...]

    def text(self, language: str) -> str:
        """The question in a language, else as it was first written."""
        own = (w.text for w in self.wordings if w.language == language and not w.probe)
        return next(own, self.wordings[0].text)

    def probes(self, language: str) -> tuple[str, ...]:
        """What to go on with in a language."""
        return tuple(w.text for w in self.wordings if w.language == language and w.probe)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one participant said when asked, in order."""

    participant: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the guide: who answered, who was asked and said nothing that counts,
    and who was never asked. `wordings` are how it was asked, in order."""

    question: GuideQuestion
    answers: tuple[Answer, ...]
    silent: tuple[str, ...]
    never: tuple[str, ...]
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asking:
    """What was asked at one place in a source, and the statements that follow."""

    source: str
    text: str
    language: str
    statements: tuple[Statement, ...]


@cache
def bundled_guide() -> tuple[GuideQuestion, ...]:
    """The guide that comes with the project."""
    raw = json.loads((CORPORA / "guide" / "questions.json").read_text(encoding="utf-8"))
    return tuple(
        GuideQuestion(
            id=question["id"],
            stage=question["stage"],
            wordings=tuple(w for tongue in LANGUAGES for w in _wordings(question[tongue], tongue)),
        )
        for question in raw["questions"]
    )


def _wordings(told: Mapping[str, object], language: str) -> Iterator[Wording]:
    also, probes = told["also"], told["probes"]
    assert isinstance(also, list) and isinstance(probes, list)
    yield from (Wording(str(text), language) for text in [told["text"], *also])
    yield from (Wording(str(text), language, probe=True) for text in probes)


def by_encoder(encoder: Encoder) -> Likeness:
    """The likeness of an encoder: the cosine of vectors, nothing below nought."""

    def likeness(texts: Sequence[str], wordings: Sequence[str]) -> Vectors:
        near = encoder.encode(list(texts)) @ encoder.encode(list(wordings)).T
        return np.asarray(np.maximum(near, 0.0), dtype=np.float32)

    return likeness


def follow_guide(
    guide: Sequence[GuideQuestion],
    sources: Sequence[Source],
    participants: Sequence[Participant],
    statements: Sequence[Statement],
    likeness: Likeness | None = None,
) -> tuple[Asked, ...]:
    """Each question of the guide with who answered it and who was never asked.

    Passages tell by their role who asks. A question is put to everybody of its source;
    people who were interviewed or surveyed can be asked, reviewers and customers of a help
    desk cannot.
    """
    askings = [a for source in sources for a in _askings(source, statements)]
    matches = _matches(guide, askings, likeness)
    people = [p for p in participants if p.channel in ASKING_CHANNELS]
    return tuple(
        _asked(
            question, people, [a for a, found in zip(askings, matches, strict=True) if at in found]
        )
        for at, question in enumerate(guide)
    )


def _asked(
    question: GuideQuestion, people: Sequence[Participant], askings: Sequence[_Asking]
) -> Asked:
    said: dict[str, dict[str, None]] = {}
    for statement in (s for asking in askings for s in asking.statements):
        said.setdefault(statement.participant, {}).setdefault(statement.id)
    where = {asking.source for asking in askings}
    heard = [p.id for p in people if p.id in said or where & set(p.sources)]
    return Asked(
        question=question,
        answers=tuple(Answer(p.id, tuple(said[p.id])) for p in people if p.id in said),
        silent=tuple(p for p in heard if p not in said),
        never=tuple(p.id for p in people if p.id not in heard),
        wordings=tuple(dict.fromkeys(asking.text for asking in askings)),
    )


def _askings(source: Source, statements: Sequence[Statement]) -> Iterator[_Asking]:
    """What was asked in a source: by an interviewer, else beside each answer."""
    mine: dict[int, list[Statement]] = {}
    for statement in statements:
        if statement.source == source.id:
            mine.setdefault(statement.passage, []).append(statement)
    if any(p.role == "interviewer" for p in source.passages):
        yield from _spoken(source, mine)
        return
    written: dict[str, list[Statement]] = {}
    for passage in source.passages:
        if passage.question and passage.channel in ASKING_CHANNELS:
            written.setdefault(passage.question, []).extend(mine.get(passage.index, ()))
    language = next((p.language for p in source.passages if p.language), "")
    for text, said in written.items():
        yield _Asking(source.id, text, language, tuple(said))


def _spoken(source: Source, mine: Mapping[int, Sequence[Statement]]) -> Iterator[_Asking]:
    """Turns of interviewers, those in a row as one, each with what is said up to the next."""
    asked: list[str] = []
    said: list[Statement] = []
    answered, language = False, ""
    for passage in source.passages:
        if passage.role == "interviewer":
            if answered and asked:
                yield _Asking(source.id, " ".join(asked), language, tuple(said))
                asked, said, answered = [], [], False
            asked.append(passage.text)
            language = passage.language or language
        elif passage.role == "participant" and asked:
            answered = True
            said += mine.get(passage.index, ())
    if asked:
        yield _Asking(source.id, " ".join(asked), language, tuple(said))


# --- matching ----------------------------------------------------------------------


def _matches(
    guide: Sequence[GuideQuestion], askings: Sequence[_Asking], likeness: Likeness | None
) -> list[frozenset[int]]:
    """The questions of the guide that each asking puts; a follow-up goes on with the last."""
    known = [(at, wording) for at, question in enumerate(guide) for wording in question.wordings]
    parts = [_sentences(asking.text) for asking in askings]
    texts = list(dict.fromkeys(text for part in parts for text in part))
    near = likeness(texts, [w.text for _, w in known]) if likeness and texts and known else None
    row = {text: at for at, text in enumerate(texts)}
    compare = Compare([wording for _, wording in known])
    found: list[frozenset[int]] = []
    last: tuple[str, frozenset[int]] = ("", frozenset())
    for asking, part in zip(askings, parts, strict=True):
        before = last[1] if last[0] == asking.source else frozenset[int]()
        here: set[int] = set()
        for text in part:
            meaning = None if near is None else near[row[text]]
            scores = compare.scores(text, asking.language, meaning)
            here |= _best(scores, known, before | here)
        if not here and all(compare.is_short(text, asking.language) for text in part):
            here = set(before)
        last = (asking.source, frozenset(here))
        found.append(frozenset(here))
    return found


def _sentences(text: str) -> list[str]:
    """The questions in a turn; all its sentences when it asks without a question mark."""
    sentences = [s.strip() for s in _SENTENCE.split(text) if s.strip()]
    return [s for s in sentences if s.endswith("?")] or sentences


def _best(
    scores: Sequence[float], known: Sequence[tuple[int, Wording]], going: Iterable[int]
) -> set[int]:
    """The question with the wording most alike; probes count for a question that is going on."""
    current = set(going)
    best = (0.0, -1)
    for score, (at, wording) in zip(scores, known, strict=True):
        if score > best[0] and (not wording.probe or at in current):
            best = (score, at)
    return {best[1]} if best[1] >= 0 else set()
