"""Turns of a conversation, and the passages they become."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from research.model import Passage

UNNAMED = "unnamed"
"""The voice of words that no name goes with."""

_END = re.compile(r"[.!?…][\"')\]\u201d\u2019]*$")
_ENOUGH = 300
_TOO_MUCH = 1000


@dataclass(frozen=True, slots=True)
class Turn:
    """Some words of one voice, with where they stand in the file and in which conversation."""

    voice: str
    text: str
    place: str
    conversation: str = ""


def to_passages(turns: Iterable[Turn]) -> tuple[Passage, ...]:
    """Passages in file order; turns of the same voice in a row become one."""
    return tuple(
        Passage(index=i, text=turn.text, voice=turn.voice, channel="interview", place=turn.place)
        for i, turn in enumerate(_joined(turns))
    )


def _joined(turns: Iterable[Turn]) -> Iterator[Turn]:
    """Neighbouring turns of one voice as one, with the place of the first."""
    group: list[Turn] = []
    for turn in (t for t in turns if t.text.strip()):
        if group and (_differs(turn, group[-1]) or _is_full(group)):
            yield _join(group)
            group = []
        group.append(turn)
    if group:
        yield _join(group)


def _differs(turn: Turn, other: Turn) -> bool:
    """Whether two turns are of different voices or conversations."""
    return (turn.voice, turn.conversation) != (other.voice, other.conversation)


def _is_full(group: list[Turn]) -> bool:
    """Whether words without a name have gone on long enough for a passage of their own."""
    if group[0].voice != UNNAMED:
        return False
    length = sum(len(turn.text) + 1 for turn in group)
    return length > _TOO_MUCH or (length > _ENOUGH and bool(_END.search(group[-1].text)))


def _join(group: list[Turn]) -> Turn:
    """The words of several turns with a single space between them."""
    text = " ".join(" ".join(turn.text.split()) for turn in group)
    return Turn(group[0].voice, text, group[0].place)
