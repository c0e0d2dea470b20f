"""Fewer or more themes: what each turn of the dial would give, before anybody decides."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep
from api.evidence import Index
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research import theming
from research.dial import LEAST, MOST
from research.model import Kind, TreeGroup

router = APIRouter()
SHOWN = 200


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group that would be a theme: its name, and how many people and statements."""

    label: str
    people: int
    statements: int


@dataclass(frozen=True, slots=True)
class KindRow:
    """The groups of a kind at a turn of the dial, most people first, and how they are made."""

    kind: Kind
    method: str
    now: int
    groups: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class DialPage:
    """Where the dial stands, the turn that is looked at, and what it would give."""

    head: Head
    chosen: int
    turn: int
    turns: tuple[int, ...]
    kinds: tuple[KindRow, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of the dial."""

    turn: int


def dial_page(
    store: StoreDep, head: HeadDep, found: ResultsDep, turn: int | None = None
) -> DialPage:
    """A turn of the dial; the chosen one unless another is asked for."""
    chosen = theming.get_dial(store, head.id)
    looked_at = min(max(chosen if turn is None else turn, LEAST), MOST)
    groups = theming.preview_themes(store, head.id, looked_at)
    return DialPage(
        head=head,
        chosen=chosen,
        turn=looked_at,
        turns=tuple(range(LEAST, MOST + 1)),
        kinds=tuple(
            KindRow(
                tree.kind,
                tree.method,
                _now(found, tree.kind),
                _rows(found, groups[tree.kind]),
            )
            for tree in found.analysis.trees
        ),
    )


def _now(found: Index, kind: Kind) -> int:
    """How many themes of a kind there are, those of the codebook left out."""
    mine = (t for t in found.analysis.shown if t.kind == kind)
    return sum(not t.made_by.startswith("code:") for t in mine)


def _rows(found: Index, groups: tuple[TreeGroup, ...]) -> tuple[GroupRow, ...]:
    rows = (
        GroupRow(
            g.label,
            len({found.statements[s].participant for s in g.statements}),
            len(g.statements),
        )
        for g in groups
    )
    return tuple(sorted(rows, key=lambda r: (-r.people, -r.statements, r.label)))[:SHOWN]


DialDep = Annotated[DialPage, Depends(dial_page)]


@router.get("/studies/{study_id}/dial", include_in_schema=False)
def show_dial(page: DialDep, show: ShowDep) -> Response:
    """The page of the dial."""
    return show("themes/dial.html", page, block="turn")


@router.get("/api/studies/{study_id}/dial", tags=["results"])
def get_dial(page: DialDep) -> DialPage:
    """What a turn of the dial would give: fewer themes below nought, more above."""
    return page


@router.post("/studies/{study_id}/dial", include_in_schema=False)
def turn_from_form(store: StoreDep, study_id: str, turn: Annotated[int, Form()]) -> Response:
    """Put the dial somewhere, from the next run on."""
    theming.set_dial(store, study_id, turn)
    return RedirectResponse(f"/studies/{study_id}/dial", 303)


@router.post("/api/studies/{study_id}/dial", tags=["decisions"], status_code=204)
def set_dial(store: StoreDep, study_id: str, new: Turn) -> None:
    """Put the dial somewhere, from the next run on."""
    theming.set_dial(store, study_id, new.turn)
