"""Who took part: one participant for each person, under a label that names nobody."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from research.model import Attributes, Channel, Participant, ParticipantRow, Passage, Reading, Role

Voice = tuple[str, str]
_NUMBERED = re.compile(r"^(?:[^\W\d_]{4,}|[pdr])[\s_.-]?\d{1,4}$", re.IGNORECASE)
_LOOSE_NUMBER = re.compile(r"^(?:speaker|spreker|person|persoon)", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")
_NAMES: dict[Channel, str] = {
    "interview": "P",
    "survey": "Respondent ",
    "review": "Reviewer ",
    "ticket": "Customer ",
}


@dataclass(frozen=True, slots=True)
class People:
    """The participants, which of them each voice of each source is, and the row of a
    participants table that tells of each, where one does."""

    participants: tuple[Participant, ...]
    of_voice: Mapping[Voice, str]
    rows: Mapping[str, ParticipantRow] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Someone:
    """A person in the making: their voices, in order of first appearance."""

    voices: tuple[Voice, ...]
    channel: Channel
    first: Passage
    given: Attributes


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts `interview 2` before `interview 10`."""
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part.casefold())
        for part in _DIGITS.split(name)
        if part
    )


def find_people(
    readings: Sequence[Reading],
    roles: Mapping[Voice, Role],
    is_generic: Mapping[Voice, bool],
) -> People:
    """Participants of the readings, which are in canonical order.

    `roles` of interview voices; interviewers and unknown voices are nobody.
    `is_generic` tells labels such as `Deelnemer 7` from names of people.
    """
    someones = _merge(readings, roles, is_generic)
    rows = [row for reading in readings for row in reading.participants]
    names = {reading.source: reading.name for reading in readings}
    labels = _labels(someones, is_generic)
    people, of_voice, told_of = [], {}, {}
    for someone, label in zip(someones, labels, strict=True):
        identity = _identity(someone)
        of_voice.update(dict.fromkeys(someone.voices, identity))
        row = _row(someone, rows, names)
        if row is not None:
            told_of[identity] = row
        told = row.attributes if row else ()
        sources = tuple(sorted({source for source, _ in someone.voices}))
        attributes = tuple(sorted({**dict(someone.given), **dict(told)}.items()))
        people.append(Participant(identity, label, attributes, sources, someone.channel))
    return People(tuple(people), of_voice, told_of)


def _merge(
    readings: Sequence[Reading], roles: Mapping[Voice, Role], is_generic: Mapping[Voice, bool]
) -> list[_Someone]:
    """Voices that are the same person together, in canonical order."""
    everywhere = _everywhere(readings)
    found: dict[str, _Someone] = {}
    for reading in readings:
        for passage in reading.passages:
            voice = (reading.source, passage.voice)
            if passage.channel == "interview" and roles.get(voice, "unknown") != "participant":
                continue
            key = _key(voice, passage, is_generic.get(voice, True), everywhere)
            someone = found.get(key)
            if someone is None:
                found[key] = _Someone((voice,), passage.channel, passage, passage.attributes)
            else:
                found[key] = _joined(someone, voice, passage)
    return list(found.values())


def _joined(someone: _Someone, voice: Voice, passage: Passage) -> _Someone:
    voices = someone.voices if voice in someone.voices else (*someone.voices, voice)
    given = tuple(sorted({**dict(passage.attributes), **dict(someone.given)}.items()))
    return _Someone(voices, someone.channel, someone.first, given)


def _everywhere(readings: Sequence[Reading]) -> frozenset[str]:
    """Labels that speak in every one of several transcripts: roles, not persons."""
    talks = [
        {p.voice.casefold() for p in r.passages}
        for r in readings
        if r.passages and r.passages[0].channel == "interview"
    ]
    return frozenset(set.intersection(*talks)) if len(talks) > 1 else frozenset()


def _key(voice: Voice, passage: Passage, generic: bool, everywhere: frozenset[str]) -> str:
    """What makes two voices one person: a name or a numbered label, else the source.

    A help desk has one id for a customer in all its exports; a ticket without one is alone.
    """
    source, label = voice
    lowered = " ".join(label.casefold().split())
    alone = f"{source}/{lowered}"
    if passage.channel == "ticket" and not passage.place.startswith(label):
        return f"ticket:{lowered}"
    if passage.channel != "interview" or not lowered or lowered in everywhere:
        return alone
    if generic:
        numbered = _NUMBERED.match(lowered) and not _LOOSE_NUMBER.match(lowered)
        return f"label:{lowered}" if numbered else alone
    return f"name:{lowered}" if " " in lowered else alone


def _identity(someone: _Someone) -> str:
    """An id from where the person first speaks, so that it tells nothing of the name."""
    source = min(source for source, _ in someone.voices)
    index = someone.first.index if source == someone.voices[0][0] else 0
    digest = hashlib.sha256(f"{source}/{index}/{someone.channel}".encode()).hexdigest()
    return f"p-{digest[:10]}"


def _labels(someones: Sequence[_Someone], is_generic: Mapping[Voice, bool]) -> list[str]:
    """A numbered label as it stands when nobody shares it, else P1, Respondent 1 …"""
    own = [_own_label(s, is_generic) for s in someones]
    taken = {label for label in own if label}
    counters: dict[Channel, int] = dict.fromkeys(_NAMES, 0)
    labels: list[str] = []
    for someone, label in zip(someones, own, strict=True):
        while not label or label in labels:
            counters[someone.channel] += 1
            label = f"{_NAMES[someone.channel]}{counters[someone.channel]}"
            if label in taken:
                label = ""
        labels.append(label)
    return labels


def _own_label(someone: _Someone, is_generic: Mapping[Voice, bool]) -> str:
    voice = someone.voices[0]
    if someone.channel != "interview" or not is_generic.get(voice, True):
        return ""
    numbered = _NUMBERED.match(voice[1]) and not _LOOSE_NUMBER.match(voice[1])
    return voice[1] if numbered else ""


def _row(
    someone: _Someone, rows: Sequence[ParticipantRow], names: Mapping[str, str]
) -> ParticipantRow | None:
    """The row of the participants table that most keys match, if any does."""
    keys = set()
    for source, voice in someone.voices:
        if someone.channel == "interview":
            keys.update({_plain(names[source]), _plain(PurePath(names[source]).stem)})
        keys.add(_plain(voice))
    keys.discard("")
    best = max(rows, key=lambda row: sum(_plain(k) in keys for k in row.keys if k), default=None)
    if best is None or not any(_plain(k) in keys for k in best.keys if k):
        return None
    return best


def _plain(key: str) -> str:
    return re.sub(r"[^\w]+", "", PurePath(key.replace("\\", "/")).name.casefold())
