"""The files of a study: what was found in each, who speaks, and what was refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from api.deps import SettingsDep, StoreDep
from api.render import ShowDep
from api.study import Head, HeadDep
from research import studies
from research.model import ROLES, Intake, Role, Upload
from research.settings import Settings

router = APIRouter()
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class FilesPage:
    """The files of a study and how large a file may be."""

    head: Head
    files: tuple[Intake, ...]
    roles: tuple[Role, ...]
    max_mb: int

    @property
    def accepted(self) -> tuple[Intake, ...]:
        """The files that were read."""
        return tuple(f for f in self.files if f.accepted)

    @property
    def refused(self) -> tuple[Intake, ...]:
        """The files that could not be used."""
        return tuple(f for f in self.files if not f.accepted)

    @property
    def ready(self) -> bool:
        """Whether there is something to analyse and nothing is running."""
        return bool(self.accepted) and not self.head.busy


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """Which role a voice of a file has; `unknown` leaves it to the software."""

    voice: str
    role: Role


def files_page(store: StoreDep, head: HeadDep, settings: SettingsDep) -> FilesPage:
    """The files of a study, in the order of their names."""
    rows = sorted(studies.list_intake(store, head.id), key=lambda f: (f.name.casefold(), f.source))
    return FilesPage(head, tuple(rows), ROLES, settings.max_upload_mb)


FilesDep = Annotated[FilesPage, Depends(files_page)]


@router.get("/studies/{study_id}/files", include_in_schema=False)
def show_files(page: FilesDep, show: ShowDep) -> Response:
    """The page with the files of a study."""
    return show("files/list.html", page, block="files")


@router.get("/api/studies/{study_id}/files", tags=["files"])
def list_files(page: FilesDep) -> FilesPage:
    """The files of a study: what was found in each, or why it was refused."""
    return page


@router.post("/studies/{study_id}/files", include_in_schema=False)
def add_from_form(
    store: StoreDep, head: HeadDep, settings: SettingsDep, show: ShowDep, files: list[UploadFile]
) -> Response:
    """Take in the files of the form and show what was found in each."""
    _add(store, head.id, files, settings)
    if show.request.headers.get("hx-request") != "true":
        return RedirectResponse(f"/studies/{head.id}/files", 303)
    return show("files/list.html", files_page(store, head, settings), block="files")


@router.post("/api/studies/{study_id}/files", tags=["files"], status_code=201)
def add_files(
    store: StoreDep, head: HeadDep, settings: SettingsDep, files: list[UploadFile]
) -> tuple[Intake, ...]:
    """Take in files: each is accepted with what was found, or refused with the reason."""
    return tuple(_add(store, head.id, files, settings))


@router.post("/studies/{study_id}/files/{source}/remove", include_in_schema=False)
def remove_from_form(
    store: StoreDep, head: HeadDep, settings: SettingsDep, show: ShowDep, source: str
) -> Response:
    """Remove a file and show the rest."""
    studies.remove_source(store, head.id, source)
    if show.request.headers.get("hx-request") != "true":
        return RedirectResponse(f"/studies/{head.id}/files", 303)
    return show("files/list.html", files_page(store, head, settings), block="files")


@router.delete("/api/studies/{study_id}/files/{source}", tags=["files"], status_code=204)
def remove_file(store: StoreDep, study_id: str, source: str) -> None:
    """Remove a file with all that was read from it."""
    studies.remove_source(store, study_id, source)


@router.post("/studies/{study_id}/refused/remove", include_in_schema=False)
def dismiss_from_form(
    store: StoreDep,
    head: HeadDep,
    settings: SettingsDep,
    show: ShowDep,
    name: Annotated[str, Form()],
) -> Response:
    """Take a refused file off the list and show the rest."""
    studies.dismiss_refused(store, head.id, name)
    if show.request.headers.get("hx-request") != "true":
        return RedirectResponse(f"/studies/{head.id}/files", 303)
    return show("files/list.html", files_page(store, head, settings), block="files")


@router.delete("/api/studies/{study_id}/refused", tags=["files"], status_code=204)
def dismiss(store: StoreDep, study_id: str, name: str) -> None:
    """Take a refused file off the list, by its name."""
    studies.dismiss_refused(store, study_id, name)


@router.post("/studies/{study_id}/files/{source}/roles", include_in_schema=False)
def role_from_form(
    store: StoreDep,
    head: HeadDep,
    settings: SettingsDep,
    show: ShowDep,
    source: str,
    voice: Annotated[str, Form()],
    role: Annotated[Role, Form()],
) -> Response:
    """Set who a voice is and show the files again."""
    studies.set_role(store, head.id, source, voice, role)
    if show.request.headers.get("hx-request") != "true":
        return RedirectResponse(f"/studies/{head.id}/files", 303)
    return show("files/list.html", files_page(store, head, settings), block="files")


@router.post("/api/studies/{study_id}/files/{source}/roles", tags=["files"], status_code=204)
def set_role(store: StoreDep, study_id: str, source: str, choice: RoleChoice) -> None:
    """Set who a voice of a file is: participant or interviewer."""
    studies.set_role(store, study_id, source, choice.voice, choice.role)


def _add(
    store: StoreDep, study_id: str, files: Sequence[UploadFile], settings: Settings
) -> list[Intake]:
    """Take in files one by one, so that only one is in memory."""
    return [
        intake
        for upload in _uploads(files, settings.max_upload_mb * MEGABYTE)
        for intake in studies.add_uploads(store, study_id, (upload,), max_mb=settings.max_upload_mb)
    ]


def _uploads(files: Sequence[UploadFile], limit: int) -> Iterator[Upload]:
    """The files with their bytes; of one that is too large just enough to tell."""
    for file in files:
        if file.filename:
            yield Upload(file.filename, file.file.read(limit + 1))
