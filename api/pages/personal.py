"""The step before the first run: what was taken for personal data, given back or added to."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep, WhoDep
from api.render import ShowDep
from api.study import Head, HeadDep
from research import personal
from research.personal import PersonalData
from research.studies import undo

router = APIRouter()
MOST_SHOWN = 200  # of a kind
MOST_PASSAGES = 500  # of a file


@dataclass(frozen=True, slots=True)
class PersonalPage:
    """What was found in a study's files, and the one whose original is shown, if any."""

    head: Head
    data: PersonalData
    shown: str
    most: int
    passages: int


@dataclass(frozen=True, slots=True)
class Missed:
    """Words that are personal, as they stand in a file, and of which kind they are."""

    text: str
    category: str = "name"


def personal_page(store: StoreDep, head: HeadDep) -> PersonalPage:
    """What was found; no originals."""
    data = personal.personal_data(store, head.id)
    return PersonalPage(head, data, "", MOST_SHOWN, MOST_PASSAGES)


def original_page(store: StoreDep, head: HeadDep, found_id: str) -> PersonalPage:
    """The same with the original of one."""
    data = personal.personal_data(store, head.id, found_id)
    return PersonalPage(head, data, found_id, MOST_SHOWN, MOST_PASSAGES)


PersonalDep = Annotated[PersonalPage, Depends(personal_page)]
OriginalDep = Annotated[PersonalPage, Depends(original_page)]


@router.get("/studies/{study_id}/personal-data", include_in_schema=False)
def show_personal(page: PersonalDep, show: ShowDep) -> Response:
    """The page of what was found."""
    return show("personal/show.html", page)


@router.get("/api/studies/{study_id}/personal-data", tags=["privacy"])
def get_personal(page: PersonalDep) -> PersonalPage:
    """What was taken for personal data, with the redacted text around it."""
    return page


@router.get("/studies/{study_id}/personal-data/{found_id}", include_in_schema=False)
def show_original(page: OriginalDep, show: ShowDep) -> Response:
    """The page with the original of one; the audit log tells who looked."""
    return show("personal/show.html", page)


@router.get("/api/studies/{study_id}/personal-data/{found_id}", tags=["privacy"])
def get_original(page: OriginalDep) -> personal.Found:
    """One value that was found, with its original; the audit log tells who looked."""
    return next(found for found in page.data.found if found.id == page.shown)


@router.post("/studies/{study_id}/personal-data/missed", include_in_schema=False)
def add_from_form(
    store: StoreDep,
    who: WhoDep,
    head: HeadDep,
    text: Annotated[str, Form()],
    category: Annotated[str, Form()] = "name",
) -> Response:
    """Take words out wherever they stand."""
    personal.add_missed(store, head.id, text, category, who)
    return _back(head.id, "judged")


@router.post("/api/studies/{study_id}/personal-data/missed", tags=["privacy"], status_code=204)
def add_missed(store: StoreDep, who: WhoDep, head: HeadDep, missed: Missed) -> None:
    """Take words out wherever they stand, from the next run on."""
    personal.add_missed(store, head.id, missed.text, missed.category, who)


@router.post("/studies/{study_id}/personal-data/kinds/{category}/keep", include_in_schema=False)
def keep_kind_from_form(store: StoreDep, who: WhoDep, head: HeadDep, category: str) -> Response:
    """Give a whole kind back."""
    personal.give_back_kind(store, head.id, category, who)
    return _back(head.id, "judged")


@router.post(
    "/api/studies/{study_id}/personal-data/kinds/{category}/keep",
    tags=["privacy"],
    status_code=204,
)
def keep_kind(store: StoreDep, who: WhoDep, head: HeadDep, category: str) -> None:
    """Say that nothing of a kind is personal, from the next run on."""
    personal.give_back_kind(store, head.id, category, who)


@router.post("/studies/{study_id}/personal-data/{found_id}/keep", include_in_schema=False)
def keep_from_form(store: StoreDep, who: WhoDep, head: HeadDep, found_id: str) -> Response:
    """Give one back."""
    personal.give_back(store, head.id, found_id, who)
    return _back(head.id, "found")


@router.post(
    "/api/studies/{study_id}/personal-data/{found_id}/keep", tags=["privacy"], status_code=204
)
def keep(store: StoreDep, who: WhoDep, head: HeadDep, found_id: str) -> None:
    """Say that one value is not personal, from the next run on."""
    personal.give_back(store, head.id, found_id, who)


@router.post("/studies/{study_id}/personal-data/undo/{decision}", include_in_schema=False)
def undo_from_form(store: StoreDep, head: HeadDep, decision: int) -> Response:
    """Take a decision back."""
    undo(store, head.id, decision)
    return _back(head.id, "judged")


def _back(study_id: str, place: str) -> Response:
    return RedirectResponse(f"/studies/{study_id}/personal-data#{place}", 303)
