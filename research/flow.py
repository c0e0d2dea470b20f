"""In which order people go through stages, as far as their own words tell it.

The order of telling is the interviewer's; only where a statement says that it came next, or
happened again, does it count. A transition runs from the stage told last before it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from research.model import Analysis, Statement
from research.steps.cues import mentions

NEAR = 2  # passages: an answer and the one before it, with a question between
CUES = "order"


@dataclass(frozen=True, slots=True)
class Transition:
    """People who went from a stage to another, or through the same once more.

    `statements` are those that say so, each after the one that it came from.
    """

    before: str
    after: str
    people: int
    statements: tuple[str, ...]


def flow(analysis: Analysis, people: Collection[str] | None = None) -> tuple[Transition, ...]:
    """The transitions of everyone, or of some people; those of most people first."""
    found: dict[tuple[str, str], list[tuple[Statement, Statement]]] = {}
    for one in _interviews(analysis, people):
        for pair in _steps(one):
            key = pair[0].stages[0].stage, pair[1].stages[0].stage
            found.setdefault(key, []).append(pair)
    made = (
        Transition(
            before,
            after,
            len({b.participant for _, b in pairs}),
            tuple(dict.fromkeys(s.id for pair in pairs for s in pair)),
        )
        for (before, after), pairs in found.items()
    )
    order = analysis.taxonomy.ids
    return tuple(sorted(made, key=lambda t: (-t.people, _at(order, t.before), _at(order, t.after))))


def _at(order: Sequence[str], stage: str) -> int:
    return order.index(stage) if stage in order else len(order)


def _interviews(analysis: Analysis, people: Collection[str] | None) -> Iterator[list[Statement]]:
    """What one person says in one interview, in the order in which it is told."""
    told = [
        s
        for s in analysis.statements
        if s.channel == "interview" and (people is None or s.participant in people)
    ]
    told.sort(key=lambda s: (s.source, s.participant, s.passage, s.start))
    for _, group in groupby(told, key=lambda s: (s.source, s.participant)):
        yield list(group)


def _steps(told: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Each statement that says it came next, with the one of a known stage before it."""
    last: Statement | None = None
    for statement in told:
        if not statement.stages:
            continue
        if last is not None and statement.passage - last.passage <= NEAR:
            same = last.stages[0].stage == statement.stages[0].stage
            if ("again" if same else "next") in mentions(CUES, statement.text):
                yield last, statement
        last = statement
