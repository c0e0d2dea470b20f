"""Reviewing personas: steps people take, versions compared, personas side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote as escape

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse, Response

from api.deps import NAME, StoreDep, WhoDep
from api.evidence import PersonaCard, Shown
from api.render import ShowDep
from api.reviews import Accepted, ChangesShown, accepted, changes_shown
from api.study import Head, HeadDep, ResultsDep
from research import reviewing
from research.errors import KlantbeeldError, NotFound
from research.model import Decision
from research.persona_changes import changes
from research.side_by_side import side_by_side
from research.store import Store

router = APIRouter()
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a review: what is done, to which line, person or persona, in which words."""

    do: str
    key: str = ""
    value: str = ""
    text: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Two states of a persona and what differs; nought is how it is now."""

    head: Head
    persona: PersonaCard
    versions: tuple[Accepted, ...]
    before: int
    after: int
    changes: ChangesShown | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line that some personas have: the claim of each, or nothing."""

    kind: str
    text: str
    theme: str
    claims: tuple[Shown | None, ...]


@dataclass(frozen=True, slots=True)
class SidePage:
    """Personas next to one another, with the lines they share first."""

    head: Head
    all: tuple[PersonaCard, ...]
    personas: tuple[PersonaCard, ...]
    rows: tuple[Row, ...]


def versions_page(
    store: StoreDep,
    head: HeadDep,
    found: ResultsDep,
    persona_id: str,
    before: Annotated[int, Query(ge=0)] = 0,
    after: Annotated[int, Query(ge=0)] = 0,
) -> VersionsPage:
    """The versions of a persona; the last one beside how it is now unless asked otherwise."""
    review = reviewing.get_review(store, head.id, persona_id)
    made = {0: review.persona} | {v.number: v.persona for v in review.versions}
    first = before or len(review.versions)
    if first not in made or after not in made:
        raise NotFound("This persona has no such version.")
    differ = changes_shown(found, changes(made[first], made[after])) if review.versions else None
    shown = tuple(map(accepted, review.versions))
    return VersionsPage(head, found.persona(review.persona), shown, first, after, differ)


def side_page(
    head: HeadDep, found: ResultsDep, persona: Annotated[list[str] | None, Query()] = None
) -> SidePage:
    """The personas that are asked for, else the three largest."""
    every = sorted(found.analysis.personas, key=lambda p: (-len(p.participants), p.id))
    chosen = [p for p in every if p.id in (persona or ())] or every[:3]
    rows = (
        Row(
            line.kind,
            line.text,
            line.theme,
            tuple(found.claim(c) if c else None for c in line.claims),
        )
        for line in side_by_side(found.analysis, chosen)
    )
    cards = tuple(map(found.persona, chosen))
    return SidePage(head, tuple(map(found.persona, every)), cards, tuple(rows))


VersionsDep = Annotated[VersionsPage, Depends(versions_page)]
SideDep = Annotated[SidePage, Depends(side_page)]


@router.get("/studies/{study_id}/personas/{persona_id}/versions", include_in_schema=False)
def show_versions(page: VersionsDep, show: ShowDep) -> Response:
    """The page of a persona's versions."""
    return show("personas/versions.html", page)


@router.get("/api/studies/{study_id}/personas/{persona_id}/versions", tags=["results"])
def get_versions(page: VersionsDep) -> VersionsPage:
    """A persona's versions, and what differs between two of them (0: how it is now)."""
    return page


@router.get("/studies/{study_id}/side-by-side", include_in_schema=False)
def show_side(page: SideDep, show: ShowDep) -> Response:
    """The page of personas next to one another."""
    return show("personas/side.html", page)


@router.get("/api/studies/{study_id}/side-by-side", tags=["results"])
def get_side(page: SideDep) -> SidePage:
    """Personas next to one another, line by line."""
    return page


@router.post("/studies/{study_id}/personas/{persona_id}/review", include_in_schema=False)
def review_from_form(
    store: StoreDep,
    who: WhoDep,
    study_id: str,
    persona_id: str,
    do: Annotated[str, Form()],
    key: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    people: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Take one step of a review."""
    take(store, study_id, persona_id, Step(do, key, value, text, tuple(people or ())), who)
    place = f"#{escape(key)}" if key and do in ("status", "reword", "comment") else "#review"
    return RedirectResponse(f"/studies/{study_id}/personas/{escape(persona_id)}{place}", 303)


@router.post(
    "/api/studies/{study_id}/personas/{persona_id}/review", tags=["decisions"], status_code=204
)
def review(store: StoreDep, who: WhoDep, study_id: str, persona_id: str, step: Step) -> None:
    """Take one step: status, reword, assume, comment, settle, lock, open, renew, keep, merge,
    split or move."""
    take(store, study_id, persona_id, step, who)


@router.post("/me", include_in_schema=False)
def say_who(name: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/") -> Response:
    """Keep the name under which somebody decides, on their own machine."""
    safe = back if back.startswith("/studies/") and "\\" not in back else "/"
    answer = RedirectResponse(safe, 303)
    answer.set_cookie(NAME, escape(name[:80]), A_YEAR, httponly=True, samesite="lax")
    return answer


def take(store: Store, study: str, persona: str, step: Step, by: str) -> Decision:
    """The decision that a step asks for. Raises `KlantbeeldError` when there is no such step."""
    key, value, text = step.key, step.value, step.text
    steps: dict[str, Callable[[], Decision]] = {
        "status": lambda: reviewing.set_claim_status(store, study, persona, key, value, by),
        "reword": lambda: reviewing.edit_claim(store, study, persona, key, text, by),
        "assume": lambda: reviewing.add_assumption(store, study, persona, value, text, by),
        "comment": lambda: reviewing.add_comment(store, study, persona, text, key, by),
        "settle": lambda: reviewing.settle_comment(store, study, _number(value), by),
        "lock": lambda: reviewing.lock_persona(store, study, persona, True, by),
        "open": lambda: reviewing.lock_persona(store, study, persona, False, by),
        "renew": lambda: reviewing.renew_persona(store, study, persona, by),
        "keep": lambda: reviewing.keep_persona(store, study, persona, by),
        "merge": lambda: reviewing.merge_personas(store, study, persona, value, by),
        "split": lambda: reviewing.split_persona(store, study, persona, step.people, text, by),
        "move": lambda: reviewing.move_person(store, study, key, value, by),
    }
    if step.do not in steps:
        raise KlantbeeldError(f"Choose one of {', '.join(steps)}.")
    return steps[step.do]()


def _number(value: str) -> int:
    return int(value) if value.isdigit() and len(value) < 12 else 0
