"""Privacy of a study: what is kept, until when and why; access, erasing, and what was erased."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep, WhoDep
from api.render import ShowDep
from api.study import Head, HeadDep
from research import access, erasing, originals, retention
from research.errors import Conflict
from research.model import (
    BASES,
    ORIGINALS,
    Access,
    Erasure,
    Ground,
    LegalBasis,
    Originals,
    StudyPrivacy,
)
from research.store import Store, sources

router = APIRouter()


@dataclass(frozen=True, slots=True)
class SourceGround:
    """A file with the ground that counts for it, and whether that is its own."""

    id: str
    name: str
    ground: Ground
    own: bool


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """What a study keeps, until when and why it may; and what was erased, newest first."""

    head: Head
    chosen: StudyPrivacy
    sources: tuple[SourceGround, ...]
    erasures: tuple[Erasure, ...]
    choices: tuple[Originals, ...]
    bases: tuple[LegalBasis, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What to change; what is left out stays."""

    originals: str | None = None
    keep_until: str | None = None
    basis: str | None = None
    consent: str | None = None


@dataclass(frozen=True, slots=True)
class GroundTold:
    """A legal basis by its name in the GDPR, and how people consented or were told."""

    basis: str = ""
    consent: str = ""


def privacy_page(store: StoreDep, head: HeadDep) -> PrivacyPage:
    """The privacy of a study."""
    chosen = retention.get_privacy(store, head.id)
    grounds = retention.grounds_of(store, head.id)
    names = {f.id: f.name for f in sources.kept(store, head.id)}
    rows = (SourceGround(s, names[s], g, g != chosen.ground) for s, g in grounds.items())
    return PrivacyPage(
        head=head,
        chosen=chosen,
        sources=tuple(sorted(rows, key=lambda r: (r.name.casefold(), r.id))),
        erasures=erasing.list_erasures(store, head.id),
        choices=ORIGINALS,
        bases=BASES,
    )


PrivacyDep = Annotated[PrivacyPage, Depends(privacy_page)]


@router.get("/studies/{study_id}/privacy", include_in_schema=False)
def show_privacy(page: PrivacyDep, show: ShowDep) -> Response:
    """The page about privacy."""
    return show("privacy/show.html", page)


@router.get("/api/studies/{study_id}/privacy", tags=["privacy"])
def get_privacy(page: PrivacyDep) -> PrivacyPage:
    """What is kept, until when and why; and reports of who was erased: how much, never who."""
    return page


def choose(store: Store, study_id: str, wanted: Choices) -> StudyPrivacy:
    """Keep what was chosen of it. Raises `KlantbeeldError` where something is no choice."""
    before = retention.get_privacy(store, study_id)
    if wanted.keep_until is not None:
        retention.set_keep_until(store, study_id, wanted.keep_until)
    if wanted.basis is not None or wanted.consent is not None:
        basis = before.ground.basis if wanted.basis is None else wanted.basis
        consent = before.ground.consent if wanted.consent is None else wanted.consent
        retention.set_ground(store, study_id, basis, consent)
    if wanted.originals is not None and wanted.originals != before.originals:
        originals.set_originals(store, study_id, wanted.originals)
    return retention.get_privacy(store, study_id)


@router.post("/studies/{study_id}/privacy", include_in_schema=False)
def choose_from_form(
    store: StoreDep,
    head: HeadDep,
    wanted: Annotated[str, Form(alias="originals")],
    keep_until: Annotated[str, Form()] = "",
    basis: Annotated[str, Form()] = "",
    consent: Annotated[str, Form()] = "",
) -> Response:
    """Keep the choices of the form."""
    choose(store, head.id, Choices(wanted, keep_until, basis, consent))
    return RedirectResponse(f"/studies/{head.id}/privacy", 303)


@router.patch("/api/studies/{study_id}/privacy", tags=["privacy"])
def change_privacy(store: StoreDep, head: HeadDep, wanted: Choices) -> StudyPrivacy:
    """Choose what is kept of originals, until when the study is kept, and why it may."""
    return choose(store, head.id, wanted)


@router.post("/studies/{study_id}/files/{source}/ground", include_in_schema=False)
def ground_from_form(
    store: StoreDep,
    head: HeadDep,
    source: str,
    basis: Annotated[str, Form()] = "",
    consent: Annotated[str, Form()] = "",
) -> Response:
    """Say on which ground a file may be used."""
    retention.set_ground(store, head.id, basis, consent, source)
    return RedirectResponse(f"/studies/{head.id}/privacy#grounds", 303)


@router.put("/api/studies/{study_id}/files/{source}/ground", tags=["privacy"])
def set_ground(store: StoreDep, study_id: str, source: str, told: GroundTold) -> Ground:
    """Say on which ground a file may be used; an empty one is the study's again."""
    return retention.set_ground(store, study_id, told.basis, told.consent, source)


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
