"""What readers of machine transcription and research tools share: voices, times, a reading."""

from collections.abc import Iterable, Sequence

from research.model import Reading, SetAside, Upload
from research.readers.boilerplate import reason_to_drop
from research.readers.files import source_id
from research.readers.json_text import Json
from research.readers.text import clean
from research.readers.times import clock
from research.readers.turns import UNNAMED, Turn, to_passages

_LONGEST = 10_000_000  # seconds; what goes beyond is no time


def reading_of(
    upload: Upload,
    reader: str,
    turns: Iterable[Turn],
    notes: Sequence[str] = (),
    aside: Sequence[SetAside] = (),
) -> Reading:
    """The turns as a reading; what software added or is no speech is set aside."""
    kept: list[Turn] = []
    dropped: list[SetAside] = []
    for turn in turns:
        text = " ".join(turn.text.split())
        if reason := reason_to_drop(text):
            dropped.append(SetAside(turn.place, text, reason))
        else:
            kept.append(Turn(turn.voice, text, turn.place))
    return Reading(
        source=source_id(upload.content),
        name=upload.name,
        reader=reader,
        passages=to_passages(kept),
        set_aside=(*aside, *dropped),
        notes=tuple(notes),
    )


def said(value: Json) -> str:
    """Words as a JSON file holds them; nothing of what is no text."""
    return clean(value) if isinstance(value, str) else ""


def voice_of(speaker: Json) -> str:
    """A speaker as a voice: a bare number or letter is `Speaker 0`, `Speaker A`."""
    if isinstance(speaker, bool) or not isinstance(speaker, str | int):
        return UNNAMED
    name = " ".join(clean(str(speaker)).split())
    if name.isdigit() or len(name) == 1:
        return f"Speaker {name}"
    return name or UNNAMED


def seconds_of(time: Json, *, unit: int = 1) -> float | None:
    """A time as seconds, of which `unit` go in one; None when it is no time."""
    if isinstance(time, bool) or not isinstance(time, int | float):
        return None
    return time / unit if abs(time) <= _LONGEST * unit else None


def place_of(seconds: float | None, number: int) -> str:
    """A time as the place, else the number of the piece as its row."""
    return f"row {number}" if seconds is None else clock(max(0, int(seconds)))


def nameless(turns: Sequence[Turn]) -> list[str]:
    """The remark on pieces without a speaker in a file that names speakers."""
    bare = sum(1 for turn in turns if turn.voice == UNNAMED and turn.text.strip())
    if not bare or all(turn.voice == UNNAMED for turn in turns):
        return []
    return [f"{bare} of {len(turns)} pieces name no speaker; they are read as a voice of their own"]
