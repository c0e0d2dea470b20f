"""Values to bytes and back without loss: canonical JSON of the model's dataclasses."""

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from research.model import Analysis

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Decoder = Callable[[Json], object]
T = TypeVar("T")


def to_json(value: object) -> Json:
    """A value of the model as plain JSON data, every field kept."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_json(v) for v in value]
    if is_dataclass(value):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"not a value of the model: {type(value).__name__}")


def from_json(kind: type[T], data: Json) -> T:
    """The value of the given type that `to_json` made the data of."""
    hint: object = kind
    value = _decoder(hint)(data)
    if not isinstance(value, kind):
        raise ValueError(f"not a {kind.__name__}: {type(value).__name__}")
    return value


def to_bytes(value: object) -> bytes:
    """Canonical bytes: sorted keys, no spaces, ASCII, so that equal values give equal bytes."""
    data = to_json(value)
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def from_bytes(kind: type[T], content: bytes) -> T:
    """The value of the given type that `to_bytes` made the bytes of."""
    return from_json(kind, json.loads(content))


def many_from_bytes(kind: type[T], content: bytes) -> tuple[T, ...]:
    """The values of one type that `to_bytes` made of a tuple of them."""
    data = json.loads(content)
    if not isinstance(data, list):
        raise ValueError(f"not a list of {kind.__name__}")
    return tuple(from_json(kind, value) for value in data)


def analysis_to_bytes(analysis: Analysis) -> bytes:
    """An analysis as the store keeps it."""
    return to_bytes(analysis)


def analysis_from_bytes(content: bytes) -> Analysis:
    """The analysis that `analysis_to_bytes` made the bytes of."""
    return from_bytes(Analysis, content)


@cache
def _decoder(hint: object) -> Decoder:
    """What turns JSON data into a value of a type, built once for each type."""
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _many(args[0]) if args[-1] is Ellipsis else _fixed(args)
    if origin in (Union, UnionType):
        return _optional(args)
    return _moment if hint is datetime else _plain


def _record(kind: Callable[..., object]) -> Decoder:
    """A decoder of a dataclass; a field that the data lacks takes its default."""
    hints = get_type_hints(kind)
    parts = [(name, _decoder(hint)) for name, hint in hints.items()]
    needed = _needed(kind)

    def decode(data: Json) -> object:
        if not isinstance(data, dict) or not needed <= data.keys():
            raise ValueError(f"data does not fit {kind}")
        return kind(**{name: part(data[name]) for name, part in parts if name in data})

    return decode


def _needed(kind: object) -> frozenset[str]:
    """The fields of a dataclass that have no default."""
    if not isinstance(kind, type) or not is_dataclass(kind):
        return frozenset()
    return frozenset(
        f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING
    )


def _many(hint: object) -> Decoder:
    part = _decoder(hint)
    return lambda data: tuple(part(value) for value in _listed(data))


def _fixed(hints: tuple[object, ...]) -> Decoder:
    parts = tuple(_decoder(hint) for hint in hints)
    return lambda data: tuple(p(v) for p, v in zip(parts, _listed(data), strict=True))


def _optional(hints: tuple[object, ...]) -> Decoder:
    part = _decoder(next(hint for hint in hints if hint is not NoneType))
    return lambda data: None if data is None else part(data)


def _listed(data: Json) -> list[Json]:
    if not isinstance(data, list):
        raise ValueError(f"a list was expected, not {type(data).__name__}")
    return data


def _moment(data: Json) -> object:
    return datetime.fromisoformat(str(data))


def _plain(data: Json) -> object:
    return data
