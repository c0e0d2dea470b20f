"""The columns of a survey: what each holds, why that is thought, and choosing otherwise."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import StoreDep, WhoDep
from api.render import ShowDep
from api.study import Head, HeadDep
from research.model import COLUMN_ROLES, ColumnRole, ColumnsMapping
from research.readers.chosen import as_file
from research.readers.grid import MAX_COLUMNS
from research.survey_columns import SurveyColumns, columns_of, set_columns

router = APIRouter()
HERE = "/studies/{study_id}/sources/{source_id}/columns"


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """A survey with its columns and their first cells, and the roles to choose from."""

    head: Head
    survey: SurveyColumns
    roles: tuple[ColumnRole, ...]


def columns_page(store: StoreDep, head: HeadDep, source_id: str) -> ColumnsPage:
    """The columns of a survey as they are read now."""
    return ColumnsPage(head, columns_of(store, head.id, source_id), COLUMN_ROLES)


ColumnsDep = Annotated[ColumnsPage, Depends(columns_page)]


@router.get(HERE, include_in_schema=False)
def show_columns(page: ColumnsDep, show: ShowDep) -> Response:
    """The page with the columns of a survey."""
    return show("sources/columns.html", page)


@router.get(f"/api{HERE}", tags=["files"])
def get_columns(page: ColumnsDep) -> ColumnsPage:
    """The columns of a survey: the role of each, its first cells redacted, and why."""
    return page


@router.get(f"/api{HERE}/file", tags=["files"])
def get_columns_file(page: ColumnsDep) -> Response:
    """The columns as a file, for another study or `klantbeeld analyse --columns`."""
    name = f"columns-{page.survey.mapping.fingerprint}.json"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(as_file(page.survey.mapping), media_type="application/json", headers=headers)


async def form_columns(request: Request) -> ColumnsMapping:
    """The roles of the form that was sent; a role that does not exist ignores the column."""
    fields = await request.form(max_fields=2 * MAX_COLUMNS)
    pairs = zip(fields.getlist("column"), fields.getlist("role"), strict=False)
    return ColumnsMapping(
        tuple((str(n), next((r for r in COLUMN_ROLES if r == role), "ignore")) for n, role in pairs)
    )


@router.post(HERE, include_in_schema=False)
def choose_from_form(
    store: StoreDep,
    head: HeadDep,
    source_id: str,
    by: WhoDep,
    mapping: Annotated[ColumnsMapping, Depends(form_columns)],
) -> Response:
    """Read a survey anew, with its columns as they are in the form."""
    set_columns(store, head.id, source_id, mapping.roles, by)
    return RedirectResponse(f"/studies/{head.id}/files#file-{source_id}", 303)


@router.post(f"/api{HERE}", tags=["files"], status_code=204)
def choose(
    store: StoreDep, head: HeadDep, source_id: str, by: WhoDep, mapping: ColumnsMapping
) -> None:
    """Read a survey and others of its form anew by these roles; a decision that can be undone."""
    set_columns(store, head.id, source_id, mapping.roles, by)
