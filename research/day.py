"""A day in the life: when and where in people's days things happen, beyond the brand."""

from collections.abc import Collection
from dataclasses import dataclass

from research.model import Analysis, Statement
from research.steps.cues import mentions, patterns
from research.steps.evidence import one_each

CUES = "day"
FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """A time or place of the day: what people say of it, by which channels, how it feels.

    `mean` is their mean feeling, −1 to 1; None when nobody speaks of it. `statements` are
    those of different people first.
    """

    name: str
    people: int
    of: int
    touchpoints: tuple[tuple[str, int], ...]
    mean: float | None
    statements: tuple[str, ...]


def day(analysis: Analysis, people: Collection[str] | None = None) -> tuple[Moment, ...]:
    """The moments of a day, in order; one that nobody speaks of is empty."""
    everyone = {p.id for p in analysis.participants} if people is None else set(people)
    found: dict[str, list[Statement]] = {name: [] for name, _ in patterns(CUES)}
    for statement in analysis.statements:
        if statement.participant in everyone and len(statement.text.split()) >= FEWEST_WORDS:
            for name in mentions(CUES, statement.text):
                found[name].append(statement)
    return tuple(_moment(name, said, len(everyone)) for name, said in found.items())


def _moment(name: str, said: list[Statement], of: int) -> Moment:
    ranked = sorted(said, key=lambda s: (s.kind != "context", -len(s.text), s.id))
    counts: dict[str, set[str]] = {}
    for statement in said:
        for touchpoint in statement.touchpoints:
            counts.setdefault(touchpoint, set()).add(statement.participant)
    touched = sorted(((t, len(who)) for t, who in counts.items()), key=lambda c: (-c[1], c[0]))
    return Moment(
        name=name,
        people=len({s.participant for s in said}),
        of=of,
        touchpoints=tuple(touched[:3]),
        mean=round(sum(s.valence for s in said) / len(said), 3) if said else None,
        statements=tuple(dict.fromkeys(s.id for s in (*one_each(ranked, len(ranked)), *ranked))),
    )
