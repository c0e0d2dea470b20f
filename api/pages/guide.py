"""The interview guide: which of its questions were put to whom, and which never were."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.evidence import Index, Quote
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research.model import Participant
from research.steps.guide import ASKING_CHANNELS, Answer, Asked, bundled_guide, follow_guide

router = APIRouter()
MOST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """What one person said when asked: how many statements, and the first of them."""

    who: Participant
    statements: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the guide with its probes, in the study's language; how it was asked, who
    answered, who said nothing that counts, and who was never asked."""

    id: str
    stage: str
    text: str
    probes: tuple[str, ...]
    wordings: tuple[str, ...]
    answers: tuple[Answered, ...]
    silent: tuple[Participant, ...]
    never: tuple[Participant, ...]


@dataclass(frozen=True, slots=True)
class GuidePage:
    """The guide, question by question. `people` could be asked: no reviewers."""

    head: Head
    people: int
    questions: tuple[Question, ...]

    @property
    def unasked(self) -> tuple[Question, ...]:
        """The questions that nobody was asked."""
        return tuple(q for q in self.questions if not q.answers and not q.silent)


def guide_page(head: HeadDep, found: ResultsDep) -> GuidePage:
    """The bundled guide beside what was asked in this study."""
    analysis = found.analysis
    asked = follow_guide(
        bundled_guide(), analysis.sources, analysis.participants, analysis.statements
    )
    people = sum(p.channel in ASKING_CHANNELS for p in analysis.participants)
    return GuidePage(head, people, tuple(_question(found, one) for one in asked))


def _question(found: Index, asked: Asked) -> Question:
    language = "nl" if found.analysis.language == "nl" else "en"
    return Question(
        id=asked.question.id,
        stage=asked.question.stage,
        text=asked.question.text(language),
        probes=asked.question.probes(language),
        wordings=asked.wordings,
        answers=tuple(_answered(found, answer) for answer in asked.answers),
        silent=found.people(asked.silent),
        never=found.people(asked.never),
    )


def _answered(found: Index, answer: Answer) -> Answered:
    (who,) = found.people([answer.participant])
    shown = found.quotes(answer.statements[:MOST_ANSWERS])
    return Answered(who, len(answer.statements), shown)


GuideDep = Annotated[GuidePage, Depends(guide_page)]


@router.get("/studies/{study_id}/guide", include_in_schema=False)
def show_guide(page: GuideDep, show: ShowDep) -> Response:
    """The page of the interview guide."""
    return show("guide/show.html", page)


@router.get("/api/studies/{study_id}/guide", tags=["results"])
def get_guide(page: GuideDep) -> GuidePage:
    """The interview guide: who answered which question, and who was never asked."""
    return page
