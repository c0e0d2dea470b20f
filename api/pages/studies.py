"""The list of studies, and making a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from api.deps import SettingsDep, StoreDep
from api.render import ShowDep
from api.study import last_run
from research import studies
from research.encoders.known import BUNDLED, MULTILINGUAL, Known
from research.errors import BadStages
from research.model import Run, StageTaxonomy, Study
from research.stages import DEFAULT_TAXONOMY, load_taxonomy, parse_taxonomy

router = APIRouter()
LANGUAGES = ("auto", "nl", "en")
LARGEST_STAGE_FILE = 1_000_000
Stages = Literal["default", "three-stages", "own"]


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A study in the list, with its last run."""

    id: str
    name: str
    language: str
    created: datetime
    run: Run | None


@dataclass(frozen=True, slots=True)
class StudiesPage:
    """All studies, newest first, and what a new one may choose from."""

    studies: tuple[StudyRow, ...]
    languages: tuple[str, ...]
    language: str
    stage_sets: Mapping[str, StageTaxonomy | None]
    encoders: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class NewStudy:
    """What a new study needs; `own_stages` is the text of a stage file."""

    name: str
    language: str = "auto"
    stages: Stages = "default"
    own_stages: str = ""
    encoder: str = ""


def studies_page(store: StoreDep, settings: SettingsDep) -> StudiesPage:
    """All studies, newest first."""
    rows = (
        StudyRow(s.id, s.name, s.language, s.created, last_run(store, s.id))
        for s in studies.list_studies(store)
    )
    return StudiesPage(
        studies=tuple(sorted(rows, key=lambda r: r.created, reverse=True)),
        languages=LANGUAGES,
        language=settings.language,
        stage_sets={
            "default": DEFAULT_TAXONOMY,
            "three-stages": load_taxonomy("three-stages"),
            "own": None,
        },
        encoders=(BUNDLED[0], *MULTILINGUAL),
    )


StudiesDep = Annotated[StudiesPage, Depends(studies_page)]


@router.get("/", include_in_schema=False)
def show_studies(page: StudiesDep, show: ShowDep) -> Response:
    """The page with all studies."""
    return show("studies/list.html", page)


@router.get("/api/studies", tags=["studies"])
def list_studies(page: StudiesDep) -> StudiesPage:
    """All studies, newest first."""
    return page


@router.post("/studies", include_in_schema=False)
def create_from_form(
    store: StoreDep,
    name: Annotated[str, Form()],
    language: Annotated[str, Form()] = "auto",
    stages: Annotated[Stages, Form()] = "default",
    encoder: Annotated[str, Form()] = "",
    stage_file: UploadFile | None = None,
) -> Response:
    """Make a study from the form and go to its files."""
    content = stage_file.file.read(LARGEST_STAGE_FILE) if stage_file else b""
    taxonomy = _taxonomy(stages, content.decode("utf-8-sig", errors="replace"))
    study = studies.create_study(
        store, name, language=language, taxonomy=taxonomy, encoder=encoder.strip()
    )
    return RedirectResponse(f"/studies/{study.id}/files", 303)


@router.post("/api/studies", tags=["studies"], status_code=201)
def create_study(store: StoreDep, new: NewStudy) -> Study:
    """Make a study."""
    taxonomy = _taxonomy(new.stages, new.own_stages)
    return studies.create_study(
        store, new.name, language=new.language, taxonomy=taxonomy, encoder=new.encoder
    )


@router.post("/studies/{study_id}/delete", include_in_schema=False)
def delete_from_form(store: StoreDep, study_id: str) -> Response:
    """Delete a study with all its files and results."""
    studies.delete_study(store, study_id)
    return RedirectResponse("/", 303)


@router.delete("/api/studies/{study_id}", tags=["studies"], status_code=204)
def delete_study(store: StoreDep, study_id: str) -> None:
    """Delete a study with all its files and results."""
    studies.delete_study(store, study_id)


def _taxonomy(stages: Stages, own: str) -> StageTaxonomy | None:
    """The stages that were chosen; None for the usual five."""
    if stages == "default":
        return None
    if stages == "three-stages":
        return load_taxonomy(stages)
    if not own.strip():
        raise BadStages("Choose a file with your own stages, or take one of the given sets.")
    return parse_taxonomy(own, "own")
