"""What a user can do with a study: one function each, for the web, the command line and code."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import uuid4

from research.analysing import analyse
from research.columns_chosen import mappings_of, read_all_again, version_for
from research.errors import BadUpload, Conflict, KlantbeeldError, NotFound
from research.frozen import without
from research.intake import decided_roles, describe, shown_voices
from research.kpis import forget_scores
from research.lookup import find_theme
from research.model import (
    ROLES,
    Analysis,
    Decision,
    Intake,
    Run,
    StageTaxonomy,
    Study,
    Upload,
)
from research.readers import read_upload
from research.readers.archive import unpacked
from research.readers.files import MEGABYTE, source_id
from research.running import analyse_study
from research.store import Store, analyses, decisions, runs, sources
from research.store import studies as rows
from research.store.sources import Arrival
from research.view import standing, view

__all__ = [
    "add_uploads",
    "analyse",
    "analyse_study",
    "cancel_run",
    "create_study",
    "delete_study",
    "dismiss_refused",
    "earlier_view",
    "get_run",
    "get_study",
    "get_view",
    "latest_analysis",
    "list_decisions",
    "list_intake",
    "list_runs",
    "list_studies",
    "remove_source",
    "rename_theme",
    "set_role",
    "start_run",
    "undo",
]

LONGEST_NAME = 200
LANGUAGES = ("auto", "nl", "en")


# --- studies -----------------------------------------------------------------------


def create_study(
    store: Store,
    name: str,
    *,
    language: str = "auto",
    taxonomy: StageTaxonomy | None = None,
    encoder: str = "",
) -> Study:
    """A new study without files."""
    if language not in LANGUAGES:
        raise KlantbeeldError(f"Choose one of the languages {', '.join(LANGUAGES)}.")
    study = Study(
        id=uuid4().hex[:16],
        name=line(name, "Give the study a name."),
        language=language,
        created=datetime.now(UTC),
        taxonomy=taxonomy,
        encoder=encoder,
    )
    rows.add(store, study)
    return study


def list_studies(store: Store) -> tuple[Study, ...]:
    """All studies, newest first."""
    return rows.every(store)


def get_study(store: Store, study_id: str) -> Study:
    """One study. Raises `NotFound`."""
    return rows.get(store, study_id)


def delete_study(store: Store, study_id: str) -> None:
    """Delete a study and everything in it; a run that is busy with it stops."""
    rows.get(store, study_id)
    rows.remove(store, study_id)
    forget_scores()


# --- files -------------------------------------------------------------------------


def add_uploads(
    store: Store, study_id: str, uploads: Iterable[Upload], *, max_mb: int = 100
) -> tuple[Intake, ...]:
    """Read and keep files and those in zips; each is accepted, or refused with the reason."""
    rows.get(store, study_id)
    parts = unpacked(map(_named, uploads), max_bytes=max_mb * MEGABYTE)
    arrivals = tuple(_add(store, study_id, part, max_mb) for part in parts)
    return _described(store, study_id, arrivals)


def list_intake(store: Store, study_id: str) -> tuple[Intake, ...]:
    """What became of every file that was added, in order."""
    rows.get(store, study_id)
    return _described(store, study_id, sources.arrivals(store, study_id))


def remove_source(store: Store, study_id: str, source_id: str) -> None:
    """Delete a file from a study, with the results that quote it."""
    if not any(s.id == source_id for s in sources.kept(store, study_id)):
        raise NotFound("This file is not in the study; it may have been removed already.")
    if any(run.status in runs.UNFINISHED for run in runs.of_study(store, study_id)):
        raise Conflict("This study is being analysed; wait for it or cancel it, then remove.")
    _forget_kept(store, study_id, source_id)
    sources.remove(store, study_id, source_id)
    forget_scores()


def _forget_kept(store: Store, study_id: str, source_id: str) -> None:
    """Take what a source said out of the personas that decisions keep."""
    found = analyses.newest(store, study_id)
    words = [s.text for s in found.statements if s.source == source_id] if found else None
    everyone = found.participants if found else ()
    gone = {p.id for p in everyone if set(p.sources) <= {source_id}}
    decisions.forget_content(store, study_id, lambda kept: without(kept, source_id, words, gone))


def dismiss_refused(store: Store, study_id: str, name: str) -> None:
    """Take a file that was not accepted off the list."""
    rows.get(store, study_id)
    if not sources.drop_note(store, study_id, name):
        raise NotFound("No refused file of that name is on the list.")


def _add(store: Store, study_id: str, upload: Upload | BadUpload, max_mb: int) -> Arrival:
    arrival = _read(store, study_id, upload, max_mb)
    if arrival.reason:
        sources.note(store, study_id, arrival)
    return arrival


def _read(store: Store, study_id: str, upload: Upload | BadUpload, max_mb: int) -> Arrival:
    """Keep a file that is new and can be read; else tell why not."""
    if isinstance(upload, BadUpload):
        return Arrival(upload.name, reason=upload.reason)
    known = source_id(upload.content)
    same = next((s.name for s in sources.kept(store, study_id) if s.id == known), "")
    if same:
        reason = f"the same file as {same}, which is in the study already"
        return Arrival(upload.name, known, reason, duplicate_of=same)
    try:
        mappings = mappings_of(store, study_id)
        reading = read_upload(upload, max_bytes=max_mb * MEGABYTE, columns=mappings)
    except BadUpload as error:
        return Arrival(upload.name, reason=error.reason)
    sources.add(store, study_id, reading, upload.content, version_for(upload, mappings))
    return Arrival(upload.name, reading.source)


def _named(upload: Upload) -> Upload:
    """The upload with a name that can be kept and shown."""
    kept = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in upload.name)
    return Upload(kept.strip()[:LONGEST_NAME] or "unnamed", upload.content)


def _described(store: Store, study_id: str, arrivals: tuple[Arrival, ...]) -> tuple[Intake, ...]:
    readings = sources.readings(store, study_id)
    roles = decided_roles(readings, decisions.of_study(store, study_id))
    return describe(arrivals, readings, roles)


# --- decisions ---------------------------------------------------------------------


def set_role(store: Store, study_id: str, source_id: str, voice: str, role: str) -> Decision:
    """Decide what a voice (as it is shown) is, from the next run on; `unknown` lets go."""
    if role not in ROLES:
        raise KlantbeeldError(f"Choose one of {', '.join(ROLES)}.")
    reading = next((r for r in sources.readings(store, study_id) if r.source == source_id), None)
    if reading is None:
        raise NotFound("This file is not in the study; it may have been removed.")
    shown = shown_voices(reading)
    if voice not in shown.values():
        raise NotFound(f"Nobody called {voice} speaks in {reading.name}.")
    return decisions.add(store, study_id, "set-role", f"{source_id}/{voice}", role)


def rename_theme(store: Store, study_id: str, theme_id: str, label: str) -> Decision:
    """Call a theme what people call it, also after later runs."""
    theme = find_theme(get_view(store, study_id), theme_id)
    name = line(label, "Give the theme a name.")
    return decisions.add(store, study_id, "rename-theme", theme_id, name, theme.statements)


def undo(store: Store, study_id: str, decision_id: int) -> Decision:
    """Take a decision back; the log keeps both."""
    known = decisions.of_study(store, study_id)
    decision = next((d for d in known if d.id == decision_id), None)
    if decision is None:
        raise NotFound("This study has no such decision.")
    if decision.action != "undo" and decision not in standing(known):
        raise Conflict("This decision has been taken back already.")
    undone = decisions.add(store, study_id, "undo", str(decision_id), "")
    if any(d.action == "set-columns" for d in known):
        read_all_again(store, study_id)
    return undone


def list_decisions(store: Store, study_id: str) -> tuple[Decision, ...]:
    """Everything that people decided, oldest first."""
    rows.get(store, study_id)
    return decisions.of_study(store, study_id)


def line(text: str, problem: str) -> str:
    """A name on one line. Raises with the problem when nothing is left."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not line:
        raise KlantbeeldError(problem)
    return line[:LONGEST_NAME]


# --- results -----------------------------------------------------------------------


def latest_analysis(store: Store, study_id: str) -> Analysis:
    """What the software proposed last. Raises `NotFound` before the first run."""
    rows.get(store, study_id)
    return analyses.latest(store, study_id)


def get_view(store: Store, study_id: str) -> Analysis:
    """The latest analysis with what people decided."""
    return view(latest_analysis(store, study_id), decisions.of_study(store, study_id))


def earlier_view(store: Store, study_id: str) -> Analysis | None:
    """The analysis of the run before the last with the same decisions, if it is kept."""
    before = analyses.earlier(store, study_id)
    return None if before is None else view(before, decisions.of_study(store, study_id))


# --- runs --------------------------------------------------------------------------


def start_run(store: Store, study_id: str) -> Run:
    """Write down that a run is wanted. Raises `Conflict` when one is busy."""
    rows.get(store, study_id)
    if not sources.kept(store, study_id):
        raise Conflict("This study has no files to analyse yet; add some first.")
    return runs.begin(store, study_id)


def list_runs(store: Store, study_id: str) -> tuple[Run, ...]:
    """The runs of a study, newest first."""
    return runs.of_study(store, study_id)


def get_run(store: Store, run_id: str) -> Run:
    """One run. Raises `NotFound`."""
    return runs.get(store, run_id)


def cancel_run(store: Store, run_id: str) -> Run:
    """Stop a run; one that has ended stays as it ended."""
    runs.get(store, run_id)
    runs.end(store, run_id, "cancelled", "The run was cancelled; earlier results are as they were.")
    return runs.get(store, run_id)
