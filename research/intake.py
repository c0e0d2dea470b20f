"""What became of the uploaded files: accepted with what was found, or refused with why."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from research.model import ROLES, Decision, Intake, Reading, Role, Speaker
from research.steps.redact_labels import is_generic_label
from research.steps.roles import guess_roles
from research.store.sources import Arrival
from research.view import standing


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
    return tuple(_describe(a, by_source.get(a.source), speakers) for a in arrivals)


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
