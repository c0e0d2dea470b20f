"""Draft personas: a group of people as claims, each with the statements behind it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from research.model import BY_HAND, Base, Participant, Persona
from research.steps.facets import nouns_of
from research.steps.people import Grouping
from research.steps.persona_claims import Group, Study, claims_of, leading
from research.steps.persona_words import demographics_of, name_of, summary_of

__all__ = ["Group", "Study", "draft_personas", "of_people", "retold"]
MOST_VALUES = 8  # an attribute with more values than this names people rather than groups
SIGNAL_BELOW, PROVISIONAL_UP_TO = 5, 8


def draft_personas(study: Study, grouping: Grouping) -> tuple[Persona, ...]:
    """A persona per gathering, in the same order."""
    ids = [
        _identity([grouping.people[i] for i in gathering.members])
        for gathering in grouping.gatherings
    ]
    used: set[str] = set()
    nouns = nouns_of(study.statements)
    return tuple(
        _persona(study, grouping, number, ids, used, nouns)
        for number in range(len(grouping.gatherings))
    )


def _identity(people: Sequence[str]) -> str:
    digest = hashlib.sha256("|".join(sorted(people)).encode()).hexdigest()
    return f"persona-{digest[:10]}"


def _persona(
    study: Study,
    grouping: Grouping,
    number: int,
    ids: Sequence[str],
    used: set[str],
    nouns: frozenset[str],
) -> Persona:
    gathering = grouping.gatherings[number]
    people = frozenset(grouping.people[i] for i in gathering.members)
    said = tuple(s for s in study.statements if s.participant in people)
    group = Group(people, frozenset(grouping.people), said)
    claims = claims_of(study, group, nouns)
    base = _base(study, group)
    size = _size(len(people))
    return Persona(
        id=ids[number],
        name=name_of(study.language, number, leading(study, group, claims), used),
        kind=_kind(study, people),
        status="draft",
        size=size,
        summary=summary_of(study.language, base, size, claims),
        participants=tuple(sorted(people)),
        misfits=tuple(sorted(grouping.people[i] for i in gathering.misfits)),
        base=base,
        claims=claims,
        demographics=demographics_of(study.participants, people),
        distinctness=gathering.distinctness,
        nearest=ids[gathering.nearest] if gathering.nearest >= 0 else "",
        stability=gathering.stability,
        method=grouping.method,
    )


def of_people(
    study: Study, persona: Persona, people: frozenset[str], compared: frozenset[str]
) -> Persona:
    """The persona on other people, put together by a person: everything is told anew.

    `compared` are all who said enough to be compared.
    """
    said = tuple(s for s in study.statements if s.participant in people)
    group = Group(people, compared | people, said)
    whole = replace(
        persona,
        size=_size(len(people)),
        kind=_kind(study, people),
        participants=tuple(sorted(people)),
        misfits=tuple(p for p in persona.misfits if p in people),
        base=_base(study, group),
        claims=claims_of(study, group, nouns_of(study.statements)),
        demographics=demographics_of(study.participants, people),
        distinctness=0.0,
        nearest="",
        stability=0.0,
        method=BY_HAND,
    )
    return retold(study.language, whole)


def retold(language: str, persona: Persona) -> Persona:
    """The persona with its summary written from its claims as they are now."""
    summary = summary_of(language, persona.base, persona.size, persona.claims)
    return replace(persona, summary=summary, summary_by="")


def _base(study: Study, group: Group) -> Base:
    return Base(
        people=len(group.people),
        of=len(group.compared),
        statements=len(group.statements),
        sources=len({s.source for s in group.statements}),
        languages=tuple(sorted({s.language for s in group.statements})),
        missing=_missing(study.participants, group.people),
    )


def _missing(
    participants: Sequence[Participant], people: frozenset[str]
) -> tuple[tuple[str, str, int], ...]:
    """Values that several people elsewhere in the study have, and nobody here."""
    here: dict[str, set[str]] = {}
    elsewhere: dict[tuple[str, str], int] = {}
    for participant in participants:
        for name, value in participant.attributes:
            here.setdefault(name, set())
            if participant.id in people:
                here[name].add(value)
            else:
                elsewhere[name, value] = elsewhere.get((name, value), 0) + 1
    values = {name: here[name] | {v for n, v in elsewhere if n == name} for name in here}
    return tuple(
        (name, value, count)
        for (name, value), count in sorted(elsewhere.items())
        if count > 1 and here[name] and value not in here[name] and len(values[name]) <= MOST_VALUES
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
