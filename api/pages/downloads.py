"""Downloads: every export of a study."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.deps import StoreDep
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research import studies
from research.exporters import EXPORTERS

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Download:
    """One export: its name, its file and its address."""

    name: str
    filename: str
    media_type: str
    url: str


@dataclass(frozen=True, slots=True)
class DownloadsPage:
    """All exports of a study."""

    head: Head
    downloads: tuple[Download, ...]


def downloads_page(head: HeadDep, found: ResultsDep) -> DownloadsPage:
    """All exports of a study that has results."""
    rows = (
        Download(e.name, e.filename, e.media_type, found.url("downloads", e.name))
        for e in EXPORTERS
    )
    return DownloadsPage(head, tuple(rows))


DownloadsDep = Annotated[DownloadsPage, Depends(downloads_page)]


@router.get("/studies/{study_id}/downloads", include_in_schema=False)
def show_downloads(page: DownloadsDep, show: ShowDep) -> Response:
    """The page with all exports."""
    return show("downloads/list.html", page)


@router.get("/api/studies/{study_id}/downloads", tags=["downloads"])
def list_downloads(page: DownloadsDep) -> DownloadsPage:
    """All exports of a study."""
    return page


@router.get("/studies/{study_id}/downloads/{name}", include_in_schema=False)
@router.get("/api/studies/{study_id}/downloads/{name}", tags=["downloads"], response_class=Response)
def download(store: StoreDep, head: HeadDep, name: str) -> Response:
    """An export, as a file."""
    exporter, content = studies.export(store, head.id, name)
    return Response(
        content,
        media_type=exporter.media_type,
        headers={"content-disposition": f'attachment; filename="{exporter.filename}"'},
    )
