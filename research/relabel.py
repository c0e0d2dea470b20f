"""Labels that people gave to statements, applied to an analysis: a pure function.

What a correction teaches about other statements comes with the next run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from research.model import KINDS, Decision, StageTag, Statement

TASKS = {"set-kind": "kind", "set-stage": "stage", "set-valence": "valence"}
UNKNOWN = "unknown"


def corrections(decisions: Iterable[Decision]) -> dict[str, dict[str, str]]:
    """The labels that stand, by statement and task; the last word counts.

    Who gives a theme another kind gives it to each of its statements.
    """
    found: dict[str, dict[str, str]] = {}
    for decision in decisions:
        if decision.action in TASKS:
            found.setdefault(decision.target, {})[TASKS[decision.action]] = decision.value
        elif decision.action == "set-theme-kind":
            for statement in decision.anchors:
                found.setdefault(statement, {})["kind"] = decision.value
    return found


def relabelled(
    statements: Sequence[Statement], decisions: Iterable[Decision]
) -> tuple[Statement, ...]:
    """The statements labelled as people labelled them."""
    told = corrections(decisions)
    return tuple(_labelled(s, told[s.id]) if s.id in told else s for s in statements)


def _labelled(statement: Statement, told: dict[str, str]) -> Statement:
    changed = replace(statement, made_by="person")
    if "kind" in told:
        kind = next((k for k in KINDS if k == told["kind"]), statement.kind)
        changed = replace(changed, kind=kind, kind_score=1.0)
    if "valence" in told:
        changed = replace(changed, valence=int(told["valence"]), valence_score=1.0)
    if "stage" in told:
        stages = () if told["stage"] == UNKNOWN else (StageTag(told["stage"], 1.0),)
        changed = replace(changed, stages=stages)
    return changed
