"""Cells of a table file, from text with any delimiter or sheets, before any meaning."""

import csv
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from research.errors import BrokenFile, EmptyFile, TooLarge
from research.model import Upload
from research.readers.files import DAMAGE, broken, extension, is_zip, open_zip
from research.readers.ods import sheets_of
from research.readers.open_document import is_open_document
from research.readers.text import clean, decode, looks_like_text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MAX_ROWS = 200_000
_KIND = "an Excel file (.xlsx)"
_DELIMITERS = "\t;|,"
_LONGEST_CELL = 10_000_000
_DELIMITED = frozenset({".csv", ".tsv", ".tab", ".psv"})
_EXCEL = frozenset({".xlsx", ".xlsm"})

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, the first non-empty row first, and remarks on how they were read."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def is_table(upload: Upload) -> bool:
    """Whether the file is a table by its name, its kind or the shape of its lines."""
    ending = extension(upload.name)
    if ending in _DELIMITED or ending in _EXCEL:
        return True
    if _is_open_sheet(upload):
        return True
    if is_zip(upload.content):
        return b"xl/workbook.xml" in upload.content
    return ending in {".txt", ".dat"} and is_delimited_text(upload)


def is_delimited_text(upload: Upload) -> bool:
    """Whether the first lines all hold the same number of tabs, semicolons or bars."""
    if not looks_like_text(upload.content):
        return False
    head = Upload(upload.name, upload.content[:8192])
    lines = [line for line in decode(head).text.split("\n")[:12] if line.strip()][:-1]
    if len(lines) < 2:
        return False
    return any(len({line.count(d) for line in lines}) == 1 and d in lines[0] for d in "\t;|")


@lru_cache(maxsize=1)
def grid_of(upload: Upload) -> Grid:
    """The cells of a table file; kept until the next file, as several readers ask."""
    ending = extension(upload.name)
    excel = ending in _EXCEL or (is_zip(upload.content) and ending not in _DELIMITED)
    if _is_open_sheet(upload):
        grid = _first_filled(upload, _open_sheets(upload))
    else:
        grid = _from_excel(upload) if excel else _from_text(upload)
    if len(grid.rows) > MAX_ROWS:
        raise TooLarge(
            upload.name, f"the table has more than {MAX_ROWS:,} rows; split it over several files"
        )
    return grid


def _from_text(upload: Upload) -> Grid:
    """The cells of a text table, its delimiter told by the header."""
    text = decode(upload)
    body, delimiter = _delimiter(text.text)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = [tuple(row) for row in csv.reader(StringIO(body, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        reason = f"the table breaks off ({error}); check its quotation marks"
        raise BrokenFile(upload.name, reason) from error
    return Grid(_trimmed(rows), text.notes)


def _delimiter(text: str) -> tuple[str, str]:
    """The text without comment lines above the header, and what separates its cells."""
    body = text
    while body and _is_comment(body):
        body = body.partition("\n")[2]
    first, _, rest = body.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return rest, first.strip()[4]
    counts = Counter(c for c in _outside_quotes(body) if c in _DELIMITERS)
    best = max(_DELIMITERS, key=lambda d: (counts[d], -_DELIMITERS.index(d)))
    return body, best if counts[best] else ","


def _is_comment(body: str) -> bool:
    """Whether the first line is blank or a `#` comment, not a header that starts with #."""
    first = body.partition("\n")[0].strip()
    return not first.strip(",;\t") or (
        first.startswith("#") and not any(d in first for d in ",;\t")
    )


def _outside_quotes(text: str) -> Iterator[str]:
    """The characters of the header that stand outside quotation marks."""
    quoted = False
    for character in text:
        if character == '"':
            quoted = not quoted
        elif character == "\n" and not quoted:
            return
        elif not quoted:
            yield character


def _is_open_sheet(upload: Upload) -> bool:
    """Whether it is an OpenDocument sheet, by its bytes or else by its name."""
    if is_open_document(upload.content, "spreadsheet"):
        return True
    return extension(upload.name) == ".ods" and b"xl/workbook.xml" not in upload.content


def _open_sheets(upload: Upload) -> list[tuple[str, tuple[Row, ...]]]:
    """The title and cells of every OpenDocument sheet."""
    return [(title, _texts(rows)) for title, rows in sheets_of(upload)]


def _from_excel(upload: Upload) -> Grid:
    """The cells of an Excel file."""
    open_zip(upload, _KIND).close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns about styles, which do not matter here
        return _first_filled(upload, _sheets(upload))


def _first_filled(upload: Upload, sheets: Sequence[tuple[str, tuple[Row, ...]]]) -> Grid:
    """The cells of the first sheet that holds any."""
    filled = [(title, rows) for title, rows in sheets if rows]
    if not filled:
        raise EmptyFile(upload.name, "every sheet is empty; export the answers again")
    left = [title for title, _ in filled[1:]]
    notes = (f"only the sheet {filled[0][0]} is read, not: {', '.join(left)}",) if left else ()
    return Grid(filled[0][1], notes)


def _sheets(upload: Upload) -> list[tuple[str, tuple[Row, ...]]]:
    """The title and cells of every sheet."""
    workbook = _workbook(upload)
    try:
        return [
            (sheet.title, _texts(sheet.iter_rows(values_only=True)))
            for sheet in workbook.worksheets
        ]
    except DAMAGE as error:
        raise broken(upload, _KIND) from error
    finally:
        workbook.close()


def _workbook(upload: Upload) -> "Workbook":
    """The workbook, values not formulas."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(BytesIO(upload.content), read_only=True, data_only=True)
    except (InvalidFileException, *DAMAGE) as error:
        raise broken(upload, _KIND) from error


def _texts(values: Iterable[Sequence[object]]) -> tuple[Row, ...]:
    """The cells of one sheet as text."""
    rows: list[Row] = []
    for row in values:
        rows.append(tuple(cell_text(value) for value in row))
        if len(rows) > MAX_ROWS * 2:
            break
    return _trimmed(rows)


def cell_text(value: object) -> str:
    """A cell as a person reads it: whole numbers without a point, dates as ISO."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return (
            value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
        )
    return value.isoformat() if isinstance(value, date) else clean(str(value))


def _trimmed(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with tidy cells, without empty rows and without empty columns at the end."""
    tidy = [tuple(_cell(cell) for cell in row) for row in rows]
    filled = [row for row in tidy if any(row)]
    width = max((max(i + 1 for i, cell in enumerate(row) if cell) for row in filled), default=0)
    return tuple((row + ("",) * width)[:width] for row in filled)


def _cell(cell: str) -> str:
    """A cell without outer blanks and without the apostrophe that guards a formula sign."""
    bare = cell.replace("\u00a0", " ").strip()
    return bare[1:] if len(bare) > 1 and bare[0] == "'" and bare[1] in "+-=@" else bare
