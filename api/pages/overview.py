"""The overview of a study: people first, then what was found, and how sure it is."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from api.evidence import Index, PersonaCard, ThemeRow, index
from api.render import ShowDep
from api.study import AnalysisDep, Head, HeadDep, ResultsDep
from research.figures import Curve, curve, shade
from research.model import Coverage, MadeBy, SaturationPoint, StageShare
from research.outlook import Outlook, outlook

router = APIRouter()


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many people raise a theme at a stage, and how dark the cell is."""

    stage: str
    people: int
    statements: int
    shade: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A theme along the stages of the journey."""

    theme: ThemeRow
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that was read and not used."""

    source: str
    place: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts that say how large the study is."""

    people: int
    statements: int
    sources: int
    pains: int
    motivations: int
    personas: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the saturation curve says about having heard enough."""

    heard: float
    new: float
    people: int


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The overview of a study."""

    head: Head
    figures: Figures
    coverage: Coverage
    saturation: tuple[SaturationPoint, ...]
    curve: Curve | None
    reading: Reading | None
    outlook: Outlook | None
    heat: tuple[HeatRow, ...]
    personas: tuple[PersonaCard, ...]
    refused: tuple[tuple[str, str], ...]
    aside: tuple[Aside, ...]
    notes: tuple[str, ...]
    made_by: MadeBy

    def rows(self, kind: str) -> tuple[HeatRow, ...]:
        """The heat map's themes of one kind, most people first."""
        rows = (r for r in self.heat if r.theme.kind == kind)
        return tuple(sorted(rows, key=lambda r: (-r.theme.people, -r.theme.statements)))


def overview_page(head: HeadDep, found: ResultsDep) -> OverviewPage:
    """The overview of an analysis."""
    analysis = found.analysis
    return OverviewPage(
        head=head,
        figures=figures(found),
        coverage=analysis.coverage,
        saturation=analysis.saturation,
        curve=curve(analysis.saturation),
        reading=reading(analysis.saturation),
        outlook=outlook(analysis.shown, analysis.saturation, len(analysis.participants)),
        heat=heat(found),
        personas=tuple(map(found.persona, analysis.personas)),
        refused=analysis.refused,
        aside=aside(found),
        notes=analysis.notes,
        made_by=analysis.made_by,
    )


def figures(found: Index) -> Figures:
    """The counts of an analysis."""
    analysis = found.analysis
    return Figures(
        people=len(analysis.participants),
        statements=len(analysis.statements),
        sources=len(analysis.sources),
        pains=sum(t.kind == "pain" for t in analysis.shown),
        motivations=sum(t.kind == "motivation" for t in analysis.shown),
        personas=len(analysis.personas),
    )


def reading(points: tuple[SaturationPoint, ...]) -> Reading | None:
    """The end of the saturation curve in figures."""
    return Reading(points[-1].themes, points[-1].new, points[-1].participants) if points else None


def heat(found: Index) -> tuple[HeatRow, ...]:
    """Each theme along the stages, shaded by people."""
    themes = found.analysis.shown
    most = max((share.people for t in themes for share in t.stage_profile), default=0)
    return tuple(
        HeatRow(
            found.theme(theme),
            tuple(heat_cell(s, theme.stage_profile, most) for s in found.analysis.taxonomy.ids),
        )
        for theme in themes
    )


def heat_cell(stage: str, profile: tuple[StageShare, ...], most: int) -> HeatCell:
    """One theme at one stage."""
    share = next((s for s in profile if s.stage == stage), StageShare(stage, 0, 0))
    return HeatCell(stage, share.people, share.statements, shade(share.people, most))


def aside(found: Index) -> tuple[Aside, ...]:
    """All that was set aside, by source."""
    return tuple(
        Aside(source.name, left.place, left.text, left.reason)
        for source in found.analysis.sources
        for left in source.set_aside
    )


@router.get("/studies/{study_id}", include_in_schema=False)
def show_overview(head: HeadDep, analysis: AnalysisDep, show: ShowDep) -> Response:
    """The overview; a study without results begins with its files."""
    if analysis is None:
        return RedirectResponse(f"/studies/{head.id}/files", 303)
    return show("overview/show.html", overview_page(head, index(head.id, analysis)))


@router.get("/api/studies/{study_id}", tags=["results"])
def get_overview(page: Annotated[OverviewPage, Depends(overview_page)]) -> OverviewPage:
    """The overview of a study: people, coverage, saturation, themes by stage."""
    return page
