"""Privacy of a study: erasing a participant, and what was erased before."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep, WhoDep
from api.render import ShowDep
from api.study import Head, HeadDep
from research import access, erasing
from research.errors import Conflict
from research.model import Access, Erasure

router = APIRouter()


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """What was erased from a study, newest first."""

    head: Head
    erasures: tuple[Erasure, ...]


def privacy_page(store: StoreDep, head: HeadDep) -> PrivacyPage:
    """The privacy of a study."""
    return PrivacyPage(head, erasing.list_erasures(store, head.id))


PrivacyDep = Annotated[PrivacyPage, Depends(privacy_page)]


@router.get("/studies/{study_id}/privacy", include_in_schema=False)
def show_privacy(page: PrivacyDep, show: ShowDep) -> Response:
    """The page about privacy."""
    return show("privacy/show.html", page)


@router.get("/api/studies/{study_id}/privacy", tags=["privacy"])
def get_privacy(page: PrivacyDep) -> PrivacyPage:
    """Reports of who was erased: how much, never who."""
    return page


@router.post("/studies/{study_id}/participants/{participant_id}/erase", include_in_schema=False)
def erase_from_form(
    store: StoreDep,
    who: WhoDep,
    study_id: str,
    participant_id: str,
    sure: Annotated[str, Form()] = "",
) -> Response:
    """Erase a participant and show the report."""
    if sure != "yes":
        raise Conflict("Tick that you are sure, then erase.")
    erasing.erase_participant(store, study_id, participant_id, who)
    return RedirectResponse(f"/studies/{study_id}/privacy", 303)


@router.delete("/api/studies/{study_id}/participants/{participant_id}", tags=["privacy"])
def erase(store: StoreDep, who: WhoDep, study_id: str, participant_id: str) -> Erasure:
    """Erase a participant; the answer is the report with its proof."""
    return erasing.erase_participant(store, study_id, participant_id, who)


@router.get("/studies/{study_id}/participants/{participant_id}/access", include_in_schema=False)
def download_access(store: StoreDep, study_id: str, participant_id: str) -> Response:
    """Everything on one participant, as a zip with JSON and a page to read."""
    content = access.access_file(store, study_id, participant_id)
    name = f"access-{participant_id}.zip"
    return Response(
        content,
        media_type="application/zip",
        headers={
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "no-store",
        },
    )


@router.get("/api/studies/{study_id}/participants/{participant_id}/access", tags=["privacy"])
def get_access(store: StoreDep, study_id: str, participant_id: str) -> Access:
    """Everything on one participant, with what the placeholders in their words stand for."""
    return access.access_to(store, study_id, participant_id)
