"""What a team plans about pain points: who, how far, how much work, what is wanted instead."""

from research.errors import Conflict, KlantbeeldError
from research.lookup import find_theme
from research.model import Decision
from research.opportunities import EFFORTS, STATUSES, Opportunity, opportunities
from research.store import Store, decisions
from research.studies import get_view, line
from research.view import standing

LONGEST_CHANGE = 500


def get_opportunities(store: Store, study_id: str) -> list[Opportunity]:
    """The study's opportunities with what the team filled in. Raises `NotFound`."""
    analysis = get_view(store, study_id)
    return opportunities(analysis, standing(decisions.of_study(store, study_id)))


def set_owner(store: Store, study_id: str, theme_id: str, owner: str, by: str = "") -> Decision:
    """Say who works on a pain point."""
    name = line(owner, "Say who works on it.")
    anchors = _pain(store, study_id, theme_id)
    return decisions.add(store, study_id, "set-owner", theme_id, name, anchors, by)


def set_progress(store: Store, study_id: str, theme_id: str, status: str, by: str = "") -> Decision:
    """Say how far the work on a pain point is."""
    if status not in STATUSES:
        raise KlantbeeldError(f"Choose one of {', '.join(STATUSES)}.")
    anchors = _pain(store, study_id, theme_id)
    return decisions.add(store, study_id, "set-progress", theme_id, status, anchors, by)


def set_effort(store: Store, study_id: str, theme_id: str, effort: str, by: str = "") -> Decision:
    """Say how much work it is."""
    if effort not in EFFORTS:
        raise KlantbeeldError(f"Choose one of {', '.join(EFFORTS)}.")
    anchors = _pain(store, study_id, theme_id)
    return decisions.add(store, study_id, "set-effort", theme_id, effort, anchors, by)


def set_change(store: Store, study_id: str, theme_id: str, change: str, by: str = "") -> Decision:
    """Say what is wanted instead: it stands on the map of the future."""
    words = " ".join(change.split())
    if not words:
        raise KlantbeeldError("Say what should change.")
    if len(words) > LONGEST_CHANGE:
        raise KlantbeeldError(f"Use at most {LONGEST_CHANGE} characters.")
    anchors = _pain(store, study_id, theme_id)
    return decisions.add(store, study_id, "set-change", theme_id, words, anchors, by)


def _pain(store: Store, study_id: str, theme_id: str) -> tuple[str, ...]:
    theme = find_theme(get_view(store, study_id), theme_id)
    if theme.kind != "pain":
        raise Conflict("Opportunities are about pain points.")
    return theme.statements
