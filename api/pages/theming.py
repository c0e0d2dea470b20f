"""What people decide about themes: merge, take apart, hide, keep, change the kind."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep
from api.evidence import Quote
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research import theming
from research.lookup import find_theme

router = APIRouter()


@dataclass(frozen=True, slots=True)
class SplitPage:
    """A theme's statements, to choose those that become a theme of their own."""

    head: Head
    theme: str
    label: str
    quotes: tuple[Quote, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The theme that goes into this one."""

    other: str


@dataclass(frozen=True, slots=True)
class Split:
    """The statements that become a theme of their own, and its name."""

    statements: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class OtherKind:
    """`pain` or `motivation`."""

    kind: str


def split_page(head: HeadDep, found: ResultsDep, theme_id: str) -> SplitPage:
    """One theme to be taken apart. Raises `NotFound`."""
    theme = find_theme(found.analysis, theme_id)
    return SplitPage(
        head=head,
        theme=theme.id,
        label=theme.label,
        quotes=found.quotes(theme.statements),
        url=found.url("themes", theme.id),
    )


SplitDep = Annotated[SplitPage, Depends(split_page)]


@router.get("/studies/{study_id}/themes/{theme_id}/split", include_in_schema=False)
def show_split(page: SplitDep, show: ShowDep) -> Response:
    """The page to take a theme apart."""
    return show("themes/split.html", page)


@router.get("/api/studies/{study_id}/themes/{theme_id}/split", tags=["results"])
def get_split(page: SplitDep) -> SplitPage:
    """A theme's statements, to choose from."""
    return page


def _to(study_id: str, theme_id: str = "") -> Response:
    below = f"/{theme_id}" if theme_id else ""
    return RedirectResponse(f"/studies/{study_id}/themes{below}", 303)


@router.post("/studies/{study_id}/themes/{theme_id}/merge", include_in_schema=False)
def merge_from_form(
    store: StoreDep, study_id: str, theme_id: str, other: Annotated[str, Form()]
) -> Response:
    """Take another theme into this one."""
    theming.merge_themes(store, study_id, theme_id, other)
    return _to(study_id, theme_id)


@router.post("/api/studies/{study_id}/themes/{theme_id}/merge", tags=["decisions"], status_code=204)
def merge(store: StoreDep, study_id: str, theme_id: str, new: Merge) -> None:
    """Take another theme into this one."""
    theming.merge_themes(store, study_id, theme_id, new.other)


@router.post("/studies/{study_id}/themes/{theme_id}/split", include_in_schema=False)
def split_from_form(
    store: StoreDep,
    study_id: str,
    theme_id: str,
    name: Annotated[str, Form()],
    statements: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Make a theme of its own of some statements."""
    theming.split_theme(store, study_id, theme_id, statements or [], name)
    return _to(study_id)


@router.post("/api/studies/{study_id}/themes/{theme_id}/split", tags=["decisions"], status_code=204)
def split(store: StoreDep, study_id: str, theme_id: str, new: Split) -> None:
    """Make a theme of its own of some statements."""
    theming.split_theme(store, study_id, theme_id, new.statements, new.name)


@router.post("/studies/{study_id}/themes/{theme_id}/hide", include_in_schema=False)
def hide_from_form(store: StoreDep, study_id: str, theme_id: str) -> Response:
    """Leave a theme out everywhere."""
    theming.hide_theme(store, study_id, theme_id)
    return _to(study_id)


@router.post("/api/studies/{study_id}/themes/{theme_id}/hide", tags=["decisions"], status_code=204)
def hide(store: StoreDep, study_id: str, theme_id: str) -> None:
    """Leave a theme out everywhere."""
    theming.hide_theme(store, study_id, theme_id)


@router.post("/studies/{study_id}/themes/{theme_id}/pin", include_in_schema=False)
def pin_from_form(store: StoreDep, study_id: str, theme_id: str) -> Response:
    """Keep a theme in every later run."""
    theming.pin_theme(store, study_id, theme_id)
    return _to(study_id, theme_id)


@router.post("/api/studies/{study_id}/themes/{theme_id}/pin", tags=["decisions"], status_code=204)
def pin(store: StoreDep, study_id: str, theme_id: str) -> None:
    """Keep a theme in every later run."""
    theming.pin_theme(store, study_id, theme_id)


@router.post("/studies/{study_id}/themes/{theme_id}/kind", include_in_schema=False)
def kind_from_form(
    store: StoreDep, study_id: str, theme_id: str, kind: Annotated[str, Form()]
) -> Response:
    """Say that a theme is of the other kind."""
    theming.set_theme_kind(store, study_id, theme_id, kind)
    return _to(study_id, theme_id)


@router.post("/api/studies/{study_id}/themes/{theme_id}/kind", tags=["decisions"], status_code=204)
def set_kind(store: StoreDep, study_id: str, theme_id: str, new: OtherKind) -> None:
    """Say that a theme is of the other kind."""
    theming.set_theme_kind(store, study_id, theme_id, new.kind)
