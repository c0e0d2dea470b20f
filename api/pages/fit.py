"""Which persona somebody fits, and the few questions that tell personas apart."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from api.evidence import Index, PersonaCard, Quote, ThemeRow
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research.lookup import find_participant
from research.model import Participant
from research.persona_fit import Fit, Questions, Sign, fit_person, fits, questions, table_of

router = APIRouter()
MOST_LISTED = 400
MOST_QUOTES = 2


@dataclass(frozen=True, slots=True)
class SignShown:
    """A theme that speaks for a persona: how many of its people raise it, how many others,
    and what this person said about it."""

    theme: ThemeRow
    sign: Sign
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FitShown:
    """A persona with the chance that somebody is of it, and why."""

    persona: PersonaCard
    chance: float
    reasons: tuple[SignShown, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the short set, what was answered (yes, no or nothing), and the persona
    that a yes speaks for."""

    theme: ThemeRow
    speaks_for: PersonaCard
    signs: tuple[Sign, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class FitPage:
    """The short set of questions with how well it does, and which persona fits."""

    head: Head
    asked: tuple[Asked, ...]
    right: int
    of: int
    guessed: int
    people: tuple[Participant, ...]
    person: Participant | None
    found: tuple[FitShown, ...]


def fit_page(
    head: HeadDep,
    found: ResultsDep,
    yes: Annotated[tuple[str, ...], Query()] = (),
    no: Annotated[tuple[str, ...], Query()] = (),
    participant: str = "",
) -> FitPage:
    """Who fits which persona: by answers to the questions, or somebody of the study."""
    analysis = found.analysis
    person = find_participant(analysis, participant) if participant else None
    answers = dict.fromkeys(yes, True) | dict.fromkeys(no, False)
    fitting: tuple[Fit, ...] = ()
    if person:
        fitting = fit_person(analysis, person.id)
    elif answers:
        fitting = fits(table_of(analysis), answers)
    short = questions(analysis)
    placed = {p for x in analysis.personas for p in x.participants}
    others = sorted(analysis.participants, key=lambda p: (p.id in placed, p.label))
    return FitPage(
        head=head,
        asked=_asked(found, short, answers),
        right=short.right,
        of=short.of,
        guessed=short.guessed,
        people=tuple(others[:MOST_LISTED]),
        person=person,
        found=tuple(_shown(found, fit, person) for fit in fitting),
    )


def _asked(found: Index, short: Questions, answers: dict[str, bool]) -> tuple[Asked, ...]:
    themes = {t.id: t for t in found.analysis.themes}
    personas = {p.id: p for p in found.analysis.personas}
    said = {True: "yes", False: "no"}
    return tuple(
        Asked(
            theme=found.theme(themes[q.theme]),
            speaks_for=found.persona(personas[q.persona]),
            signs=q.signs,
            answer=said[answers[q.theme]] if q.theme in answers else "",
        )
        for q in short.asked
    )


def _shown(found: Index, fit: Fit, person: Participant | None) -> FitShown:
    themes = {t.id: t for t in found.analysis.themes}
    personas = {p.id: p for p in found.analysis.personas}
    reasons = []
    for sign in fit.reasons:
        theme = themes[sign.theme]
        own = [s for s in theme.statements if person and _by(found, s) == person.id]
        quotes = found.quotes(own[:MOST_QUOTES])
        reasons.append(SignShown(found.theme(theme), sign, quotes))
    return FitShown(found.persona(personas[fit.persona]), fit.chance, tuple(reasons))


def _by(found: Index, statement: str) -> str:
    return found.statements[statement].participant


FitDep = Annotated[FitPage, Depends(fit_page)]


@router.get("/studies/{study_id}/fit", include_in_schema=False)
def show_fit(page: FitDep, show: ShowDep) -> Response:
    """The page that says which persona fits."""
    return show("personas/fit.html", page)


@router.get("/api/studies/{study_id}/fit", tags=["results"])
def get_fit(page: FitDep) -> FitPage:
    """The questions that tell personas apart, and which persona fits the answers (`yes` and
    `no`: ids of themes) or a `participant`."""
    return page
