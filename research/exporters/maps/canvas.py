"""journey.canvas: every map in JSON Canvas, as Obsidian and others open it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from research.exporters.maps.board import boards
from research.exporters.maps.files import to_json
from research.exporters.maps.layout import HEADER, LABEL, Note, Sheet, lay_out
from research.exporters.maps.text import short_id
from research.exporters.markdown import escape
from research.model import Analysis

TITLE, BETWEEN = 70, 160
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Canvas:
    """Writes journey.canvas."""

    name: str = "json-canvas"
    filename: str = "journey.canvas"
    media_type: str = "application/json"

    def export(self, analysis: Analysis) -> bytes:
        """A group a map, a group a stage in it, and a card a note, with its quotes."""
        nodes: list[Json] = []
        top = 0
        for board in boards(analysis):
            sheet = lay_out(board, quotes=3)
            nodes.extend(_nodes(sheet, top))
            top += sheet.height + TITLE + BETWEEN
        return to_json({"nodes": nodes, "edges": []})


def _nodes(sheet: Sheet, top: int) -> Iterator[Json]:
    board, y = sheet.board, top + TITLE
    whole = (-20, top, sheet.width + 40, sheet.height + TITLE + 20)
    yield _node("group", board.id, whole) | {"label": board.heading}
    for column in sheet.columns:
        place = (column.x, y - 10, column.w, sheet.height + 10)
        yield _node("group", column.id, place) | {"label": column.name}
    for band in sheet.bands:
        place = (0, y + band.y, LABEL - 10, max(band.h - 10, HEADER))
        text = f"**{escape(band.name)}**"
        yield _node("text", band.id, place) | {"text": text}
    for note in sheet.notes:
        yield _card(note, y, board.words("{k} of {n} people"))


def _card(note: Note, top: int, people: str) -> Json:
    text = "\n\n".join(map(escape, note.text.split("\n")))
    if note.item:
        item = note.item
        lines = [f"**{escape(item.text)}**", escape(people.format(k=item.people, n=item.of))]
        text = "\n\n".join([*lines, *("> " + escape(q.full) for q in item.quotes)])
    made = _node("text", note.id, (note.x, top + note.y, note.w, note.h))
    return made | {"color": note.colours[1], "text": text}


def _node(kind: str, key: str, place: tuple[int, int, int, int]) -> Json:
    x, y, w, h = place
    return {"id": key or short_id(kind), "type": kind, "x": x, "y": y, "width": w, "height": h}
