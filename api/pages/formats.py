"""The table of formats: what is read, from which tool, and what is ignored."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.format_phrases import FORMATS
from api.render import ShowDep
from research.readers.formats import Row, formats

router = APIRouter()


@dataclass(frozen=True, slots=True)
class FormatsPage:
    """A line for every reader, as it describes itself."""

    rows: tuple[Row, ...]

    def is_name(self, tool: str) -> bool:
        """Whether a tool is called so in every language, unlike `spreadsheets`."""
        return tool not in FORMATS


def formats_page() -> FormatsPage:
    """The table of formats."""
    return FormatsPage(formats())


PageDep = Annotated[FormatsPage, Depends(formats_page)]


@router.get("/formats", include_in_schema=False)
def show_formats(page: PageDep, show: ShowDep) -> Response:
    """The page with what is read."""
    return show("formats.html", page)


@router.get("/api/formats", tags=["about"])
def get_formats(page: PageDep) -> FormatsPage:
    """What is read, from which tools, and what is ignored."""
    return page
