"""JSON Lines and JSON arrays as a table: one record a row, fields as columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from research.errors import BrokenFile, UnknownFormat
from research.model import Upload
from research.readers.files import extension
from research.readers.grid import cell_text
from research.readers.json_text import Json, json_of, parse
from research.readers.table import Column, Table
from research.readers.text import decode, looks_like_text

Record = Mapping[str, str]
_ENDINGS = frozenset({".json", ".jsonl", ".ndjson"})
_LISTS = ("reviews", "data", "results", "items")


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a file and how many lines could not be read."""

    values: tuple[Record, ...]
    broken: tuple[int, ...] = ()


def is_json(upload: Upload) -> bool:
    """Whether the file is named as JSON and is text."""
    return extension(upload.name) in _ENDINGS and looks_like_text(upload.content)


def json_records(upload: Upload, lists: Sequence[str]) -> tuple[list[dict[str, Json]], list[str]]:
    """The records of a JSON or JSON Lines file as they are, and remarks on broken lines.

    `lists` names the fields of a JSON object that may hold the records.
    """
    text = decode(upload)
    whole = json_of(upload)
    if whole is not None:
        return _inside(whole, lists), [*text.notes]
    lines = [(n, line) for n, line in enumerate(text.text.split("\n"), start=1) if line.strip()]
    parsed = [(n, parse(line)) for n, line in lines]
    good = [value for _, value in parsed if isinstance(value, dict)]
    broken = tuple(n for n, value in parsed if not isinstance(value, dict))
    if not good:
        raise BrokenFile(upload.name, "it is not valid JSON and not JSON Lines; export it again")
    return good, [*text.notes, *_notes(Records((), broken))]


def _inside(value: Json, lists: Sequence[str]) -> list[dict[str, Json]]:
    """The records of a list, of an object that holds such a list, or the object itself."""
    if isinstance(value, dict):
        held = next((value[name] for name in lists if isinstance(value.get(name), list)), [value])
        return _as_list(held)
    return _as_list(value)


def table_of_records(upload: Upload) -> Table:
    """The records as a table; broken lines are skipped with a note."""
    text = decode(upload)
    records = _read(upload, text.text)
    names = tuple(dict.fromkeys(name for record in records.values for name in record))
    columns = tuple(Column(i, name, name) for i, name in enumerate(names))
    rows = tuple(tuple(r.get(name, "") for name in names) for r in records.values)
    return Table(columns, rows, (*text.notes, *_notes(records)))


def _notes(records: Records) -> list[str]:
    """The remark on lines that are no JSON."""
    if not records.broken:
        return []
    some = ", ".join(map(str, records.broken[:5])) + (", …" if len(records.broken) > 5 else "")
    return [f"{len(records.broken)} lines are not valid JSON and were skipped (line {some})"]


def _read(upload: Upload, text: str) -> Records:
    """The records, from one JSON value or from one on each line."""
    whole = json_of(upload)
    if whole is not None:
        found = tuple(_flat(record) for record in _list(whole))
        if not found:
            raise UnknownFormat(upload.name, "this JSON holds no list of reviews; export a table")
        return Records(found)
    lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    parsed = [(n, parse(line)) for n, line in lines]
    good = tuple(_flat(value) for _, value in parsed if isinstance(value, dict))
    if not good:
        reason = "it is not valid JSON and not JSON Lines; export it again"
        raise BrokenFile(upload.name, reason)
    return Records(good, tuple(n for n, value in parsed if not isinstance(value, dict)))


def _list(value: Json) -> Sequence[dict[str, Json]]:
    """The list of records inside a JSON value."""
    if isinstance(value, list):
        return [record for record in value if isinstance(record, dict)]
    if not isinstance(value, dict):
        return []
    if isinstance(feed := value.get("feed"), dict):
        return [entry for entry in _as_list(feed.get("entry")) if "im:rating" in entry]
    for name in _LISTS:
        if isinstance(value.get(name), dict | list):
            return _as_list(value[name])
    return [value]


def _as_list(value: Json) -> list[dict[str, Json]]:
    """The records of a list, or the one record that stands in its place."""
    if isinstance(value, dict):
        return [value]
    return (
        [record for record in value if isinstance(record, dict)] if isinstance(value, list) else []
    )


def _flat(record: Mapping[str, Json]) -> dict[str, str]:
    """The plain fields of a record, with those of its `attributes` and Apple's labels."""
    return {name: text for name, text in _fields(record) if text}


def _fields(record: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Each field with its value as text."""
    for name, value in record.items():
        if isinstance(value, dict) and "label" in value:
            yield str(name), cell_text(value["label"])
        elif isinstance(value, dict) and name == "attributes":
            yield from _fields(value)
        else:
            yield str(name), cell_text(value)
