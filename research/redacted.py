"""A reading with nothing left of what its placeholders stand for, fit to be kept alone.

Its texts are exactly those that statements point into, so a run on it gives the same
offsets; languages, questions, roles and what a participants table told go along.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from research.model import Attributes, ParticipantRow, Passage, Reading, Redaction
from research.preparation import Apart, redact_reading
from research.steps.redact import is_generic_label


@dataclass(frozen=True, slots=True)
class Stripped:
    """A redacted reading, what each voice was called before, and what was taken out."""

    reading: Reading
    voices: Mapping[str, str]
    taken: tuple[Redaction, ...]


def strip(apart: Apart, source: str) -> Stripped:
    """The reading of a source as it is kept without originals."""
    reading = next(r for r in apart.readings if r.source == source)
    clean, taken = redact_reading(reading, apart)
    voices = _voices(reading.passages, clean.passages)
    passages = tuple(
        replace(after, voice=voices[before.voice], attributes=_told(apart, source, before, after))
        for before, after in zip(reading.passages, clean.passages, strict=True)
    )
    rows = tuple(map(without_names, reading.participants))
    kept = replace(clean, passages=passages, participants=rows, redacted=True)
    return Stripped(kept, voices, taken)


def without_names(row: ParticipantRow) -> ParticipantRow:
    """A row that is known by its codes and files, no longer by a name."""
    return replace(row, keys=tuple(k for k in row.keys if is_generic_label(k) or "." in k))


def _voices(before: Sequence[Passage], after: Sequence[Passage]) -> dict[str, str]:
    """What each voice is called now; two voices never become one."""
    found: dict[str, str] = {}
    for old, new in zip(before, after, strict=True):
        if old.voice in found:
            continue
        name, number = new.voice, 2
        while name in found.values():
            name = f"{new.voice} ({number})"
            number += 1
        found[old.voice] = name
    return found


def _told(apart: Apart, source: str, before: Passage, after: Passage) -> Attributes:
    """The passage's own attributes, and those of the row that is found by the voice's name."""
    person = apart.people.of_voice.get((source, before.voice), "")
    row = apart.people.rows.get(person)
    told = row.attributes if row else ()
    return tuple({**dict(after.attributes), **dict(told)}.items())
