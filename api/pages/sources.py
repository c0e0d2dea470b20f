"""Sources: each file as it was read, with its statements marked where they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote as escape

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse, Response

from api.evidence import Index, Quote
from api.render import ShowDep
from api.study import Head, HeadDep, ResultsDep
from research.lookup import QuoteContext, find_source, find_statement, quote_context
from research.model import Channel, Kind, Passage, Role, SetAside, Statement

router = APIRouter()
PER_PAGE = 200


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in the list, with what it yielded."""

    id: str
    name: str
    reader: str
    passages: int
    statements: int
    people: int
    set_aside: int
    url: str


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """All sources of a study."""

    head: Head
    sources: tuple[SourceRow, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage: a statement, or the text between two.

    `language` is that of a statement; `foreign` is set where the encoder was not made for it.
    """

    text: str
    statement: str = ""
    kind: Kind = "none"
    language: str = ""
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A passage cut into pieces; the pieces joined are the passage's text."""

    index: int
    who: str
    role: Role
    channel: Channel
    place: str
    question: str
    rating: float | None
    date: str
    language: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One source, a page of its passages at a time."""

    head: Head
    id: str
    name: str
    reader: str
    turns: tuple[Turn, ...]
    page: int
    pages: int
    kinds: Mapping[str, int]
    set_aside: tuple[SetAside, ...]
    notes: tuple[str, ...]
    url: str


def sources_page(head: HeadDep, found: ResultsDep) -> SourcesPage:
    """All sources of a study, by name."""
    analysis = found.analysis
    said = _by_source(analysis.statements)
    rows = (
        SourceRow(
            id=s.id,
            name=s.name,
            reader=s.reader,
            passages=len(s.passages),
            statements=len(said.get(s.id, ())),
            people=len({x.participant for x in said.get(s.id, ())}),
            set_aside=len(s.set_aside),
            url=found.url("sources", s.id),
        )
        for s in analysis.sources
    )
    ordered = sorted(rows, key=lambda r: (r.name.casefold(), r.id))
    return SourcesPage(head, tuple(ordered), analysis.refused)


def source_page(
    head: HeadDep, found: ResultsDep, source_id: str, page: Annotated[int, Query(ge=1)] = 1
) -> SourcePage:
    """One source. Raises `NotFound`."""
    source = find_source(found.analysis, source_id)
    statements = _by_source(found.analysis.statements).get(source_id, [])
    pages = max(1, -(-len(source.passages) // PER_PAGE))
    page = min(page, pages)
    shown = source.passages[(page - 1) * PER_PAGE : page * PER_PAGE]
    return SourcePage(
        head=head,
        id=source.id,
        name=source.name,
        reader=source.reader,
        turns=turns(shown, statements, found),
        page=page,
        pages=pages,
        kinds=_count(statements),
        set_aside=source.set_aside,
        notes=source.notes,
        url=found.url("sources", source.id),
    )


def turns(
    passages: Iterable[Passage], statements: Iterable[Statement], found: Index
) -> tuple[Turn, ...]:
    """Passages with the statements that lie in them."""
    inside: dict[int, list[Statement]] = {}
    for statement in statements:
        inside.setdefault(statement.passage, []).append(statement)
    return tuple(_turn(p, inside.get(p.index, []), found) for p in passages)


def pieces(text: str, statements: Iterable[Statement], found: Index) -> tuple[Piece, ...]:
    """A text cut at its statements; where two overlap the first one wins."""
    cut: list[Piece] = []
    at = 0
    for s in sorted(statements, key=lambda s: (s.start, s.end)):
        if s.start < at:
            continue
        if s.start > at:
            cut.append(Piece(text[at : s.start]))
        said = text[s.start : s.end]
        cut.append(Piece(said, s.id, s.kind, s.language, found.foreign(s)))
        at = s.end
    return (*cut, Piece(text[at:])) if at < len(text) else tuple(cut)


def page_of(source_passages: Iterable[Passage], passage: int) -> int:
    """On which page of its source a passage stands."""
    at = next((n for n, p in enumerate(source_passages) if p.index == passage), 0)
    return at // PER_PAGE + 1


def _turn(passage: Passage, statements: list[Statement], found: Index) -> Turn:
    """A passage as a turn; a participant goes by the pseudonym of the study."""
    person = statements[0].participant if statements else ""
    return Turn(
        index=passage.index,
        who=found.participants[person].label if person in found.participants else passage.voice,
        role=passage.role,
        channel=passage.channel,
        place=passage.place,
        question=passage.question,
        rating=passage.rating,
        date=passage.date,
        language=passage.language or (statements[0].language if statements else ""),
        pieces=pieces(passage.text, statements, found),
    )


def _by_source(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """Statements by the source they stand in."""
    grouped: dict[str, list[Statement]] = {}
    for statement in statements:
        grouped.setdefault(statement.source, []).append(statement)
    return grouped


def _count(statements: Iterable[Statement]) -> dict[str, int]:
    """How many statements there are of each kind."""
    counted = {"pain": 0, "motivation": 0, "praise": 0, "context": 0, "none": 0}
    for statement in statements:
        counted[statement.kind] += 1
    return counted


SourcesDep = Annotated[SourcesPage, Depends(sources_page)]
SourceDep = Annotated[SourcePage, Depends(source_page)]


@router.get("/studies/{study_id}/sources", include_in_schema=False)
def show_sources(page: SourcesDep, show: ShowDep) -> Response:
    """The page with all sources."""
    return show("sources/list.html", page)


@router.get("/api/studies/{study_id}/sources", tags=["results"])
def list_sources(page: SourcesDep) -> SourcesPage:
    """All sources of a study with what each yielded."""
    return page


@router.get("/studies/{study_id}/sources/{source_id}", include_in_schema=False)
def show_source(page: SourceDep, show: ShowDep) -> Response:
    """The page of a source."""
    return show("sources/show.html", page)


@router.get("/api/studies/{study_id}/sources/{source_id}", tags=["results"])
def get_source(page: SourceDep) -> SourcePage:
    """A source with its statements marked where they stand."""
    return page


@router.get("/studies/{study_id}/quotes/{statement_id}", include_in_schema=False)
def show_quote(found: ResultsDep, statement_id: str) -> Response:
    """The permanent address of a quote: on to its place in its source."""
    statement = find_statement(found.analysis, statement_id)
    source = find_source(found.analysis, statement.source)
    page = page_of(source.passages, statement.passage)
    query = f"?page={page}" if page > 1 else ""
    anchor = escape(f"s-{statement.id}", safe="")
    return RedirectResponse(f"{found.url('sources', source.id)}{query}#{anchor}", 303)


@dataclass(frozen=True, slots=True)
class QuotePage:
    """A quote with what was said just before and after it."""

    quote: Quote
    context: QuoteContext


@router.get("/api/studies/{study_id}/quotes/{statement_id}", tags=["results"])
def get_quote(found: ResultsDep, statement_id: str) -> QuotePage:
    """A quote with what was said just before and after it."""
    context = quote_context(found.analysis, statement_id)
    return QuotePage(found.quote(statement_id), context)
