"""Runs in the background: progress, cancelling, failing, and going on after a crash."""

import asyncio
import logging
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest
from sqlalchemy import update

from api import jobs as jobs_module
from api.jobs import Jobs
from research import studies
from research.embedding import texts_of
from research.encoders.hashing import HashingEncoder
from research.errors import BadEncoder, Conflict, NotFound
from research.model import Run, Study, Upload
from research.running import CHUNK
from research.store import Store, open_store, runs, sources, uploads
from research.store.schema import sources as source_rows
from tests.builders import an_upload

PATIENCE = 180.0
Process = subprocess.Popen[bytes]
Launch = Callable[[HashingEncoder | Callable[[str], HashingEncoder]], Jobs]


class Gate(HashingEncoder):
    """An encoder that waits until it may go on, and says how far it is meanwhile."""

    def __init__(self) -> None:
        self.reached = Event()
        self.opened = Event()

    def encode(self, texts, tick=None):
        self.reached.set()
        while not self.opened.wait(0.02):
            if tick is not None:
                tick(0)
        return super().encode(texts, tick)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture
def study(store: Store) -> Study:
    made = studies.create_study(store, "Bezorging", language="nl", encoder="hashing")
    studies.add_uploads(store, made.id, [an_upload()])
    return made


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def launch(store: Store) -> Iterator[Launch]:
    """What launches jobs with an encoder, or with what loads one; they close at the end."""
    made: list[Jobs] = []

    def start(encoder: HashingEncoder | Callable[[str], HashingEncoder]) -> Jobs:
        load = (lambda name: encoder) if isinstance(encoder, HashingEncoder) else encoder
        made.append(Jobs(store, load=load))
        made[-1].launch()
        return made[-1]

    yield start
    for jobs in made:
        jobs.close()


@pytest.fixture
def launched(launch: Launch, gate: Gate) -> Iterator[Jobs]:
    """Jobs whose encoder waits at the gate."""
    yield launch(gate)
    gate.opened.set()


def until(happened: Callable[[], bool]) -> None:
    """Wait until it has happened; fail when it takes too long."""
    latest = monotonic() + PATIENCE
    while not happened():
        assert monotonic() < latest, "it did not happen"
        sleep(0.02)


def ended(store: Store, run: Run) -> Run:
    """The run, once it has ended."""
    until(lambda: studies.get_run(store, run.id).ended is not None)
    return studies.get_run(store, run.id)


# --- a run -------------------------------------------------------------------------


def test_a_run_ends_in_the_same_analysis_as_a_run_at_once(
    store: Store, study: Study, launched: Jobs, gate: Gate
):
    gate.opened.set()
    done = ended(store, launched.start(study.id))
    assert (done.status, done.message) == ("done", "")
    in_background = studies.latest_analysis(store, study.id)
    other = studies.create_study(store, "Bezorging", language="nl", encoder="hashing")
    studies.add_uploads(store, other.id, [an_upload()])
    assert studies.analyse_study(store, other.id) == in_background


def test_a_run_tells_how_far_it_is(store: Store, study: Study, launched: Jobs, gate: Gate):
    run = launched.start(study.id)
    gate.reached.wait(PATIENCE)
    now = studies.get_run(store, run.id)
    assert (now.status, now.step) == ("running", "embed")
    assert 0 <= now.done < now.total


def test_a_study_that_is_busy_is_not_started_twice(
    store: Store, study: Study, launched: Jobs, gate: Gate
):
    run = launched.start(study.id)
    with pytest.raises(Conflict, match="analysed already"):
        launched.start(study.id)
    gate.opened.set()
    assert ended(store, run).status == "done"
    assert ended(store, launched.start(study.id)).status == "done"


def test_what_cannot_run_is_told_at_once(store: Store, launched: Jobs):
    with pytest.raises(NotFound):
        launched.start("nowhere")
    with pytest.raises(Conflict, match="no files"):
        launched.start(studies.create_study(store, "Leeg").id)


# --- cancelling and deleting -------------------------------------------------------


def test_a_cancelled_run_stops_inside_its_step_and_keeps_nothing(
    store: Store, study: Study, launched: Jobs, gate: Gate
):
    run = launched.start(study.id)
    gate.reached.wait(PATIENCE)
    launched.cancel(run.id)
    assert studies.get_run(store, run.id).status == "cancelled"
    until(lambda: launched.active == 0)
    assert studies.get_run(store, run.id).status == "cancelled"
    with pytest.raises(NotFound, match="no results"):
        studies.latest_analysis(store, study.id)
    gate.opened.set()
    assert ended(store, launched.start(study.id)).status == "done"


def test_a_study_may_be_deleted_under_its_run(
    store: Store,
    study: Study,
    launched: Jobs,
    gate: Gate,
    caplog: pytest.LogCaptureFixture,
):
    run = launched.start(study.id)
    gate.reached.wait(PATIENCE)
    studies.delete_study(store, study.id)
    until(lambda: launched.active == 0)
    assert studies.list_studies(store) == ()
    assert not any(path.is_file() for path in (store.path / "uploads").rglob("*"))
    with pytest.raises(NotFound):
        studies.get_run(store, run.id)
    assert caplog.records == []


# --- failing -----------------------------------------------------------------------


def test_a_run_that_fails_says_what_to_do(store: Store, study: Study, launch: Launch):
    def load(name: str) -> HashingEncoder:
        raise BadEncoder("The encoder x cannot be loaded: install it, or choose another.")

    jobs = launch(load)
    failed = ended(store, jobs.start(study.id))
    assert failed.status == "failed"
    assert failed.message == "The encoder x cannot be loaded: install it, or choose another."


def test_a_mistake_of_ours_goes_to_the_log_and_not_to_the_user(
    store: Store, study: Study, launch: Launch, caplog: pytest.LogCaptureFixture
):
    class Broken(HashingEncoder):
        def encode(self, texts, tick=None):
            raise ZeroDivisionError("secret detail")

    jobs = launch(Broken())
    with caplog.at_level(logging.ERROR):
        failed = ended(store, jobs.start(study.id))
    assert failed.status == "failed"
    assert "run it again" in failed.message and "secret" not in failed.message
    assert "secret detail" in caplog.text


def test_a_failed_run_does_not_block_the_next(store: Store, study: Study, launch: Launch):
    encoders = iter([None, HashingEncoder()])

    def load(name: str) -> HashingEncoder:
        chosen = next(encoders)
        if chosen is None:
            raise BadEncoder("not now")
        return chosen

    jobs = launch(load)
    assert ended(store, jobs.start(study.id)).status == "failed"
    assert ended(store, jobs.start(study.id)).status == "done"


# --- starting and stopping ---------------------------------------------------------


def test_closing_leaves_a_run_to_go_on_at_the_next_launch(
    store: Store, study: Study, launch: Launch, gate: Gate
):
    first = launch(gate)
    run = first.start(study.id)
    gate.reached.wait(PATIENCE)
    first.close()
    assert studies.get_run(store, run.id).status == "running"
    launch(HashingEncoder())
    assert ended(store, run).status == "done"


def test_a_run_that_was_written_down_and_never_begun_is_begun(
    store: Store, study: Study, launch: Launch
):
    run = studies.start_run(store, study.id)
    launch(HashingEncoder())
    assert ended(store, run).status == "done"


def test_a_run_of_other_steps_is_closed_with_a_message(
    store: Store, study: Study, launch: Launch, gate: Gate, monkeypatch: pytest.MonkeyPatch
):
    first = launch(gate)
    run = first.start(study.id)
    gate.reached.wait(PATIENCE)
    first.close()
    monkeypatch.setattr(jobs_module, "STEPS_VERSION", "another")
    launch(HashingEncoder())
    closed = studies.get_run(store, run.id)
    assert (closed.status, "run it again" in closed.message) == ("failed", True)


def test_a_process_takes_care_of_runs_once(store: Store, launched: Jobs):
    with pytest.raises(Conflict, match="in this process"):
        Jobs(store).launch()


def test_closed_jobs_start_nothing(store: Store, study: Study):
    with pytest.raises(Conflict, match="closing"):
        Jobs(store).start(study.id)
    Jobs(store).close()


def test_an_event_loop_may_launch_and_close(store: Store, study: Study, launch: Launch):
    async def serve() -> None:
        jobs = launch(HashingEncoder())
        run = jobs.start(study.id)
        while studies.get_run(store, run.id).ended is None:
            await asyncio.sleep(0.02)
        jobs.close()

    asyncio.run(asyncio.wait_for(serve(), PATIENCE))
    assert studies.list_runs(store, study.id)[0].status == "done"


def test_the_books_of_the_steps_hold_no_word_of_the_study(
    store: Store, study: Study, launched: Jobs, gate: Gate
):
    gate.opened.set()
    ended(store, launched.start(study.id))
    launched.close()
    books = (store.path / jobs_module.DATABASE).read_bytes()
    assert b"interpret" in books
    for word in (b"klantenservice", b"Deelnemer", b"gesprek.txt"):
        assert word not in books


# --- kill -9 -----------------------------------------------------------------------

SERVER = """
import sys
from pathlib import Path
from time import sleep

from api.jobs import Jobs
from research import studies
from research.encoders.hashing import HashingEncoder
from research.store import open_store

home, log, study, pause = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], float(sys.argv[4])


class Slow(HashingEncoder):
    def encode(self, texts, tick=None):
        with log.open("a") as file:
            file.write("".join(f"{text}\\n" for text in texts) + "--\\n")
        sleep(pause)
        return super().encode(texts, tick)


store = open_store(home)
jobs = Jobs(store, load=lambda name: Slow())
jobs.launch()
if not studies.list_runs(store, study):
    jobs.start(study)
while studies.list_runs(store, study)[0].ended is None:
    sleep(0.05)
jobs.close()
"""


@pytest.fixture
def serve(store: Store, tmp_path: Path) -> Iterator[Callable[[Study, float], Process]]:
    """What starts a process that runs a study, with a pause at every chunk."""
    started: list[Process] = []

    def start(study: Study, pause: float) -> Process:
        told = (store.path, tmp_path / "embedded.log", study.id, pause)
        started.append(subprocess.Popen([sys.executable, "-c", SERVER, *map(str, told)]))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def embedded(log: Path) -> list[list[str]]:
    """The texts that were embedded, by the calls in which they were."""
    if not log.exists():
        return []
    calls = log.read_text().split("--\n")
    return [call.splitlines() for call in calls if call]


def a_long_interview() -> Upload:
    """An interview of more statements than three chunks."""
    turns = [
        f"Interviewer: En bestelling {i}?\n"
        f"Deelnemer 1: Bestelling nummer {i} kwam te laat en dat vond ik erg vervelend.\n"
        for i in range(3 * CHUNK + 50)
    ]
    return an_upload("lang.txt", "".join(turns))


def steps_done(home: Path) -> dict[str, int]:
    """The finished steps, and when each was begun."""
    with sqlite3.connect(home / jobs_module.DATABASE) as books:
        query = "SELECT function_name, started_at_epoch_ms FROM operation_outputs"
        rows = dict(books.execute(query).fetchall())
    books.close()
    return rows


def test_after_kill_9_a_run_goes_on_from_its_last_finished_step(
    store: Store, tmp_path: Path, serve: Callable[[Study, float], Process]
):
    study = studies.create_study(store, "Lang", language="nl", encoder="hashing")
    upload = a_long_interview()
    (intake,) = studies.add_uploads(store, study.id, [upload])
    log = tmp_path / "embedded.log"

    victim = serve(study, 1.5)
    until(lambda: len(embedded(log)) == 2)
    victim.send_signal(signal.SIGKILL)
    assert victim.wait(PATIENCE) == -signal.SIGKILL

    (run,) = studies.list_runs(store, study.id)
    assert (run.status, run.step) == ("running", "embed")
    assert uploads.read(store, study.id, intake.source) == upload.content
    before = steps_done(store.path)
    assert set(before) == {"list", f"read {intake.source}", "prepare", "embed 0"}

    # Traces of its own for each finished step, which doing it again would undo.
    studies.set_role(store, study.id, intake.source, "Deelnemer 1", "interviewer")
    with store.engine.begin() as connection:
        connection.execute(update(source_rows).values(software="before"))

    assert serve(study, 0.0).wait(PATIENCE) == 0

    assert [r.status for r in studies.list_runs(store, study.id)] == ["done"]
    after = steps_done(store.path)
    assert {name: after[name] for name in before} == before
    assert {s.software for s in sources.kept(store, study.id)} == {"before"}
    analysis = studies.latest_analysis(store, study.id)
    assert len(analysis.statements) > 3 * CHUNK
    first, cut_off, *later = embedded(log)
    assert later[0] == cut_off
    assert not set(first) & {text for call in later for text in call}
    assert set(texts_of(analysis.statements)) == {t for c in [first, *later] for t in c}
    assert uploads.read(store, study.id, intake.source) == upload.content
    assert runs.unfinished(store) == ()
