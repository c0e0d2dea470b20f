"""Bringing an edited list of pain points back: owners, progress, effort and names as decisions."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from research.errors import Conflict, KlantbeeldError, NotFound, UnknownFormat
from research.exporters.words import CODES, words_of
from research.exporting import plans
from research.model import Analysis, Decision, Upload
from research.readers.edited_list import read_edited_list
from research.sheet_changes import ACTIONS, Change, Filled, Preview, changes_of, problem_of, tidy
from research.store import Store, decisions
from research.studies import latest_analysis
from research.view import standing, view

MOST_VERSIONS = 20
Fields = dict[str, dict[str, str]]


def preview_list(store: Store, study_id: str, upload: Upload) -> Preview:
    """What an edited list would change; nothing is decided. Raises `BadUpload`, `NotFound`."""
    analysis, log = latest_analysis(store, study_id), decisions.of_study(store, study_id)
    now = view(analysis, log)

    @cache
    def before(decision: int | None) -> Fields:
        known = decision is not None and decision <= max((d.id for d in log), default=0)
        earlier = [d for d in log if d.id <= (decision or 0)] if known else log
        return _filled(view(analysis, earlier), earlier)

    rows = read_edited_list(upload)
    if len({row.decision for row in rows}) > MOST_VERSIONS:
        raise UnknownFormat(
            upload.name, f"rows of more than {MOST_VERSIONS} versions; bring back one list a time"
        )
    pains = {t.id for t in now.shown if t.kind == "pain"}
    themes = {t.id: t for t in now.themes}

    def why(theme: str) -> str:
        if theme not in themes:
            return "no pain point of this study has this id"
        return "it is hidden" if themes[theme].hidden else "it is no pain point"

    return changes_of(
        rows,
        {theme: fields for theme, fields in _filled(now, log).items() if theme in pains},
        before,
        log,
        codes(),
        why,
    )


def apply_changes(
    store: Store, study_id: str, changes: Iterable[Change], by: str = ""
) -> tuple[Decision, ...]:
    """Decide what a preview proposed, all or nothing. Gives the decisions.

    Raises `Conflict` when the study says something else by now than `now` of a change,
    `NotFound` for a theme that is gone, and `KlantbeeldError` for a value that cannot be.
    """
    wanted = tuple(changes)
    log = decisions.of_study(store, study_id)
    analysis = view(latest_analysis(store, study_id), log)
    filled = _filled(analysis, log)
    anchors = {t.id: t.statements for t in analysis.shown}
    for change in wanted:
        _check(change, filled)
    return tuple(
        decisions.add(store, study_id, ACTIONS[c.field], c.theme, c.value, anchors[c.theme], by)
        for c in wanted
    )


def _check(change: Change, filled: Mapping[str, Filled]) -> None:
    if change.theme not in filled or change.field not in ACTIONS:
        raise NotFound(f"No pain point {change.theme!r} has a {change.field}.")
    reason = problem_of(change.field, change.value, codes())
    stored = codes().get(change.field, {}).get(change.value.casefold(), tidy(change.value))
    if reason or stored != change.value:
        raise KlantbeeldError(f"{change.field} of {change.label}: {reason or 'not a known value'}.")
    if filled[change.theme][change.field] != change.now:
        raise Conflict(
            f"{change.label}: somebody changed this just now; look at the list once more."
        )


def _filled(analysis: Analysis, log: Sequence[Decision]) -> Fields:
    """What the team may fill in of each pain point, as it stands."""
    labels = {t.id: t.label for t in analysis.shown if t.kind == "pain"}
    return {
        plan.theme: {
            "label": labels[plan.theme],
            "owner": plan.owner,
            "status": plan.status,
            "effort": plan.effort,
        }
        for plan in plans(analysis, standing(log))
    }


@cache
def codes() -> Mapping[str, Mapping[str, str]]:
    """The codes of progress and effort by how they may be written: as code, Dutch or English."""
    found: Fields = {}
    for field, family in (("status", "progress"), ("effort", "effort")):
        known = {code.casefold(): code for code in CODES[family]}
        for language in ("nl", "en"):
            say = words_of(language)
            known |= {say.code(family, code).casefold(): code for code in CODES[family]}
        found[field] = known
    return found
