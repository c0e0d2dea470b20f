"""The files of a study as plain texts, and where in them each coded statement stands.

Positions are in characters (Unicode code points) from 0; the end is not included.
"""

import re
from collections import Counter
from dataclasses import dataclass

from research.exporters.index import Index
from research.exporters.maps.refi import alone, guid, named
from research.exporters.maps.text import line
from research.exporters.transcripts import Turn, transcripts

# One character for one, so that every position stays what it was.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Selection:
    """A coded statement: `content[start:end]` of its text, and the themes it is in."""

    guid: str
    statement: str
    participant: str
    text: str
    start: int
    end: int
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A file as plain text with its selections in order; no other has its name."""

    guid: str
    source: str
    name: str
    content: str
    selections: tuple[Selection, ...]


def texts(found: Index) -> tuple[Text, ...]:
    """Every file that has a passage, by name."""
    used: Counter[str] = Counter()
    said = _said(found)
    made = []
    for transcript in transcripts(found):
        source = transcript.source
        shown = alone(named(source.name), used)
        content, starts = _content(found, transcript.turns)
        chosen = [
            Selection(
                guid=guid("selection", key),
                statement=key,
                participant=who,
                text=content[starts[passage] + start : starts[passage] + end],
                start=starts[passage] + start,
                end=starts[passage] + end,
                themes=themes,
            )
            for passage, start, end, key, who, themes in said.get(source.id, ())
            if passage in starts
        ]
        made.append(Text(guid("source", source.id), source.id, shown, content, tuple(chosen)))
    return tuple(made)


Said = tuple[int, int, int, str, str, tuple[str, ...]]


def _said(found: Index) -> dict[str, list[Said]]:
    """The statements of each source that are in a theme, in order."""
    themes: dict[str, list[str]] = {}
    for theme in found.analysis.shown:
        for statement_id in theme.statements:
            themes.setdefault(statement_id, []).append(theme.id)
    said: dict[str, list[Said]] = {}
    for key, mine in themes.items():
        s = found.statements[key]
        told = (s.passage, s.start, s.end, s.id, s.participant, tuple(sorted(set(mine))))
        said.setdefault(s.source, []).append(told)
    return {source: sorted(told) for source, told in said.items()}


def _content(found: Index, turns: tuple[Turn, ...]) -> tuple[str, dict[int, int]]:
    """The turns below each other, and where the words of each passage begin."""
    parts: list[str] = []
    starts: dict[int, int] = {}
    at = 0
    for turn in turns:
        passage = turn.passage
        place = found.words.place(passage.place) if passage.place else ""
        head = " · ".join(line(p) for p in (turn.who, place) if p) + "\n"
        if passage.question and passage.channel != "interview":
            head += f"[{line(passage.question)}]\n"
        starts[passage.index] = at + len(head)
        parts.append(head + plain(passage.text) + "\n\n")
        at += len(parts[-1])
    return "".join(parts), starts


def plain(text: str) -> str:
    """Text with line feeds only and nothing that cannot be written, just as long as before."""
    lines = text.replace("\r\n", " \n").replace("\r", "\n")
    return HALVES.sub("\ufffd", CONTROLS.sub(" ", lines))
