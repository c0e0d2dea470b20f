"""Labels that people gave to statements, applied to an analysis: a pure function.

A statement that turns out to be no pain point leaves the themes of pain points at once,
with the claims that rest on it; what has no evidence left disappears. What the correction
teaches about other statements comes with the next run.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from research.model import (
    KINDS,
    Analysis,
    Claim,
    Decision,
    StageTag,
    Statement,
    Theme,
    by_id,
)
from research.regroup import including, without
from research.strength import strength
from research.wilson import interval

TASKS = {"set-kind": "kind", "set-stage": "stage", "set-valence": "valence"}
UNKNOWN = "unknown"


def corrections(decisions: Iterable[Decision]) -> dict[str, dict[str, str]]:
    """The labels that stand, by statement and task; the last word counts."""
    found: dict[str, dict[str, str]] = {}
    for decision in decisions:
        if decision.action in TASKS:
            found.setdefault(decision.target, {})[TASKS[decision.action]] = decision.value
    return found


def relabel(analysis: Analysis, decision: Decision) -> Analysis:
    """The analysis with one statement labelled as a person labelled it."""
    before = next((s for s in analysis.statements if s.id == decision.target), None)
    if before is None:
        return analysis
    after = _labelled(before, decision)
    statements = tuple(after if s is before else s for s in analysis.statements)
    changed = replace(analysis, statements=statements)
    return changed if after.kind == before.kind else _moved(changed, after)


def _labelled(statement: Statement, decision: Decision) -> Statement:
    if decision.action == "set-kind":
        kind = next((k for k in KINDS if k == decision.value), statement.kind)
        return replace(statement, kind=kind, kind_score=1.0, made_by="person")
    if decision.action == "set-valence":
        valence = int(decision.value)
        return replace(statement, valence=valence, valence_score=1.0, made_by="person")
    stages = () if decision.value == UNKNOWN else (StageTag(decision.value, 1.0),)
    return replace(statement, stages=stages, made_by="person")


def _moved(analysis: Analysis, statement: Statement) -> Analysis:
    """Without the statement in themes of another kind than its own, and in their claims."""
    other = {t.id for t in analysis.themes if t.kind != statement.kind}
    return leave(analysis, statement.id, other)


def leave(analysis: Analysis, statement: str, themes: Collection[str]) -> Analysis:
    """Without the statement in those themes, and in the claims that rest on them."""
    known = by_id(analysis.statements)
    left = (without(t, statement, known) if t.id in themes else t for t in analysis.themes)

    def claims(old: Sequence[Claim]) -> tuple[Claim, ...]:
        kept = (_lighter(c, statement, known) if c.theme in themes else c for c in old)
        return tuple(c for c in kept if c is not None)

    return replace(
        analysis,
        themes=tuple(t for t in left if t is not None),
        personas=tuple(replace(p, claims=claims(p.claims)) for p in analysis.personas),
        maps=tuple(
            replace(m, cells=tuple(replace(c, claims=claims(c.claims)) for c in m.cells))
            for m in analysis.maps
        ),
    )


def rehouse(analysis: Analysis, statement: str, theme: Theme | None) -> Analysis:
    """The analysis with a statement in one theme alone, or in none.

    Claims that rested on it through another theme lose it at once; those of its new theme
    get it with the next run.
    """
    known = by_id(analysis.statements)
    if statement not in known:
        return analysis
    kept = theme.id if theme else ""
    moved = leave(analysis, statement, {t.id for t in analysis.themes} - {kept})
    themes = tuple(including(t, statement, known) if t.id == kept else t for t in moved.themes)
    return replace(moved, themes=themes)


def _lighter(claim: Claim, statement: str, known: Mapping[str, Statement]) -> Claim | None:
    """The claim without a statement, its people counted again; None without evidence."""
    if statement not in claim.statements:
        return claim
    evidence = tuple(e for e in claim.evidence if e.statement != statement)
    if not evidence:
        return None
    said = [known[e.statement] for e in evidence]
    people = len({s.participant for s in said})
    low, high = interval(people, claim.of)
    return replace(
        claim,
        evidence=evidence,
        people=people,
        low=round(low, 4),
        high=round(high, 4),
        strength=strength(people, len({s.source for s in said}), len(claim.counter)),
    )
