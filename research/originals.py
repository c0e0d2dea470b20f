"""Originals: files as they came, and what placeholders stand for; kept encrypted or not at all.

A study that keeps none holds them, encrypted, until its first run on them has ended well: so
they can be looked over before. From then on only the redacted text is left.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from research import __version__
from research.errors import Conflict, KlantbeeldError
from research.intake import decided_roles, shown_voices
from research.kpis import forget_scores
from research.model import ORIGINALS, Decision, Originals, StudyPrivacy
from research.preparation import Apart, tell_apart
from research.redacted import Stripped, strip
from research.rulings import ruling_of
from research.store import (
    Store,
    analyses,
    decisions,
    privacy,
    remains,
    runs,
    sources,
    studies,
    uploads,
)


def apart_of(store: Store, study_id: str) -> Apart:
    """The study's files with everybody in them told apart, as a run does it."""
    study = studies.get(store, study_id)
    readings = sources.readings(store, study_id)
    roles = decided_roles(readings, decisions.of_study(store, study_id))
    ruling = ruling_of(store, study_id)
    return tell_apart(readings, language=study.language, roles=roles, ruling=ruling)


def set_originals(store: Store, study_id: str, chosen: str) -> StudyPrivacy:
    """Choose whether originals are kept `encrypted` or `none`. Raises `Conflict` in a run.

    `none` lets those go at once that a run has read.
    """
    studies.get(store, study_id)
    originals = next((o for o in ORIGINALS if o == chosen), None)
    if originals is None:
        raise KlantbeeldError(f"Choose one of {', '.join(ORIGINALS)}.")
    if any(run.status in runs.UNFINISHED for run in runs.of_study(store, study_id)):
        raise Conflict("This study is being analysed; wait for it or cancel it, then choose.")
    before = privacy.get(store, study_id)
    after = StudyPrivacy(originals, before.keep_until, before.ground)
    privacy.put(store, study_id, after)
    if let_go(store, study_id):
        remains.compact(store)
    return after


def originals_of(store: Store, study_id: str) -> Originals:
    """What the study chose."""
    return privacy.get(store, study_id).originals


def let_go(store: Store, study_id: str) -> int:
    """In a study that keeps none: let the originals go that a run has read; of how many files."""
    if originals_of(store, study_id) != "none":
        return 0
    newest = analyses.newest(store, study_id)
    read = {s.id for s in newest.sources} if newest else set()
    apart = apart_of(store, study_id)
    stripped = [strip(apart, r.source) for r in apart.readings if r.source in read]
    kept = {r.source: r for r in sources.readings(store, study_id)}
    changed = [one for one in stripped if one.reading != kept[one.reading.source]]
    keep_redacted(store, study_id, apart, changed)
    return len(changed)


def keep_redacted(
    store: Store, study_id: str, apart: Apart, stripped: Collection[Stripped]
) -> None:
    """Put redacted readings in the place of those with originals, which go."""
    renamed: dict[str, str] = {}
    for one in stripped:
        source = one.reading.source
        renamed |= renamed_voices(apart, one)
        sources.update_reading(store, study_id, one.reading, __version__)
        uploads.remove(store, study_id, source)
        analyses.forget_redactions(store, study_id, source)
    if renamed:
        decisions.rewrite(store, study_id, _renaming(renamed))
        forget_scores()


def renamed_voices(apart: Apart, one: Stripped) -> dict[str, str]:
    """What each voice of a source is called from now on, by what decisions called it."""
    source = one.reading.source
    shown = shown_voices(next(r for r in apart.readings if r.source == source))
    return {f"{source}/{shown[old]}": f"{source}/{new}" for old, new in one.voices.items()}


def _renaming(renamed: Mapping[str, str]) -> Callable[[Decision], Decision]:
    """Decisions on who speaks follow the voice to its new name."""

    def change(decision: Decision) -> Decision:
        if decision.action != "set-role":
            return decision
        return replace(decision, target=renamed.get(decision.target, decision.target))

    return change
