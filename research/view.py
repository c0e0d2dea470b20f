"""What a user sees: an analysis with what people decided applied to it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from research.model import (
    PERSONA_STATUSES,
    Analysis,
    Cell,
    Claim,
    Decision,
    JourneyMap,
    Persona,
    Theme,
)
from research.relabel import TASKS, rehouse, relabel

LEAST_OVERLAP = 0.3
T = TypeVar("T", Theme, Persona)


def view(analysis: Analysis, decisions: Iterable[Decision]) -> Analysis:
    """The analysis with the decisions that still stand; neither is changed."""
    for decision in standing(decisions):
        analysis = _apply(analysis, decision)
    return analysis


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions nobody has undone, oldest first. An undo can be undone as well."""
    undone: set[str] = set()
    kept: list[Decision] = []
    for decision in sorted(decisions, key=lambda d: d.id, reverse=True):
        if str(decision.id) in undone:
            continue
        if decision.action == "undo":
            undone.add(decision.target)
        else:
            kept.append(decision)
    return tuple(reversed(kept))


def _apply(analysis: Analysis, decision: Decision) -> Analysis:
    if decision.action == "rename-theme":
        return _rename_theme(analysis, decision)
    if decision.action == "rename-persona":
        return _change_persona(analysis, decision, lambda p: replace(p, name=decision.value))
    if decision.action == "persona-status":
        return _change_persona(analysis, decision, lambda p: _with_status(p, decision.value))
    if decision.action in TASKS:
        return relabel(analysis, decision)
    if decision.action == "set-theme":
        return rehouse(analysis, decision.target, _chosen(analysis, decision))
    return analysis


def _chosen(analysis: Analysis, decision: Decision) -> Theme | None:
    """The theme that a statement was put in, if there still is one like it."""
    if not decision.value:
        return None
    pointed = replace(decision, target=decision.value)
    return _meant(analysis.themes, pointed, lambda t: t.statements)


def _rename_theme(analysis: Analysis, decision: Decision) -> Analysis:
    theme = _meant(analysis.themes, decision, lambda t: t.statements)
    if theme is None:
        return analysis
    renamed = replace(theme, label=decision.value)
    themes = tuple(renamed if t.id == theme.id else t for t in analysis.themes)
    return _relabel_claims(replace(analysis, themes=themes), theme, decision.value)


def _relabel_claims(analysis: Analysis, theme: Theme, label: str) -> Analysis:
    """Claims that say the theme's old label say the new one."""

    def claims(old: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(
            replace(c, text=label) if c.theme == theme.id and c.text == theme.label else c
            for c in old
        )

    def cells(old: JourneyMap) -> tuple[Cell, ...]:
        return tuple(replace(c, claims=claims(c.claims)) for c in old.cells)

    return replace(
        analysis,
        personas=tuple(replace(p, claims=claims(p.claims)) for p in analysis.personas),
        maps=tuple(replace(m, cells=cells(m)) for m in analysis.maps),
    )


def _change_persona(
    analysis: Analysis, decision: Decision, change: Callable[[Persona], Persona]
) -> Analysis:
    persona = _meant(analysis.personas, decision, lambda p: p.participants)
    if persona is None:
        return analysis
    personas = tuple(change(p) if p.id == persona.id else p for p in analysis.personas)
    return replace(analysis, personas=personas)


def _with_status(persona: Persona, value: str) -> Persona:
    status = next((s for s in PERSONA_STATUSES if s == value), persona.status)
    return replace(persona, status=status)


def _meant(
    candidates: Sequence[T], decision: Decision, anchors: Callable[[T], Iterable[str]]
) -> T | None:
    """The theme or persona a decision is about: most overlap, else the one of that id."""
    same_id = next((c for c in candidates if c.id == decision.target), None)
    scored = [(overlap(decision.anchors, anchors(c)), c is same_id, c) for c in candidates]
    best = max(scored, key=lambda s: s[:2], default=None)
    return best[2] if best is not None and best[0] >= LEAST_OVERLAP else same_id


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Share of ids that two groups have in common (Jaccard)."""
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left or right else 0.0
