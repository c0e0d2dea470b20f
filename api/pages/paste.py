"""A journey map as a table to copy, with what is known of pasting it into other tools."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research.errors import NotFound
from research.exporters.maps.grid import Grid, grids
from research.exporters.maps.grid_files import to_html, to_tsv

router = APIRouter()


@dataclass(frozen=True, slots=True)
class MapChoice:
    """A map that can be copied: that of everyone (empty), or of a persona."""

    persona: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PastePage:
    """One map as a grid, and as what the button puts on the clipboard: HTML and plain text."""

    head: Head
    choices: tuple[MapChoice, ...]
    grid: Grid
    html: str
    plain: str


def paste_page(head: HeadDep, found: ResultsDep, persona: str = "") -> PastePage:
    """The grid of everyone, or of the persona asked for. Raises `NotFound`."""
    every = grids(found.analysis)
    chosen = next((g for g in every if g.persona == persona), None)
    if chosen is None:
        raise NotFound("This study has no journey map for that persona.")
    choices = tuple(MapChoice(g.persona, g.name, g is chosen) for g in every)
    return PastePage(head, choices, chosen, to_html((chosen,)), to_tsv((chosen,)))


PasteDep = Annotated[PastePage, Depends(paste_page)]


@router.get("/studies/{study_id}/paste", include_in_schema=False)
def show_paste(page: PasteDep, show: ShowDep) -> Response:
    """The page with the table to copy."""
    return show("downloads/paste.html", page)


@router.get("/api/studies/{study_id}/paste", tags=["downloads"])
def get_paste(page: PasteDep) -> PastePage:
    """A journey map as a grid, as HTML and as tab-separated text to paste."""
    return page
