"""Runs in the background that survive a crash. The only file that knows DBOS."""

import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from threading import Event, Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from research import studies
from research.contracts import Encoder
from research.encoders import load_encoder
from research.errors import Conflict, KlantbeeldError, NotFound
from research.model import Run
from research.running import Follower, ending, run_steps
from research.store import Store, runs

if TYPE_CHECKING:
    from dbos import DBOSConfig

log = logging.getLogger("klantbeeld.jobs")

DATABASE = "dbos.sqlite"
WORKFLOW = "analyse-study"
# To be raised when the order or the names of a run's steps change: a run that an older
# version left behind is then closed with a message, instead of going on in another order.
STEPS_VERSION = "2"
MOST_RECOVERIES = 20
SECONDS_TO_STOP = 20.0
CUT_OFF = "The run was cut off and cannot go on; nothing was lost, run it again."
T = TypeVar("T")

# DBOS is one for the process, so whoever has launched it holds this.
_process = Lock()


class _Closing(BaseException):
    """The process is closing down: leave the run as it is, to go on at the next start."""


class _Ended(Exception):
    """The run was closed in a step: cancelled, or failed."""


class Jobs:
    """Runs analyses in the background; a run that was cut off goes on at the next launch.

    `active` is how many are at work in this process.
    """

    def __init__(self, store: Store, *, load: Callable[[str], Encoder] = load_encoder) -> None:
        self._store = store
        self._load = load
        self._closing = Event()
        self._counting = Lock()
        self.active = 0
        self._begin: Callable[[str], None] | None = None

    def launch(self) -> None:
        """Start the machinery and go on with the runs that were cut off."""
        if not _process.acquire(blocking=False):
            raise Conflict("Runs are being taken care of in this process already.")
        self._closing.clear()
        try:
            # In a thread, because DBOS refuses some of it where an event loop runs.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(self._launch).result()
        except BaseException:
            self._shut()
            raise

    def _launch(self) -> None:
        from dbos import DBOS

        DBOS(config=_config(self._store))
        workflow = DBOS.workflow(name=WORKFLOW, max_recovery_attempts=MOST_RECOVERIES)
        self._begin = _starter(workflow(_in_background(self._work)))
        DBOS.launch()
        self._settle()

    def close(self) -> None:
        """Stop; what is running is left at its last finished step."""
        if self._begin is None:
            return
        self._closing.set()
        latest = monotonic() + SECONDS_TO_STOP
        while self.active and monotonic() < latest:
            sleep(0.02)
        self._shut()

    def _shut(self) -> None:
        from dbos import DBOS

        self._begin = None
        DBOS.destroy(destroy_registry=True)
        _process.release()

    def start(self, study_id: str) -> Run:
        """Begin a run of a study. Raises `Conflict` when one is busy."""
        if self._begin is None or self._closing.is_set():
            raise Conflict("Runs cannot be started now: the server is closing down.")
        run = studies.start_run(self._store, study_id)
        self._begin(run.id)
        return run

    def cancel(self, run_id: str) -> None:
        """Stop a run, at once in the books and soon in fact."""
        studies.cancel_run(self._store, run_id)

    def _settle(self) -> None:
        """Begin the runs that were never begun; close those that cannot go on."""
        from dbos import DBOS

        for run in runs.unfinished(self._store):
            known = DBOS.get_workflow_status(run.id)
            if known is None and self._begin is not None:
                self._begin(run.id)
            elif known is not None and not _goes_on(known.status, known.app_version):
                runs.end(self._store, run.id, "failed", CUT_OFF)

    def _work(self, run_id: str) -> None:
        """One run, from its first step or from where it was cut off."""
        with self._counted(), suppress(_Ended):
            run = self._wanted(run_id)
            follower = Follower(self._store, run.id)

            @cache
            def encoder() -> Encoder:
                return self._load(studies.get_study(self._store, run.study).encoder)

            def progress(step: str, done: int, total: int) -> None:
                self._stop_if_closing()
                follower(step, done, total)

            def do(name: str, step: Callable[[], T]) -> T:
                return self._durably(run, name, step)

            run_steps(self._store, run, encoder, progress, do)

    def _durably(self, run: Run, name: str, step: Callable[[], T]) -> T:
        """The value of a step, which is done once even if the process dies in between."""
        from dbos import DBOS

        outcome = DBOS.run_step({"name": name}, self._attempt, run, step)
        if not outcome:
            raise _Ended
        return outcome[0]

    def _attempt(self, run: Run, step: Callable[[], T]) -> list[T]:
        """The value of a step in a list; an empty list when that was the end of the run."""
        self._stop_if_closing()
        try:
            self._wanted(run.id)
            return [step()]
        except _Ended:
            return []
        except Exception as error:
            if not isinstance(error, KlantbeeldError):
                log.exception("run %s of study %s failed", run.id, run.study)
            runs.end(self._store, run.id, *ending(error))
            return []

    def _wanted(self, run_id: str) -> Run:
        """The run, if it is to go on."""
        with suppress(NotFound):
            run = runs.get(self._store, run_id)
            if run.status in runs.UNFINISHED:
                return run
        raise _Ended

    def _stop_if_closing(self) -> None:
        if self._closing.is_set():
            raise _Closing

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Count a run as active, so that closing waits for it to stop."""
        with self._counting:
            self.active += 1
        try:
            yield
        finally:
            with self._counting:
                self.active -= 1


def _in_background(work: Callable[[str], None]) -> Callable[[str], None]:
    """The work as a plain function, which is what a workflow is made of."""

    def analyse_study(run_id: str) -> None:
        work(run_id)

    return analyse_study


def _starter(workflow: Callable[[str], None]) -> Callable[[str], None]:
    """What begins a run; the same run twice is begun once."""
    from dbos import DBOS, SetWorkflowID

    def begin(run_id: str) -> None:
        with SetWorkflowID(run_id):
            DBOS.start_workflow(workflow, run_id)

    return begin


def _goes_on(status: str, version: str | None) -> bool:
    return status in ("PENDING", "ENQUEUED", "DELAYED") and version == STEPS_VERSION


def _config(store: Store) -> "DBOSConfig":
    """Everything in one file beside the database; no server, no network, few words."""
    from dbos import Serializer

    class PlainJson(Serializer):
        """Steps leave numbers and ids behind: plain data, nothing that can run."""

        def serialize(self, data: object) -> str:
            return json.dumps(data, default=str)

        def deserialize(self, serialized_data: str) -> object:
            return json.loads(serialized_data)

        def name(self) -> str:
            return "json"

    return {
        "name": "klantbeeld",
        "system_database_url": "sqlite:///" + quote(str(store.path / DATABASE), safe=" +/"),
        "application_version": STEPS_VERSION,
        "executor_id": "local",
        "enable_otlp": False,
        "log_level": "ERROR",
        "serializer": PlainJson(),
    }
