"""Bringing an edited list of pain points back: what would change, then as decisions."""

import json
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep, WhoDep
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research.bringing_back import apply_changes, preview_list
from research.errors import KlantbeeldError
from research.model import Upload
from research.readers.edited_list import MOST_BYTES
from research.sheet_changes import Change, Preview

router = APIRouter()
NOT_A_CHANGE = "This is no change that the page proposed; bring the file back once more."


@dataclass(frozen=True, slots=True)
class Proposed:
    """A change as the form sends it back: the same fields, as JSON."""

    change: Change
    token: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Where an edited list is brought back; `preview` is what one would change, if given."""

    head: Head
    max_mb: int
    name: str = ""
    preview: Preview | None = None
    changes: tuple[Proposed, ...] = ()
    conflicts: tuple[Proposed, ...] = ()


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What an edited list would change, and how many decisions were made of it."""

    preview: Preview
    decisions: int


def sheet_page(head: HeadDep, found: ResultsDep) -> SheetPage:
    """The page before a file is given. Raises `NotFound` before the first run."""
    return SheetPage(head, MOST_BYTES // 2**20)


SheetDep = Annotated[SheetPage, Depends(sheet_page)]


@router.get("/studies/{study_id}/sheet", include_in_schema=False)
def show_sheet(page: SheetDep, show: ShowDep) -> Response:
    """The page where an edited list is brought back."""
    return show("downloads/sheet.html", page)


@router.get("/api/studies/{study_id}/sheet", tags=["downloads"])
def get_sheet(page: SheetDep) -> SheetPage:
    """Where an edited list is brought back, and how large it may be."""
    return page


@router.post("/studies/{study_id}/sheet", include_in_schema=False)
def preview_from_form(store: StoreDep, page: SheetDep, show: ShowDep, file: UploadFile) -> Response:
    """What an edited list would change; nothing is decided yet."""
    preview = preview_list(store, page.head.id, _upload(file))
    seen = SheetPage(
        page.head,
        page.max_mb,
        file.filename or "",
        preview,
        tuple(Proposed(c, _token(c)) for c in preview.changes),
        tuple(Proposed(c, _token(c)) for c in preview.conflicts),
    )
    return show("downloads/sheet.html", seen)


@router.post("/studies/{study_id}/sheet/decide", include_in_schema=False)
def decide_from_form(
    store: StoreDep, who: WhoDep, head: HeadDep, change: Annotated[list[str] | None, Form()] = None
) -> Response:
    """Make the chosen changes, as decisions."""
    apply_changes(store, head.id, [_change(token) for token in change or ()], by=who)
    return RedirectResponse(f"/studies/{head.id}/decisions", 303)


@router.post("/api/studies/{study_id}/sheet", tags=["decisions"])
def bring_back(
    store: StoreDep,
    who: WhoDep,
    head: HeadDep,
    file: UploadFile,
    decide: bool = False,
    overwrite: bool = False,
) -> BroughtBack:
    """What an edited list would change. `decide` makes the changes, as decisions; `overwrite`
    those too that somebody decided otherwise since the list was written."""
    preview = preview_list(store, head.id, _upload(file))
    wanted = (*preview.changes, *(preview.conflicts if overwrite else ()))
    made = apply_changes(store, head.id, wanted if decide else (), by=who)
    return BroughtBack(preview, len(made))


def _upload(file: UploadFile) -> Upload:
    return Upload(file.filename or "list", file.file.read(MOST_BYTES + 1))


def _token(change: Change) -> str:
    told = (change.row, change.theme, change.label, change.field, change.now, change.value)
    return json.dumps(told)


def _change(token: str) -> Change:
    """The change that the form sends back; it is judged anew before it is made."""
    try:
        row, *texts = json.loads(token)
        theme, label, field, now, value = map(str, texts)
        return Change(int(row), theme, label, field, now, value)
    except (ValueError, TypeError) as error:
        raise KlantbeeldError(NOT_A_CHANGE) from error
