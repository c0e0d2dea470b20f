"""Themes with statements more or less: who raises them, where, and in which words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from research.model import Coverage, Evidence, StageShare, Statement, Theme

MOST_QUOTES = 3
Known = Mapping[str, Statement]


def without(theme: Theme, statements: Collection[str], known: Known) -> Theme | None:
    """The theme without those statements; None when nothing is left of it."""
    if not any(s in statements for s in theme.statements):
        return theme
    return made_of(theme, (e for e in theme.evidence if e.statement not in statements), known)


def including(theme: Theme, statements: Iterable[str], known: Known) -> Theme:
    """The theme with those statements as well, the least central ones."""
    here = set(theme.statements)
    new = [s for s in statements if s in known and s not in here]
    if not new:
        return theme
    least = min((e.weight for e in theme.evidence), default=1.0)
    evidence = (*theme.evidence, *(Evidence(s, least) for s in new))
    return made_of(theme, evidence, known) or theme


def united(theme: Theme, others: Sequence[Theme], known: Known) -> Theme:
    """One theme of several; its name and id are those of the first."""
    weights: dict[str, float] = {}
    for evidence in (e for t in (theme, *others) for e in t.evidence):
        weights[evidence.statement] = max(evidence.weight, weights.get(evidence.statement, 0.0))
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    whole = replace(
        theme,
        loose=tuple(dict.fromkeys(s for t in (theme, *others) for s in t.loose)),
        counter=tuple(dict.fromkeys(s for t in (theme, *others) for s in t.counter)),
        stability=min(t.stability for t in (theme, *others)),
    )
    return made_of(whole, (Evidence(s, w) for s, w in ranked), known) or theme


def made_of(theme: Theme, evidence: Iterable[Evidence], known: Known) -> Theme | None:
    """The theme on other evidence, everything counted again; None without evidence.

    Statements that are not `known` (of an earlier run) are left out.
    """
    kept = tuple(e for e in evidence if e.statement in known)
    if not kept:
        return None
    said = [known[e.statement] for e in kept]
    here = {s.id for s in said}
    return replace(
        theme,
        evidence=kept,
        participants=tuple(sorted({s.participant for s in said})),
        sources=tuple(sorted({s.source for s in said})),
        quotes=_quotes([q for q in theme.quotes if q in here], said),
        stage_profile=tuple(share_of(s.stage, said) for s in theme.stage_profile),
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


def share_of(stage: str, said: Sequence[Statement]) -> StageShare:
    """How much of what was said lies in a stage."""
    here = [s for s in said if any(tag.stage == stage for tag in s.stages)]
    return StageShare(stage, len({s.participant for s in here}), len(here))


def coverage_of(statements: Sequence[Statement], themes: Sequence[Theme]) -> Coverage:
    """Which pain and motivation statements sit in a theme, and which nowhere yet."""
    wanted = [s for s in statements if s.kind in ("pain", "motivation")]
    placed = {i for t in themes for i in t.statements}
    return Coverage(
        statements=len(statements),
        pains_and_motivations=len(wanted),
        in_theme=sum(s.id in placed for s in wanted),
        loose=sum(len(t.loose) for t in themes),
        unplaced=tuple(s.id for s in wanted if s.id not in placed),
        staged=sum(bool(s.stages) for s in statements),
    )
