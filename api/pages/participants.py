"""Participants: who took part, by pseudonym, and what each of them said."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.evidence import Index, Quote
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research.lookup import find_participant
from research.model import Attributes, Channel, Kind, Participant

router = APIRouter()
CHANNELS: tuple[Channel, ...] = ("interview", "survey", "review", "ticket")


@dataclass(frozen=True, slots=True)
class Named:
    """Something on another page: its name and its address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A participant with the persona and the sources."""

    id: str
    label: str
    channel: Channel
    attributes: Attributes
    statements: int
    pains: int
    motivations: int
    persona: Named | None
    sources: tuple[Named, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Heard:
    """The participants who were heard in one way, and the attributes known of any."""

    channel: Channel
    participants: tuple[ParticipantRow, ...]
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParticipantsPage:
    """All participants of a study, by how they were heard."""

    head: Head
    heard: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """One participant and all that he or she said."""

    head: Head
    participant: ParticipantRow
    quotes: tuple[Quote, ...]


def participants_page(head: HeadDep, found: ResultsDep) -> ParticipantsPage:
    """All participants, interviews first."""
    people = found.analysis.participants
    kinds = kinds_said(found)
    heard = (
        Heard(
            channel,
            tuple(row(p, found, kinds.get(p.id, [])) for p in people if p.channel == channel),
            tuple(
                dict.fromkeys(n for p in people if p.channel == channel for n, _ in p.attributes)
            ),
        )
        for channel in CHANNELS
    )
    return ParticipantsPage(head, tuple(h for h in heard if h.participants))


def kinds_said(found: Index) -> dict[str, list[Kind]]:
    """The kinds of the statements of each participant."""
    kinds: dict[str, list[Kind]] = {}
    for statement in found.analysis.statements:
        kinds.setdefault(statement.participant, []).append(statement.kind)
    return kinds


def participant_page(head: HeadDep, found: ResultsDep, participant_id: str) -> ParticipantPage:
    """One participant. Raises `NotFound`."""
    participant = find_participant(found.analysis, participant_id)
    said = [s for s in found.analysis.statements if s.participant == participant_id]
    shown = row(participant, found, [s.kind for s in said])
    return ParticipantPage(head, shown, found.quotes(s.id for s in said))


def row(participant: Participant, found: Index, kinds: list[Kind]) -> ParticipantRow:
    """A participant as the list shows it."""
    personas = (p for p in found.analysis.personas if participant.id in p.participants)
    persona = next((Named(p.name, found.url("personas", p.id)) for p in personas), None)
    return ParticipantRow(
        id=participant.id,
        label=participant.label,
        channel=participant.channel,
        attributes=participant.attributes,
        statements=len(kinds),
        pains=kinds.count("pain"),
        motivations=kinds.count("motivation"),
        persona=persona,
        sources=tuple(
            Named(found.sources[s].name, found.url("sources", s))
            for s in participant.sources
            if s in found.sources
        ),
        url=found.url("participants", participant.id),
    )


ParticipantsDep = Annotated[ParticipantsPage, Depends(participants_page)]
ParticipantDep = Annotated[ParticipantPage, Depends(participant_page)]


@router.get("/studies/{study_id}/participants", include_in_schema=False)
def show_participants(page: ParticipantsDep, show: ShowDep) -> Response:
    """The page with all participants."""
    return show("participants/list.html", page)


@router.get("/api/studies/{study_id}/participants", tags=["results"])
def list_participants(page: ParticipantsDep) -> ParticipantsPage:
    """All participants by pseudonym, with what was collected about them."""
    return page


@router.get("/studies/{study_id}/participants/{participant_id}", include_in_schema=False)
def show_participant(page: ParticipantDep, show: ShowDep) -> Response:
    """The page of a participant."""
    return show("participants/show.html", page)


@router.get("/api/studies/{study_id}/participants/{participant_id}", tags=["results"])
def get_participant(page: ParticipantDep) -> ParticipantPage:
    """A participant and all that he or she said."""
    return page
