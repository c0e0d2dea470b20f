"""What became of the uploaded files: accepted with what was found, or refused with why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from research.model import ROLES, Decision, Intake, Reading, Role, Speaker
from research.steps.redact_labels import is_generic_label
from research.steps.roles import guess_roles
from research.store.sources import Arrival
from research.view import standing

_SAME = 0.5  # of the passages of the smaller file: from here on, namesakes are versions
_TWIN = 0.9  # and so are files of any name
_FEW = 5  # passages below which only namesakes are
_TELLING = 20  # characters of a passage that is not said in any talk


def shown_voices(reading: Reading) -> dict[str, str]:
    """Each voice of a file as people may see it: a personal name becomes a placeholder."""
    voices = dict.fromkeys(p.voice for p in reading.passages)
    return {
        voice: voice if is_generic_label(voice) else f"[NAAM {number}]"
        for number, voice in enumerate(voices, 1)
    }


def decided_roles(readings: Iterable[Reading], decisions: Iterable[Decision]) -> dict[str, Role]:
    """The roles that people decided, by source and the voice as it is in the file.

    A redacted reading keeps the roles it had: names that told them are gone.
    """
    by_target: dict[str, str] = {
        d.target: d.value for d in standing(decisions) if d.action == "set-role"
    }
    roles: dict[str, Role] = {}
    for reading in readings:
        had = {p.voice: p.role for p in reading.passages} if reading.redacted else {}
        for voice, shown in shown_voices(reading).items():
            told = by_target.get(f"{reading.source}/{shown}", had.get(voice, "unknown"))
            role = as_role(told)
            if role != "unknown":
                roles[f"{reading.source}/{voice}"] = role
    return roles


def as_role(value: str) -> Role:
    """The role of that name; any other name is `unknown`, which leaves it to the software."""
    return next((role for role in ROLES if role == value), "unknown")


def describe(
    arrivals: Iterable[Arrival], readings: Iterable[Reading], roles: Mapping[str, Role]
) -> tuple[Intake, ...]:
    """The arrivals with what was found in them."""
    by_source = {reading.source: reading for reading in readings}
    speakers = guess_roles(tuple(by_source.values()), roles)
    notes = versions(by_source)
    return tuple(
        _with_notes(_describe(a, by_source.get(a.source), speakers), notes) for a in arrivals
    )


def versions(readings: Mapping[str, Reading]) -> dict[str, str]:
    """A remark for each source that has another version in the study, by source id.

    Versions are files of one name with more than half of the passages of the smaller one
    in common, or files of any name with nearly all of at least five.
    """
    said = {source: _telling(reading) for source, reading in readings.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for source in sorted(said):
        for text in said[source]:
            holders[text].append(source)
    notes = {}
    for source in said:
        shared = Counter(s for text in said[source] for s in holders[text] if s != source)
        for other, same in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
            smaller = min(len(said[source]), len(said[other]))
            if _are_versions(readings[source], readings[other], same, smaller):
                notes[source] = _version_note(readings[other], same, len(said[source]))
                break
    return notes


def _telling(reading: Reading) -> frozenset[str]:
    """The passages of a file that could tell another version of it."""
    texts = (" ".join(p.text.split()) for p in reading.passages)
    return frozenset(text for text in texts if len(text) >= _TELLING)


def _are_versions(one: Reading, other: Reading, same: int, smaller: int) -> bool:
    """Whether two files are versions of one, by how many passages of the smaller they share."""
    if _bare(one.name) == _bare(other.name):
        return same > _SAME * smaller
    return smaller >= _FEW and same >= _TWIN * smaller


def _bare(name: str) -> str:
    """A file's name without folders, in lower case."""
    return name.rpartition("/")[2].casefold()


def _version_note(other: Reading, same: int, passages: int) -> str:
    return (
        f"another version of it is in the study: {other.name} ({same} of {passages} longer "
        "passages are the same); remove the one that is out of date, or people count twice"
    )


def _with_notes(intake: Intake, notes: Mapping[str, str]) -> Intake:
    """The intake of an accepted file with a remark on its versions."""
    note = notes.get(intake.source) if intake.accepted else None
    return replace(intake, notes=(*intake.notes, note)) if note else intake


def _describe(arrival: Arrival, reading: Reading | None, speakers: Iterable[Speaker]) -> Intake:
    if reading is None or arrival.duplicate_of:
        return Intake(
            name=arrival.name,
            accepted=False,
            source=arrival.source,
            reason=arrival.reason,
            duplicate_of=arrival.duplicate_of,
        )
    return Intake(
        name=arrival.name,
        accepted=True,
        source=reading.source,
        reader=reading.reader,
        passages=len(reading.passages),
        voices=_voices(reading, speakers),
        set_aside=len(reading.set_aside),
        notes=reading.notes,
        fields=_fields(reading),
    )


def _voices(reading: Reading, speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    """Who speaks in an interview, by names that may be shown."""
    if not any(p.channel == "interview" for p in reading.passages):
        return ()
    shown = shown_voices(reading)
    mine = (s for s in speakers if s.source == reading.source)
    return tuple(replace(s, voice=shown.get(s.voice, s.voice)) for s in mine)


def _fields(reading: Reading) -> tuple[str, ...]:
    """What the file tells about people: the names of the attributes."""
    told = [p.attributes for p in reading.passages] + [r.attributes for r in reading.participants]
    return tuple(sorted({name for attributes in told for name, _ in attributes}))
