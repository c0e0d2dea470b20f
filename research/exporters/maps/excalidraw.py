"""journey.excalidraw: every map as a frame of Excalidraw, below each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from research.exporters.maps.board import boards
from research.exporters.maps.files import to_json
from research.exporters.maps.fonts import wrap
from research.exporters.maps.layout import HEADER, LABEL, LEADING, PAD, SIZE, Note, Sheet, lay_out
from research.exporters.maps.text import short_id, shortened
from research.model import Analysis

TITLE, BETWEEN = 60, 160
HELVETICA = 2
LINE_HEIGHT = 1.25
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Excalidraw:
    """Writes journey.excalidraw."""

    name: str = "excalidraw"
    filename: str = "journey.excalidraw"
    media_type: str = "application/vnd.excalidraw+json"

    def export(self, analysis: Analysis) -> bytes:
        """A frame a map, that of everyone at the top; notes carry their ids and quotes."""
        elements: list[Json] = []
        top = 0
        for board in boards(analysis):
            sheet = lay_out(board)
            elements.extend(_frame(sheet, top))
            top += sheet.height + TITLE + BETWEEN
        drawing = {
            "type": "excalidraw",
            "version": 2,
            "source": "https://klantbeeld.invalid",
            "elements": elements,
            "appState": {"viewBackgroundColor": "#ffffff", "gridSize": None},
            "files": {},
        }
        return to_json(drawing)


def _frame(sheet: Sheet, top: int) -> Iterator[Json]:
    board, y = sheet.board, top + TITLE
    frame = board.id
    yield from _boxed(frame, short_id(frame, "title"), board.heading, _side(0, top, sheet.width))
    for band in sheet.bands:
        place = (0, y + band.y, LABEL, band.h)
        yield from _boxed(frame, band.id, band.name, place, fill="#F4F5F7")
    for column in sheet.columns:
        place = (column.x, y, column.w, HEADER)
        yield from _boxed(frame, column.id, column.name, place, fill="#E4EEFB")
    for note in sheet.notes:
        yield from _note(frame, note, y)
    size = (0, top, sheet.width, sheet.height + TITLE)
    name = shortened(board.title, 100)
    yield _base("frame", frame, size) | {"name": name, "strokeColor": "#bbbbbb"}


def _side(x: int, y: int, w: int) -> tuple[int, int, int, int]:
    return (x, y, w, TITLE - 12)


def _note(frame: str, note: Note, top: int) -> Iterator[Json]:
    told: Json = {"row": note.row, "stage": note.stage, "evidence": note.level}
    if note.item:
        told |= {"people": note.item.people, "of": note.item.of, "theme": note.item.theme}
        told["quotes"] = [q.full for q in note.item.quotes]
    place = (note.x, top + note.y, note.w, note.h)
    fill, edge = note.colours
    yield from _boxed(frame, note.id, note.text, place, fill=fill, edge=edge, told=told)


def _boxed(
    frame: str,
    key: str,
    text: str,
    place: tuple[int, int, int, int],
    *,
    fill: str = "transparent",
    edge: str = "#D5D9E0",
    told: Json | None = None,
) -> Iterator[Json]:
    """A rectangle and the text in it, wrapped; the text as it was goes along."""
    inside = short_id(key, "text")
    rectangle = _base("rectangle", key, place) | {
        "strokeColor": edge,
        "backgroundColor": fill,
        "frameId": frame,
        "boundElements": [{"id": inside, "type": "text"}],
    }
    yield rectangle | ({"customData": told} if told else {})
    x, y, w, h = place
    lines = wrap(text, SIZE, w - 2 * PAD)
    size = (x + PAD, y + PAD, w - 2 * PAD, min(len(lines) * LEADING, max(h - 2 * PAD, LEADING)))
    yield _base("text", inside, size) | {
        "strokeColor": "#1e1e1e",
        "frameId": frame,
        "text": "\n".join(lines),
        "originalText": text,
        "fontSize": SIZE,
        "fontFamily": HELVETICA,
        "textAlign": "left",
        "verticalAlign": "top" if told else "middle",
        "containerId": key,
        "lineHeight": LINE_HEIGHT,
        "autoResize": True,
    }


def _base(kind: str, key: str, place: tuple[int, int, int, int]) -> Json:
    """What every element has; seeds and times are always the same."""
    x, y, w, h = place
    return {
        "id": key,
        "type": kind,
        "x": x,
        "y": y,
        "width": w,
        "height": h,
        "angle": 0,
        "strokeColor": "#1e1e1e",
        "backgroundColor": "transparent",
        "fillStyle": "solid",
        "strokeWidth": 1,
        "strokeStyle": "solid",
        "roughness": 0,
        "opacity": 100,
        "groupIds": [],
        "frameId": None,
        "index": None,
        "roundness": None,
        "seed": int(key[1:8], 16) if key[1:8].isalnum() else 1,
        "version": 1,
        "versionNonce": 1,
        "isDeleted": False,
        "boundElements": [],
        "updated": 1,
        "link": None,
        "locked": False,
    }
