"""The columns of a survey as people chose them: found again, and kept as a JSON file."""

import json
from collections.abc import Iterable

from research.errors import UnknownFormat
from research.model import (
    COLUMN_ROLES,
    ColumnRole,
    ColumnsMapping,
    Upload,
    header_fingerprint,
    unique_names,
)
from research.readers.columns import ColumnKind
from research.readers.table import Column, Table
from research.readers.text import decode

AS_CHOSEN = "the columns are read as people chose"
KIND_OF_ROLE: dict[ColumnRole, ColumnKind] = {
    "respondent": "id",
    "date": "date",
    "attribute": "closed",
    "open": "open",
    "nps": "nps",
    "csat": "closed",
    "language": "language",
    "ignore": "empty",
}
FORMAT, VERSION = "klantbeeld columns", 1
_LONGEST_FILE = 20_000_000


def names_of(table: Table) -> tuple[str, ...]:
    """What each column is called in a mapping: its code with its question, each once."""
    return unique_names(map(_name, table.columns))


def _name(column: Column) -> str:
    told = column.name == column.question or column.option
    return column.name if told else f"{column.name} {column.question}"


def fingerprint_of(table: Table) -> str:
    """What tells the form that a table is an export of."""
    return header_fingerprint(names_of(table))


def mapping_for(table: Table, mappings: Iterable[ColumnsMapping]) -> ColumnsMapping | None:
    """The mapping made for the columns of this table; the last where there are several."""
    given = tuple(mappings)
    form = fingerprint_of(table) if given else ""
    return next((m for m in reversed(given) if m.fingerprint == form), None)


def roles_in(table: Table, mapping: ColumnsMapping) -> tuple[ColumnRole, ...]:
    """The role of each column of a table that a mapping was made for."""
    by_name = dict(mapping.roles)
    return tuple(by_name[name] for name in names_of(table))


def as_file(mapping: ColumnsMapping) -> bytes:
    """A mapping as the JSON file that people keep; the same mapping gives the same bytes."""
    columns = [{"column": name, "role": role} for name, role in mapping.roles]
    told = {"format": FORMAT, "version": VERSION, "columns": columns}
    return json.dumps(told, ensure_ascii=True, indent=1).encode("ascii") + b"\n"


def from_file(upload: Upload) -> ColumnsMapping:
    """The mapping in a JSON file. Raises `UnknownFormat` with what is wrong."""
    try:
        told = json.loads(decode(upload).text) if len(upload.content) <= _LONGEST_FILE else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise UnknownFormat(
            upload.name, "it is no file with the columns of a survey; download one on their page"
        )
    if told.get("version") != VERSION:
        raise UnknownFormat(upload.name, "another version of Klantbeeld wrote it; download it anew")
    columns = told.get("columns")
    roles = tuple(_role(upload, one) for one in columns) if isinstance(columns, list) else ()
    names = [name for name, _ in roles]
    if not roles or len(set(names)) < len(names):
        raise UnknownFormat(upload.name, "each column has to be in it, once")
    return ColumnsMapping(roles)


def _role(upload: Upload, one: object) -> tuple[str, ColumnRole]:
    """The name and the role of one column in a file."""
    if isinstance(one, dict) and isinstance(one.get("column"), str):
        role = next((r for r in COLUMN_ROLES if r == one.get("role")), None)
        if role is not None:
            return one["column"], role
    raise UnknownFormat(
        upload.name, f"each column has a name and one of the roles {', '.join(COLUMN_ROLES)}"
    )
