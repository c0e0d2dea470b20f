"""Cues of subtitle files: what WebVTT and SRT share."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from research.errors import BrokenFile
from research.model import Reading, SetAside, Upload
from research.readers.boilerplate import reason_to_drop
from research.readers.files import source_id
from research.readers.labels import LONGEST_LABEL, accepted
from research.readers.times import clock, seconds
from research.readers.turns import UNNAMED, Turn, to_passages

_TIMING = re.compile(r"^(\S*)\s*-->\s*(\S*)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s([^<>]*))?>", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:v|c|i|b|u|s|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}\n]{0,40}\}",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"^\[([^\]]{1,60})\]:\s*(.*)$", re.DOTALL)
_PREFIX = re.compile(r"^([^\s:<>\[\]][^:<>\[\]\n]{0,59}?)\s*:\s+(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: where it stands, when it is spoken (None: unreadable), its lines."""

    line: int
    start: int | None
    payload: tuple[str, ...]

    @property
    def place(self) -> str:
        """The time, or the line when the time cannot be read."""
        return f"line {self.line}" if self.start is None else clock(self.start)


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a cue with the voice that its tags or brackets name, if any."""

    voice: str
    text: str
    cue: Cue


def find_cues(lines: Sequence[str]) -> list[Cue]:
    """Every cue: a line with an arrow and what follows until the next cue."""
    marks = [i for i, line in enumerate(lines) if "-->" in line]
    ends = [_end_of_cue(lines, mark) for mark in marks[1:]] + [len(lines)]
    return [_cue(lines, mark, end) for mark, end in zip(marks, ends, strict=False)]


def _end_of_cue(lines: Sequence[str], following: int) -> int:
    """Where a cue's words stop: before the next cue's number or identifier."""
    before = following - 1
    if before < 0 or not lines[before].strip():
        return following
    alone = before == 0 or not lines[before - 1].strip()
    return before if alone or lines[before].strip().isdigit() else following


def _cue(lines: Sequence[str], mark: int, end: int) -> Cue:
    """The cue whose arrow stands on line `mark`."""
    match = _TIMING.match(lines[mark].strip()[:200])
    start = seconds(match.group(1)) if match else None
    if match and seconds(match.group(2)) is None:
        start = None
    payload = tuple(line.strip() for line in lines[mark + 1 : end] if line.strip())
    return Cue(mark + 1, start, payload)


def read_cues(upload: Upload, reader: str, cues: Sequence[Cue], notes: Sequence[str]) -> Reading:
    """The passages of a subtitle file; refused when not one cue has a readable time."""
    if not any(cue.start is not None for cue in cues):
        raise BrokenFile(
            upload.name,
            "no subtitle in it has a time that can be read; export the transcript again",
        )
    said = [part for cue in cues for part in _spoken(cue)]
    aside = tuple(
        SetAside(part.cue.place, part.text, reason)
        for part in said
        if (reason := reason_to_drop(part.text))
    )
    kept = [part for part in said if not reason_to_drop(part.text)]
    return Reading(
        source=source_id(upload.content),
        name=upload.name,
        reader=reader,
        passages=to_passages(_turns(kept)),
        set_aside=aside,
        notes=(*notes, *_time_notes(cues)),
    )


def _time_notes(cues: Sequence[Cue]) -> list[str]:
    """The remark on cues whose time cannot be read."""
    bad = [str(cue.line) for cue in cues if cue.start is None]
    if not bad:
        return []
    some = ", ".join(bad[:5]) + (", …" if len(bad) > 5 else "")
    return [f"{len(bad)} of {len(cues)} cues have a time that cannot be read (line {some})"]


def _spoken(cue: Cue) -> Iterator[Said]:
    """The words of a cue, split where another voice begins."""
    pieces = _VOICE.split("\n".join(cue.payload))
    voices = ["", *pieces[1::2]]
    for voice, raw in zip(voices, pieces[0::2], strict=True):
        text = " ".join(_plain(raw).split())
        if text:
            yield Said(_clean_voice(_plain(voice or "")), text, cue)


def _plain(raw: str) -> str:
    """Text without subtitle tags and with entities resolved; unknown tags stay as text."""
    return html.unescape(_TAGS.sub("", raw)).replace("\u200e", "").replace("\u200f", "")


def _clean_voice(voice: str) -> str:
    """A speaker's name without the organisation that Teams adds after a bar."""
    return " ".join(voice.split(" | ")[0].split())


def _turns(said: Sequence[Said]) -> Iterator[Turn]:
    """Turns with their voices: tag, bracket, name and colon, or whoever spoke last."""
    names = _names(said)
    voice = UNNAMED
    for part in said:
        named, text = (part.voice, part.text) if part.voice else _prefixed(part.text, names)
        voice = named or voice
        yield Turn(voice, text, part.cue.place)


def _names(said: Sequence[Said]) -> frozenset[str]:
    """The names before a colon that are speakers in this file."""
    found = [m.group(1) for part in said if (m := _PREFIX.match(part.text)) and not part.voice]
    return accepted((f for f in found if len(f) <= LONGEST_LABEL), len(said))


def _prefixed(text: str, names: frozenset[str]) -> tuple[str, str]:
    """The speaker at the start of the words and the rest; no speaker when there is none."""
    if bracket := _BRACKET.match(text):
        return _clean_voice(bracket.group(1)), bracket.group(2)
    prefix = _PREFIX.match(text)
    if prefix and prefix.group(1) in names:
        return _clean_voice(prefix.group(1)), prefix.group(2)
    return "", text
