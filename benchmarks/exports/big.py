"""A study of 5,000 pain points and 50,000 quotes, of which every map has a full cell a row."""

from research.model import (
    Analysis,
    Base,
    Cell,
    Claim,
    Coverage,
    Evidence,
    JourneyMap,
    MadeBy,
    Participant,
    Passage,
    Persona,
    Source,
    StageShare,
    StageTag,
    Statement,
    Theme,
)
from research.stages import load_taxonomy

PEOPLE, SOURCES, PERSONAS, IN_A_CELL = 1_000, 200, 8, 5
WORDS = (
    "Ik wist niet wanneer het pakket zou komen en niemand kon het zeggen 😬",
    "The delivery came later than promised, and nobody told me why",
    "Toen ik belde moest ik alles opnieuw uitleggen aan de volgende",
)


def study(pains: int = 5_000, quotes: int = 50_000) -> Analysis:
    """The study; the same every time."""
    taxonomy = load_taxonomy()
    people = tuple(
        Participant(
            f"p{n}", f"P{n}", (("segment", f"s{n % 5}"),), (f"source{n % SOURCES}",), "survey"
        )
        for n in range(PEOPLE)
    )
    said = [_statement(n, taxonomy.ids) for n in range(quotes)]
    themes = tuple(_theme(n, said[n::pains]) for n in range(pains))
    maps = tuple(
        _map(taxonomy.ids, who, themes) for who in (None, *map(_persona_id, range(PERSONAS)))
    )
    return Analysis(
        study="5,000 pain points",
        language="nl",
        taxonomy=taxonomy,
        sources=_sources(said),
        refused=(),
        speakers=(),
        participants=people,
        statements=tuple(said),
        themes=themes,
        personas=tuple(_persona(n, themes) for n in range(PERSONAS)),
        unplaced=(),
        maps=maps,
        coverage=Coverage(quotes, quotes, quotes, 0, (), quotes),
        saturation=(),
        made_by=MadeBy("klantbeeld", "none", "1", "none", ()),
    )


def _text(n: int) -> str:
    return f"{WORDS[n % len(WORDS)]} ({n})."


def _statement(n: int, stages: tuple[str, ...]) -> Statement:
    text = _text(n)
    return Statement(
        id=f"s{n:06}",
        source=f"source{n % SOURCES}",
        participant=f"p{n % PEOPLE}",
        passage=n // SOURCES,
        start=0,
        end=len(text),
        text=text,
        place=f"row {n // SOURCES + 2}",
        channel="survey",
        language="nl",
        kind="pain",
        valence=-1,
        stages=(StageTag(stages[n % len(stages)], 0.9),),
    )


def _sources(said: list[Statement]) -> tuple[Source, ...]:
    passages: dict[str, list[Passage]] = {}
    for s in said:
        passage = Passage(s.passage, s.text, s.participant, "survey", s.place, "participant")
        passages.setdefault(s.source, []).append(passage)
    return tuple(
        Source(key, f"survey-{key}.csv", "survey", tuple(mine)) for key, mine in passages.items()
    )


def _theme(n: int, said: list[Statement]) -> Theme:
    people = tuple(dict.fromkeys(s.participant for s in said))
    return Theme(
        id=f"theme{n:05}",
        kind="pain",
        label=f"Pakket komt later dan beloofd, soort {n}",
        definition="Wat er misgaat als een pakket later komt dan beloofd.",
        evidence=tuple(Evidence(s.id) for s in said),
        participants=people,
        sources=tuple(dict.fromkeys(s.source for s in said)),
        quotes=tuple(s.id for s in said[:3]),
        stage_profile=(StageShare(said[0].stages[0].stage, len(people), len(said)),),
        valence=-1.0,
        stability=1.0,
        family="",
        nearest="",
    )


def _claim(theme: Theme, kind: str, stage: str) -> Claim:
    return Claim(
        kind=kind,
        text=theme.label,
        evidence=theme.evidence,
        people=theme.people,
        of=PEOPLE,
        low=0.0,
        high=0.1,
        strength="strong",
        made_by="bench",
        stage=stage,
        theme=theme.id,
    )


def _map(stages: tuple[str, ...], persona: str | None, themes: tuple[Theme, ...]) -> JourneyMap:
    rows = ("goals", "actions", "touchpoints", "thoughts", "pain points", "motivations")
    cells = [
        Cell(
            stage,
            row,
            tuple(_claim(t, row, stage) for t in themes[n : n + IN_A_CELL]),
            evidence_level="validated",
        )
        for n, stage in enumerate(stages)
        for row in (*rows, "opportunities")
    ]
    feelings = [Cell(s, "emotion", (), -0.5, 0.3, 100, 50) for s in stages]
    return JourneyMap("current state", persona, PEOPLE, (*cells, *feelings))


def _persona_id(n: int) -> str:
    return f"persona-{n}"


def _persona(n: int, themes: tuple[Theme, ...]) -> Persona:
    people = tuple(f"p{k}" for k in range(n, PEOPLE, PERSONAS))
    return Persona(
        id=_persona_id(n),
        name=f"De wachter {n}",
        kind="statistical draft",
        status="draft",
        size="persona",
        summary="Wil weten waar het pakket is.",
        participants=people,
        misfits=(),
        base=Base(len(people), PEOPLE, 6_000, SOURCES, ("nl",)),
        claims=tuple(_claim(t, "pain", "") for t in themes[n : n + 20]),
        demographics=(),
        distinctness=0.5,
        nearest="",
        stability=0.8,
    )
