"""Personas: drafts with a base, claims with evidence, and who fits nowhere."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep, WhoDep
from api.evidence import PersonaCard
from api.pages.decisions import DecisionRow, decision_row
from api.pages.themes import Coder
from api.render import ShowDep
from api.reviews import ReviewShown, review_shown
from api.study import Head, HeadDep, ResultsDep
from research import persona_summary, reviewing
from research.errors import NotFound
from research.lookup import find_persona
from research.model import PERSONA_STATUSES, Analysis, Channel, Participant, SummaryProposal

router = APIRouter()


@dataclass(frozen=True, slots=True)
class PersonasPage:
    """All personas of a study, and the people whom none of them fits.

    `outside` are those of them who said enough to be compared.
    """

    head: Head
    personas: tuple[PersonaCard, ...]
    unplaced: tuple[Participant, ...]
    outside: tuple[Participant, ...]
    people: int
    waiting: tuple[DecisionRow, ...]

    def by_channel(self) -> tuple[tuple[Channel, tuple[Participant, ...]], ...]:
        """The people without a persona, by the channel in which they were heard."""
        channels = dict.fromkeys(p.channel for p in self.unplaced)
        return tuple((c, tuple(p for p in self.unplaced if p.channel == c)) for c in channels)


@dataclass(frozen=True, slots=True)
class PersonaPage:
    """One persona, whole."""

    head: Head
    persona: PersonaCard
    statuses: tuple[str, ...]
    review: ReviewShown
    coder: Coder | None
    proposal: SummaryProposal | None


@dataclass(frozen=True, slots=True)
class PersonaChange:
    """A persona's new name or status; what is empty stays."""

    name: str = ""
    status: str = ""


def personas_page(store: StoreDep, head: HeadDep, found: ResultsDep) -> PersonasPage:
    """All personas, largest first."""
    cards = sorted(map(found.persona, found.analysis.personas), key=lambda p: (-p.people, p.id))
    return PersonasPage(
        head=head,
        personas=tuple(cards),
        unplaced=found.people(found.analysis.unplaced),
        outside=found.people(found.analysis.outside),
        people=len(found.analysis.participants),
        waiting=tuple(decision_row(d, True) for d in reviewing.waiting(store, head.id)),
    )


def persona_page(
    store: StoreDep, head: HeadDep, found: ResultsDep, who: WhoDep, persona_id: str
) -> PersonaPage:
    """One persona. Raises `NotFound`."""
    persona = find_persona(found.analysis, persona_id)
    review = review_shown(found, reviewing.get_review(store, head.id, persona_id), who)
    return PersonaPage(
        head,
        found.persona(persona),
        PERSONA_STATUSES,
        review,
        _coder(store, head.id, found.analysis, persona.id),
        persona_summary.proposal(store, head.id, persona, found.analysis.language),
    )


def _coder(store: StoreDep, study_id: str, analysis: Analysis, persona_id: str) -> Coder | None:
    """The study's second coder, where somebody set one up."""
    with suppress(NotFound):
        where = persona_summary.coder(store, study_id)
        sent = persona_summary.what_is_sent(analysis, persona_id)
        return Coder(where.model, where.host, where.local, sent)
    return None


PersonasDep = Annotated[PersonasPage, Depends(personas_page)]
PersonaDep = Annotated[PersonaPage, Depends(persona_page)]


@router.get("/studies/{study_id}/personas", include_in_schema=False)
def show_personas(page: PersonasDep, show: ShowDep) -> Response:
    """The page with all personas."""
    return show("personas/list.html", page)


@router.get("/api/studies/{study_id}/personas", tags=["results"])
def list_personas(page: PersonasDep) -> PersonasPage:
    """All personas, largest first, and the people whom none of them fits."""
    return page


@router.get("/studies/{study_id}/personas/{persona_id}", include_in_schema=False)
def show_persona(page: PersonaDep, show: ShowDep) -> Response:
    """The page of a persona."""
    return show("personas/show.html", page)


@router.get("/api/studies/{study_id}/personas/{persona_id}", tags=["results"])
def get_persona(page: PersonaDep) -> PersonaPage:
    """A persona with all its claims, quotes and counter-evidence."""
    return page


@router.post("/studies/{study_id}/personas/{persona_id}", include_in_schema=False)
def change_from_form(
    store: StoreDep,
    who: WhoDep,
    study_id: str,
    persona_id: str,
    name: Annotated[str, Form()] = "",
    status: Annotated[str, Form()] = "",
) -> Response:
    """Give a persona another name or status."""
    _change(store, study_id, persona_id, PersonaChange(name, status), who)
    return RedirectResponse(f"/studies/{study_id}/personas/{persona_id}", 303)


@router.patch("/api/studies/{study_id}/personas/{persona_id}", tags=["decisions"], status_code=204)
def change_persona(
    store: StoreDep, who: WhoDep, study_id: str, persona_id: str, change: PersonaChange
) -> None:
    """Give a persona another name or status."""
    _change(store, study_id, persona_id, change, who)


def _change(
    store: StoreDep, study_id: str, persona_id: str, change: PersonaChange, by: str
) -> None:
    """Take the decisions that a form or a client asks for."""
    if change.name:
        reviewing.rename_persona(store, study_id, persona_id, change.name, by)
    if change.status:
        reviewing.set_persona_status(store, study_id, persona_id, change.status, by)
