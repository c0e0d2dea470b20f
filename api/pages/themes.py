"""Themes: pain points and motivations apart, people before quotes."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep
from api.evidence import Quote, Said, ThemeRow
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research import studies
from research.lookup import find_theme

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ThemesPage:
    """The themes of a study, most people first, what is in none of them yet, and hidden ones."""

    head: Head
    pains: tuple[ThemeRow, ...]
    motivations: tuple[ThemeRow, ...]
    outside: tuple[Quote, ...]
    hidden: tuple[ThemeRow, ...]


@dataclass(frozen=True, slots=True)
class ThemePage:
    """One theme with all that was said about it, by person, and against it."""

    head: Head
    theme: ThemeRow
    nearest: ThemeRow | None
    said: tuple[Said, ...]
    loose: tuple[str, ...]
    counter: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a person gives."""

    name: str


def themes_page(head: HeadDep, found: ResultsDep) -> ThemesPage:
    """The themes of a study, most people first."""
    rows = sorted(
        map(found.theme, found.analysis.shown), key=lambda t: (-t.people, -t.statements, t.id)
    )
    return ThemesPage(
        head=head,
        pains=tuple(r for r in rows if r.kind == "pain"),
        motivations=tuple(r for r in rows if r.kind == "motivation"),
        outside=found.quotes(found.analysis.coverage.unplaced),
        hidden=tuple(found.theme(t) for t in found.analysis.themes if t.hidden),
    )


def theme_page(head: HeadDep, found: ResultsDep, theme_id: str) -> ThemePage:
    """One theme. Raises `NotFound`."""
    theme = find_theme(found.analysis, theme_id)
    nearest = next((t for t in found.analysis.themes if t.id == theme.nearest), None)
    return ThemePage(
        head=head,
        theme=found.theme(theme),
        nearest=found.theme(nearest) if nearest else None,
        said=found.said(theme.statements),
        loose=theme.loose,
        counter=found.quotes(theme.counter),
    )


ThemesDep = Annotated[ThemesPage, Depends(themes_page)]
ThemeDep = Annotated[ThemePage, Depends(theme_page)]


@router.get("/studies/{study_id}/themes", include_in_schema=False)
def show_themes(page: ThemesDep, show: ShowDep) -> Response:
    """The page with all themes."""
    return show("themes/list.html", page)


@router.get("/api/studies/{study_id}/themes", tags=["results"])
def list_themes(page: ThemesDep) -> ThemesPage:
    """All themes: pain points and motivations apart, most people first."""
    return page


@router.get("/studies/{study_id}/themes/{theme_id}", include_in_schema=False)
def show_theme(page: ThemeDep, show: ShowDep) -> Response:
    """The page of a theme."""
    return show("themes/show.html", page)


@router.get("/api/studies/{study_id}/themes/{theme_id}", tags=["results"])
def get_theme(page: ThemeDep) -> ThemePage:
    """A theme with its quotes by person and what speaks against it."""
    return page


@router.post("/studies/{study_id}/themes/{theme_id}/name", include_in_schema=False)
def rename_from_form(
    store: StoreDep, study_id: str, theme_id: str, name: Annotated[str, Form()]
) -> Response:
    """Give a theme another name."""
    studies.rename_theme(store, study_id, theme_id, name)
    return RedirectResponse(f"/studies/{study_id}/themes/{theme_id}", 303)


@router.post("/api/studies/{study_id}/themes/{theme_id}/name", tags=["decisions"], status_code=204)
def rename_theme(store: StoreDep, study_id: str, theme_id: str, new: Name) -> None:
    """Give a theme another name."""
    studies.rename_theme(store, study_id, theme_id, new.name)
