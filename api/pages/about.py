"""About the program, its interface for programs, and the choice of language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.i18n import COOKIE, DEFAULT, LANGUAGES
from api.render import ShowDep
from research import __version__

router = APIRouter()
ONE_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Which version this is."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a program can ask: its address, its summary and its parameters."""

    method: str
    path: str
    tag: str
    summary: str
    parameters: tuple[tuple[str, str, bool], ...]
    answers: str


@dataclass(frozen=True, slots=True)
class ApiPage:
    """All that a program can ask, by subject."""

    title: str
    version: str
    tags: tuple[str, ...]
    operations: tuple[Operation, ...]


def about_page() -> AboutPage:
    """Which version this is."""
    return AboutPage("Klantbeeld", __version__)


def api_page(request: Request) -> ApiPage:
    """The OpenAPI description as a page."""
    described = request.app.openapi()
    operations = tuple(_operations(described["paths"]))
    return ApiPage(
        title=described["info"]["title"],
        version=described["info"]["version"],
        tags=tuple(dict.fromkeys(o.tag for o in operations)),
        operations=operations,
    )


def _operations(paths: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Iterator[Operation]:
    """The operations of an OpenAPI description, in its order."""
    for path, methods in paths.items():
        for method, told in methods.items():
            tags = cast(list[str], told.get("tags", []))
            yield Operation(
                method=method.upper(),
                path=path,
                tag=tags[0] if tags else "",
                summary=str(told.get("description", told.get("summary", ""))),
                parameters=_parameters(told),
                answers=_answers(told),
            )


def _parameters(told: Mapping[str, object]) -> tuple[tuple[str, str, bool], ...]:
    """The parameters of an operation: name, where it goes, whether it must be there."""
    listed = cast(list[Mapping[str, object]], told.get("parameters", []))
    return tuple((str(p["name"]), str(p["in"]), bool(p.get("required"))) for p in listed)


def _answers(told: Mapping[str, object]) -> str:
    """The statuses an operation answers with."""
    return ", ".join(cast(Mapping[str, object], told.get("responses", {})))


@router.get("/about", include_in_schema=False)
def show_about(page: Annotated[AboutPage, Depends(about_page)], show: ShowDep) -> Response:
    """The page about the program."""
    return show("about.html", page)


@router.get("/api/about", tags=["about"])
def get_about(page: Annotated[AboutPage, Depends(about_page)]) -> AboutPage:
    """Which version this is."""
    return page


@router.get("/api/docs", include_in_schema=False)
def show_api(page: Annotated[ApiPage, Depends(api_page)], show: ShowDep) -> Response:
    """The page about the interface for programs."""
    return show("api.html", page)


@router.post("/language", include_in_schema=False)
def choose_language(
    language: Annotated[str, Form()], back: Annotated[str, Form()] = "/"
) -> Response:
    """Remember the language and go back to the page."""
    here = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    answer = RedirectResponse(here, 303)
    chosen = language if language in LANGUAGES else DEFAULT
    answer.set_cookie(COOKIE, chosen, max_age=ONE_YEAR, httponly=True, samesite="strict")
    return answer
