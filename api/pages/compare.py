"""Themes compared: with the run before, between groups of people, and over time."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.deps import StoreDep
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research import studies
from research.comparing import Change, Comparison, attributes, changes, compare, trend

router = APIRouter()


@dataclass(frozen=True, slots=True)
class ComparePage:
    """What changed since the run before, the groups that are compared, and the weeks or months."""

    head: Head
    changes: tuple[Change, ...]
    earlier: bool
    attributes: tuple[str, ...]
    groups: Comparison | None
    trend: Comparison | None

    def changed(self, what: str) -> tuple[Change, ...]:
        """The themes of which that became."""
        return tuple(c for c in self.changes if c.what == what)


def compare_page(store: StoreDep, head: HeadDep, found: ResultsDep, by: str = "") -> ComparePage:
    """Themes compared by an attribute; the first there is unless one is asked for."""
    analysis = found.analysis
    before = studies.earlier_view(store, head.id)
    known = attributes(analysis)
    chosen = by if by in known else next(iter(known), "")
    return ComparePage(
        head=head,
        changes=changes(before, analysis) if before else (),
        earlier=before is not None,
        attributes=known,
        groups=compare(analysis, chosen) if chosen else None,
        trend=trend(analysis),
    )


CompareDep = Annotated[ComparePage, Depends(compare_page)]


@router.get("/studies/{study_id}/compare", include_in_schema=False)
def show_compare(page: CompareDep, show: ShowDep) -> Response:
    """The page of comparisons."""
    return show("themes/compare.html", page)


@router.get("/api/studies/{study_id}/compare", tags=["results"])
def get_compare(page: CompareDep) -> ComparePage:
    """What changed since the run before, themes by an attribute, and by week or month."""
    return page
