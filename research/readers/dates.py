"""Dates of answers and reviews: ISO when a date can mean one day only, else as read."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from research.readers.words import words

_MONTHS = {
    name: number
    for number, names in enumerate(
        words("jan feb mar|mrt apr may|mei jun jul aug sep oct|okt nov dec"), start=1
    )
    for name in names.split("|")
} | {"maart": 3}
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_SHORT = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(r"^(?:\w{2,9},?\s+)?(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
_AMERICAN = re.compile(r"^([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})", re.IGNORECASE)
_EPOCH = re.compile(r"^1\d{9}(?:\d{3})?(?:\.\d+)?$")


def iso_dates(values: Sequence[str]) -> tuple[str, ...]:
    """Every date of a column; whether the day or the month comes first is told by them all."""
    shorts = [m for value in values if (m := _SHORT.match(value))]
    day_first = any(int(m.group(1)) > 12 for m in shorts)
    month_first = any(int(m.group(2)) > 12 for m in shorts)
    order = "" if day_first == month_first else ("day" if day_first else "month")
    return tuple(iso_date(value, order) for value in values)


def iso_date(value: str, order: str = "") -> str:
    """One date as ISO, or as read when it is none or ambiguous."""
    bare = value.strip()
    if match := _ISO.match(bare):
        return _safe(match.group(1), match.group(2), match.group(3)) or bare
    if match := _SHORT.match(bare):
        return _short(match.group(1), match.group(2), match.group(3), order) or bare
    if match := _WORDS.match(bare):
        return _named(match.group(3), match.group(2), match.group(1)) or bare
    if match := _AMERICAN.match(bare):
        return _named(match.group(3), match.group(1), match.group(2)) or bare
    return _epoch(bare) if _EPOCH.match(bare) else bare


def is_date(value: str) -> bool:
    """Whether a cell is a date, ambiguous or not."""
    bare = value.strip()
    return any(p.match(bare) for p in (_ISO, _SHORT, _AMERICAN, _WORDS)) and len(bare) <= 40


def _short(first: str, second: str, year: str, order: str) -> str:
    """A date of three numbers, when one reading only is possible."""
    full = year if len(year) == 4 else f"20{year}"
    if first == second or order == "day" or (int(first) > 12 and not order):
        return _safe(full, second, first)
    if order == "month" or (int(second) > 12 and not order):
        return _safe(full, first, second)
    return ""


def _named(year: str, month: str, day: str) -> str:
    """A date with the month as a word, Dutch or English."""
    number = _MONTHS.get(month.lower()) or _MONTHS.get(month.lower()[:3])
    return _safe(year, str(number), day) if number else ""


def _safe(year: str, month: str, day: str) -> str:
    """The date as ISO; empty when the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _epoch(value: str) -> str:
    """Seconds or milliseconds since 1970 as a date."""
    number = float(value)
    return (
        datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC).date().isoformat()
    )
