"""What a user can do with a second coder: set it up, see what it would cost, ask, compare."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from research.errors import BadEndpoint
from research.model import CODER_MODES, Analysis, CoderMode, Endpoint, Labels, Statement
from research.relabel import corrections
from research.second_answers import KEY, endpoint, labels_of, unit_of
from research.second_coder import (
    Agreement,
    Cost,
    agreement,
    endpoint_of,
    estimate,
    key_of,
    messages,
)
from research.store import Store, decisions, second_coders
from research.store.second_coders import StudyAnswers
from research.studies import get_study, latest_analysis
from research.view import standing

SHOWN = 3
TASKS = ("kind", "stage", "valence")
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Plan:
    """What asking would mean: who gets what, and what it takes. Nothing has been sent."""

    endpoint: Endpoint
    mode: CoderMode
    cost: Cost
    example: tuple[dict[str, str], ...]
    has_key: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A statement on which the second coder and the software say different things."""

    statement: Statement
    ours: Labels
    theirs: Labels


@dataclass(frozen=True, slots=True)
class Opinions:
    """What the second coder said beside the software and beside people, by task."""

    maker: str
    answered: int
    of: int
    with_software: Mapping[str, Agreement]
    with_people: Mapping[str, Agreement]
    disagreements: tuple[Disagreement, ...]


def set_up(
    store: Store,
    study_id: str,
    url: str,
    model: str,
    price_in: float = 0.0,
    price_out: float = 0.0,
) -> Endpoint:
    """Name the second coder of a study. Nothing is sent before somebody allows it."""
    get_study(store, study_id)
    endpoint = endpoint_of(url, model, price_in, price_out)
    second_coders.put(store, study_id, endpoint)
    return endpoint


def take_away(store: Store, study_id: str) -> None:
    """Have no second coder any more; what it answered is kept."""
    get_study(store, study_id)
    second_coders.remove(store, study_id)


def allow(store: Store, study_id: str, mode: str) -> None:
    """Say what the second coder may do in the next run. Raises `NotFound` without one."""
    endpoint(store, study_id)
    wanted = next((m for m in CODER_MODES if m == mode), None)
    if wanted is None:
        raise BadEndpoint(f"Choose one of {', '.join(CODER_MODES)}.")
    second_coders.set_mode(store, study_id, wanted)


def plan(store: Store, study_id: str) -> Plan:
    """Who would get what, and what it would take."""
    where = endpoint(store, study_id)
    units = [unit_of(s) for s in latest_analysis(store, study_id).statements]
    known = StudyAnswers(store, study_id, where.maker).get(sorted({key_of(u) for u in units}))
    return Plan(
        endpoint=where,
        mode=second_coders.mode(store, study_id),
        cost=estimate(where, units, sorted(known)),
        example=tuple(messages(units[:SHOWN])),
        has_key=bool(os.environ.get(KEY)),
    )


def opinions(store: Store, study_id: str) -> Opinions:
    """How far the second coder agrees with the software and with people, and where not."""
    where = endpoint(store, study_id)
    analysis = latest_analysis(store, study_id)
    _, theirs = labels_of(store, study_id, analysis.statements)
    ours = {s.id: _ours(s) for s in analysis.statements if s.made_by not in (PERSON, where.maker)}
    people = corrections(standing(decisions.of_study(store, study_id)))
    return Opinions(
        maker=where.maker,
        answered=len(theirs),
        of=len(analysis.statements),
        with_software={task: _with_software(ours, theirs, task) for task in TASKS},
        with_people={task: _with_people(people, theirs, task) for task in TASKS},
        disagreements=_different(analysis, ours, theirs, set(people)),
    )


def _ours(statement: Statement) -> Labels:
    stage = statement.stages[0].stage if statement.stages else "unknown"
    return Labels(statement.kind, stage, statement.valence)


def _label(labels: Labels, task: str) -> str:
    return str(getattr(labels, task))


def _with_software(
    ours: Mapping[str, Labels], theirs: Mapping[str, Labels], task: str
) -> Agreement:
    both = sorted(ours.keys() & theirs.keys())
    return _agree([(_label(ours[i], task), _label(theirs[i], task)) for i in both])


def _with_people(
    people: Mapping[str, Mapping[str, str]], theirs: Mapping[str, Labels], task: str
) -> Agreement:
    both = sorted(i for i in people.keys() & theirs.keys() if task in people[i])
    return _agree([(people[i][task], _label(theirs[i], task)) for i in both])


def _agree(pairs: Sequence[tuple[str, str]]) -> Agreement:
    return agreement([a for a, _ in pairs], [b for _, b in pairs])


def _different(
    analysis: Analysis, ours: Mapping[str, Labels], theirs: Mapping[str, Labels], judged: set[str]
) -> tuple[Disagreement, ...]:
    """Other kinds for the same statement, the software's surest first; judged ones are settled."""
    found = [
        Disagreement(s, ours[s.id], theirs[s.id])
        for s in analysis.statements
        if s.id in ours and s.id in theirs and s.id not in judged
        if ours[s.id].kind != theirs[s.id].kind
    ]
    return tuple(sorted(found, key=lambda d: (-d.statement.kind_score, d.statement.id)))
