"""A list of pain points that was edited in a spreadsheet, read cell by cell.

No cell is computed and none is trusted: formulas and errors are told apart, so that
whoever uses the list can refuse them.
"""

import csv
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from research.errors import EmptyFile, UnknownFormat
from research.model import Upload
from research.readers.files import DAMAGE, broken, check_size, extension, is_zip, open_zip
from research.readers.grid import cell_text
from research.readers.text import decode

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, HEADER_WITHIN = 50_000, 200, 10
FIELDS = ("label", "owner", "status", "effort")
TITLES = {
    "id": "id",
    **dict.fromkeys(("label", "name", "naam"), "label"),
    **dict.fromkeys(("owner", "eigenaar"), "owner"),
    **dict.fromkeys(("status", "progress", "voortgang"), "status"),
    **dict.fromkeys(("effort", "inspanning"), "effort"),
    **dict.fromkeys(("version", "versie"), "version"),
}
# A guard that our own tables put before what a spreadsheet would run.
_GUARDED = re.compile(r"'+\s*[=+\-@\t\r＝＋－＠]")
_VERSION = re.compile(r"v\d+\.(\d+)")
_KIND = "an Excel file (.xlsx)"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; `live` when it is a formula or an error instead of a text."""

    text: str
    live: bool = False


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A row by its id: `number` as the spreadsheet counts, `cells` of the fields it has.

    `decision` is the last decision that was shown when it was written, None when the row
    does not say.
    """

    number: int
    id: str
    cells: dict[str, Cell]
    decision: int | None


Grid = Sequence[Sequence[Cell]]


def read_edited_list(upload: Upload) -> tuple[EditedRow, ...]:
    """The rows of an edited list, CSV or Excel. Raises `BadUpload` with the way out."""
    check_size(upload, MOST_BYTES)
    excel = extension(upload.name) in (".xlsx", ".xlsm") or is_zip(upload.content)
    grids = _from_excel(upload) if excel else [_from_text(upload)]
    found = [(at, header, grid) for grid in grids for at, header in [_header(grid)] if header]
    if not found:
        raise UnknownFormat(
            upload.name, "no column Id beside a name, owner, progress or effort; export it again"
        )
    at, header, grid = max(found, key=lambda f: len(f[1]))
    rows = tuple(_rows(at, header, grid))
    if not rows:
        raise EmptyFile(upload.name, "the list has no rows with an id; export it again")
    return rows


def _header(grid: Grid) -> tuple[int, dict[str, int]]:
    """Where the header is, and the column of each field; nothing when there is none."""
    for at, row in enumerate(grid[:HEADER_WITHIN]):
        known: dict[str, int] = {}
        for column, cell in enumerate(row):
            field = TITLES.get(cell.text.strip().casefold())
            if field and not cell.live:
                known.setdefault(field, column)
        if "id" in known and known.keys() & set(FIELDS):
            return at, known
    return 0, {}


def _rows(at: int, header: dict[str, int], grid: Grid) -> Iterator[EditedRow]:
    for number, row in enumerate(grid[at + 1 :], start=at + 2):
        told = {f: row[c] if c < len(row) else Cell("") for f, c in header.items()}
        if not any(cell.text.strip() for cell in told.values()):
            continue
        version = _VERSION.fullmatch(told["version"].text.strip()) if "version" in told else None
        cells = {field: told[field] for field in FIELDS if field in told}
        identity = told["id"]
        yield EditedRow(
            number=number,
            id="" if identity.live else identity.text.strip(),
            cells=cells,
            decision=int(version[1]) if version else None,
        )


def _from_text(upload: Upload) -> Grid:
    text = decode(upload).text
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=lambda d: (head.count(d), d == ","))
    csv.field_size_limit(MOST_BYTES)
    try:
        rows = [
            [Cell(_bare(c)) for c in row]
            for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise UnknownFormat(upload.name, f"the table breaks off ({error})") from error
    return _limited(upload, rows)


def _bare(text: str) -> str:
    """A cell without the apostrophe that guards it."""
    return text[1:] if _GUARDED.match(text) else text


def _from_excel(upload: Upload) -> list[Grid]:
    """The cells of every sheet, formulas as they are written."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    open_zip(upload, _KIND).close()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and lists, which do not matter here
            book = load_workbook(BytesIO(upload.content), read_only=True, data_only=False)
            try:
                return [_limited(upload, _sheet(sheet.iter_rows())) for sheet in book.worksheets]
            finally:
                book.close()
    except (InvalidFileException, *DAMAGE) as error:
        raise broken(upload, _KIND) from error


def _sheet(rows: Iterable[Sequence[object]]) -> list[list[Cell]]:
    found = []
    for row in rows:
        found.append([_cell(cell) for cell in row[:MOST_COLUMNS]])
        if len(found) > MOST_ROWS:
            break
    return found


def _cell(cell: object) -> Cell:
    value = getattr(cell, "value", None)
    kind = getattr(cell, "data_type", "n")
    return Cell(str(value) if kind == "f" else cell_text(value), live=kind in ("f", "e"))


def _limited(upload: Upload, rows: list[list[Cell]]) -> Grid:
    if len(rows) > MOST_ROWS:
        raise UnknownFormat(upload.name, f"more than {MOST_ROWS:,} rows; split it")
    return rows
