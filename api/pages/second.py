"""The second coder: set it up, see what it would get and cost, allow it, compare."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep
from api.evidence import Index, Quote
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research import second_opinion
from research.errors import NotFound
from research.model import Labels
from research.second_coder import Agreement
from research.second_opinion import Opinions, Plan

router = APIRouter()
MOST = 100


@dataclass(frozen=True, slots=True)
class Different:
    """A statement on which two coders say different things."""

    quote: Quote
    url: str
    ours: Labels
    theirs: Labels


@dataclass(frozen=True, slots=True)
class SecondPage:
    """Whether there is a second coder, what it would take, and what it said."""

    head: Head
    plan: Plan | None
    answered: int
    of: int
    with_software: dict[str, Agreement]
    with_people: dict[str, Agreement]
    different: tuple[Different, ...]
    differing: int


@dataclass(frozen=True, slots=True)
class Coder:
    """Where a second coder lives; prices are per million tokens."""

    url: str
    model: str
    price_in: float = 0.0
    price_out: float = 0.0


@dataclass(frozen=True, slots=True)
class Mode:
    """What a second coder may do: off, opinion, labels."""

    mode: str


def second_page(store: StoreDep, head: HeadDep, found: ResultsDep) -> SecondPage:
    """The second coder of a study, if it has one."""
    try:
        plan, said = second_opinion.plan(store, head.id), second_opinion.opinions(store, head.id)
    except NotFound:
        return SecondPage(head, None, 0, 0, {}, {}, (), 0)
    return SecondPage(
        head=head,
        plan=plan,
        answered=said.answered,
        of=said.of,
        with_software=dict(said.with_software),
        with_people=dict(said.with_people),
        different=_different(found, said),
        differing=len(said.disagreements),
    )


def _different(found: Index, said: Opinions) -> tuple[Different, ...]:
    return tuple(
        Different(
            found.quote(d.statement.id), found.url("statements", d.statement.id), d.ours, d.theirs
        )
        for d in said.disagreements[:MOST]
    )


SecondDep = Annotated[SecondPage, Depends(second_page)]


@router.get("/studies/{study_id}/second-coder", include_in_schema=False)
def show_second(page: SecondDep, show: ShowDep) -> Response:
    """The page of the second coder."""
    return show("second/show.html", page)


@router.get("/api/studies/{study_id}/second-coder", tags=["second coder"])
def get_second(page: SecondDep) -> SecondPage:
    """The second coder: what it would get and cost, and what it said so far."""
    return page


@router.post("/studies/{study_id}/second-coder", include_in_schema=False)
def set_up_from_form(
    store: StoreDep,
    study_id: str,
    url: Annotated[str, Form()],
    model: Annotated[str, Form()],
    price_in: Annotated[float, Form()] = 0.0,
    price_out: Annotated[float, Form()] = 0.0,
) -> Response:
    """Name the second coder."""
    second_opinion.set_up(store, study_id, url, model, price_in, price_out)
    return _back(study_id)


@router.put("/api/studies/{study_id}/second-coder", tags=["second coder"], status_code=204)
def set_up(store: StoreDep, study_id: str, coder: Coder) -> None:
    """Name the second coder; nothing is sent yet."""
    second_opinion.set_up(store, study_id, coder.url, coder.model, coder.price_in, coder.price_out)


@router.post("/studies/{study_id}/second-coder/mode", include_in_schema=False)
def allow_from_form(store: StoreDep, study_id: str, mode: Annotated[str, Form()]) -> Response:
    """Say what the second coder may do in the next run."""
    second_opinion.allow(store, study_id, mode)
    return _back(study_id)


@router.put("/api/studies/{study_id}/second-coder/mode", tags=["second coder"], status_code=204)
def allow(store: StoreDep, study_id: str, wanted: Mode) -> None:
    """Say what the second coder may do in the next run: off, opinion or labels."""
    second_opinion.allow(store, study_id, wanted.mode)


@router.post("/studies/{study_id}/second-coder/remove", include_in_schema=False)
def remove_from_form(store: StoreDep, study_id: str) -> Response:
    """Have no second coder any more."""
    second_opinion.take_away(store, study_id)
    return _back(study_id)


@router.delete("/api/studies/{study_id}/second-coder", tags=["second coder"], status_code=204)
def remove(store: StoreDep, study_id: str) -> None:
    """Have no second coder any more."""
    second_opinion.take_away(store, study_id)


def _back(study_id: str) -> Response:
    return RedirectResponse(f"/studies/{study_id}/second-coder", 303)
