"""What people coded in a REFI-QDA project, found again in a study's statements: pure functions.

A coding stands at offsets in a source's text; a statement in a passage, in which lines were
joined and personal data replaced. Word by word, both are led back to the same text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from research.model import Passage, Statement, Upload
from research.readers import read_upload
from research.readers.files import source_id
from research.readers.refi import Project, ProjectSource
from research.readers.refi_text import coded_parts, text_of

MORE_THAN = 0.5
_WORD = re.compile(r"\S+")
_SURE, _NEAR = 4, 40
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Coding:
    """One code that a person gave to a selection: `text_of(source)[start:end] == text`."""

    source: str
    start: int
    end: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class CodedStatement:
    """A statement that a coding is about, and how much of it or of the coding is shared."""

    statement: str
    coding: Coding
    share: float


def codings_of(project: Project) -> tuple[Coding, ...]:
    """Every coding of every text in a project, at exact offsets in code points."""
    return tuple(coding for source in project.sources for coding in _codings(source))


def _codings(source: ProjectSource) -> Iterator[Coding]:
    if isinstance(source.file, Upload):
        identity = source_id(source.file.content)
        for part in coded_parts(source):
            for code in part.codes:
                yield Coding(identity, part.start, part.end, code, part.text)


def coded_statements(
    source: ProjectSource, passages: Sequence[Passage], statements: Sequence[Statement]
) -> tuple[CodedStatement, ...]:
    """The statements that share more than half of the shorter with a coding, codings in order.

    `passages` are those of the source in the study, with personal data replaced, and
    `statements` point into them. Raises `BadUpload` for a source that cannot be read.
    """
    if not isinstance(source.file, Upload):
        return ()
    text = text_of(source.file)
    raw = read_upload(source.file, max_bytes=len(source.file.content)).passages
    spans = _spans(text, raw, passages)
    said = {
        s.id: [place for span, place in spans.get(s.passage, ()) if _touches(span, s)]
        for s in statements
    }
    return tuple(
        CodedStatement(statement, coding, round(share, 4))
        for coding in _codings(source)
        for statement, places in said.items()
        if (share := _share(coding, places)) > MORE_THAN
    )


def _share(coding: Coding, places: Sequence[Span]) -> float:
    """What a coding and a statement have in common, as a share of the shorter, in characters."""
    whole = (coding.start, coding.end)
    if not places or places[-1][1] <= coding.start or coding.end <= places[0][0]:
        return 0.0
    size = sum(end - start for start, end in _words(coding.text))
    least = min(size, sum(end - start for start, end in places))
    return sum(_common(place, whole) for place in places) / least if least else 0.0


def _touches(span: Span, statement: Statement) -> bool:
    return span[0] < statement.end and statement.start < span[1]


def _common(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _words(text: str) -> list[Span]:
    return [match.span() for match in _WORD.finditer(text)]


def _spans(
    text: str, raw: Sequence[Passage], shown: Sequence[Passage]
) -> dict[int, list[tuple[Span, Span]]]:
    """For each passage its words: where they stand in it, and where in the source's text."""
    there = _words(text)
    find = _Finder([text[a:b] for a, b in there])
    by_index = {passage.index: passage for passage in shown}
    spans: dict[int, list[tuple[Span, Span]]] = {}
    for passage in raw:
        places = find.places(passage.text.split())
        seen = by_index.get(passage.index)
        if seen is None:
            continue
        here = _words(seen.text)
        spans[passage.index] = [
            (here[at], there[place])
            for at, place in _followed(passage.text.split(), seen.text.split(), places)
        ]
    return spans


def _followed(
    raw: Sequence[str], shown: Sequence[str], places: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Each word as it is shown with its places in the text; a placeholder has all it replaced."""
    if len(raw) == len(shown) and list(raw) == list(shown):
        yield from ((at, place) for at, place in enumerate(places) if place >= 0)
        return
    for tag, a, b, c, d in SequenceMatcher(None, raw, shown, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((c + n, places[a + n]) for n in range(b - a) if places[a + n] >= 0)
        elif tag == "replace":
            for at in range(a, b):
                place = places[at]
                if place >= 0:
                    yield c + (at - a) * (d - c) // (b - a), place


class _Finder:
    """Finds the words of passages in a text, in order; a passage leaves out labels and remarks."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._at = 0
        self._where: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            self._where.setdefault(word, []).append(place)

    def places(self, words: Sequence[str]) -> list[int]:
        """Where each word stands; -1 for one that is not there as it is written."""
        found, joined = [], False
        for number, word in enumerate(words):
            place = self._at if joined and self._is(self._at, word) else self._place(words, number)
            joined = place >= 0
            self._at = place + 1 if joined else self._at
            found.append(place)
        return found

    def _is(self, place: int, word: str) -> bool:
        return place < len(self._words) and self._words[place] == word

    def _place(self, words: Sequence[str], number: int) -> int:
        """The next place with these words in a row, as many as can be; a lone one nearby."""
        candidates = self._where.get(words[number], [])
        later = candidates[bisect_left(candidates, self._at) :]
        for length in range(min(_SURE, len(words) - number), 0, -1):
            row = list(words[number : number + length])
            near = (p for p in later if length > 1 or p < self._at + _NEAR)
            place = next((p for p in near if list(self._words[p : p + length]) == row), -1)
            if place >= 0:
                return place
        return -1
