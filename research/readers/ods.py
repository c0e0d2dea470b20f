"""OpenDocument sheets (`.ods`): the cells of each, as LibreOffice Calc and others save them."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from research.errors import TooLarge
from research.model import Upload
from research.readers.files import broken
from research.readers.open_document import OFFICE, TABLE, body_of, cell_words, repeated

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

KIND = "an OpenDocument sheet (.ods)"
MAX_CELLS = 20_000_000
_COVERED = f"{TABLE}covered-table-cell"
_CELLS = frozenset({f"{TABLE}table-cell", _COVERED})
_GROUPS = frozenset(
    {f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")}
)

Cells = tuple[object, ...]


def sheets_of(upload: Upload) -> Iterator[tuple[str, Iterator[Cells]]]:
    """The title and the rows of every sheet, each cell as its value."""
    try:
        body = body_of(upload, KIND, "spreadsheet")
    except RecursionError as error:
        raise broken(upload, KIND) from error
    for table in body.findall(f"{TABLE}table"):
        yield table.get(f"{TABLE}name") or "", _rows(upload, table)


def _rows(upload: Upload, table: "Element") -> Iterator[Cells]:
    """The rows of a sheet; empty ones only once, however often they stand for themselves."""
    cells = 0
    for row in _row_elements(table):
        values = _values(upload, row)
        times = repeated(row, "number-rows-repeated") if values else 1
        cells += len(values) * times
        if cells > MAX_CELLS:
            raise _too_many(upload)
        for _ in range(times):
            yield values


def _row_elements(parent: "Element") -> Iterator["Element"]:
    """The rows of a sheet, those in groups too."""
    for child in parent:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from _row_elements(child)


def _values(upload: Upload, row: "Element") -> Cells:
    """The values of a row up to its last filled cell."""
    values: list[object] = []
    empty = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        value = "" if cell.tag == _COVERED else _value(cell)
        times = repeated(cell, "number-columns-repeated")
        if value in (None, ""):
            empty += times
            continue
        if len(values) + empty + times > MAX_CELLS:
            raise _too_many(upload)
        values += [""] * empty + [value] * times
        empty = 0
    return tuple(values)


def _value(cell: "Element") -> object:
    """What a cell holds: a number, a date, a yes or no, or words."""
    kind = cell.get(f"{OFFICE}value-type")
    try:
        if kind in ("float", "percentage", "currency"):
            return float(cell.get(f"{OFFICE}value") or "")
        if kind == "date":
            return datetime.fromisoformat(cell.get(f"{OFFICE}date-value") or "")
    except ValueError:
        return cell_words(cell)
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    return cell.get(f"{OFFICE}string-value") or cell_words(cell)


def _too_many(upload: Upload) -> TooLarge:
    return TooLarge(
        upload.name, "its sheets have more cells than a survey can; save only the answers"
    )
