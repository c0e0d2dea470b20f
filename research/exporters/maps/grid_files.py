"""The paste grid as TSV, as a workbook and as an HTML table for the clipboard."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import BytesIO, StringIO

from research.exporters.maps.grid import Grid, grids
from research.exporters.maps.text import cell
from research.exporters.tables import guard
from research.exporters.words import words_of
from research.model import Analysis

NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
LONGEST_TITLE = 31
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
HEAD = "#E4EEFB"
WIDE, NARROW = 42, 22


@dataclass(frozen=True, slots=True)
class GridTsv:
    """Writes grid.tsv."""

    name: str = "grid-tsv"
    filename: str = "grid.tsv"
    media_type: str = "text/tab-separated-values; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """The map of everyone, to paste, or that there is none; no byte order mark."""
        nothing = words_of(analysis.language)("No map: nobody spoke of a stage.")
        return (to_tsv(grids(analysis)[:1]) or f"{nothing}\r\n").encode("utf-8")


@dataclass(frozen=True, slots=True)
class GridHtml:
    """Writes grid.html."""

    name: str = "grid-html"
    filename: str = "grid.html"
    media_type: str = "text/html; charset=utf-8"

    def export(self, analysis: Analysis) -> bytes:
        """The map of everyone as a table without any mark-up of its own."""
        return to_html(grids(analysis)[:1]).encode("utf-8")


@dataclass(frozen=True, slots=True)
class GridXlsx:
    """Writes grid.xlsx."""

    name: str = "grid-xlsx"
    filename: str = "grid.xlsx"
    media_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export(self, analysis: Analysis) -> bytes:
        """A sheet a map, that of everyone first."""
        return to_xlsx(grids(analysis))


def to_tsv(found: tuple[Grid, ...]) -> str:
    """Rows and columns as spreadsheets copy them; nothing that runs as a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, dialect="excel-tab", lineterminator="\r\n")
    for grid in found:
        writer.writerows([guard(cell(c)) for c in row] for row in (grid.header, *grid.rows))
    return text.getvalue()


def to_html(found: tuple[Grid, ...]) -> str:
    """A table of bare rows and cells; several lines in a cell are broken by `<br>`."""
    lines = ['<meta charset="utf-8">']
    for grid in found:
        rows = ("".join(f"<td>{_html(c)}</td>" for c in r) for r in (grid.header, *grid.rows))
        lines.append("<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>")
    return "\n".join(lines) + "\n"


def _html(text: str) -> str:
    return escape(guard(cell(text))).replace("\n", "<br>")


def to_xlsx(found: tuple[Grid, ...]) -> bytes:
    """A workbook with every cell as text, also one that looks like a formula."""
    from xlsxwriter import Workbook

    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"author": "Klantbeeld", "created": LONG_AGO})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bg_color": HEAD})
        for title, grid in _titled(found):
            sheet = book.add_worksheet(title)
            for r, row in enumerate((grid.header, *grid.rows)):
                for c, text in enumerate(row):
                    sheet.write_string(r, c, cell(text), plain if r and c else bold)
            sheet.set_column(0, 0, NARROW)
            sheet.set_column(1, max(1, len(grid.header) - 1), WIDE)
            sheet.freeze_panes(1, 1)
        if not found:
            book.add_worksheet("-")
    return content.getvalue()


def _titled(found: tuple[Grid, ...]) -> Iterator[tuple[str, Grid]]:
    """Each grid with a name for its sheet: its number makes it unlike the others."""
    for number, grid in enumerate(found, 1):
        plain = " ".join(NOT_IN_TITLES.sub(" ", grid.name).split())
        yield f"{number} {plain}"[:LONGEST_TITLE].strip(), grid
