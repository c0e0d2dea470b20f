"""A persona's summary in other words: written by people, or proposed by the second coder."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote as escape

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep, WhoDep
from research import persona_summary
from research.model import SummaryProposal

router = APIRouter()
PERSONA = "/studies/{study_id}/personas/{persona_id}"


@dataclass(frozen=True, slots=True)
class Wording:
    """A summary in somebody's own words; empty: the software's again."""

    text: str = ""


@router.post(f"{PERSONA}/summary", include_in_schema=False)
def write_from_form(
    store: StoreDep,
    who: WhoDep,
    study_id: str,
    persona_id: str,
    text: Annotated[str, Form()] = "",
) -> Response:
    """Word a persona's summary oneself."""
    persona_summary.write_summary(store, study_id, persona_id, text, who)
    return _back(study_id, persona_id)


@router.post(f"/api{PERSONA}/summary", tags=["decisions"], status_code=204)
def write_summary(
    store: StoreDep, who: WhoDep, study_id: str, persona_id: str, wording: Wording
) -> None:
    """Word a persona's summary oneself; an empty text brings the software's back."""
    persona_summary.write_summary(store, study_id, persona_id, wording.text, who)


@router.post(f"{PERSONA}/summary/proposal", include_in_schema=False)
def propose_from_form(store: StoreDep, study_id: str, persona_id: str) -> Response:
    """Ask the second coder for other words; the persona's lines are sent to it."""
    persona_summary.ask_summary(store, study_id, persona_id)
    return _back(study_id, persona_id)


@router.post(f"/api{PERSONA}/summary/proposal", tags=["decisions"])
def propose_summary(store: StoreDep, study_id: str, persona_id: str) -> SummaryProposal:
    """Ask the second coder for other words; the persona's lines are sent to it."""
    return persona_summary.ask_summary(store, study_id, persona_id)


@router.post(f"{PERSONA}/summary/proposal/take", include_in_schema=False)
def take_from_form(store: StoreDep, who: WhoDep, study_id: str, persona_id: str) -> Response:
    """Use the words that were proposed."""
    persona_summary.take_summary(store, study_id, persona_id, who)
    return _back(study_id, persona_id)


@router.post(f"/api{PERSONA}/summary/proposal/take", tags=["decisions"], status_code=204)
def take_summary(store: StoreDep, who: WhoDep, study_id: str, persona_id: str) -> None:
    """Use the words that were proposed, as long as the persona's lines stay as they are."""
    persona_summary.take_summary(store, study_id, persona_id, who)


def _back(study_id: str, persona_id: str) -> Response:
    return RedirectResponse(f"/studies/{study_id}/personas/{escape(persona_id)}#summary", 303)
