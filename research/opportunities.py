"""Opportunities: pain points as questions to work on, ranked, with what the team plans.

The rank is people × severity × the weight of the stage, which is one unless the team says
otherwise. People is the share who raise the pain.
Severity, 0 to 1, is the mean over its statements of how badly it is put: half for any
complaint, a quarter more for a negative feeling, and a quarter more for strong words or
one or two stars.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from research.model import Analysis, Decision, Statement, Theme, by_id
from research.shape import meant
from research.steps.cues import mentions
from research.steps.phrases import how_might_we

STATUSES = ("open", "planned", "doing", "done", "dropped")
EFFORTS = ("small", "medium", "large")
ACTIONS = ("set-owner", "set-progress", "set-effort", "set-change")
FEWEST_PEOPLE = 2
HALF, QUARTER = 0.5, 0.25
FEW_STARS = 2.0


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A pain as a question, and what the team fills in; `theme` is its id everywhere.

    `people` of `of` raise it; `score` is the share of people times `severity` (0 to 1) times
    `weight`, that of its stage.
    `owner`, `effort` and `change` (what is wanted instead) are empty until somebody says.
    """

    theme: str
    label: str
    text: str
    stage: str
    people: int
    of: int
    severity: float
    score: float
    statements: tuple[str, ...]
    owner: str = ""
    status: str = "open"
    effort: str = ""
    change: str = ""
    weight: float = 1.0


def opportunities(
    analysis: Analysis, decisions: Sequence[Decision] = (), *, fewest: int = FEWEST_PEOPLE
) -> list[Opportunity]:
    """One for each pain that at least two people (`fewest`) raise, the most pressing first.

    `decisions` are those that stand, oldest first.
    """
    said = by_id(analysis.statements)
    of = len({s.participant for s in analysis.statements})
    made = [
        _opportunity(theme, analysis.language, said, of)
        for theme in analysis.shown
        if theme.kind == "pain" and theme.people >= fewest
    ]
    themes = [t for t in analysis.shown if t.kind == "pain"]
    for decision in decisions:
        if decision.action in ACTIONS:
            theme = meant(themes, decision.target, decision.anchors, lambda t: t.statements)
            made = [_filled(o, decision) if theme and o.theme == theme.id else o for o in made]
    weights = weights_of(decisions)
    made = [_weighed(o, weights.get(o.stage, 1.0)) for o in made]
    return sorted(made, key=lambda o: (-o.score, o.theme))


def weights_of(decisions: Sequence[Decision]) -> dict[str, float]:
    """How much each stage counts, where the team said so."""
    return {d.target: float(d.value) for d in decisions if d.action == "set-weight"}


def _weighed(opportunity: Opportunity, weight: float) -> Opportunity:
    score = round(opportunity.score * weight, 4)
    return replace(opportunity, weight=weight, score=score)


def _opportunity(theme: Theme, language: str, said: dict[str, Statement], of: int) -> Opportunity:
    mine = [said[s] for s in theme.statements if s in said]
    severity = round(sum(map(severity_of, mine)) / max(len(mine), 1), 3)
    stage = max(theme.stage_profile, key=lambda s: (s.people, s.statements), default=None)
    return Opportunity(
        theme=theme.id,
        label=theme.label,
        text=how_might_we(theme.label, language),
        stage=stage.stage if stage and stage.people else "",
        people=theme.people,
        of=of,
        severity=severity,
        score=round(theme.people / max(of, 1) * severity, 4),
        statements=theme.statements,
    )


def severity_of(statement: Statement) -> float:
    """How badly a statement puts it, 0.5 to 1."""
    few_stars = statement.rating is not None and statement.rating <= FEW_STARS
    strong = few_stars or "annoyance" in mentions("kind", statement.text)
    return HALF + QUARTER * (statement.valence < 0) + QUARTER * strong


def _filled(opportunity: Opportunity, decision: Decision) -> Opportunity:
    match decision.action:
        case "set-owner":
            return replace(opportunity, owner=decision.value)
        case "set-progress":
            return replace(opportunity, status=decision.value)
        case "set-effort":
            return replace(opportunity, effort=decision.value)
        case _:
            return replace(opportunity, change=decision.value)
