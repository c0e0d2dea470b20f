"""A journey map as it is drawn: stages as columns, rows, and in each cell what people said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from research.exporters import provenance
from research.exporters.index import Index, Quote, index
from research.exporters.maps.text import line, short_id, shortened
from research.exporters.pain_rows import kpi_text
from research.exporters.provenance import is_draft, name_of
from research.exporters.words import Words
from research.model import Analysis, Cell, Claim, JourneyMap, Persona

ROWS = (
    "goals",
    "actions",
    "touchpoints",
    "thoughts",
    "emotion",
    "pain points",
    "motivations",
    "opportunities",
    "kpis",
)
MEASURES = "kpis"
SAID = tuple(row for row in ROWS if row != MEASURES)
QUOTES = 3
LONGEST_LABEL, LONGEST_QUOTE = 240, 600


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's words, with who said it and where: a file, and a place in it."""

    statement: str
    text: str
    who: str
    source: str
    place: str

    @property
    def full(self) -> str:
        """The words with who said them and where, on one line."""
        return f"“{self.text}” ({', '.join(p for p in (self.who, self.source, self.place) if p)})"


@dataclass(frozen=True, slots=True)
class Item:
    """What stands in a cell: said by `people` of `of`, with up to three people's words.

    `theme` is the id of the pain point or motivation, if it is one. `feeling` is the mean
    feeling of its statements, -1 to 1; None without any.
    """

    id: str
    row: str
    stage: str
    text: str
    people: int
    of: int
    statements: int
    strength: str
    theme: str
    feeling: float | None
    quotes: tuple[Said, ...]

    def told(self, words: Words) -> str:
        """`7 of 12 people`; empty for a measure, which nobody said."""
        if not self.of:
            return ""
        return words("{k} of {n} people").format(k=self.people, n=self.of)

    @property
    def brief(self) -> str:
        """The label with how many people: `Too slow (7/12)`; a measure as it is."""
        return f"{self.text} ({self.people}/{self.of})" if self.of else self.text


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of the board. `mean` and `spread` (-1 to 1) are those of `count` statements."""

    row: str
    stage: str
    items: tuple[Item, ...]
    mean: float | None
    spread: float | None
    count: int
    people: int
    level: str

    @property
    def empty(self) -> bool:
        """Whether nobody said anything that belongs here."""
        return not self.items and self.mean is None


@dataclass(frozen=True, slots=True)
class Board:
    """The map of everyone (`persona` is empty) or of one persona, ready to be drawn.

    `stages` and `rows` are ids with their names, in order.
    """

    id: str
    study: str
    persona: str
    title: str
    people: int
    of: int
    draft: bool
    stages: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    squares: tuple[Square, ...]
    made_by: str
    words: Words

    def at(self, row: str, stage: str) -> Square:
        """A cell; one without evidence when the map does not have it."""
        for square in self.squares:
            if (square.row, square.stage) == (row, stage):
                return square
        return Square(row, stage, (), None, None, 0, 0, "none")

    @property
    def heading(self) -> str:
        """The name of the study and whose map it is, and that it is a draft."""
        draft = f" ({self.words('draft')})" if self.draft else ""
        return f"{self.study}: {self.title}{draft}"

    @property
    def base(self) -> str:
        """Whom the map is about, and what made it."""
        told = self.words("{k} of {n} people").format(k=self.people, n=self.of)
        return f"{told} · {self.made_by}"


def boards(analysis: Analysis) -> tuple[Board, ...]:
    """The map of everyone first, then the personas in their order."""
    found, draft = index(analysis), is_draft(analysis)
    personas = {p.id: p for p in analysis.personas}
    return tuple(
        _board(found, journey, personas.get(journey.persona or ""), draft)
        for journey in analysis.maps
        if not journey.persona or journey.persona in personas
    )


def _board(found: Index, journey: JourneyMap, persona: Persona | None, draft: bool) -> Board:
    say = found.words
    key = short_id("board", journey.persona or "")
    return Board(
        id=key,
        study=shortened(line(name_of(found.analysis)), LONGEST_LABEL),
        persona=persona.id if persona else "",
        title=shortened(line(persona.name), LONGEST_LABEL) if persona else say("Everyone"),
        people=journey.people,
        of=found.of,
        draft=draft if persona is None else persona.status != "accepted" or persona.changed,
        stages=tuple((i, shortened(line(n), 80)) for i, n in found.stages.items()),
        rows=tuple((row, say.code("row", row)) for row in ROWS),
        squares=(
            *(_square(found, key, c) for c in _ordered(found, journey) if c.row in SAID),
            *(_measures(found, key, stage) for stage in found.stages),
        ),
        made_by=line(provenance.line(found)),
        words=say,
    )


def _ordered(found: Index, journey: JourneyMap) -> list[Cell]:
    """The cells of stages that the study has, row by row."""
    known = {stage: n for n, stage in enumerate(found.stages)}
    cells = [c for c in journey.cells if c.stage in known]
    return sorted(cells, key=lambda c: (ROWS.index(c.row) if c.row in ROWS else 99, known[c.stage]))


def _square(found: Index, board: str, cell: Cell) -> Square:
    seen: Counter[str] = Counter()
    items = []
    for claim in cell.claims:
        seen[claim.key] += 1
        key = short_id(board, cell.stage, cell.row, claim.key, str(seen[claim.key]))
        items.append(_item(found, key, cell, claim))
    emotion = cell.row == "emotion"
    return Square(
        row=cell.row,
        stage=cell.stage,
        items=tuple(items),
        mean=cell.mean if emotion else None,
        spread=cell.spread if emotion else None,
        count=cell.count,
        people=cell.people,
        level=cell.evidence_level,
    )


def _measures(found: Index, board: str, stage: str) -> Square:
    """The measures of a stage: figures, which nobody said."""
    told = [kpi_text(k, found.words) for k in found.analysis.about.kpis if k.stage == stage]
    items = tuple(
        Item(
            id=short_id(board, stage, MEASURES, text, str(number)),
            row=MEASURES,
            stage=stage,
            text=shortened(line(text), LONGEST_LABEL),
            people=0,
            of=0,
            statements=0,
            strength="",
            theme="",
            feeling=None,
            quotes=(),
        )
        for number, text in enumerate(told)
    )
    return Square(MEASURES, stage, items, None, None, 0, 0, "internal" if items else "none")


def _item(found: Index, key: str, cell: Cell, claim: Claim) -> Item:
    known = [i for i in claim.statements if i in found.statements]
    return Item(
        id=key,
        row=cell.row,
        stage=cell.stage,
        text=shortened(line(claim.text), LONGEST_LABEL),
        people=claim.people,
        of=claim.of,
        statements=len(claim.evidence),
        strength=claim.strength,
        theme=claim.theme,
        feeling=feeling(found, known),
        quotes=tuple(map(said, found.voices(known, QUOTES))),
    )


def feeling(found: Index, statements: Sequence[str]) -> float | None:
    """The mean feeling of statements, -1 to 1; None without any."""
    values = [found.statements[i].valence for i in statements]
    return sum(values) / len(values) if values else None


def said(quote: Quote) -> Said:
    """A quote, clean and not too long."""
    return Said(
        statement=quote.id,
        text=shortened(line(quote.text), LONGEST_QUOTE),
        who=line(quote.who),
        source=line(quote.source),
        place=line(quote.place) if quote.place else "",
    )
