"""Moments of a day and ways between stages, ready to be shown."""

from dataclasses import dataclass

from api.evidence import Index, Quote
from research.day import day
from research.flow import flow
from research.wording import touchpoint_name

MOST_QUOTES = 12


@dataclass(frozen=True, slots=True)
class MomentShown:
    """A time or place of people's days, with what they say of it."""

    name: str
    people: int
    of: int
    quotes: tuple[Quote, ...]
    touchpoints: tuple[tuple[str, int], ...]
    mean: float | None


@dataclass(frozen=True, slots=True)
class TransitionShown:
    """People who went from a stage to another, or through one once more, in their words."""

    before: str
    after: str
    people: int
    quotes: tuple[Quote, ...]


def moments(found: Index, people: tuple[str, ...] | None) -> tuple[MomentShown, ...]:
    """The moments of a day with their quotes; touchpoints by their names."""
    language = found.analysis.language
    return tuple(
        MomentShown(
            name=one.name,
            people=one.people,
            of=one.of,
            quotes=found.quotes(one.statements[:MOST_QUOTES]),
            touchpoints=tuple((touchpoint_name(t, language), n) for t, n in one.touchpoints),
            mean=one.mean,
        )
        for one in day(found.analysis, people)
    )


def transitions(found: Index, people: tuple[str, ...] | None) -> tuple[TransitionShown, ...]:
    """The ways between stages with their quotes."""
    return tuple(
        TransitionShown(t.before, t.after, t.people, found.quotes(t.statements[:MOST_QUOTES]))
        for t in flow(found.analysis, people)
    )
