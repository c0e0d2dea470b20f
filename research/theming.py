"""What people decide about themes: merge, take apart, hide, keep, change the kind."""

from collections.abc import Collection

from research.codebooks import of_analysis
from research.dial import LEAST, MOST, dial_of, preview
from research.errors import Conflict, KlantbeeldError
from research.lookup import find_theme
from research.model import Codebook, Decision, TreeGroup
from research.store import Store, codebooks, decisions
from research.studies import get_study, get_view, latest_analysis, line
from research.view import standing

KINDS = ("pain", "motivation")


def merge_themes(
    store: Store, study_id: str, theme_id: str, other_id: str, by: str = ""
) -> Decision:
    """Make one theme of two, under the name of the first. Raises `NotFound`, `Conflict`."""
    analysis = get_view(store, study_id)
    theme, other = find_theme(analysis, theme_id), find_theme(analysis, other_id)
    if theme.id == other.id:
        raise Conflict("Choose two themes.")
    if theme.kind != other.kind:
        raise Conflict("A pain point and a motivation stay apart; change the kind of one first.")
    anchors = (*theme.statements, *other.statements)
    return decisions.add(store, study_id, "merge-themes", theme.id, other.id, anchors, by)


def split_theme(
    store: Store, study_id: str, theme_id: str, statements: Collection[str], name: str, by: str = ""
) -> Decision:
    """Make a theme of its own of some of a theme's statements. Raises `NotFound`, `Conflict`."""
    theme = find_theme(get_view(store, study_id), theme_id)
    taken = tuple(s for s in theme.statements if s in statements)
    if not taken or len(taken) < len(set(statements)):
        raise Conflict("Choose statements of this theme.")
    if len(taken) == len(theme.statements):
        raise Conflict("Leave at least one statement in the theme, or give it another name.")
    label = line(name, "Give the new theme a name.")
    return decisions.add(store, study_id, "split-theme", theme.id, label, taken, by)


def hide_theme(store: Store, study_id: str, theme_id: str, by: str = "") -> Decision:
    """Leave a theme out of lists, personas, maps and exports, until it is undone."""
    theme = find_theme(get_view(store, study_id), theme_id)
    if theme.hidden:
        raise Conflict("This theme is hidden already.")
    return decisions.add(store, study_id, "hide-theme", theme.id, "", theme.statements, by)


def pin_theme(store: Store, study_id: str, theme_id: str, by: str = "") -> Decision:
    """Keep a theme, also when a later run would not find it."""
    theme = find_theme(get_view(store, study_id), theme_id)
    if theme.pinned:
        raise Conflict("This theme is kept already.")
    return decisions.add(store, study_id, "pin-theme", theme.id, theme.label, theme.statements, by)


def set_theme_kind(store: Store, study_id: str, theme_id: str, kind: str, by: str = "") -> Decision:
    """Say that a theme, with all that was said in it, is a pain point or a motivation."""
    if kind not in KINDS:
        raise KlantbeeldError(f"Choose one of {', '.join(KINDS)}.")
    theme = find_theme(get_view(store, study_id), theme_id)
    if theme.kind == kind:
        raise Conflict("This theme is of that kind already.")
    return decisions.add(store, study_id, "set-theme-kind", theme.id, kind, theme.statements, by)


def set_dial(store: Store, study_id: str, dial: int, by: str = "") -> Decision:
    """Ask for fewer or more themes, from the next run on; nought is the software's choice."""
    latest_analysis(store, study_id)
    if not LEAST <= dial <= MOST:
        raise KlantbeeldError(f"Choose a number from {LEAST} to {MOST}.")
    return decisions.add(store, study_id, "set-dial", "", str(dial), (), by)


def get_dial(store: Store, study_id: str) -> int:
    """Where people put the dial."""
    return dial_of(standing(decisions.of_study(store, study_id)))


def preview_themes(store: Store, study_id: str, dial: int) -> dict[str, tuple[TreeGroup, ...]]:
    """The groups that a turn of the dial would give, by kind. Raises `NotFound`."""
    if not LEAST <= dial <= MOST:
        raise KlantbeeldError(f"Choose a number from {LEAST} to {MOST}.")
    return {tree.kind: preview(tree, dial) for tree in latest_analysis(store, study_id).trees}


def get_codebook(store: Store, study_id: str) -> Codebook | None:
    """The codebook that the study matches first; None when nobody gave one."""
    get_study(store, study_id)
    return codebooks.get(store, study_id)


def set_codebook(store: Store, study_id: str, codebook: Codebook | None) -> None:
    """Match this codebook first, from the next run on; None: none."""
    get_study(store, study_id)
    codebooks.put(store, study_id, codebook)


def codebook_of_study(store: Store, study_id: str) -> Codebook:
    """The themes of a study as a codebook, with the names that people gave."""
    return of_analysis(get_view(store, study_id))
