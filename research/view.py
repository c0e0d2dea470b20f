"""What a user sees: an analysis with what people decided applied to it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from research.model import Analysis, Decision, Theme
from research.persona_review import reviewed
from research.persona_shape import cast
from research.regroup import coverage_of
from research.relabel import relabelled
from research.restate import restate
from research.shape import SHAPING, shape


def view(analysis: Analysis, decisions: Iterable[Decision]) -> Analysis:
    """The analysis with the decisions that still stand; neither is changed."""
    log = standing(decisions)
    if not log and not analysis.decided:
        return analysis
    seen = _with_themes(analysis, log)
    return reviewed(seen, cast(seen, log), log)


def unreviewed(analysis: Analysis, decisions: Iterable[Decision]) -> Analysis:
    """The analysis with what people decided about statements and themes, not yet personas."""
    return _with_themes(analysis, standing(decisions))


def _with_themes(analysis: Analysis, log: Sequence[Decision]) -> Analysis:
    statements = relabelled(analysis.statements, log)
    base, later = _since(analysis, log)
    themes = shape(base, statements, later)
    seen = restate(replace(analysis, statements=statements), themes)
    if seen != analysis:
        seen = replace(seen, coverage=coverage_of(statements, themes))
    return seen


def _since(
    analysis: Analysis, log: Sequence[Decision]
) -> tuple[Sequence[Theme], Sequence[Decision]]:
    """The themes to begin with, and the decisions that they take no account of yet.

    When one of those that a run took account of was undone since, the run's own proposal
    is shaped anew.
    """
    shaping = [d for d in log if d.action in SHAPING]
    if set(analysis.decided) <= {d.id for d in shaping}:
        return analysis.themes, [d for d in shaping if d.id not in analysis.decided]
    return analysis.proposed or analysis.themes, shaping


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
