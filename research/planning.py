"""What a team plans: about pain points, and on journey maps."""

from research.errors import Conflict, KlantbeeldError
from research.lookup import find_persona, find_theme
from research.map_notes import BLUEPRINT, HEADER, MapNotes, map_notes
from research.model import Analysis, Decision
from research.opportunities import EFFORTS, STATUSES, Opportunity, opportunities, weights_of
from research.store import Store, decisions
from research.studies import get_view, line
from research.view import standing

LONGEST_CHANGE = 500
LEAST_WEIGHT, MOST_WEIGHT = 0.0, 5.0


def get_opportunities(store: Store, study_id: str) -> list[Opportunity]:
    """The study's opportunities with what the team filled in. Raises `NotFound`."""
    analysis = get_view(store, study_id)
    return opportunities(analysis, standing(decisions.of_study(store, study_id)))


def get_weights(store: Store, study_id: str) -> dict[str, float]:
    """How much each stage counts, where the team said so."""
    return weights_of(standing(decisions.of_study(store, study_id)))


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


def get_notes(store: Store, study_id: str, persona_id: str = "") -> MapNotes:
    """What people wrote on a map. Raises `NotFound`."""
    log = standing(decisions.of_study(store, study_id))
    return map_notes(get_view(store, study_id), log, persona_id)


def set_header(
    store: Store, study_id: str, persona_id: str, field: str, text: str, by: str = ""
) -> Decision:
    """Say what a map is about: its scenario or goal; empty takes it away."""
    if field not in HEADER:
        raise KlantbeeldError(f"Choose one of {', '.join(HEADER)}.")
    people = _people(get_view(store, study_id), persona_id)
    words = _short(text)
    return decisions.add(store, study_id, "set-header", f"{persona_id}/{field}", words, people, by)


def set_cell(
    store: Store, study_id: str, persona_id: str, row: str, stage: str, text: str, by: str = ""
) -> Decision:
    """Write in a row of the service blueprint; empty takes it away."""
    analysis = get_view(store, study_id)
    if row not in BLUEPRINT:
        raise KlantbeeldError(f"Choose one of {', '.join(BLUEPRINT)}.")
    _stage(analysis, stage)
    people, target = _people(analysis, persona_id), f"{persona_id}/{row}/{stage}"
    return decisions.add(store, study_id, "set-cell", target, _short(text), people, by)


def set_weight(store: Store, study_id: str, stage: str, weight: float, by: str = "") -> Decision:
    """Say how much a stage counts in the rank of opportunities: one unless somebody says."""
    _stage(get_view(store, study_id), stage)
    if not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
        raise KlantbeeldError(f"Choose a number from {LEAST_WEIGHT:g} to {MOST_WEIGHT:g}.")
    return decisions.add(store, study_id, "set-weight", stage, f"{weight:g}", (), by)


def _people(analysis: Analysis, persona_id: str) -> tuple[str, ...]:
    return find_persona(analysis, persona_id).participants if persona_id else ()


def _stage(analysis: Analysis, stage: str) -> None:
    if stage not in analysis.taxonomy.ids:
        raise KlantbeeldError(f"Choose one of {', '.join(analysis.taxonomy.ids)}.")


def _short(text: str) -> str:
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(words) > LONGEST_CHANGE:
        raise KlantbeeldError(f"Use at most {LONGEST_CHANGE} characters.")
    return words


def _pain(store: Store, study_id: str, theme_id: str) -> tuple[str, ...]:
    theme = find_theme(get_view(store, study_id), theme_id)
    if theme.kind != "pain":
        raise Conflict("Opportunities are about pain points.")
    return theme.statements
