"""Figures as tables write them: Dutch and English marks, percentages, money and durations."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from research.readers.words import words

_UNITS = {
    "%": "%", "€": "EUR", "eur": "EUR", "euro": "EUR", "$": "USD", "usd": "USD", "£": "GBP",
    "gbp": "GBP", "s": "s", "sec": "s", "seconden": "s", "seconds": "s", "min": "min",
    "minuten": "min", "minutes": "min", "h": "h", "uur": "h", "hour": "h", "hours": "h",
    "dag": "d", "dagen": "d", "day": "d", "days": "d", "pt": "points", "punten": "points",
    "points": "points", "percent": "%", "procent": "%",
}  # fmt: skip
_SECONDS = {"min": 60.0, "h": 3600.0, "d": 86400.0}
_BEFORE = re.compile(r"^(€|\$|£|eur|usd|gbp)\s*", re.IGNORECASE)
_AFTER = re.compile(r"\s*(%|€|\$|£|[a-z]+)\.?$", re.IGNORECASE)
_CLOCK = re.compile(r"^(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,]\d+)?$")
_PLAIN = re.compile(r"^[-+]?\d[\d.,]*(?:[eE][-+]?\d{1,3})?$")
_SPACED = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?!\d))")
_NOTHING = frozenset(words("- – — n/a na nvt n.v.t. n.v.t null none nan #n/a")) | {
    "",
    "(not set)",
}
_LARGEST = 1e15


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit that it was written with, which may be empty."""

    value: float
    unit: str


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no figure."""
    return text.strip().lower() in _NOTHING


def amount(text: str, decimal: str) -> Amount | None:
    """The number in a cell; None when there is none. `decimal` settles `1.234`."""
    bare, unit = _unit(text.strip().replace("\u2212", "-"))
    if clock := _CLOCK.match(bare):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return Amount(float(hours * 3600 + minutes * 60 + seconds), "s")
    negative = bare.startswith("(") and bare.endswith(")")
    number = _number(bare[1:-1] if negative else bare, decimal)
    if number is None or abs(number) > _LARGEST:
        return None
    value = (-number if negative else number) * _SECONDS.get(unit, 1.0)
    return Amount(value, "s" if unit in _SECONDS else unit)


def unit_of(text: str) -> str:
    """The unit that a word or sign means; empty when it means none. Time is in seconds."""
    unit = _UNITS.get(text.strip().strip("().").lower(), "")
    return "s" if unit in _SECONDS else unit


def seconds_in(text: str) -> float:
    """How many seconds one of the unit is: 60 for minutes, 1 when it is no time."""
    return _SECONDS.get(_UNITS.get(text.strip().strip("().").lower(), ""), 1.0)


def decimal_mark(cells: Iterable[str]) -> tuple[str, bool]:
    """The decimal mark of a file, and whether it is sure of it.

    A cell settles it when it can be read in one way only: `12,5`, `1.234,50`. Where none
    does, `1.234` is taken for a thousand.
    """
    votes = {",": 0, ".": 0}
    open_ones: set[str] = set()
    for cell in cells:
        bare, _ = _unit(cell.strip())
        if not _PLAIN.match(bare):
            continue
        mark, sure = _mark(bare)
        if mark and sure:
            votes[mark] += 1
        elif mark:
            open_ones.add(mark)
    if votes[","] != votes["."]:
        return (",", True) if votes[","] > votes["."] else (".", True)
    return ("," if "." in open_ones else "."), not open_ones


def _mark(bare: str) -> tuple[str, bool]:
    """The decimal mark that a number shows, and whether it can be no other."""
    marks = [c for c in bare if c in ".,"]
    if not marks:
        return "", True
    if len(set(marks)) == 2:
        return marks[-1], True
    if len(marks) > 1:
        return ("," if marks[0] == "." else "."), True
    whole, _, rest = bare.lstrip("+-").partition(marks[0])
    if len(rest) != 3 or whole == "0" or len(whole) > 3:
        return marks[0], True
    return marks[0], False


def _unit(text: str) -> tuple[str, str]:
    """A cell without its unit, and the unit."""
    bare, unit = text, ""
    if before := _BEFORE.match(bare):
        bare, unit = bare[before.end() :], _UNITS[before.group(1).lower()]
    after = _AFTER.search(bare)
    if after and after.group(1).lower() in _UNITS and after.start() > 0:
        bare, unit = bare[: after.start()], unit or _UNITS[after.group(1).lower()]
    return _SPACED.sub("", bare.strip()), unit


def _number(bare: str, decimal: str) -> float | None:
    """A number without its unit."""
    if not _PLAIN.match(bare):
        return None
    mark, sure = _mark(bare)
    mark = mark if sure else decimal
    thousand = "." if mark == "," else ","
    if mark and bare.count(mark) > 1:
        return None
    whole, _, rest = bare.partition(mark) if mark else (bare, "", "")
    groups = whole.lstrip("+-").split(thousand)
    if len(groups) > 1 and not all(len(group) == 3 for group in groups[1:]):
        return None
    try:
        return float(whole.replace(thousand, "") + (f".{rest}" if rest else ""))
    except ValueError:
        return None
