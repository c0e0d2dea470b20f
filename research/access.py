"""Everything that a study keeps of one participant, for a request for access (GDPR, art. 15)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from research.access_file import packed
from research.errors import NotFound
from research.model import (
    Access,
    Analysis,
    Decision,
    Ground,
    Participant,
    PersonAnswer,
    PersonFile,
    PersonPassage,
    PersonResult,
    Redaction,
    Statement,
)
from research.originals import apart_of
from research.preparation import Apart, redact_reading
from research.retention import get_privacy, grounds_of
from research.second_answers import unit_of
from research.second_coder import key_of
from research.selfsame import Person, person_of
from research.store import Store, analyses, decisions, second_coders, studies
from research.view import view


def access_to(store: Store, study_id: str, participant_id: str) -> Access:
    """Everything on one participant. Raises `NotFound`."""
    study = studies.get(store, study_id)
    apart = apart_of(store, study_id)
    newest = analyses.newest(store, study_id)
    person = person_of(apart, participant_id, newest)
    if person is None:
        raise NotFound(f"This study has no participant {participant_id!r}.")
    log = decisions.of_study(store, study_id)
    analysis = view(newest, log) if newest else None
    said = [s for s in analysis.statements if s.participant == person.id] if analysis else []
    files, placeholders = _files(apart, person, grounds_of(store, study_id))
    return Access(
        study=study.name,
        made=datetime.now(UTC),
        keep_until=get_privacy(store, study_id).keep_until,
        language=analysis.language if analysis else study.language,
        participant=_participant(apart, analysis, participant_id),
        row=person.row.attributes if person.row else (),
        files=files,
        statements=tuple(said),
        results=_results(analysis, person) if analysis else (),
        placeholders=placeholders,
        decisions=tuple(_about(log, person, {s.id for s in said})),
        answers=_answers(store, study_id, said),
    )


def access_file(store: Store, study_id: str, participant_id: str) -> bytes:
    """The same as one file: a zip with `access.json` and a page to read, `access.html`."""
    return packed(access_to(store, study_id, participant_id))


def _participant(apart: Apart, analysis: Analysis | None, participant_id: str) -> Participant:
    """The participant under the label that the results show, else as the files tell."""
    known = (*(analysis.participants if analysis else ()), *apart.people.participants)
    return next(p for p in known if p.id == participant_id)


def _files(
    apart: Apart, person: Person, grounds: Mapping[str, Ground]
) -> tuple[tuple[PersonFile, ...], tuple[Redaction, ...]]:
    """What each file holds of the person, and what was taken out of it."""
    files: list[PersonFile] = []
    taken: list[Redaction] = []
    for reading in apart.readings:
        voices = person.voices.get(reading.source)
        if not voices:
            continue
        clean, found = redact_reading(reading, apart)
        pairs = zip(reading.passages, clean.passages, strict=True)
        mine = [(raw, after) for raw, after in pairs if raw.voice in voices]
        shown = " ".join(t for _, p in mine for t in (p.text, p.voice))
        taken += [r for r in found if r.placeholder in shown]
        passages = tuple(
            PersonPassage(
                place=raw.place,
                voice=raw.voice,
                role=raw.role,
                channel=raw.channel,
                question=after.question,
                text=raw.text,
                shown=after.text,
                rating=raw.rating,
                date=raw.date,
                language=raw.language,
                attributes=raw.attributes,
            )
            for raw, after in mine
        )
        alone = reading.source in person.whole
        files.append(
            PersonFile(reading.source, reading.name, alone, grounds[reading.source], passages)
        )
    return tuple(files), tuple(taken)


def _results(analysis: Analysis, person: Person) -> tuple[PersonResult, ...]:
    """Themes and personas that the person is in, with the statements they rest on."""
    mine = {s.id for s in analysis.statements if s.participant == person.id}
    found = [
        PersonResult(t.kind, t.label, t.people, tuple(s for s in t.statements if s in mine))
        for t in analysis.themes
        if person.id in t.participants
    ]
    for persona in analysis.personas:
        if person.id in persona.participants:
            rests = dict.fromkeys(s for c in persona.claims for s in c.statements if s in mine)
            found.append(
                PersonResult("persona", persona.name, len(persona.participants), tuple(rests))
            )
    return tuple(found)


def _about(log: Iterable[Decision], person: Person, said: set[str]) -> Iterable[Decision]:
    """Decisions on the person or on what they said; those of themes and personas as a whole
    are about everybody in them, and count when this person is the only one."""
    voices = set(person.voices)
    for decision in log:
        own = decision.target in said or decision.target == person.id
        role = decision.action == "set-role" and decision.target.partition("/")[0] in voices
        alone = bool(decision.anchors) and set(decision.anchors) <= said | {person.id}
        if own or alone or (role and decision.target.partition("/")[0] in person.whole):
            yield decision


def _answers(store: Store, study_id: str, said: Iterable[Statement]) -> tuple[PersonAnswer, ...]:
    """What any second coder answered about the person's statements."""
    by_key = {key_of(unit_of(s)): s.id for s in said}
    found = second_coders.every_answer(store, study_id, sorted(by_key))
    return tuple(PersonAnswer(by_key[key], maker, labels) for maker, key, labels in found)
