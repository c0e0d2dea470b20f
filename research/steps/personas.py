"""Draft personas: a group of people as claims, each with the statements behind it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from research.model import Base, Claim, Participant, Persona, Statement, Theme
from research.steps.evidence import claim, one_each
from research.steps.people import Gathering, Grouping
from research.steps.persona_words import demographics_of, name_of, summary_of
from research.steps.phrases import phrase, touchpoint_name
from research.wording import number

MOST_PAINS, MOST_MOTIVATIONS, MOST_CHANNELS, MOST_BEHAVIOURS = 6, 6, 5, 4
MOST_QUOTES = 4
SIGNAL_BELOW, PROVISIONAL_UP_TO = 5, 8


@dataclass(frozen=True, slots=True)
class Study:
    """What personas are made from: everything people said, and the themes in it."""

    language: str
    participants: tuple[Participant, ...]
    statements: tuple[Statement, ...]
    themes: tuple[Theme, ...]
    stage_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one persona, in a study; `share` tells how typical a theme is."""

    people: frozenset[str]
    compared: frozenset[str]
    statements: tuple[Statement, ...]


def draft_personas(study: Study, grouping: Grouping) -> tuple[Persona, ...]:
    """A persona per gathering, in the same order."""
    ids = [
        _identity([grouping.people[i] for i in gathering.members])
        for gathering in grouping.gatherings
    ]
    used: set[str] = set()
    return tuple(
        _persona(study, grouping, number, gathering, ids, used)
        for number, gathering in enumerate(grouping.gatherings)
    )


def _identity(people: Sequence[str]) -> str:
    digest = hashlib.sha256("|".join(sorted(people)).encode()).hexdigest()
    return f"persona-{digest[:10]}"


def _persona(
    study: Study,
    grouping: Grouping,
    number: int,
    gathering: Gathering,
    ids: Sequence[str],
    used: set[str],
) -> Persona:
    people = frozenset(grouping.people[i] for i in gathering.members)
    said = tuple(s for s in study.statements if s.participant in people)
    group = Group(people, frozenset(grouping.people), said)
    pains = _theme_claims(study, group, "pain", MOST_PAINS)
    motives = _theme_claims(study, group, "motivation", MOST_MOTIVATIONS)
    channels = _channels(study, group)
    claims = (
        *motives,
        *pains,
        *_behaviours(study, group),
        *channels,
        *_emotions(study, group),
        *_quotes(group, (*motives, *pains)),
    )
    base = _base(study, group, len(grouping.people))
    size = _size(len(people))
    return Persona(
        id=ids[number],
        name=name_of(study.language, number, motives, pains, used),
        kind=_kind(study, people),
        status="draft",
        size=size,
        summary=summary_of(study.language, base, size, motives, pains, channels),
        participants=tuple(sorted(people)),
        misfits=tuple(sorted(grouping.people[i] for i in gathering.misfits)),
        base=base,
        claims=claims,
        demographics=demographics_of(study.participants, people),
        distinctness=gathering.distinctness,
        nearest=ids[gathering.nearest] if gathering.nearest >= 0 else "",
        stability=gathering.stability,
    )


def _theme_claims(
    study: Study, group: Group, kind: Literal["pain", "motivation"], most: int
) -> list[Claim]:
    """Themes the group's people raise: what sets the group apart and many say, first."""
    ranked: list[tuple[float, Claim]] = []
    said = {s.id: s for s in group.statements}
    for theme in study.themes:
        if theme.kind != kind:
            continue
        mine = [(said[e.statement], e.weight) for e in theme.evidence if e.statement in said]
        if not mine:
            continue
        made = claim(
            kind,
            theme.label,
            [s for s, _ in mine],
            len(group.people),
            weights=[w for _, w in mine],
            made_by="theme@1",
            stage=_main_stage(theme),
            theme=theme.id,
            counter=[c for c in theme.counter if c in said],
        )
        ranked.append((_typical(theme, made.people, group), made))
    ranked.sort(key=lambda pair: (-pair[0], -pair[1].people, pair[1].theme))
    several = [made for _, made in ranked if made.people > 1]
    return (several or [made for _, made in ranked])[:most]


def _typical(theme: Theme, people: int, group: Group) -> float:
    """Share of the group that raises it × how much more than the others do."""
    inside = people / len(group.people)
    others = group.compared - group.people
    outside = len(others & set(theme.participants)) / len(others) if others else 0.0
    return inside * (1.0 + inside - outside)


def _main_stage(theme: Theme) -> str:
    best = max(theme.stage_profile, key=lambda s: (s.people, s.statements), default=None)
    return best.stage if best and best.people else ""


def _behaviours(study: Study, group: Group) -> list[Claim]:
    """What people say they do, by the stage and touchpoint they speak of, most people first."""
    topics: dict[tuple[str, str], list[Statement]] = {}
    for statement in group.statements:
        if statement.kind == "context" and statement.touchpoints:
            stage = statement.stages[0].stage if statement.stages else ""
            topics.setdefault((stage, statement.touchpoints[0]), []).append(statement)
    ranked = sorted(
        topics.items(), key=lambda item: (-len({s.participant for s in item[1]}), item[0])
    )
    made = []
    for (stage, _), said in ranked[:MOST_BEHAVIOURS]:
        said.sort(key=lambda s: (-s.kind_score, s.id))
        telling = max(one_each(said, 8), key=lambda s: (min(len(s.text), 120), s.id))
        said.sort(key=lambda s: s is not telling)
        made.append(
            claim(
                "behaviour",
                telling.text,
                said,
                len(group.people),
                made_by="quote@1",
                stage=stage,
            )
        )
    return made


def _channels(study: Study, group: Group) -> list[Claim]:
    found: dict[str, list[Statement]] = {}
    for statement in group.statements:
        for touchpoint in statement.touchpoints:
            found.setdefault(touchpoint, []).append(statement)
    ranked = sorted(found.items(), key=lambda f: (-len({s.participant for s in f[1]}), f[0]))
    return [
        claim(
            "channel",
            touchpoint_name(touchpoint, study.language),
            said,
            len(group.people),
            made_by="cue@1",
        )
        for touchpoint, said in ranked[:MOST_CHANNELS]
        if len({s.participant for s in said}) > 1 or len(group.people) == 1
    ]


def feeling(mean: float) -> str:
    """A mean valence (-1 to 1) in a word."""
    return "negative" if mean <= -0.25 else "positive" if mean >= 0.25 else "balanced"


def _emotions(study: Study, group: Group) -> list[Claim]:
    made = []
    for stage in study.stage_ids:
        here = [s for s in group.statements if s.stages and s.stages[0].stage == stage]
        if len({s.participant for s in here}) < 2:
            continue
        mean = sum(s.valence for s in here) / len(here)
        words = phrase(feeling(mean), study.language, {})
        text = f"{words} ({number(mean, study.language, signed=True)}, n = {len(here)})"
        made.append(
            claim("emotion", text, here, len(group.people), made_by="valence@1", stage=stage)
        )
    return made


def _quotes(group: Group, claims: Sequence[Claim]) -> list[Claim]:
    """Verbatim words of different people, from the claims that matter most."""
    said = {s.id: s for s in group.statements}
    chosen: dict[str, tuple[Statement, Claim]] = {}
    for source in claims:
        for statement in (said[i] for i in source.statements):
            if statement.participant not in chosen and 5 <= len(statement.text.split()) <= 40:
                chosen[statement.participant] = (statement, source)
                break
        if len(chosen) == MOST_QUOTES:
            break
    return [
        claim(
            "quote",
            statement.text,
            [statement],
            len(group.people),
            made_by="verbatim@1",
            stage=source.stage,
            theme=source.theme,
        )
        for statement, source in chosen.values()
    ]


def _base(study: Study, group: Group, of: int) -> Base:
    return Base(
        people=len(group.people),
        of=of,
        statements=len(group.statements),
        sources=len({s.source for s in group.statements}),
        languages=tuple(sorted({s.language for s in group.statements})),
    )


def _size(people: int) -> Literal["signal", "provisional", "persona"]:
    if people < SIGNAL_BELOW:
        return "signal"
    return "provisional" if people <= PROVISIONAL_UP_TO else "persona"


def _kind(
    study: Study, people: frozenset[str]
) -> Literal["qualitative draft", "statistical draft"]:
    mine = [p for p in study.participants if p.id in people]
    deep = sum(p.channel == "interview" for p in mine)
    return "qualitative draft" if deep * 2 >= len(mine) else "statistical draft"
