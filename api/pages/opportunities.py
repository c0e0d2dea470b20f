"""Opportunities: pain points as questions to work on, ranked, with what the team plans."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep, WhoDep
from api.evidence import Quote
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research import planning
from research.opportunities import EFFORTS, STATUSES, Opportunity

router = APIRouter()
MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class OpportunityShown:
    """An opportunity with its first quotes and the way to all of them."""

    rank: int
    opportunity: Opportunity
    quotes: tuple[Quote, ...]
    url: str


@dataclass(frozen=True, slots=True)
class OpportunitiesPage:
    """All opportunities, the most pressing first."""

    head: Head
    opportunities: tuple[OpportunityShown, ...]
    statuses: tuple[str, ...]
    efforts: tuple[str, ...]
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a stage counts; one is as much as any other."""

    value: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What a team fills in; what is empty stays as it was."""

    owner: str = ""
    status: str = ""
    effort: str = ""
    change: str = ""


def opportunities_page(store: StoreDep, head: HeadDep, found: ResultsDep) -> OpportunitiesPage:
    """The study's opportunities. Raises `NotFound`."""
    ranked = planning.get_opportunities(store, head.id)
    shown = tuple(
        OpportunityShown(
            rank=rank,
            opportunity=one,
            quotes=found.quotes(one.statements[:MOST_QUOTES]),
            url=found.url("themes", one.theme),
        )
        for rank, one in enumerate(ranked, start=1)
    )
    weights = {s: 1.0 for s in head.taxonomy.ids} | planning.get_weights(store, head.id)
    return OpportunitiesPage(head, shown, STATUSES, EFFORTS, weights)


OpportunitiesDep = Annotated[OpportunitiesPage, Depends(opportunities_page)]


@router.get("/studies/{study_id}/opportunities", include_in_schema=False)
def show_opportunities(page: OpportunitiesDep, show: ShowDep) -> Response:
    """The page of opportunities."""
    return show("journey/opportunities.html", page)


@router.get("/api/studies/{study_id}/opportunities", tags=["results"])
def get_opportunities(page: OpportunitiesDep) -> OpportunitiesPage:
    """Pain points as questions to work on, the most pressing first."""
    return page


@router.post("/studies/{study_id}/weights", include_in_schema=False)
def weigh_from_form(
    store: StoreDep,
    who: WhoDep,
    study_id: str,
    stage: Annotated[str, Form()],
    weight: Annotated[float, Form()],
) -> Response:
    """Say how much a stage counts."""
    planning.set_weight(store, study_id, stage, weight, who)
    return RedirectResponse(f"/studies/{study_id}/opportunities", 303)


@router.put("/api/studies/{study_id}/weights/{stage}", tags=["decisions"], status_code=204)
def weigh(store: StoreDep, who: WhoDep, study_id: str, stage: str, weight: Weight) -> None:
    """Say how much a stage counts in the rank of opportunities."""
    planning.set_weight(store, study_id, stage, weight.value, who)


@router.post("/studies/{study_id}/opportunities/{theme_id}", include_in_schema=False)
def plan_from_form(
    store: StoreDep,
    study_id: str,
    theme_id: str,
    owner: Annotated[str, Form()] = "",
    status: Annotated[str, Form()] = "",
    effort: Annotated[str, Form()] = "",
    change: Annotated[str, Form()] = "",
) -> Response:
    """Fill in what the team plans."""
    _plan(store, study_id, theme_id, Plan(owner, status, effort, change))
    return RedirectResponse(f"/studies/{study_id}/opportunities", 303)


@router.patch(
    "/api/studies/{study_id}/opportunities/{theme_id}", tags=["decisions"], status_code=204
)
def plan(store: StoreDep, study_id: str, theme_id: str, new: Plan) -> None:
    """Fill in what the team plans about a pain point."""
    _plan(store, study_id, theme_id, new)


def _plan(store: StoreDep, study_id: str, theme_id: str, new: Plan) -> None:
    """A decision for each field that is new."""
    ranked = planning.get_opportunities(store, study_id)
    now = next((o for o in ranked if o.theme == theme_id), None)
    for value, before, decide in (
        (new.owner, now.owner if now else "", planning.set_owner),
        (new.status, now.status if now else "", planning.set_progress),
        (new.effort, now.effort if now else "", planning.set_effort),
        (new.change, now.change if now else "", planning.set_change),
    ):
        if value and value != before:
            decide(store, study_id, theme_id, value)
