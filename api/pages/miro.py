"""Putting a journey map on the user's own board of Miro, after saying what goes where."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from api.deps import StoreDep
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research.miro import Pushed
from research.pushing import PushPlan, plan_push, push_map

router = APIRouter()


@dataclass(frozen=True, slots=True)
class MiroPage:
    """What would be sent to whom, and what was put on a board just now."""

    head: Head
    plan: PushPlan
    pushed: Pushed | None = None


@dataclass(frozen=True, slots=True)
class PushAsked:
    """Which map goes on which board, with whose token; `agreed` that it may leave."""

    board: str
    token: str
    persona: str = ""
    agreed: bool = False


def miro_page(store: StoreDep, head: HeadDep, found: ResultsDep, persona: str = "") -> MiroPage:
    """What a push of a map means; nothing is sent."""
    return MiroPage(head, plan_push(store, head.id, persona))


MiroDep = Annotated[MiroPage, Depends(miro_page)]


@router.get("/studies/{study_id}/miro", include_in_schema=False)
def show_miro(page: MiroDep, show: ShowDep) -> Response:
    """The page that says what goes to Miro."""
    return show("downloads/miro.html", page)


@router.get("/api/studies/{study_id}/miro", tags=["downloads"])
def get_miro(page: MiroDep) -> MiroPage:
    """What would be sent to Miro."""
    return page


@router.post("/studies/{study_id}/miro", include_in_schema=False)
def push_from_form(
    store: StoreDep,
    head: HeadDep,
    show: ShowDep,
    board: Annotated[str, Form()],
    token: Annotated[str, Form()],
    persona: Annotated[str, Form()] = "",
    agreed: Annotated[bool, Form()] = False,
) -> Response:
    """Put the map on the board, and say how much stands there."""
    page = MiroPage(head, plan_push(store, head.id, persona))
    pushed = push_map(store, head.id, persona, board, token, agreed=agreed)
    return show("downloads/miro.html", replace(page, pushed=pushed))


@router.post("/api/studies/{study_id}/miro", tags=["downloads"])
def push_asked(store: StoreDep, head: HeadDep, asked: PushAsked) -> Pushed:
    """Put a map on a board of Miro with your own token, which is kept nowhere."""
    return push_map(store, head.id, asked.persona, asked.board, asked.token, agreed=asked.agreed)
