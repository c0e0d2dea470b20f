"""The journey map: stages across, rows down, every cell with its evidence."""

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response

from api.days import MomentShown, TransitionShown, moments, transitions
from api.deps import StoreDep, WhoDep
from api.evidence import Index, Quote, Shown
from api.measures import Measure, measures
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research.errors import NotFound
from research.map_notes import MapNotes
from research.model import Cell, JourneyMap
from research.opportunities import Opportunity
from research.planning import get_notes, get_opportunities, set_cell, set_header

router = APIRouter()
MOST_QUOTES = 12
TYPES = {
    "current": "current state",
    "future": "future state",
    "blueprint": "service blueprint",
    "day": "day in the life",
}
LEVELS = ("none", "assumption", "internal", "validated")


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell of the map; without claims and without a value it says "no evidence".

    `quotes` are the first ones of a cell without claims; claims bring their own.
    """

    stage: str
    row: str
    claims: tuple[Shown, ...]
    mean: float | None
    spread: float | None
    count: int
    people: int
    quotes: tuple[Quote, ...]
    evidence_level: str

    @property
    def empty(self) -> bool:
        """Whether nothing is known here."""
        return not self.claims and self.mean is None and not self.quotes


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of the map, a cell for each stage."""

    row: str
    cells: tuple[CellShown, ...]


@dataclass(frozen=True, slots=True)
class StageEvidence:
    """How well a stage of the map is supported: the best of its cells, and how many people
    speak of it."""

    stage: str
    level: str
    people: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A stage of the map of the future: its pain points, with what the team wants instead
    of each, as far as somebody said so."""

    stage: str
    pains: tuple[Opportunity, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A map that can be chosen: that of everyone, or of a persona."""

    persona: str
    name: str
    people: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class JourneyPage:
    """One map of a study and the others to choose from."""

    head: Head
    type: str
    people: int
    choices: tuple[Choice, ...]
    stages: tuple[str, ...]
    rows: tuple[RowShown, ...]
    evidence: tuple[StageEvidence, ...]
    feelings: tuple[CellShown, ...]
    planned: tuple[Planned, ...]
    notes: MapNotes
    status: str
    version: int
    moments: tuple[MomentShown, ...] = ()
    flow: tuple[TransitionShown, ...] = ()
    measures: tuple[Measure, ...] = ()

    def row(self, name: str) -> tuple[CellShown, ...]:
        """The cells of a row."""
        return next((r.cells for r in self.rows if r.row == name), ())


@dataclass(frozen=True, slots=True)
class NoteMade:
    """What is written on a map: its `scenario` or `goal`, or a row of the blueprint in a
    stage; on everyone's map, or on a persona's."""

    row: str
    text: str
    stage: str = ""
    persona: str = ""


def journey_page(
    store: StoreDep,
    head: HeadDep,
    found: ResultsDep,
    persona: str = "",
    state: Literal["current", "future", "blueprint", "day"] = "current",
) -> JourneyPage:
    """The map of everyone, or of the persona asked for, as it is or as it is wanted.

    Raises `NotFound`.
    """
    maps = {m.persona or "": m for m in found.analysis.maps}
    if persona not in maps:
        raise NotFound("This study has no journey map for that persona.")
    chosen = maps[persona]
    shown = rows(chosen, found)
    people = next((p.participants for p in found.analysis.personas if p.id == persona), None)
    return JourneyPage(
        head=head,
        type=TYPES[state],
        notes=get_notes(store, head.id, persona),
        status=next((p.status for p in found.analysis.personas if p.id == persona), ""),
        version=next((p.version for p in found.analysis.personas if p.id == persona), 0),
        people=chosen.people,
        choices=tuple(choice(m, persona, found) for m in found.analysis.maps),
        stages=found.analysis.taxonomy.ids,
        rows=shown,
        evidence=tuple(evidence(chosen, stage) for stage in found.analysis.taxonomy.ids),
        planned=planned(store, head.id, chosen, found) if state == "future" else (),
        feelings=next((row.cells for row in shown if row.row == "emotion"), ()),
        moments=moments(found, people) if state == "day" else (),
        flow=transitions(found, people) if state == "current" else (),
        measures=measures(store, head.id, found.analysis.taxonomy),
    )


def evidence(journey: JourneyMap, stage: str) -> StageEvidence:
    """The best level of evidence in a stage, by the people who speak of it."""
    here = [c for c in journey.cells if c.stage == stage]
    best = max((LEVELS.index(c.evidence_level) for c in here), default=0)
    return StageEvidence(stage, LEVELS[best], max((c.people for c in here), default=0))


def planned(store: StoreDep, study: str, journey: JourneyMap, found: Index) -> tuple[Planned, ...]:
    """What the team wants instead of the pains that this map's people have, by stage."""
    mine = {s for c in journey.cells for claim in c.claims for s in claim.statements}
    ranked = [o for o in get_opportunities(store, study) if mine & set(o.statements)]
    stages = found.analysis.taxonomy.ids
    return tuple(Planned(s, tuple(o for o in ranked if o.stage == s)) for s in stages)


def choice(journey: JourneyMap, chosen: str, found: Index) -> Choice:
    """A map as a choice."""
    names = {p.id: p.name for p in found.analysis.personas}
    persona = journey.persona or ""
    query = f"?persona={persona}" if persona else ""
    return Choice(
        persona=persona,
        name=names.get(persona, ""),
        people=journey.people,
        chosen=persona == chosen,
        url=found.url("journey") + query,
    )


def rows(journey: JourneyMap, found: Index) -> tuple[RowShown, ...]:
    """The rows of a map in the order in which they first appear."""
    cells = {(c.row, c.stage): c for c in journey.cells}
    names = dict.fromkeys(c.row for c in journey.cells)
    stages = found.analysis.taxonomy.ids
    return tuple(
        RowShown(n, tuple(_shown(cells.get((n, s), Cell(s, n)), found) for s in stages))
        for n in names
    )


def _shown(cell: Cell, found: Index) -> CellShown:
    """A cell, ready to be shown."""
    return CellShown(
        stage=cell.stage,
        row=cell.row,
        claims=tuple(map(found.claim, cell.claims)),
        mean=cell.mean,
        spread=cell.spread,
        count=cell.count,
        people=cell.people,
        quotes=() if cell.claims else found.quotes(cell.statements[:MOST_QUOTES]),
        evidence_level=cell.evidence_level,
    )


JourneyDep = Annotated[JourneyPage, Depends(journey_page)]


@router.get("/studies/{study_id}/journey", include_in_schema=False)
def show_journey(page: JourneyDep, show: ShowDep) -> Response:
    """The page with the journey map."""
    return show("journey/show.html", page)


@router.get("/api/studies/{study_id}/journey", tags=["results"])
def get_journey(page: JourneyDep) -> JourneyPage:
    """The journey map of everyone, or with `persona` that of a persona."""
    return page


@router.post("/studies/{study_id}/journey/notes", include_in_schema=False)
def note_from_form(
    store: StoreDep,
    who: WhoDep,
    study_id: str,
    row: Annotated[str, Form()],
    text: Annotated[str, Form()] = "",
    stage: Annotated[str, Form()] = "",
    persona: Annotated[str, Form()] = "",
) -> Response:
    """Write on a map."""
    write(store, who, study_id, NoteMade(row, text, stage, persona))
    query = {"persona": persona} | ({"state": "blueprint"} if stage else {})
    return RedirectResponse(f"/studies/{study_id}/journey?{urlencode(query)}", 303)


@router.put("/api/studies/{study_id}/journey/notes", tags=["decisions"], status_code=204)
def write(store: StoreDep, who: WhoDep, study_id: str, note: NoteMade) -> None:
    """Write on a map; an empty text takes away what was there."""
    if note.stage:
        set_cell(store, study_id, note.persona, note.row, note.stage, note.text, who)
    else:
        set_header(store, study_id, note.persona, note.row, note.text, who)
