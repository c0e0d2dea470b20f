"""Erasing a participant: everything the study keeps of one person, and the proof of it."""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from research import __version__
from research.erasure_plan import Plan, cut, plan_for
from research.errors import Conflict
from research.forgetting import forget, said_by
from research.intake import shown_voices
from research.kpis import forget_scores
from research.model import Analysis, Codebook, Decision, Erasure
from research.originals import renamed_voices
from research.rulings import opened
from research.second_answers import unit_of
from research.second_coder import key_of
from research.store import (
    Store,
    analyses,
    codebooks,
    decisions,
    erasures,
    name_proposals,
    remains,
    runs,
    second_coders,
    sources,
    studies,
    uploads,
)
from research.store.vectors import StudyVectors
from research.studies import remove_source
from research.traces import Traces
from research.undecided import Undecided

EXPORTS = "demo"  # where `klantbeeld demo` leaves its files, in the data folder


def erase_participant(store: Store, study_id: str, participant_id: str, by: str = "") -> Erasure:
    """Erase a person from a study and prove it. Raises `NotFound`, and `Conflict` in a run.

    A source in which nobody else takes part goes whole. From a source that is shared, the
    person's passages and rows are cut and the file as it was uploaded goes, since it cannot
    be cut; of the others the redacted text stays, at the same offsets. What others say about
    the person stays theirs, with a placeholder for the name.
    """
    studies.get(store, study_id)
    if any(run.status in runs.UNFINISHED for run in runs.of_study(store, study_id)):
        raise Conflict("This study is being analysed; wait for it or cancel it, then erase.")
    plan = plan_for(store, study_id, participant_id)
    counts = _erase(store, study_id, plan)
    remains.compact(store)
    report = _proof(store, plan, counts, by)
    erasures.add(store, study_id, report)
    return report


def list_erasures(store: Store, study_id: str) -> tuple[Erasure, ...]:
    """The reports of who was erased before, newest first."""
    studies.get(store, study_id)
    return erasures.of_study(store, study_id)


# --- going -------------------------------------------------------------------------


def _erase(store: Store, study_id: str, plan: Plan) -> Counter[str]:
    """Take everything out, place by place; how much went."""
    said = said_by(plan.analysis, plan.gone) if plan.analysis else frozenset()
    left = forget(plan.analysis, plan.gone, plan.traces.within) if plan.analysis else None
    run = analyses.newest_run(store, study_id)
    counts: Counter[str] = Counter()
    counts["statements"] = len(said)
    if plan.analysis is not None:
        before, after = plan.analysis.themes, left.themes if left else ()
        counts["themes"] = len(before) - len(after)
        counts["personas"] = len(plan.analysis.personas) - len(left.personas if left else ())
    counts["second coder's answers"] = _forget_answers(store, study_id, plan, said)
    counts["vectors"] = _forget_vectors(store, study_id, plan, left, said)
    changed, dropped = decisions.rewrite(store, study_id, _undecided(store, study_id, plan, said))
    counts["decisions"] = changed + dropped
    ids = [i.encode() for i in sorted(said)]
    counts["name proposals"] = name_proposals.forget(
        store,
        study_id,
        lambda p: any(i in p for i in ids) or plan.traces.in_bytes(p) > 0,
    )
    counts["codebook examples"] = _forget_examples(store, plan.traces)
    counts["analyses"] = analyses.replace_all(store, study_id, run, left)
    counts.update(_forget_sources(store, study_id, plan))
    counts["run records"] = runs.forget(store, study_id, plan.traces.within)
    counts["refused files"] = sources.forget_refused(store, study_id, plan.traces.within)
    counts["exports"] = _forget_exports(store, plan.traces)
    forget_scores()
    return counts


def _forget_sources(store: Store, study_id: str, plan: Plan) -> Counter[str]:
    """Whole sources go; from the others the person's passages and rows, and the upload."""
    counts: Counter[str] = Counter()
    for reading in plan.apart.readings:
        source = reading.source
        if source in plan.person.whole:
            counts["passages"] += len(reading.passages)
            counts["placeholders"] += analyses.forget_redactions(store, study_id, source)
            remove_source(store, study_id, source)
            counts["sources"] += 1
        elif source in plan.person.shared or plan.person.row in reading.participants:
            clean = plan.stripped[source].reading if source in plan.stripped else reading
            kept = cut(clean, reading, plan.person)
            counts["passages"] += len(clean.passages) - len(kept.passages)
            counts["participant rows"] += len(clean.participants) - len(kept.participants)
            counts["placeholders"] += analyses.forget_redactions(store, study_id, source)
            sources.update_reading(store, study_id, kept, __version__)
            counts["uploads"] += uploads.remove(store, study_id, source)
    return counts


def _undecided(
    store: Store, study_id: str, plan: Plan, said: frozenset[str]
) -> Callable[[Decision], Decision | None]:
    """What becomes of each decision."""
    shown = {r.source: shown_voices(r) for r in plan.apart.readings}
    voices = {f"{s}/{shown[s][v]}" for s, some in plan.person.voices.items() for v in some}
    voices |= {f"{s}/{v}" for s in plan.person.whole for v in shown[s].values()}
    renamed: dict[str, str] = {}
    for one in plan.stripped.values():
        renamed |= renamed_voices(plan.apart, one)
    words = [s.text for s in (plan.analysis.statements if plan.analysis else ()) if s.id in said]
    judge = Undecided(plan.person.id, said, voices, renamed, words, plan.traces.within)

    def left(decision: Decision) -> Decision | None:
        read = opened(store, study_id, decision)
        after = judge(read)
        return decision if after == read else after

    return left


def _forget_answers(store: Store, study_id: str, plan: Plan, said: frozenset[str]) -> int:
    """Answers to what only this person said."""
    if plan.analysis is None:
        return 0
    keys = {s.id: key_of(unit_of(s)) for s in plan.analysis.statements}
    kept = {key for i, key in keys.items() if i not in said}
    gone = {key for i, key in keys.items() if i in said} - kept
    return second_coders.forget_answers(store, study_id, gone)


def _forget_vectors(
    store: Store, study_id: str, plan: Plan, left: Analysis | None, said: frozenset[str]
) -> int:
    """Vectors of what only this person said, and of questions only this person was asked."""
    if plan.analysis is None:
        return 0
    kept = {t for s in (left.statements if left else ()) for t in (s.text, s.question)}
    mine = {t for s in plan.analysis.statements if s.id in said for t in (s.text, s.question)}
    return StudyVectors(store, study_id).forget(sorted(mine - kept))


def _forget_examples(store: Store, traces: Traces) -> int:
    """Examples in any study's codebook that quote the person."""
    gone = 0
    for study in studies.every(store):
        book = codebooks.get(store, study.id)
        if book is None:
            continue
        codes = tuple(
            replace(c, examples=tuple(e for e in c.examples if not traces.within(e)))
            for c in book.codes
        )
        if codes != book.codes:
            gone += sum(len(c.examples) for c in book.codes) - sum(len(c.examples) for c in codes)
            codebooks.put(store, study.id, Codebook(book.id, book.name, codes))
    return gone


def _forget_exports(store: Store, traces: Traces) -> int:
    """Folders of exports in the data folder in which a file quotes the person."""
    gone = 0
    folder = store.path / EXPORTS
    for export in sorted(folder.iterdir()) if folder.is_dir() else ():
        files = [p for p in export.rglob("*") if p.is_file()] if export.is_dir() else [export]
        if any(traces.in_bytes(p.read_bytes()) for p in files):
            gone += len(files)
            shutil.rmtree(export) if export.is_dir() else export.unlink()
    return gone


# --- the proof ---------------------------------------------------------------------


def _proof(store: Store, plan: Plan, counts: Counter[str], by: str) -> Erasure:
    """Look for what is left: in every byte of the data folder, and in every value."""
    found: Counter[str] = Counter()
    files = size = 0
    for name, content in remains.files(store):
        files, size = files + 1, size + len(content)
        found[name] += plan.traces.in_bytes(content, loose=not remains.is_binary(name))
    for place, content in (*remains.values(store), *remains.opened(store)):
        found[place] += plan.traces.in_bytes(content)
    return Erasure(
        at=datetime.now(UTC),
        by=by,
        counts=tuple((place, number) for place, number in counts.items() if number),
        looked_for=len(plan.traces),
        shared=plan.traces.shared,
        files=files,
        size=size,
        found=tuple((place, number) for place, number in sorted(found.items()) if number),
        elsewhere=plan.elsewhere,
    )
