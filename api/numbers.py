"""Numbers, moments and periods as a page writes them in its language."""

from datetime import date, datetime

from babel.core import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent


def percent(share: float, language: str) -> str:
    """A share as a whole percentage, written as the language does."""
    return format_percent(share, locale=Locale(language))


def decimal(number: float, language: str) -> str:
    """A number with at most one decimal, written as the language does; no minus nought."""
    text = format_decimal(number, format="#,##0.#", locale=Locale(language))
    return "0" if text == "-0" else text.replace("-", "−")


def moment(when: datetime, language: str) -> str:
    """A date and time, written as the language does."""
    return format_datetime(when, "d MMMM yyyy, HH:mm", locale=Locale(language))


def amount(value: float, unit: str, language: str) -> str:
    """A figure with its unit, written as the language does: 2,4%, € 12, 3 min 25 s."""
    if unit == "s":
        return _lasting(value, language)
    if len(unit) == 3 and unit.isupper():
        return format_currency(value, unit, locale=Locale(language))
    coarse = unit == "points" or (unit == "%" and abs(value) >= 10)
    form = "#,##0.#" if coarse else "#,##0.##"
    text = format_decimal(value, format=form, locale=Locale(language)).replace("-", "−")
    return f"{text}%" if unit == "%" else text


def _lasting(seconds: float, language: str) -> str:
    """A duration in the two largest units that it has."""
    left = round(seconds) if seconds >= 60 else seconds
    parts = []
    for size, name in ((86400, "d"), (3600, "u" if language == "nl" else "h"), (60, "min")):
        if left >= size:
            parts.append(f"{int(left // size)} {name}")
            left %= size
    if left or not parts:
        parts.append(f"{format_decimal(left, format='0.#', locale=Locale(language))} s")
    return " ".join(parts[:2])


def period(canonical: str, language: str) -> str:
    """A period as a person writes it: `2026-03` is March 2026."""
    if "/" in canonical:
        first, _, last = canonical.partition("/")
        return f"{period(first, language)} – {period(last, language)}"
    if "Q" in canonical:
        return f"{'K' if language == 'nl' else 'Q'}{canonical[-1]} {canonical[:4]}"
    if "W" in canonical:
        return f"week {int(canonical[-2:])}, {canonical[:4]}"
    if len(canonical) == len("2026-03"):
        day = date(int(canonical[:4]), int(canonical[5:]), 1)
        return format_date(day, "MMM yyyy", locale=Locale(language))
    if len(canonical) == len("2026-03-31"):
        return format_date(date.fromisoformat(canonical), "d MMM yyyy", locale=Locale(language))
    return canonical
