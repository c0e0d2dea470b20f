"""The steps of a run, each of which can be repeated without harm."""

from collections.abc import Callable
from time import monotonic
from typing import Protocol, TypeVar

from research import pipeline, second_answers
from research.columns_chosen import read_again
from research.contracts import Encoder, Progress, silent
from research.dial import dial_of
from research.embedding import embed, encoders, texts_of
from research.errors import Cancelled, CoderFailed, KlantbeeldError
from research.intake import decided_roles
from research.model import Analysis, Run, RunStatus
from research.originals import let_go, originals_of
from research.relabel import corrections
from research.rulings import forget_missed, ruling_of
from research.shape import SHAPING
from research.stages import DEFAULT_TAXONOMY
from research.steps.classify import Second
from research.store import (
    Store,
    analyses,
    codebooks,
    decisions,
    runs,
    second_coders,
    sources,
    studies,
)
from research.store.vectors import StudyVectors
from research.understanding import Told
from research.view import standing

CHUNK = 256
SECONDS_BETWEEN = 0.25
T = TypeVar("T")


class Follower:
    """Writes down how far a run is, now and then. Raises `Cancelled` once it is not wanted."""

    def __init__(self, store: Store, run_id: str, tell: Progress = silent) -> None:
        self._store = store
        self._run_id = run_id
        self._tell = tell
        self._step = ""
        self._written = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        """Take note of it; most calls in quick succession cost nothing."""
        self._tell(step, done, total)
        now = monotonic()
        if step == self._step and done < total and now - self._written < SECONDS_BETWEEN:
            return
        self._step, self._written = step, now
        if not runs.advance(self._store, self._run_id, step, done, total):
            raise Cancelled("The run was cancelled.")


class Do(Protocol):
    """Does one step of a run, by its name: right away, or once and for all."""

    def __call__(self, name: str, step: Callable[[], T]) -> T: ...


def at_once(name: str, step: Callable[[], T]) -> T:
    """Do a step right away."""
    return step()


def run_steps(
    store: Store, run: Run, load: Callable[[], Encoder], progress: Progress, do: Do
) -> None:
    """A run from the first step to the last."""
    ids = do("list", lambda: run_list(store, run))
    for done, source_id in enumerate(ids):
        do(f"read {source_id}", _reading(store, run, source_id, progress, done, len(ids)))
    total = do("prepare", lambda: run_prepare(store, run, progress))
    for first in range(0, total, CHUNK):
        do(f"embed {first}", _embedding(store, run, load, progress, first))
    do("second coder", lambda: run_second(store, run, progress))
    do("interpret", lambda: run_interpret(store, run, load(), progress))


def _reading(
    store: Store, run: Run, source_id: str, progress: Progress, done: int, total: int
) -> Callable[[], int]:
    def step() -> int:
        progress("read", done, total)
        return run_read(store, run, source_id)

    return step


def _embedding(
    store: Store, run: Run, load: Callable[[], Encoder], progress: Progress, first: int
) -> Callable[[], int]:
    return lambda: run_embed(store, run, load(), first, progress)


def run_list(store: Store, run: Run) -> list[str]:
    """The ids of the sources that the run is about."""
    return [source.id for source in sources.kept(store, run.study)]


def run_read(store: Store, run: Run, source_id: str) -> int:
    """Read a source again if another version or other columns read it; how much is new."""
    kept = next((s for s in sources.kept(store, run.study) if s.id == source_id), None)
    return 0 if kept is None else read_again(store, run.study, kept)


def run_prepare(store: Store, run: Run, progress: Progress) -> int:
    """Tell people apart, take personal data out, cut into statements; how many there are."""
    progress("prepare", 0, 1)
    study = studies.get(store, run.study)
    readings = sources.readings(store, run.study)
    refused = sorted((a.name, a.reason) for a in sources.arrivals(store, run.study) if not a.source)
    roles = decided_roles(readings, decisions.of_study(store, run.study))
    material = pipeline.prepare(
        readings,
        tuple(refused),
        language=study.language,
        roles=roles,
        ruling=ruling_of(store, run.study),
    )
    texts = texts_of(material.statements)
    runs.keep_material(store, run.id, material, texts)
    return len(texts)


def run_embed(store: Store, run: Run, encoder: Encoder, first: int, progress: Progress) -> int:
    """Give one chunk of the statements their vectors; how many there were."""
    texts = runs.get_texts(store, run.id)
    chunk = texts[first : first + CHUNK]

    cache = StudyVectors(store, run.study)
    models = encoders(encoder)
    progress("embed", first, len(texts))
    for at, model in enumerate(models):

        def farther(step: str, done: int, total: int, before: int = at * len(chunk)) -> None:
            progress("embed", first + (before + done) // len(models), len(texts))

        embed(chunk, model, cache, farther)
    return len(chunk)


def run_second(store: Store, run: Run, progress: Progress) -> int:
    """Ask the second coder, where somebody allowed it; how many statements it answered.

    When it fails, the run goes on with what it answered so far and says so.
    """
    if second_coders.mode(store, run.study) == "off":
        return 0
    material = runs.get_material(store, run.id, pipeline.Material)
    try:
        return second_answers.ask_all(store, run.study, material.statements, progress)
    except CoderFailed as error:
        runs.warn(store, run.id, str(error))
        return 0


def told_of(store: Store, study_id: str, material: pipeline.Material) -> Told:
    """What people and the second coder said of the study's statements."""
    log = standing(decisions.of_study(store, study_id))
    decided = tuple(d for d in log if d.action in SHAPING)
    return Told(corrections(log), decided, second_of(store, study_id, material), dial_of(log))


def second_of(store: Store, study_id: str, material: pipeline.Material) -> Second | None:
    """The second coder's labels, where they stand in the place of the software's."""
    if second_coders.mode(store, study_id) != "labels":
        return None
    maker, found = second_answers.labels_of(store, study_id, material.statements)
    labels = {
        i: {"kind": said.kind, "stage": said.stage, "valence": str(said.valence)}
        for i, said in found.items()
    }
    return Second(labels, maker)


def run_interpret(store: Store, run: Run, encoder: Encoder, progress: Progress) -> str:
    """Make the analysis of what is prepared, keep it, and close the run."""
    study = studies.get(store, run.study)
    material = runs.get_material(store, run.id, pipeline.Material)
    texts = runs.get_texts(store, run.id)
    cache = StudyVectors(store, run.study)
    analysis = pipeline.interpret(
        material,
        study=study.name,
        taxonomy=study.taxonomy or DEFAULT_TAXONOMY,
        codebook=codebooks.get(store, run.study),
        encoder=encoder,
        previous=analyses.newest(store, run.study),
        told=told_of(store, run.study, material),
        cache=cache,
        progress=progress,
    )
    kept = material.redactions if originals_of(store, run.study) == "encrypted" else ()
    analyses.save(store, run, analysis, kept)
    cache.keep_only(texts)
    let_go(store, run.study)
    forget_missed(store, run.study)
    return "done"


def ending(error: Exception) -> tuple[RunStatus, str]:
    """How a run that met an error ends, in words that a user can act upon."""
    if isinstance(error, Cancelled):
        return "cancelled", "The run was cancelled; the earlier results are as they were."
    if isinstance(error, KlantbeeldError):
        return "failed", str(error)
    return "failed", (
        "Something went wrong on our side. Nothing was lost: run it again; "
        "if it fails again, the log tells more."
    )


def analyse_study(
    store: Store, study_id: str, progress: Progress = silent, *, encoder: Encoder | None = None
) -> Analysis:
    """Run a study here and now, with the same steps as a run in the background."""
    from research.encoders import load_encoder

    run = runs.begin(store, study_id)
    try:
        name = studies.get(store, study_id).encoder
        chosen = load_encoder(name) if encoder is None else encoder
        run_steps(store, run, lambda: chosen, Follower(store, run.id, progress), at_once)
    except KlantbeeldError as error:
        runs.end(store, run.id, *ending(error))
        raise
    finally:
        runs.end(store, run.id, "failed", "The run was interrupted. Run it again.")
    return analyses.latest(store, study_id)
