"""The runs of a study: start one, watch it, stop it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from api.deps import RunnerDep, StoreDep
from api.render import ShowDep
from api.study import HeadDep
from research import studies
from research.errors import NotFound
from research.model import Run, Study

router = APIRouter()


@dataclass(frozen=True, slots=True)
class RunPage:
    """One run: at which step, how far, and what came of it."""

    study: Study
    run: Run

    @property
    def live(self) -> bool:
        """Whether there is more to come."""
        return self.run.status in ("queued", "running")

    @property
    def share(self) -> float:
        """How much of the present step is done, 0 to 1."""
        return self.run.done / self.run.total if self.run.total else 0.0


def run_page(store: StoreDep, study_id: str, run_id: str) -> RunPage:
    """A run of the study. Raises `NotFound`."""
    study, run = studies.get_study(store, study_id), studies.get_run(store, run_id)
    if run.study != study.id:
        raise NotFound("This study has no such run.")
    return RunPage(study, run)


RunPageDep = Annotated[RunPage, Depends(run_page)]


@router.get("/studies/{study_id}/runs/{run_id}", include_in_schema=False)
def show_run(page: RunPageDep, show: ShowDep) -> Response:
    """The page that follows a run; when it is done, htmx goes on to the overview."""
    shown = show("runs/show.html", page, block="progress")
    if page.run.status == "done" and show.request.headers.get("hx-request") == "true":
        shown.headers["hx-redirect"] = f"/studies/{page.study.id}"
    return shown


@router.get("/api/studies/{study_id}/runs/{run_id}", tags=["runs"])
def get_run(page: RunPageDep) -> RunPage:
    """A run: its step, how far it is, and what came of it."""
    return page


@router.get("/api/studies/{study_id}/runs", tags=["runs"])
def list_runs(store: StoreDep, head: HeadDep) -> tuple[Run, ...]:
    """All runs of a study."""
    return tuple(studies.list_runs(store, head.id))


@router.post("/studies/{study_id}/runs", include_in_schema=False)
def start_from_form(runner: RunnerDep, head: HeadDep) -> Response:
    """Start a run and go and watch it; while one is busy, watch that one."""
    run = head.run if head.busy and head.run else runner.start(head.id)
    return RedirectResponse(f"/studies/{head.id}/runs/{run.id}", 303)


@router.post("/api/studies/{study_id}/runs", tags=["runs"], status_code=202)
def start_run(runner: RunnerDep, head: HeadDep) -> Run:
    """Start a run."""
    return runner.start(head.id)


@router.post("/studies/{study_id}/runs/{run_id}/cancel", include_in_schema=False)
def cancel_from_form(page: RunPageDep, runner: RunnerDep) -> Response:
    """Ask a run to stop."""
    runner.cancel(page.run.id)
    return RedirectResponse(f"/studies/{page.study.id}/runs/{page.run.id}", 303)


@router.post("/api/studies/{study_id}/runs/{run_id}/cancel", tags=["runs"], status_code=202)
def cancel_run(page: RunPageDep, runner: RunnerDep) -> None:
    """Ask a run to stop at its next step."""
    runner.cancel(page.run.id)
