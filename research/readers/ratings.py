"""Ratings of reviews, brought to 1 to 5; what is on another scale is not guessed at."""

import re
from collections.abc import Sequence

_WORDS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
_SCALED = re.compile(
    r"^(\d+(?:[.,]\d+)?)\s*(?:/|out of|van(?: de)?|von|sur)\s*(\d+)\b", re.IGNORECASE
)
_PLAIN = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(?:\*|★|⭐|stars?|sterren|ster)?$", re.IGNORECASE)


def rating(written: str) -> float | None:
    """A rating from 1 to 5; None when there is none or its scale is not known."""
    bare = written.strip().lower()
    if bare in _WORDS:
        return _WORDS[bare]
    if set(bare) <= set("★⭐☆✩\ufe0f") and bare:
        return _within(float(bare.count("★") + bare.count("⭐")))
    if scaled := _SCALED.match(bare):
        return _scaled(_number(scaled.group(1)), float(scaled.group(2)))
    plain = _PLAIN.match(bare)
    return _within(_number(plain.group(1))) if plain else None


def beyond_five(values: Sequence[str]) -> bool:
    """Whether a column of ratings holds numbers above 5, so that its scale is unknown."""
    plain = (_PLAIN.match(value.strip()) for value in values)
    return any(_number(match.group(1)) > 5 for match in plain if match)


def _scaled(value: float, top: float) -> float | None:
    """A rating with its scale, such as 8/10."""
    return _within(max(1.0, value / top * 5)) if 0 <= value <= top and top in {5, 10, 100} else None


def _within(value: float) -> float | None:
    """The rating when it lies from 1 to 5."""
    return round(value, 2) if 1 <= value <= 5 else None


def _number(written: str) -> float:
    """A number with a point or a comma."""
    return float(written.replace(",", "."))
