"""What slides, documents and PDFs show, worked out once: personas, pain points, maps."""

from collections.abc import Iterable
from dataclasses import dataclass

from research.exporters.index import Index, Quote
from research.exporters.pain_rows import PainRow, kpi_text, pain_rows
from research.model import Cell, Claim, JourneyMap, Persona

# The order of a card: what people want and run into first, their words last.
ORDER = (
    *("goal", "motivation", "pain", "criterion", "trigger"),
    *("behaviour", "channel", "touchpoint", "emotion", "praise", "context", "quote"),
)
MOST_QUOTES = 2
EMOTION, MEASURES = "emotion", "kpis"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card or a cell: what is said, how many people say it, and their words.

    `verbatim`: the line is a quote itself. `assumed`: nobody said it, a person typed it.
    """

    text: str
    people: int
    of: int
    strength: str
    quotes: tuple[Quote, ...]
    counter: tuple[Quote, ...]
    verbatim: bool
    assumed: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class PersonaBrief:
    """A persona as a card: its lines by kind, in the order of a card."""

    persona: Persona
    name: str
    draft: bool
    status: str
    sections: tuple[tuple[str, str, tuple[Line, ...]], ...]
    people: tuple[str, ...]
    misfits: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]

    def lines(self, kind: str) -> tuple[Line, ...]:
        """The lines of a kind."""
        return next((lines for code, _, lines in self.sections if code == kind), ())


@dataclass(frozen=True, slots=True)
class CellBrief:
    """A cell of a map: its lines, the measures of its stage, or the mean feeling (-1 to 1)."""

    lines: tuple[Line, ...]
    measures: tuple[str, ...]
    mean: float | None

    @property
    def empty(self) -> bool:
        """Whether nothing is known."""
        return not self.lines and not self.measures and self.mean is None


@dataclass(frozen=True, slots=True)
class MapBrief:
    """A journey map: the names of its stages, and each row by name."""

    journey: JourneyMap
    title: str
    draft: bool
    stages: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[CellBrief, ...]], ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """All of it."""

    found: Index
    pains: tuple[PainRow, ...]
    motivations: tuple[PainRow, ...]
    personas: tuple[PersonaBrief, ...]
    maps: tuple[MapBrief, ...]


def brief(found: Index) -> Brief:
    """The parts of an analysis as documents show them."""
    analysis = found.analysis
    known = {p.id: p for p in analysis.personas}
    return Brief(
        found=found,
        pains=pain_rows(found),
        motivations=pain_rows(found, "motivation"),
        personas=tuple(_persona(found, p) for p in analysis.personas),
        maps=tuple(_map(found, m, known.get(m.persona or "")) for m in analysis.maps),
    )


def line_of(found: Index, claim: Claim) -> Line:
    """A claim with one quote a person."""
    quotes = found.voices(claim.statements, MOST_QUOTES)
    return Line(
        text=claim.text,
        people=claim.people,
        of=claim.of,
        strength=found.words(claim.strength),
        quotes=quotes,
        counter=found.voices(claim.counter, 1),
        verbatim=bool(quotes) and quotes[0].text == claim.text,
        assumed=not claim.evidence,
        asked=claim.status == "changes asked",
    )


def measure(found: Index, line: Line) -> str:
    """How many people say a line: `3 of 5`; that nobody does, when it is assumed."""
    if line.assumed:
        return found.words("assumption")
    return f"{line.people}\u00a0{found.words('of')}\u00a0{line.of}"


def said(quote: Quote) -> str:
    """A quote in quotation marks with who said it."""
    return f"“{quote.text}” ({quote.who})"


def _persona(found: Index, persona: Persona) -> PersonaBrief:
    say = found.words
    kinds = sorted({c.kind for c in persona.claims}, key=_rank)
    return PersonaBrief(
        persona=persona,
        name=persona.name,
        draft=persona.status != "accepted" or persona.changed,
        status=say(persona.status),
        sections=tuple(
            (
                kind,
                say.code("claim", kind),
                tuple(line_of(found, c) for c in persona.claims if c.kind == kind),
            )
            for kind in kinds
        ),
        people=found.labels(persona.participants),
        misfits=found.labels(persona.misfits),
        facts=tuple(_facts(found, persona)),
    )


def _rank(kind: str) -> tuple[int, str]:
    return (ORDER.index(kind) if kind in ORDER else len(ORDER), kind)


def _facts(found: Index, persona: Persona) -> Iterable[tuple[str, str]]:
    say, base = found.words, persona.base
    statements = say.count(base.statements, "statement", "statements")
    files = say.count(base.sources, "file", "files")
    yield say("Base"), f"{base.people} {say('of')} {base.of}; {statements}; {files}"
    yield say("Size"), say.code("size", persona.size)
    for spread in persona.demographics:
        values = ", ".join(f"{value} ({n})" for value, n in spread.values)
        yield spread.attribute, values


def _map(found: Index, journey: JourneyMap, persona: Persona | None) -> MapBrief:
    cells = {(cell.row, cell.stage): cell for cell in journey.cells}
    rows = dict.fromkeys(cell.row for cell in journey.cells)
    everyone = any(p.status != "accepted" or p.changed for p in found.analysis.personas)
    return MapBrief(
        journey=journey,
        title=persona.name if persona else found.words("Everyone"),
        draft=everyone if persona is None else persona.status != "accepted" or persona.changed,
        stages=tuple(found.stages.values()),
        rows=tuple(
            (
                row,
                found.words.code("row", row),
                tuple(_cell(found, cells.get((row, s), Cell(s, row))) for s in found.stages),
            )
            for row in rows
        ),
    )


def _cell(found: Index, cell: Cell) -> CellBrief:
    lines = [line_of(found, claim) for claim in cell.claims]
    if not lines and cell.mean is None:
        lines = [_alone(found, quote) for quote in found.voices(cell.statements, 1)]
    kpis = found.analysis.about.kpis if cell.row == MEASURES else ()
    measures = tuple(kpi_text(k, found.words) for k in kpis if k.stage == cell.stage)
    return CellBrief(tuple(lines), measures, cell.mean)


def _alone(found: Index, quote: Quote) -> Line:
    """A statement that stands in a cell by itself."""
    strength = found.words("anecdotal")
    return Line(quote.text, 1, found.of, strength, (quote,), (), True, False, False)
