"""Where everything of a board stands when it is drawn as notes in columns and bands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from research.exporters.maps.board import Board, Item, Square
from research.exporters.maps.fonts import wrap
from research.exporters.maps.text import short_id, shortened
from research.wording import number

LABEL, COLUMN, GAP, HEADER = 150, 264, 12, 48
SIZE, LEADING, PAD = 12, 16, 10
# The fill and the edge of the notes of a row.
COLOURS: Mapping[str, tuple[str, str]] = {
    "goals": ("#E4EEFB", "#5B87C5"),
    "actions": ("#EEF1F4", "#8492A6"),
    "touchpoints": ("#E6F4F1", "#4E9A8C"),
    "thoughts": ("#F3EDFA", "#8E6FB8"),
    "emotion": ("#FFF6DA", "#C59A2C"),
    "pain points": ("#FDE7E4", "#C8604F"),
    "motivations": ("#E5F3E3", "#5F9A58"),
    "opportunities": ("#FFEFDB", "#D28A35"),
    "kpis": ("#EDEDED", "#7A7A7A"),
}
NOTHING = ("#FAFAFA", "#C8C8C8")


@dataclass(frozen=True, slots=True)
class Note:
    """A note on the sheet; `item` is None for a feeling and for a cell without evidence."""

    id: str
    x: int
    y: int
    w: int
    h: int
    row: str
    stage: str
    text: str
    level: str
    item: Item | None = None

    @property
    def colours(self) -> tuple[str, str]:
        """Its fill and its edge."""
        return NOTHING if self.level == "none" else COLOURS[self.row]


@dataclass(frozen=True, slots=True)
class Column:
    """A stage; `x` is where it begins."""

    id: str
    stage: str
    name: str
    x: int
    w: int


@dataclass(frozen=True, slots=True)
class Band:
    """A row; `y` is where it begins."""

    id: str
    row: str
    name: str
    y: int
    h: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A board with places, in points; the first column holds the names of the rows."""

    board: Board
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    notes: tuple[Note, ...]
    width: int
    height: int


def lay_out(board: Board, *, most: int = 5, quotes: int = 1) -> Sheet:
    """The sheet of a board, with at most so many notes a cell and quotes a note."""
    columns = tuple(
        Column(short_id(board.id, "stage", stage), stage, name, LABEL + n * COLUMN, COLUMN)
        for n, (stage, name) in enumerate(board.stages)
    )
    y, bands, notes = HEADER, list[Band](), list[Note]()
    for row, name in board.rows:
        made = [_stack(board, row, c, y, most, quotes) for c in columns]
        high = max((n.y + n.h - y for stack in made for n in stack), default=40) + GAP
        bands.append(Band(short_id(board.id, "row", row), row, name, y, high))
        notes.extend(n for stack in made for n in stack)
        y += high
    return Sheet(board, columns, tuple(bands), tuple(notes), LABEL + COLUMN * len(columns), y)


def _stack(
    board: Board, row: str, column: Column, top: int, most: int, quotes: int
) -> Sequence[Note]:
    square, notes, y = board.at(row, column.stage), [], top + GAP
    for item, text in _texts(board, square, most, quotes):
        lines = wrap(text, SIZE, COLUMN - 2 * GAP - 2 * PAD)
        notes.append(
            Note(
                id=item.id if item else short_id(board.id, row, column.stage, "note"),
                x=column.x + GAP,
                y=y,
                w=COLUMN - 2 * GAP,
                h=len(lines) * LEADING + 2 * PAD,
                row=row,
                stage=column.stage,
                text=text,
                level=square.level if item or not square.empty else "none",
                item=item,
            )
        )
        y = notes[-1].y + notes[-1].h + GAP
    return notes


def _texts(
    board: Board, square: Square, most: int, quotes: int
) -> Sequence[tuple[Item | None, str]]:
    if square.items:
        return [(i, item_text(board, i, quotes)) for i in square.items[:most]]
    return [(None, value_text(board, square))]


def item_text(board: Board, item: Item, quotes: int = 1) -> str:
    """An item as it is read on a note: its label, who said it, and some of their words."""
    lines = [part for part in (item.text, item.told(board.words)) if part]
    told = [q for q in item.quotes if q.text != item.text]
    lines += [f"“{shortened(q.text, 160)}” {q.who}" for q in told[:quotes]]
    return "\n".join(lines)


def value_text(board: Board, square: Square) -> str:
    """A feeling in numbers, or that there is no evidence."""
    say = board.words
    if square.mean is None:
        return say("no evidence")
    mean = number(square.mean, say.language, signed=True)
    spread = number(square.spread or 0.0, say.language)
    told = say("{n} statements of {k} people").format(n=square.count, k=square.people)
    return f"{say('mean')} {mean} ({say('spread')} {spread})\n{told}"
