"""Journey maps: stages × rows from the same evidence, for everyone and per persona."""

from collections.abc import Mapping, Sequence
from typing import Literal

from research.model import Cell, Claim, JourneyMap, Persona, Statement
from research.steps.evidence import claim, of_theme, one_each, shared_first
from research.steps.personas import Study
from research.steps.phrases import how_might_we, touchpoint_name

ROWS = (
    "goals",
    "actions",
    "touchpoints",
    "thoughts",
    "emotion",
    "pain points",
    "motivations",
    "opportunities",
    "kpis",
)
MOST = 5
Level = Literal["none", "assumption", "internal", "validated"]


def draw_maps(study: Study, personas: Sequence[Persona]) -> tuple[JourneyMap, ...]:
    """One map for everyone, then one per persona."""
    everyone = frozenset(p.id for p in study.participants)
    return (
        _map(study, None, everyone),
        *(map_of(study, p) for p in personas),
    )


def map_of(study: Study, persona: Persona) -> JourneyMap:
    """The map of one persona."""
    return _map(study, persona.id, frozenset(persona.participants))


def _map(study: Study, persona: str | None, people: frozenset[str]) -> JourneyMap:
    said = [s for s in study.statements if s.participant in people]
    cells: list[Cell] = []
    for stage in study.stage_ids:
        here = [s for s in said if any(tag.stage == stage for tag in s.stages)]
        cells.extend(_column(study, stage, here, len(people)))
    return JourneyMap("current state", persona, len(people), tuple(cells))


def _column(study: Study, stage: str, here: Sequence[Statement], of: int) -> list[Cell]:
    pains = _themes(study, "pain", stage, here, of)
    motives = _themes(study, "motivation", stage, here, of)
    filled: dict[str, list[Claim]] = {
        "goals": motives[:2],
        "actions": _verbatim("action", "context", stage, here, of),
        "touchpoints": _touchpoints(study, stage, here, of),
        "thoughts": _thoughts(stage, here, of),
        "pain points": pains,
        "motivations": motives,
        "opportunities": _opportunities(study, pains),
    }
    return [
        _emotion(stage, here)
        if row == "emotion"
        else _cell(stage, row, filled.get(row, []), {s.id: s.participant for s in here})
        for row in ROWS
    ]


def _cell(stage: str, row: str, claims: Sequence[Claim], who: Mapping[str, str]) -> Cell:
    statements = tuple(dict.fromkeys(i for c in claims for i in c.statements))
    level: Level = "none"
    if claims:
        level = "validated" if any(c.strength == "strong" for c in claims) else "internal"
    return Cell(
        stage=stage,
        row=row,
        claims=tuple(claims),
        count=len(statements),
        people=len({who[i] for i in statements}),
        statements=statements,
        evidence_level=level,
    )


def _themes(
    study: Study,
    kind: Literal["pain", "motivation"],
    stage: str,
    here: Sequence[Statement],
    of: int,
) -> list[Claim]:
    """Themes raised in this stage, by people; one person's only when nothing else is there."""
    known = {s.id: s for s in here}
    made = []
    for theme in study.themes:
        if theme.kind != kind:
            continue
        found = of_theme(theme, known, of, stage)
        if found is not None:
            made.append(found)
    made.sort(key=lambda c: (-c.people, -len(c.evidence), c.theme))
    return shared_first(made, MOST, 1)


def _verbatim(
    kind: str, of_kind: str, stage: str, here: Sequence[Statement], of: int
) -> list[Claim]:
    ranked = sorted(
        (s for s in here if s.kind == of_kind and len(s.text.split()) >= 4),
        key=lambda s: (-_score(s, stage) * s.kind_score, s.id),
    )
    return [
        claim(kind, s.text, [s], of, made_by="verbatim@1", stage=stage) for s in one_each(ranked, 3)
    ]


def _score(statement: Statement, stage: str) -> float:
    return max((t.score for t in statement.stages if t.stage == stage), default=0.0)


def _thoughts(stage: str, here: Sequence[Statement], of: int) -> list[Claim]:
    """Quotes of different people that feel something, surest of the stage first."""
    ranked = sorted(
        (s for s in here if s.valence and 5 <= len(s.text.split()) <= 40),
        key=lambda s: (-_score(s, stage), s.id),
    )
    return [
        claim("quote", s.text, [s], of, made_by="verbatim@1", stage=stage)
        for s in one_each(ranked, 2)
    ]


def _touchpoints(study: Study, stage: str, here: Sequence[Statement], of: int) -> list[Claim]:
    found: dict[str, list[Statement]] = {}
    for statement in here:
        for touchpoint in statement.touchpoints:
            found.setdefault(touchpoint, []).append(statement)
    ranked = sorted(found.items(), key=lambda f: (-len({s.participant for s in f[1]}), f[0]))
    return [
        claim(
            "touchpoint",
            touchpoint_name(name, study.language),
            said,
            of,
            made_by="cue@1",
            stage=stage,
        )
        for name, said in ranked[:MOST]
    ]


def _opportunities(study: Study, pains: Sequence[Claim]) -> list[Claim]:
    """A question to work on for each pain that more than one person has."""
    made = []
    for pain in pains[:3]:
        if pain.people < 2:
            continue
        text = how_might_we(pain.text, study.language)
        made.append(
            Claim(
                kind="opportunity",
                text=text,
                evidence=pain.evidence,
                people=pain.people,
                of=pain.of,
                low=pain.low,
                high=pain.high,
                strength=pain.strength,
                made_by="template@1",
                stage=pain.stage,
                theme=pain.theme,
                counter=pain.counter,
            )
        )
    return made


def _emotion(stage: str, here: Sequence[Statement]) -> Cell:
    """Mean, spread and count of valence; never a smooth invented curve."""
    if not here:
        return Cell(stage, "emotion")
    values = [s.valence for s in here]
    mean = sum(values) / len(values)
    spread = (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5
    people = len({s.participant for s in here})
    return Cell(
        stage=stage,
        row="emotion",
        mean=round(mean, 3),
        spread=round(spread, 3),
        count=len(values),
        people=people,
        statements=tuple(s.id for s in here),
        evidence_level="validated" if people >= 3 else "internal",
    )
