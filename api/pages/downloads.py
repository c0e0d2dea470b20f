"""Downloads: every export of a study, by what it is for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.deps import StoreDep
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research import exporting
from research.contracts import Group

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Download:
    """One export: its name, its file, what it is for and its address.

    `consent`: it is made only when `consent=true` says that the participants agreed.
    """

    name: str
    filename: str
    media_type: str
    purpose: str
    consent: bool
    url: str


@dataclass(frozen=True, slots=True)
class DownloadGroup:
    """Exports of one group: lists, documents, maps, or for other tools."""

    group: str
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class DownloadsPage:
    """All exports of a study."""

    head: Head
    groups: tuple[DownloadGroup, ...]


def downloads_page(head: HeadDep, found: ResultsDep) -> DownloadsPage:
    """All exports of a study that has results."""
    rows = [
        (
            card.group,
            Download(
                name=e.name,
                filename=e.filename,
                media_type=e.media_type,
                purpose=card.purpose,
                consent=card.consent,
                url=found.url("downloads", e.name),
            ),
        )
        for e, card in exporting.listed()
    ]
    return DownloadsPage(head, tuple(_groups(rows)))


def _groups(rows: list[tuple[Group, Download]]) -> Iterable[DownloadGroup]:
    for group in exporting.GROUPS:
        mine = tuple(download for of, download in rows if of == group)
        if mine:
            yield DownloadGroup(group, mine)


DownloadsDep = Annotated[DownloadsPage, Depends(downloads_page)]


@router.get("/studies/{study_id}/downloads", include_in_schema=False)
def show_downloads(page: DownloadsDep, show: ShowDep) -> Response:
    """The page with all exports."""
    return show("downloads/list.html", page)


@router.get("/api/studies/{study_id}/downloads", tags=["downloads"])
def list_downloads(page: DownloadsDep) -> DownloadsPage:
    """All exports of a study, by what they are for."""
    return page


@router.get("/studies/{study_id}/downloads/{name}", include_in_schema=False)
@router.get("/api/studies/{study_id}/downloads/{name}", tags=["downloads"], response_class=Response)
def download(store: StoreDep, head: HeadDep, name: str, consent: bool = False) -> Response:
    """An export, as a file whose name says study, date and version (RFC 5987).

    `consent` says that the participants agreed to be named by pseudonym, for those that do.
    """
    made = exporting.export_study(store, head.id, name, consent=consent)
    full = quote(made.full.encode("utf-8", "replace"), safe="")
    return Response(
        made.content,
        media_type=made.exporter.media_type,
        headers={
            "content-disposition": f"attachment; filename=\"{made.plain}\"; filename*=UTF-8''{full}"
        },
    )
