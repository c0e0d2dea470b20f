"""Periods as tables write them: years, quarters, months, weeks and days, Dutch and English."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from research.readers.dates import is_date, iso_date
from research.readers.words import words

_MONTHS = {
    name: number
    for number, names in enumerate(
        words(
            """
            jan|january|januari feb|february|februari mar|mrt|maa|march|maart apr|april may|mei
            jun|june|juni jul|july|juli aug|august|augustus sep|sept|september
            oct|okt|october|oktober nov|november dec|december
        """
        ),
        start=1,
    )
    for name in names.split("|")
}
_YEAR = re.compile(r"^(20\d\d|19\d\d)$")
_QUARTER = (
    re.compile(r"^(?P<y>\d{4})[\s/-]*[qk](?P<q>[1-4])$", re.IGNORECASE),
    re.compile(r"^(?:[qk]|kwartaal |quarter )(?P<q>[1-4])[\s/'’-]*(?P<y>\d{4})$", re.IGNORECASE),
    re.compile(r"^(?P<q>[1-4])(?:e|st|nd|rd|th)? (?:kwartaal|quarter) (?P<y>\d{4})$", re.I),
)
_MONTH = (
    re.compile(r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})$"),
    re.compile(r"^(?P<m>\d{1,2})[-/.](?P<y>\d{4})$"),
    re.compile(r"^(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])$"),
)
_NAMED = re.compile(r"^(?P<m>[a-z]{3,9})\.?[\s/'’-]*(?P<y>\d{4}|\d{2})$", re.IGNORECASE)
_NAMED_LATE = re.compile(r"^(?P<y>\d{4})[\s/-]+(?P<m>[a-z]{3,9})\.?$", re.IGNORECASE)
_WEEK = (
    re.compile(r"^(?P<y>\d{4})[\s/-]*w(?:eek)?\s*(?P<w>\d{1,2})$", re.IGNORECASE),
    re.compile(r"^(?:w|wk|week)\s*(?P<w>\d{1,2})[\s/,'’-]+(?P<y>\d{4})$", re.IGNORECASE),
)
_DAY = re.compile(r"^(20\d\d)(\d\d)(\d\d)$")
_BETWEEN = re.compile(r"\s+(?:-|–|to|tot|t/m|until)\s+|(?<=\d)/(?=\d{4}-\d\d-\d\d)")
_SENSIBLE = re.compile(r"^(?:19|20)[0-9]{2}(?:-[QW]?[0-9]{1,2}){0,2}$")
_ISO_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")


def period(text: str) -> str:
    """A period in its canonical form; empty when it is none, or can mean several."""
    bare = " ".join(text.strip().split())
    ends = _BETWEEN.split(bare)
    if len(ends) == 2:
        return _range(ends[0], ends[1])
    found = _year_or_part(bare) or _week(bare) or _day(bare)
    return found if _SENSIBLE.match(found) else ""


def between(first: date, last: date) -> str:
    """The period from one day to another: a year, quarter or month when it is exactly one."""
    whole = (str(first.year), f"{first.year}-Q{(first.month + 2) // 3}", f"{first:%Y-%m}")
    for name in whole:
        if days(name) == (first, last):
            return name
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def days(period: str) -> tuple[date, date]:
    """The first and last day of a canonical period. Raises `ValueError` for anything else."""
    if "/" in period:
        first, last = period.split("/")
        return date.fromisoformat(first), date.fromisoformat(last)
    if "Q" in period:
        year, quarter = int(period[:4]), int(period[-1])
        month = quarter * 3
        return date(year, month - 2, 1), date(year, month, monthrange(year, month)[1])
    if "W" in period:
        monday = date.fromisocalendar(int(period[:4]), int(period[-2:]), 1)
        return monday, monday + timedelta(days=6)
    if len(period) == 7:
        year, month = int(period[:4]), int(period[5:])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if len(period) == 4:
        return date(int(period), 1, 1), date(int(period), 12, 31)
    return date.fromisoformat(period), date.fromisoformat(period)


def order(period: str) -> tuple[str, str]:
    """A key that puts periods in order of time, those without a period first."""
    if not period:
        return "", ""
    first, last = days(period)
    return last.isoformat(), first.isoformat()


def alike(one: str, other: str) -> bool:
    """Whether two periods can be compared: both as long, give or take a tenth."""
    if not one or not other:
        return False
    lengths = [(b - a).days + 1 for a, b in (days(one), days(other))]
    return max(lengths) - min(lengths) <= max(3, max(lengths) // 10) and (min(lengths) > 1) == (
        max(lengths) > 1
    )


def before(chosen: str, others: Iterable[str]) -> str:
    """The last period that ends before the chosen one begins and is as long; empty if none."""
    if not chosen:
        return ""
    start = days(chosen)[0]
    earlier = [p for p in others if p and days(p)[1] < start and alike(p, chosen)]
    return max(earlier, key=order, default="")


def _range(first: str, last: str) -> str:
    one, two = period(first), period(last)
    if not one or not two:
        return ""
    start, end = days(one)[0], days(two)[1]
    return between(start, end) if start <= end else ""


def _year_or_part(bare: str) -> str:
    """A year, a quarter or a month."""
    if _YEAR.match(bare):
        return bare
    for pattern in _QUARTER:
        if match := pattern.match(bare):
            return f"{match['y']}-Q{match['q']}"
    for pattern in _MONTH:
        if (match := pattern.match(bare)) and 1 <= int(match["m"]) <= 12:
            return f"{match['y']}-{int(match['m']):02}"
    match = _NAMED.match(bare) or _NAMED_LATE.match(bare)
    number = _MONTHS.get(match["m"].lower()) if match else None
    if match is None or number is None:
        return ""
    year = match["y"] if len(match["y"]) == 4 else f"20{match['y']}"
    return f"{year}-{number:02}"


def _week(bare: str) -> str:
    for pattern in _WEEK:
        if match := pattern.match(bare):
            name = f"{match['y']}-W{int(match['w']):02}"
            try:
                days(name)
            except ValueError:
                return ""
            return name
    return ""


def _day(bare: str) -> str:
    if match := _DAY.match(bare):
        bare = "-".join(match.groups())
    if not is_date(bare):
        return ""
    iso = iso_date(bare)
    try:
        return date.fromisoformat(iso).isoformat() if _ISO_DAY.match(iso) else ""
    except ValueError:
        return ""
