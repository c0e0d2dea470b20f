"""The cells of a table of metrics, with the tables of one file and their dates kept apart.

GA4 puts lines that begin with `#` above each table of an export, among them
`# Start date: 20260101` and `# End date: 20260131`.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from research.errors import EmptyFile, TooLarge, UnknownFormat
from research.metrics.periods import period
from research.model import Upload
from research.readers.files import check_size, extension, is_zip
from research.readers.grid import Row, grid_of, is_table
from research.readers.text import decode

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
NO_TABLE = "it is no table; save the figures as CSV or as an Excel file (.xlsx)"
_START = re.compile(r"^#\s*(?:start date|startdatum|begindatum)\s*:\s*(.+)$", re.IGNORECASE)
_END = re.compile(r"^#\s*(?:end date|einddatum)\s*:\s*(.+)$", re.IGNORECASE)
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a file: its header, its rows with their place, and its period if told."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, Row], ...]
    period: str = ""

    def cell(self, row: Row, column: str) -> str:
        """A cell by the name of its column; empty when this table has no such column."""
        return row[self.header.index(column)] if column in self.header else ""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The tables of a file, whether GA4 made it, and remarks on the reading."""

    tables: tuple[Block, ...]
    commented: bool
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns, each once, in the order in which they appear."""
        return tuple(dict.fromkeys(name for table in self.tables for name in table.header if name))

    def values(self, column: str) -> tuple[str, ...]:
        """Every cell of a column."""
        return tuple(t.cell(row, column) for t in self.tables for _, row in t.rows)


@lru_cache(maxsize=8)
def blocks_of(upload: Upload) -> Blocks:
    """The tables in a CSV, TSV or Excel file. Raises `BadUpload` with the way out."""
    check_size(upload, MOST_BYTES)
    if is_zip(upload.content) and not is_table(upload):
        raise UnknownFormat(upload.name, NO_TABLE)
    parts, commented, notes = _parts(upload)
    tables: list[Block] = []
    total = 0
    for number, (content, when) in enumerate(parts):
        grid = grid_of(Upload(upload.name, content))
        total += len(grid.rows)
        notes += grid.notes
        if total > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in grid.rows[:1]):
            raise TooLarge(
                upload.name,
                f"a table of metrics has at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns; "
                "export totals by month",
            )
        if table := _block(grid.rows, when, f"table {number + 1}, " if len(parts) > 1 else ""):
            tables.append(table)
    if not tables:
        raise EmptyFile(upload.name, "no table with a header and rows is in it; export it again")
    return Blocks(tuple(tables), commented, tuple(dict.fromkeys(notes)))


def _parts(upload: Upload) -> tuple[list[tuple[bytes, str]], bool, tuple[str, ...]]:
    """The bytes of each table in the file with its period, and whether comments stand above."""
    excel = is_zip(upload.content) or extension(upload.name) in (".xlsx", ".xlsm")
    if excel:
        return [(upload.content, "")], False, ()
    text = decode(upload)
    lines = text.text.split("\n")
    parts: list[tuple[bytes, str]] = []
    start = end = ""
    body: list[str] = []
    commented = False
    for line, after in zip([*lines, "#"], [*lines[1:], "", ""], strict=True):
        if not _is_comment(line, after):
            body.append(line)
            continue
        commented = commented or bool(start)
        if any(part.strip() for part in body):
            parts.append(("\n".join(body).encode(), _dates(start, end)))
            start = end = ""
        body = []
        start = match.group(1) if (match := _START.match(_bare(line))) else start
        end = match.group(1) if (match := _END.match(_bare(line))) else end
    return parts, commented, text.notes


def _bare(line: str) -> str:
    return line.strip().strip('",;\t ')


def _is_comment(line: str, after: str) -> bool:
    """Whether a line is a remark above a table, not a header that begins with `#`."""
    if not _bare(line).startswith("#"):
        return False
    counts = [sum(text.count(d) for d in _DELIMITERS) for text in (line, after)]
    return counts[0] == 0 or counts[0] != counts[1] or _bare(after).startswith("#")


def _dates(start: str, end: str) -> str:
    return period(f"{start} - {end}") if start and end else ""


def _block(rows: tuple[Row, ...], when: str, before: str) -> Block | None:
    """A table with its header; a title that stands alone above it is no header."""
    while len(rows) > 2 and sum(map(bool, rows[0])) == 1 < sum(map(bool, rows[1])):
        rows = rows[1:]
    if len(rows) < 2:
        return None
    seen: Counter[str] = Counter()
    names: list[str] = []
    for i, cell in enumerate(rows[0]):
        bare = " ".join(cell.split())[:200] or f"column {i + 1}"
        seen[bare] += 1
        names.append(bare if seen[bare] == 1 else f"{bare} ({seen[bare]})")
    placed = tuple((f"{before}row {i}", row) for i, row in enumerate(rows[1:], start=1))
    return Block(tuple(names), placed, when)
