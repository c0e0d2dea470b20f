"""Themes: pain points and motivations apart, people before quotes."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep
from api.evidence import Index, Quote, Said, ThemeRow
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research import studies, theme_names
from research.errors import NotFound
from research.lookup import find_theme
from research.model import NameProposal

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Outside:
    """What is in no theme yet, the names of the themes it is nearest to, and where to put it."""

    quote: Quote
    nearest: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ThemesPage:
    """The themes of a study, most people first, what is in none of them yet, and hidden ones."""

    head: Head
    pains: tuple[ThemeRow, ...]
    motivations: tuple[ThemeRow, ...]
    outside: tuple[Outside, ...]
    hidden: tuple[ThemeRow, ...]


@dataclass(frozen=True, slots=True)
class Coder:
    """The language model that may be asked for a name: where it is, and what it would get."""

    model: str
    host: str
    local: bool
    sent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemePage:
    """One theme with all that was said about it, by person, and against it."""

    head: Head
    theme: ThemeRow
    nearest: ThemeRow | None
    said: tuple[Said, ...]
    loose: tuple[str, ...]
    counter: tuple[Quote, ...]
    words: tuple[str, ...]
    made_by: str
    hidden: bool
    pinned: bool
    others: tuple[tuple[str, str], ...]
    coder: Coder | None
    proposal: NameProposal | None


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
        outside=_outside(found),
        hidden=tuple(found.theme(t) for t in found.analysis.themes if t.hidden),
    )


def _outside(found: Index) -> tuple[Outside, ...]:
    """What is in no theme yet."""
    near = {c.statement: c.themes for c in found.analysis.candidates}
    names = {t.id: t.label for t in found.analysis.shown}
    return tuple(
        Outside(
            found.quote(s),
            tuple(names[t] for t in near.get(s, ()) if t in names),
            found.url("statements", s),
        )
        for s in found.analysis.coverage.unplaced
    )


def theme_page(store: StoreDep, head: HeadDep, found: ResultsDep, theme_id: str) -> ThemePage:
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
        words=theme.words,
        made_by=theme.made_by,
        hidden=theme.hidden,
        pinned=theme.pinned,
        others=tuple(
            (t.id, t.label)
            for t in found.analysis.shown
            if t.kind == theme.kind and t.id != theme.id
        ),
        coder=_coder(store, head.id, theme.id),
        proposal=theme_names.proposal(store, head.id, theme.id),
    )


def _coder(store: StoreDep, study_id: str, theme_id: str) -> Coder | None:
    """The study's second coder, where somebody set one up."""
    with suppress(NotFound):
        where = theme_names.coder(store, study_id)
        sent = theme_names.what_is_sent(store, study_id, theme_id)
        return Coder(where.model, where.host, where.local, sent)
    return None


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


@router.post("/studies/{study_id}/themes/{theme_id}/proposal", include_in_schema=False)
def propose_from_form(store: StoreDep, study_id: str, theme_id: str) -> Response:
    """Ask the second coder for a name; the redacted quotes are sent to it."""
    theme_names.ask_name(store, study_id, theme_id)
    return RedirectResponse(f"/studies/{study_id}/themes/{theme_id}#rename", 303)


@router.post("/api/studies/{study_id}/themes/{theme_id}/proposal", tags=["decisions"])
def propose_name(store: StoreDep, study_id: str, theme_id: str) -> NameProposal:
    """Ask the second coder for a name; the redacted quotes are sent to it."""
    return theme_names.ask_name(store, study_id, theme_id)


@router.post("/studies/{study_id}/themes/{theme_id}/proposal/take", include_in_schema=False)
def take_from_form(store: StoreDep, study_id: str, theme_id: str) -> Response:
    """Give the theme the name that was proposed."""
    theme_names.take_name(store, study_id, theme_id)
    return RedirectResponse(f"/studies/{study_id}/themes/{theme_id}", 303)
