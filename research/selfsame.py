"""One person in the files of a study: their voices, their row, and what names them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from research.model import Analysis, ParticipantRow, Reading, Statement
from research.preparation import Apart, redact_reading
from research.steps.redact_labels import is_generic_label, name_in_label

PARTICLES = frozenset(["van", "de", "der", "den", "het", "ter", "ten", "te", "la", "le", "von"])


@dataclass(frozen=True, slots=True)
class Person:
    """A participant by id: the voices of each source, whether a source is theirs alone
    (`whole`) or others take part too (`shared`), and the row of a table about them."""

    id: str
    voices: Mapping[str, frozenset[str]]
    whole: tuple[str, ...]
    shared: tuple[str, ...]
    row: ParticipantRow | None

    def said(self, statement: Statement) -> bool:
        """Whether a statement is the person's."""
        return statement.participant == self.id

    def texts(self, raw: Reading, shown: Reading | None = None) -> list[str]:
        """What the person says in a reading, all of it where the source is theirs alone;
        as `shown`, the same reading with placeholders, where that is given."""
        own = self.voices.get(raw.source, frozenset())
        if raw.source in self.whole:
            own = frozenset(p.voice for p in raw.passages)
        after = (shown or raw).passages
        said = [q.text for p, q in zip(raw.passages, after, strict=True) if p.voice in own]
        if raw.source in self.whole:
            said += [a.text for a in (shown or raw).set_aside]
        return said


def person_of(apart: Apart, participant_id: str, analysis: Analysis | None) -> Person | None:
    """The person of that id; None when nobody in the files or the analysis has it.

    Whose words the analysis shows under that id are the person's too, also where somebody
    decided since that the voice is another's.
    """
    said = [s for s in analysis.statements if s.participant == participant_id] if analysis else []
    mine = _voices_of(apart, said)
    others: set[str] = set()
    for (source, voice), who in apart.people.of_voice.items():
        if who == participant_id:
            mine.setdefault(source, set()).add(voice)
    for source, voice in _same_name(apart, mine):
        mine.setdefault(source, set()).add(voice)
    for source, voice in apart.people.of_voice:
        if voice not in mine.get(source, ()):
            others.add(source)
    if not mine and not said:
        return None
    return Person(
        id=participant_id,
        voices={source: frozenset(voices) for source, voices in sorted(mine.items())},
        whole=tuple(sorted(set(mine) - others)),
        shared=tuple(sorted(set(mine) & others)),
        row=apart.people.rows.get(participant_id),
    )


def _voices_of(apart: Apart, said: Sequence[Statement]) -> dict[str, set[str]]:
    """The voices of the passages that statements stand in, by source."""
    places = {(s.source, s.passage) for s in said}
    found: dict[str, set[str]] = {}
    for reading in apart.readings:
        for passage in reading.passages:
            if (reading.source, passage.index) in places:
                found.setdefault(reading.source, set()).add(passage.voice)
    return found


def _same_name(apart: Apart, mine: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """Voices under the person's full name, also where they were taken for an interviewer."""
    labels = {voice for voices in mine.values() for voice in voices}
    names = {v.casefold() for v in labels if not is_generic_label(v) and " " in v.strip()}
    return [
        (reading.source, voice)
        for reading in apart.readings
        for voice in dict.fromkeys(p.voice for p in reading.passages)
        if voice.casefold() in names
    ]


def values_of(apart: Apart, person: Person) -> list[str]:
    """What names or marks the person: names and their parts, all that redaction takes out of
    their words, what was collected about them, and the names of files that are theirs."""
    found: list[str] = []
    for reading in apart.readings:
        voices = person.voices.get(reading.source, frozenset())
        for voice in sorted(v for v in voices if not is_generic_label(v)):
            found += [voice, *_names(name_in_label(voice))]
        own = tuple(p for p in reading.passages if p.voice in voices)
        if own:
            _, taken = redact_reading(replace(reading, passages=own, set_aside=()), apart)
            found += [part for r in taken for part in _original(r.original, r.category)]
            found += [value for p in own for _, value in p.attributes]
        if reading.source in person.whole:
            found += [reading.name, PurePath(reading.name).stem]
    if person.row is not None:
        found += [*person.row.keys, *(value for _, value in person.row.attributes)]
    return [value for value in dict.fromkeys(found) if value]


def texts_in(reading: Reading) -> Iterator[str]:
    """Every text that a reading holds."""
    yield reading.name
    yield from reading.notes
    for passage in reading.passages:
        yield from (passage.text, passage.voice, passage.question)
        yield from (value for _, value in passage.attributes)
    yield from (aside.text for aside in reading.set_aside)
    for row in reading.participants:
        yield from row.keys
        yield from (value for _, value in row.attributes)


def _original(value: str, category: str) -> list[str]:
    return _names(value) if category == "name" else [value]


def _names(name: str) -> list[str]:
    """A name, and each of its words that is a name by itself."""
    parts = [w.strip(".,") for w in name.split() if w.lower() not in PARTICLES]
    return [name, *(w for w in parts if len(w) > 1)]
