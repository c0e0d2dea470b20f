"""Every file as it was read, with its statements marked where they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from research.exporters.index import Index
from research.model import Passage, Source, Statement, Theme


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage: plain text, or a statement with the themes it is in."""

    text: str
    statement: Statement | None = None
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A passage: who says it, and its pieces, which together are its whole text."""

    passage: Passage
    who: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A file with its turns."""

    source: Source
    turns: tuple[Turn, ...]


def transcripts(found: Index) -> tuple[Transcript, ...]:
    """All files, by name."""
    themes = _themes(found)
    said = _said(found)
    sources = sorted(found.analysis.sources, key=lambda s: (s.name, s.id))
    sources = [source for source in sources if source.passages]
    return tuple(Transcript(s, tuple(_turns(found, s, said, themes))) for s in sources)


def _themes(found: Index) -> Mapping[str, tuple[Theme, ...]]:
    """The themes that each statement is in."""
    themes: dict[str, tuple[Theme, ...]] = {}
    for theme in found.analysis.shown:
        for statement in theme.statements:
            themes[statement] = (*themes.get(statement, ()), theme)
    return themes


def _said(found: Index) -> Mapping[tuple[str, int], list[Statement]]:
    """The statements of each passage, first one first."""
    said: dict[tuple[str, int], list[Statement]] = {}
    for statement in sorted(found.statements.values(), key=lambda s: (s.start, s.end, s.id)):
        said.setdefault((statement.source, statement.passage), []).append(statement)
    return said


def _turns(
    found: Index,
    source: Source,
    said: Mapping[tuple[str, int], Sequence[Statement]],
    themes: Mapping[str, tuple[Theme, ...]],
) -> Iterator[Turn]:
    who = {
        p.voice: found.who(said[source.id, p.index][0].participant)
        for p in source.passages
        if (source.id, p.index) in said
    }
    for passage in source.passages:
        statements = said.get((source.id, passage.index), ())
        speaker = found.words.code("role", "interviewer")
        if passage.role != "interviewer":
            speaker = who.get(passage.voice, passage.voice)
        yield Turn(passage, speaker, tuple(_pieces(passage.text, statements, themes)))


def _pieces(
    text: str, statements: Sequence[Statement], themes: Mapping[str, tuple[Theme, ...]]
) -> Iterator[Piece]:
    """The text cut at its statements; what two statements share goes to the first."""
    at = 0
    for statement in statements:
        if statement.start > at:
            yield Piece(text[at : statement.start])
        begin = max(at, statement.start)
        at = max(at, statement.end)
        yield Piece(text[begin:at], statement, themes.get(statement.id, ()))
    if at < len(text):
        yield Piece(text[at:])
