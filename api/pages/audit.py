"""The audit log: of one study, and of all, also of those that are gone."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.deps import StoreDep
from api.render import ShowDep
from api.study import Head, HeadDep
from research.auditing import ACTIONS, MOST_SHOWN, audit_csv, audit_log
from research.model import AuditEntry

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: by whom, what was done, since which day; empty for all."""

    who: str = ""
    action: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries of a study's log, newest first, and what they were chosen by."""

    head: Head
    entries: tuple[AuditEntry, ...]
    wanted: Wanted
    actions: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class WholeAuditPage:
    """Entries of the log of all studies."""

    entries: tuple[AuditEntry, ...]
    wanted: Wanted
    actions: tuple[str, ...]
    most: int


def wanted(who: str = "", action: str = "", since: str = "") -> Wanted:
    """What the address asks for."""
    return Wanted(who.strip(), action, since)


WantedDep = Annotated[Wanted, Depends(wanted)]


def audit_page(store: StoreDep, head: HeadDep, wanted: WantedDep) -> AuditPage:
    """The log of a study."""
    found = audit_log(
        store, study=head.id, who=wanted.who, action=wanted.action, since=wanted.since
    )
    return AuditPage(head, found, wanted, ACTIONS, MOST_SHOWN)


def whole_audit_page(store: StoreDep, wanted: WantedDep) -> WholeAuditPage:
    """The log of all studies."""
    found = audit_log(store, who=wanted.who, action=wanted.action, since=wanted.since)
    return WholeAuditPage(found, wanted, ACTIONS, MOST_SHOWN)


AuditDep = Annotated[AuditPage, Depends(audit_page)]
WholeAuditDep = Annotated[WholeAuditPage, Depends(whole_audit_page)]


@router.get("/studies/{study_id}/audit", include_in_schema=False)
def show_audit(page: AuditDep, show: ShowDep) -> Response:
    """The page with a study's log."""
    return show("audit/study.html", page)


@router.get("/api/studies/{study_id}/audit", tags=["privacy"])
def get_audit(page: AuditDep) -> AuditPage:
    """Who saw, changed and exported what in a study, newest first."""
    return page


@router.get("/studies/{study_id}/audit.csv", include_in_schema=False)
@router.get("/api/studies/{study_id}/audit.csv", tags=["privacy"], response_class=Response)
def download_audit(store: StoreDep, head: HeadDep, wanted: WantedDep) -> Response:
    """A study's log as a table."""
    return _table(
        audit_csv(store, study=head.id, who=wanted.who, action=wanted.action, since=wanted.since)
    )


@router.get("/audit", include_in_schema=False)
def show_whole_audit(page: WholeAuditDep, show: ShowDep) -> Response:
    """The page with the log of all studies."""
    return show("audit/all.html", page)


@router.get("/api/audit", tags=["privacy"])
def get_whole_audit(page: WholeAuditDep) -> WholeAuditPage:
    """The log of all studies, also of those that were deleted."""
    return page


@router.get("/audit.csv", include_in_schema=False)
@router.get("/api/audit.csv", tags=["privacy"], response_class=Response)
def download_whole_audit(store: StoreDep, wanted: WantedDep) -> Response:
    """The log of all studies as a table."""
    return _table(audit_csv(store, who=wanted.who, action=wanted.action, since=wanted.since))


def _table(content: bytes) -> Response:
    return Response(
        content,
        media_type="text/csv",
        headers={"content-disposition": 'attachment; filename="audit.csv"'},
    )
