"""Themes with a statement more or less: who raises them, where, and in which words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from research.model import Evidence, StageShare, Statement, Theme

MOST_QUOTES = 3
Known = Mapping[str, Statement]


def without(theme: Theme, statement: str, known: Known) -> Theme | None:
    """The theme without a statement; None when nothing is left of it."""
    if statement not in theme.statements:
        return theme
    evidence = tuple(e for e in theme.evidence if e.statement != statement)
    return _of(theme, evidence, known) if evidence else None


def including(theme: Theme, statement: str, known: Known) -> Theme:
    """The theme with a statement more, the least central one."""
    if statement in theme.statements:
        return theme
    least = min((e.weight for e in theme.evidence), default=1.0)
    return _of(theme, (*theme.evidence, Evidence(statement, least)), known)


def _of(theme: Theme, evidence: tuple[Evidence, ...], known: Known) -> Theme:
    """The theme on other evidence, everything that is counted counted again."""
    said = [known[e.statement] for e in evidence]
    here = {s.id for s in said}
    return replace(
        theme,
        evidence=evidence,
        participants=tuple(sorted({s.participant for s in said})),
        sources=tuple(sorted({s.source for s in said})),
        quotes=_quotes([q for q in theme.quotes if q in here], said),
        stage_profile=tuple(_share(s.stage, said) for s in theme.stage_profile),
        valence=round(sum(s.valence for s in said) / len(said), 3),
        loose=tuple(i for i in theme.loose if i in here),
    )


def _quotes(kept: list[str], said: Sequence[Statement]) -> tuple[str, ...]:
    """The quotes that stay, and other people's words beside them up to three."""
    people = {s.participant for s in said if s.id in kept}
    for s in said:
        if len(kept) < MOST_QUOTES and s.participant not in people:
            kept.append(s.id)
            people.add(s.participant)
    return tuple(kept)


def _share(stage: str, said: Sequence[Statement]) -> StageShare:
    here = [s for s in said if any(tag.stage == stage for tag in s.stages)]
    return StageShare(stage, len({s.participant for s in here}), len(here))
