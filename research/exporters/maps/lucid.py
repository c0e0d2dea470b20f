"""journey.lucid: every map as a page for Lucid's Standard Import, within its limits."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from research.exporters.maps.board import Board, boards
from research.exporters.maps.files import to_zip
from research.exporters.maps.layout import HEADER, LABEL, Note, Sheet, lay_out
from research.exporters.maps.text import short_id, shortened, without_emoji
from research.exporters.words import words_of
from research.model import Analysis

LARGEST = 1_900_000
ROOM = 2_000
TITLE = 56
LANES = (("#C9DBF2", "#F5F9FE"), ("#D3E6CC", "#F6FBF4"))
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lucid:
    """Writes journey.lucid."""

    name: str = "lucid"
    filename: str = "journey.lucid"
    media_type: str = "application/zip"

    def export(self, analysis: Analysis) -> bytes:
        """A page a map as far as `document.json` stays under 2 MB; what is left out is said."""
        pages, left = _pages(boards(analysis))
        if left or not pages:
            say = words_of(analysis.language)
            told = say("{n} maps are left out: the file would be too large for Lucid.")
            pages.append(_only_text(told.format(n=left) if left else say("no evidence")))
        document = {"version": 1, "pages": pages}
        content = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        return to_zip({"document.json": content.encode("utf-8")})


def _pages(found: tuple[Board, ...]) -> tuple[list[Json], int]:
    """The pages that fit, and how many do not."""
    pages: list[Json] = []
    room = LARGEST - ROOM
    for number, board in enumerate(found):
        for most in (5, 2, 1):
            page = _page(lay_out(board, most=most))
            size = len(json.dumps(page, ensure_ascii=False).encode("utf-8"))
            if size <= room:
                break
        else:
            return pages, len(found) - number
        pages.append(page)
        room -= size
    return pages, 0


def _page(sheet: Sheet) -> Json:
    board = sheet.board
    shapes = [
        _text(short_id(board.id, "title"), board.heading, (0, 0, sheet.width, 28), 16),
        _text(short_id(board.id, "base"), board.base, (0, 28, sheet.width, 20), 10),
        *([_lanes(sheet)] if sheet.columns else []),
        *_rows(sheet),
        *(_note(note) for note in sheet.notes),
    ]
    return {"id": board.id, "title": safe(board.title, 100), "shapes": shapes, "lines": []}


def _lanes(sheet: Sheet) -> Json:
    """The stages as columns; together the lanes are exactly as wide as the whole."""
    lanes = [
        {
            "title": safe(column.name, 80),
            "width": column.w,
            "headerFill": LANES[n % 2][0],
            "laneFill": LANES[n % 2][1],
        }
        for n, column in enumerate(sheet.columns)
    ]
    return {
        "id": short_id(sheet.board.id, "lanes"),
        "type": "swimLanes",
        "boundingBox": box(LABEL, TITLE, sheet.width - LABEL, sheet.height),
        "style": {"stroke": {"color": "#9FB3C8", "width": 1, "style": "solid"}},
        "magnetize": False,
        "assistedLayout": False,
        "vertical": True,
        "titleBar": {"height": HEADER, "verticalText": False},
        "lanes": lanes,
    }


def _rows(sheet: Sheet) -> Iterator[Json]:
    for band in sheet.bands:
        yield {
            "id": band.id,
            "type": "rectangle",
            "boundingBox": box(0, TITLE + band.y, LABEL, band.h),
            "style": _style("#F4F5F7", "#D5D9E0"),
            "text": safe(band.name, 80),
        }


def _note(note: Note) -> Json:
    told = [("row", note.row), ("stage", note.stage), ("evidence", note.level)]
    if note.item:
        item = note.item
        told += [("people", str(item.people)), ("of", str(item.of)), ("theme", item.theme)]
        told += [(f"quote{n}", q.full) for n, q in enumerate(item.quotes, 1)]
    return {
        "id": note.id,
        "type": "rectangle",
        "boundingBox": box(note.x, TITLE + note.y, note.w, note.h),
        "style": _style(*note.colours),
        "text": small(note.text),
        "customData": [{"key": key, "value": safe(value, 900)} for key, value in told if value],
    }


def _text(key: str, text: str, place: tuple[int, int, int, int], size: int) -> Json:
    shown = f"<span style='font-size:{size}pt'>{safe(text, 400)}</span>"
    return {"id": key, "type": "text", "boundingBox": box(*place), "style": {}, "text": shown}


def _only_text(text: str) -> Json:
    shape = _text("left-out-text", text, (0, 0, 600, 60), 14)
    return {"id": "left-out", "title": safe(text, 100), "shapes": [shape], "lines": []}


def _style(fill: str, edge: str) -> Json:
    return {
        "fill": {"type": "color", "color": fill},
        "stroke": {"color": edge, "width": 1, "style": "solid"},
        "rounding": 4,
    }


def box(x: int, y: int, w: int, h: int) -> Json:
    """A place on a page."""
    return {"x": x, "y": y, "w": w, "h": h}


def safe(text: str, most: int) -> str:
    """Text for Lucid: no emoji, which it draws as boxes, no formulas and no HTML."""
    plain = shortened(without_emoji(text), most)
    while "{{=" in plain:
        plain = plain.replace("{{=", "{ {=")
    return escape(plain, quote=False)


def small(text: str) -> str:
    """The lines of a note in small letters."""
    lines = "\n".join(safe(part, 400) for part in text.split("\n"))
    return f"<span style='font-size:9pt;text-align:left'>{lines}</span>"
