"""A board as items of Miro: texts for stages and rows, sticky notes for what people said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from research.exporters.maps.board import Board
from research.exporters.maps.layout import item_text, value_text
from research.exporters.maps.text import shortened

# What Miro creates in one request, all of it or nothing.
AT_ONCE = 20
COLUMN, STICKY, STEP = 280, 220, 240
LABEL = 300
LONGEST = 1_000
COLOURS = {
    "goals": "light_blue",
    "actions": "gray",
    "touchpoints": "cyan",
    "thoughts": "violet",
    "emotion": "light_yellow",
    "pain points": "light_pink",
    "motivations": "light_green",
    "opportunities": "orange",
    "kpis": "gray",
}


@dataclass(frozen=True, slots=True)
class MiroItem:
    """A text or a sticky note: what it says, and where its middle stands on the board."""

    kind: str
    content: str
    x: int
    y: int
    colour: str = ""

    def body(self) -> dict[str, object]:
        """The item as Miro's API takes it; its content is HTML."""
        shown = escape(shortened(self.content, LONGEST), quote=False).replace("\n", "<br>")
        where = {"x": self.x, "y": self.y}
        if self.kind == "text":
            return {
                "type": "text",
                "data": {"content": f"<b>{shown}</b>"},
                "position": where,
                "geometry": {"width": STICKY},
            }
        return {
            "type": "sticky_note",
            "data": {"content": shown, "shape": "square"},
            "style": {"fillColor": self.colour, "textAlign": "left"},
            "position": where,
            "geometry": {"width": STICKY},
        }


def items(board: Board) -> tuple[MiroItem, ...]:
    """Everything of a board, title first, then row by row."""
    return tuple(_items(board))


def _items(board: Board) -> Iterator[MiroItem]:
    yield MiroItem("text", board.heading, 0, -2 * STEP)
    for number, (_, name) in enumerate(board.stages):
        yield MiroItem("text", name, LABEL + number * COLUMN, -STEP)
    y = 0
    for row, name in board.rows:
        yield MiroItem("text", name, 0, y)
        high = 1
        for number, (stage, _) in enumerate(board.stages):
            square = board.at(row, stage)
            told = [item_text(board, i) for i in square.items]
            told = told or ([value_text(board, square)] if not square.empty else [])
            for place, text in enumerate(told):
                x, down = LABEL + number * COLUMN, y + place * STEP
                yield MiroItem("sticky_note", text, x, down, COLOURS[row])
            high = max(high, len(told))
        y += high * STEP


def batches(found: Sequence[MiroItem]) -> tuple[tuple[MiroItem, ...], ...]:
    """The items in as many requests as it takes."""
    return tuple(tuple(found[n : n + AT_ONCE]) for n in range(0, len(found), AT_ONCE))
