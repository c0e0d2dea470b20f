"""journey.drawio: every map as a page of draw.io, with lanes and notes that carry evidence."""

from dataclasses import dataclass
from html import escape

from research.exporters.maps.board import Item, boards
from research.exporters.maps.files import Element, child, to_xml
from research.exporters.maps.layout import HEADER, LABEL, Column, Note, Sheet, lay_out
from research.exporters.maps.text import short_id, shortened
from research.model import Analysis

TITLE = 34
TEXT = "html=1;whiteSpace=wrap;"
POOL = f"swimlane;{TEXT}startSize={TITLE};collapsible=0;fontSize=16;fillColor=#FFFFFF;"
LANE = f"swimlane;{TEXT}startSize={HEADER};collapsible=0;fontSize=14;"
LANES = ("#E4EEFB", "#EAF3E6")
ROW = f"rounded=0;{TEXT}fontSize=12;fontStyle=1;fillColor=#F4F5F7;strokeColor=#D5D9E0;"
NOTE = f"shape=note;{TEXT}size=10;align=left;verticalAlign=top;spacing=8;fontSize=12;"


@dataclass(frozen=True, slots=True)
class DrawIo:
    """Writes journey.drawio."""

    name: str = "drawio"
    filename: str = "journey.drawio"
    media_type: str = "application/vnd.jgraph.mxfile"

    def export(self, analysis: Analysis) -> bytes:
        """A page a map, that of everyone first; not compressed."""
        root = Element("mxfile", host="klantbeeld", compressed="false")
        for board in boards(analysis):
            _page(root, lay_out(board))
        if not len(root):
            diagram = child(root, "diagram", {"id": "empty", "name": "-"})
            _root(diagram, 100, 100)
        return to_xml(root)


def _root(diagram: Element, width: int, height: int) -> Element:
    model = child(
        diagram,
        "mxGraphModel",
        {"grid": "1", "page": "1", "pageWidth": str(width), "pageHeight": str(height)},
    )
    root = child(model, "root", {})
    child(root, "mxCell", {"id": "0"})
    child(root, "mxCell", {"id": "1", "parent": "0"})
    return root


def _page(file: Element, sheet: Sheet) -> None:
    board = sheet.board
    diagram = child(file, "diagram", {"id": board.id, "name": shortened(board.title, 60)})
    root = _root(diagram, sheet.width + 80, sheet.height + TITLE + 80)
    pool = short_id(board.id, "pool")
    title = f"{board.heading} · {board.base}"
    size = (sheet.width, sheet.height + TITLE)
    _box(root, pool, html(title), POOL, "1", (40, 40, *size))
    for band in sheet.bands:
        _box(root, band.id, html(band.name), ROW, pool, (0, TITLE + band.y, LABEL, band.h))
    for number, column in enumerate(sheet.columns):
        style = LANE + f"fillColor={LANES[number % 2]};strokeColor=#9FB3C8;"
        place = (column.x, TITLE, column.w, sheet.height)
        _box(root, column.id, html(column.name), style, pool, place)
    columns = {c.stage: c for c in sheet.columns}
    for note in sheet.notes:
        _note(root, note, columns[note.stage])


def _note(root: Element, note: Note, column: Column) -> None:
    """A note in its lane; what stands behind it goes along as the object's properties."""
    fill, edge = note.colours
    style = NOTE + f"fillColor={fill};strokeColor={edge};"
    told = {"label": html(note.text), "id": note.id, "row": note.row, "stage": note.stage}
    told |= {"evidence": note.level} | (_told(note.item) if note.item else {})
    holder = child(root, "object", told)
    cell = child(holder, "mxCell", {"style": style, "vertex": "1", "parent": column.id})
    _geometry(cell, (note.x - column.x, note.y, note.w, note.h))


def _told(item: Item) -> dict[str, str]:
    told = {
        "people": str(item.people),
        "of": str(item.of),
        "statements": str(item.statements),
        "strength": item.strength,
        "theme": item.theme,
    }
    return told | {f"quote{n}": quote.full for n, quote in enumerate(item.quotes, 1)}


def _box(
    root: Element, key: str, label: str, style: str, parent: str, place: tuple[int, int, int, int]
) -> None:
    told = {"id": key, "value": label, "style": style, "vertex": "1", "parent": parent}
    _geometry(child(root, "mxCell", told), place)


def _geometry(cell: Element, place: tuple[int, int, int, int]) -> None:
    sides = dict(zip(("x", "y", "width", "height"), map(str, place), strict=True))
    child(cell, "mxGeometry", sides | {"as": "geometry"})


def html(text: str) -> str:
    """Text as draw.io shows it in a label, which is HTML."""
    return escape(text).replace("\n", "<br>")
