"""The paste grid: kinds of rows down, stages across, one item a line in a cell."""

from collections.abc import Iterator
from dataclasses import dataclass

from research.exporters.maps.board import Board, Item, Square, boards
from research.exporters.maps.layout import value_text
from research.exporters.maps.text import shortened
from research.model import Analysis

LONGEST = 160
LEVELS = {
    "none": "no evidence",
    "assumption": "an assumption",
    "internal": "some evidence",
    "validated": "well supported",
}
Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A map as a table: the names of the stages, then the rows with a cell for each stage.

    `persona` is empty for the map of everyone.
    """

    id: str
    persona: str
    name: str
    title: str
    header: Line
    rows: tuple[Line, ...]


def grids(analysis: Analysis) -> tuple[Grid, ...]:
    """The grid of everyone first, then those of the personas."""
    return tuple(grid(board) for board in boards(analysis))


def grid(board: Board) -> Grid:
    """A board as a grid. Rows: those of the map, then quotes, then the level of evidence."""
    say = board.words
    stages = [stage for stage, _ in board.stages]
    rows = [
        (name, *(_cell(board, board.at(row, stage)) for stage in stages))
        for row, name in board.rows
    ]
    quotes = (say("Quotes"), *(_quotes(board, stage) for stage in stages))
    levels = (say("Evidence"), *(say(LEVELS[_level(board, s)]) for s in stages))
    header = (say("Row"), *(name for _, name in board.stages))
    return Grid(
        board.id, board.persona, board.title, board.heading, header, (*rows, quotes, levels)
    )


def _cell(board: Board, square: Square) -> str:
    if square.items:
        return "\n".join(i.brief for i in square.items)
    return value_text(board, square).replace("\n", ", ")


def _quotes(board: Board, stage: str) -> str:
    """A quote for each item that people said in other words, once each."""
    found: dict[str, str] = {}
    for item in _items(board, stage):
        for quote in item.quotes[:1]:
            told = f"“{shortened(quote.text, LONGEST)}” {quote.who}"
            found.setdefault(quote.statement, told)
    return "\n".join(found.values()) or board.words("no evidence")


def _items(board: Board, stage: str) -> Iterator[Item]:
    for row in ("pain points", "motivations"):
        yield from board.at(row, stage).items


def _level(board: Board, stage: str) -> str:
    """The best level of evidence in a stage."""
    order = list(LEVELS)
    return max((board.at(row, stage).level for row, _ in board.rows), key=order.index)
