"""The journey map on one slide: a table, its cells shortened, everything in the notes."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from research.exporters.brief import EMOTION, CellBrief, Line, MapBrief, measure
from research.exporters.fitting import LEADING, lines_of, shortened
from research.exporters.index import Index
from research.exporters.plain import one_line
from research.exporters.slide import HEIGHT, MARGIN, WIDTH, Box, notes, table

if TYPE_CHECKING:
    from pptx.slide import Slide

ROWS = ("goals", "touchpoints", EMOTION, "pain points", "motivations", "opportunities")
FULL = WIDTH - 2 * MARGIN
# The size of letters, lines a cell, and lines a text: the first at which the map fits.
_MAP_SIZES = (
    *((12.0, 4, 2), (11.0, 4, 2), (11.0, 3, 2), (10.0, 3, 2), (10.0, 2, 2), (9.0, 3, 2)),
    *((9.0, 2, 2), (9.0, 2, 1), (8.0, 2, 1), (8.0, 1, 1)),
)


def told(found: Index, line: Line) -> str:
    """A line with how many people say it; a quote in quotation marks."""
    text = f"“{line.text}”" if line.verbatim else line.text
    return f"{one_line(text)} ({measure(found, line)})"


def draw_map(found: Index, slide: "Slide", journey: MapBrief) -> None:
    """The map as a table at the largest size at which it fits; all of it in the notes."""
    head = ("", *journey.stages)
    title = 86.0
    width = (FULL - title) / max(1, len(journey.stages))
    widths = (title, *[width] * len(journey.stages))
    shown = [(row, name, cells) for row, name, cells in journey.rows if row in ROWS]
    for size, most, lines in _MAP_SIZES:
        rows = [
            (name, *(_cell(found, c, width - 10, size, most, lines) for c in cells))
            for _, name, cells in shown
        ]
        heights = [20.0, *(_height(row, widths, size) for row in rows)]
        if sum(heights) <= HEIGHT - 76 - 34:
            break
    cells = [head, *rows]
    table(slide, Box(MARGIN, 76, FULL, sum(heights)), widths, cells, size, heights)
    notes(slide, [*_cells(found, journey)])


def _cell(found: Index, cell: CellBrief, width: float, size: float, most: int, lines: int) -> str:
    if cell.mean is not None:
        return f"{_face(cell.mean)} {found.words.decimal(cell.mean)}"
    if cell.empty:
        return found.words("no evidence")
    texts = [*(told(found, line) for line in cell.lines), *cell.measures]
    kept = [shortened(text, width, lines, size) for text in texts[:most]]
    return "\n".join([*kept, f"+ {len(texts) - most}"] if len(texts) > most else kept)


def _cells(found: Index, journey: MapBrief) -> Iterable[str]:
    for _, name, cells in journey.rows:
        for stage, cell in zip(journey.stages, cells, strict=True):
            texts = [*(told(found, line) for line in cell.lines), *cell.measures]
            if texts:
                yield f"{name}, {stage}: " + "; ".join(texts)


def _height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    """How high a row of a table must be."""
    lines = [
        sum(lines_of(part, width - 10, size) for part in text.split("\n"))
        for text, width in zip(row, widths, strict=True)
    ]
    return max(lines) * (size * LEADING + 0.5) + 5


def _face(mean: float) -> str:
    """A sign for a feeling that any font has."""
    return "▲" if mean > 0.15 else "▼" if mean < -0.15 else "●"
