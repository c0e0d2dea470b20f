"""Scores of survey questions: which columns give one, and how sure the score is.

The Net Promoter Score is the share of people who answer 9 or 10 on a scale of 0 to 10 less
the share who answer 0 to 6 (Reichheld 2003, Harvard Business Review 81(12)). Its 95 %
interval is the adjusted Wald interval: the variance of the scores -1, 0 and 1 after adding
three answers, 3/4 on each side and 1 1/2 between (Rocks 2016, The American Statistician
70(4), 365-372). The satisfaction score is the share of people in the two highest boxes,
with a Wilson interval.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from math import sqrt

from research.metrics.periods import between, days
from research.model import Answer, ColumnsMapping, Measured, Score, ScoreKind, Upload
from research.readers.chosen import mapping_for, roles_in
from research.readers.columns import judge
from research.readers.survey import Sheet, real_rows, row_dates, row_voice, sheet_of
from research.readers.table import Column, table_of
from research.readers.words import words
from research.wilson import Z, interval

FEW = 30
CHOSEN = "a person said so"
_RECOMMEND = re.compile(
    r"recommend|aanbeve|aanraden|\braad(?:t|en)?\b.{0,60}\baan\b|empfehl|\bnps\b|net promot",
    re.IGNORECASE,
)
_SATISFIED = re.compile(r"satisf|tevreden|\bcsat\b", re.IGNORECASE)
_RANGE = re.compile(
    r"(?<![\d.,])(\d)\s*(?:-|–|—|to|tot(?: en met)?|t/m|through|bis)\s*(\d{1,2})(?![\d.,])",
    re.IGNORECASE,
)
_NPS_NAME = re.compile(r"\bnps\b|net promot", re.IGNORECASE)
_LEADING = re.compile(
    r"^(\d{1,2})(?:\s*(?:[-–—=:.(/]|punten|points|sterren|stars?).*)?$", re.DOTALL
)
_BOXES = {
    word: value
    for value, listed in (
        (5, "very-satisfied extremely-satisfied completely-satisfied zeer-tevreden heel-tevreden "
            "erg-tevreden helemaal-tevreden uiterst-tevreden"),
        (4, "satisfied somewhat-satisfied tevreden best-tevreden redelijk-tevreden"),
        (3, "neutral neutraal neither-satisfied-nor-dissatisfied "
            "niet-tevreden-en-niet-ontevreden niet-tevreden-niet-ontevreden "
            "tevreden-noch-ontevreden noch-tevreden-noch-ontevreden"),
        (2, "dissatisfied unsatisfied somewhat-dissatisfied ontevreden niet-tevreden "
            "enigszins-ontevreden"),
        (1, "very-dissatisfied very-unsatisfied extremely-dissatisfied zeer-ontevreden "
            "heel-ontevreden erg-ontevreden helemaal-niet-tevreden uiterst-ontevreden"),
    )
    for word in words(listed)
}  # fmt: skip


Judged = tuple[int, str, Callable[[str], float | None]]


def scores_in(
    upload: Upload, source: str, mappings: Iterable[ColumnsMapping] = ()
) -> tuple[Score, ...]:
    """The questions of a survey that give a score. Raises `BadUpload`.

    A question is taken only where its name and every answer agree, a scale that could be
    another is left alone; or where people said so, in one of the `mappings`.
    """
    table = table_of(upload)
    mapping = mapping_for(table, mappings)
    sheet = sheet_of(table, () if mapping is None else (mapping,))
    roles = roles_in(table, mapping) if mapping else [""] * len(table.columns)
    found: list[Score] = []
    for column, judgement, role in zip(table.columns, judge(table), roles, strict=True):
        filled = [v for v in table.values(column) if v]
        if role in ("nps", "csat"):
            found += _score(sheet, column, _chosen(role, column.title, filled), upload.name, source)
        elif not mapping and judgement.kind in ("nps", "closed"):
            found += _score(sheet, column, judged_score(column.title, filled), upload.name, source)
    return tuple(found)


def judged_score(title: str, filled: Sequence[str]) -> tuple[ScoreKind, Judged] | None:
    """Which score a question surely gives, told by its name and its answers; None for none."""
    if nps := _nps(title, filled):
        return "nps", nps
    csat = _csat(title, filled)
    return ("csat", csat) if csat else None


def may_be_nps(title: str) -> bool:
    """Whether a question tells no other scale than that of a Net Promoter Score."""
    return _scale(title) in (None, (0, 10))


def _chosen(role: str, title: str, filled: Sequence[str]) -> tuple[ScoreKind, Judged] | None:
    """The score that people said a question gives: as it is judged, else by its answers."""
    judged = judged_score(title, filled)
    if judged and judged[0] == role:
        return judged
    if role == "nps":
        return "nps", (10, CHOSEN, lambda v: _within(v, 0, 10))
    if sum(_box(v) is not None for v in filled) >= 0.8 * len(filled):
        return "csat", (5, CHOSEN, _box)
    top = 5 if all(n is None or n <= 5 for n in map(_whole, filled)) else 7
    return "csat", (top, CHOSEN, lambda v: _within(v, 1, top))


def _within(text: str, low: int, high: int) -> float | None:
    """A whole number on a scale; None for any other."""
    number = _whole(text)
    return number if number is not None and low <= number <= high else None


def _score(
    sheet: Sheet,
    column: Column,
    found: tuple[ScoreKind, Judged] | None,
    name: str,
    source: str,
) -> Iterator[Score]:
    if found is None:
        return
    kind, (top, reason, value) = found
    digest = sha256(f"{source}/{column.position}/{column.title}".encode()).hexdigest()
    if answers := tuple(_answers(sheet, column, value)):
        yield Score(digest[:12], kind, column.title, source, name, top, reason, answers)


def _nps(title: str, filled: Sequence[str]) -> Judged | None:
    """Whether a column holds answers from 0 to 10 about recommending."""
    numbers = [_whole(v) for v in filled]
    if not _RECOMMEND.search(title) or not numbers or any(n is None or n > 10 for n in numbers):
        return None
    scale = _scale(title)
    if scale and scale != (0, 10):
        return None
    reached = [n for n in numbers if n is not None]
    if scale:
        return 10, "it asks about recommending, from 0 to 10", _whole
    if _NPS_NAME.search(title) and max(reached) > 5:
        return 10, "its name says NPS, and the answers run from 0 to 10", _whole
    if max(reached) >= 8:
        return 10, "it asks about recommending, and the answers run from 0 to 10", _whole
    return None


def _csat(title: str, filled: Sequence[str]) -> Judged | None:
    """Whether a column holds answers about satisfaction, in words or from 1 to 5 or 7."""
    if not _SATISFIED.search(title) or not filled:
        return None
    if sum(_box(v) is not None for v in filled) >= 0.8 * len(filled):
        return 5, "it asks about satisfaction, answered in words", _box
    numbers = [_whole(v) for v in filled]
    if any(n is None or not 1 <= n <= 7 for n in numbers):
        return None
    scale = _scale(title)
    highest = max(n for n in numbers if n is not None)
    if scale in ((1, 5), (1, 7)) and highest <= scale[1]:
        return scale[1], f"it asks about satisfaction, from 1 to {scale[1]}", _whole
    if scale or highest < 4:
        return None
    top = 5 if highest <= 5 else 7
    return top, f"it asks about satisfaction, and the answers run from 1 to {top}", _whole


def _scale(title: str) -> tuple[int, int] | None:
    """The ends of a scale that a question tells, such as `(0-10)`."""
    found = _RANGE.search(title)
    return (int(found.group(1)), int(found.group(2))) if found else None


def _whole(text: str) -> float | None:
    """A whole number that stands alone or before what it means: `10 - Very likely`."""
    match = _LEADING.match(text.strip())
    return float(match.group(1)) if match else None


def _box(text: str) -> float | None:
    """The box, from 1 to 5, of an answer in words."""
    bare = "-".join(re.findall(r"[^\W\d_]+", text.lower()))
    found = _BOXES.get(bare)
    return None if found is None else float(found)


def _answers(
    sheet: Sheet, column: Column, value: Callable[[str], float | None]
) -> Iterator[Answer]:
    """Each person's answer; who answered twice in a month counts once, with the last one."""
    dates = row_dates(sheet)
    last: dict[tuple[str, str], Answer] = {}
    for number, row, reason in real_rows(sheet):
        score = None if reason else value(row[column.position])
        if score is None:
            continue
        month = dates[number][:7] if re.match(r"\d{4}-\d\d-\d\d", dates[number]) else ""
        place = f"row {number + 1}"
        last[row_voice(sheet, row) or place, month] = Answer(place, month, score)
    yield from last.values()


# --- scores ------------------------------------------------------------------------


def side(score: Score, value: float) -> int:
    """1 for a promoter or a satisfied person, -1 for a detractor or dissatisfied, else 0."""
    if score.kind == "nps":
        return 1 if value >= 9 else -1 if value <= 6 else 0
    middle = (score.top + 1) / 2
    return 1 if value >= score.top - 1 else -1 if value < middle else 0


def measure(score: Score, answers: Sequence[Answer], period: str) -> Measured:
    """The score of some of a question's answers."""
    sides = [side(score, a.value) for a in answers]
    counts = (sides.count(1), sides.count(0), sides.count(-1))
    n = len(sides)
    if score.kind == "csat":
        low, high = interval(counts[0], n)
        share = counts[0] / n if n else 0.0
        return Measured(period, 100 * share, n, 100 * low, 100 * high, counts)
    value, low, high = net_promoter(counts[0], counts[2], n)
    return Measured(period, value, n, low, high, counts)


def net_promoter(promoters: int, detractors: int, n: int) -> tuple[float, float, float]:
    """The Net Promoter Score of n people, and its 95 % interval: all from -100 to 100."""
    if n <= 0:
        return 0.0, -100.0, 100.0
    value = (promoters - detractors) / n
    up, down, of = promoters + 0.75, detractors + 0.75, n + 3
    middle = (up - down) / of
    reach = Z * sqrt(((up + down) / of - middle * middle) / of)
    low, high = min(middle - reach, value), max(middle + reach, value)
    return 100 * value, 100 * max(-1.0, low), 100 * min(1.0, high)


def waves(scores: Sequence[Score]) -> tuple[tuple[Measured, Score], ...]:
    """The same question over time, the last wave last.

    A wave is a file. In one file it is a month, where the last two months have at least
    30 answers each; else all of its answers are one wave.
    """
    if len(scores) > 1:
        files = sorted(scores, key=lambda s: (_span(s), s.name, s.id))
        return tuple((measure(s, s.answers, _span(s)), s) for s in files)
    only = scores[0]
    named = sorted({a.period for a in only.answers if a.period})
    monthly = [measure(only, tuple(a for a in only.answers if a.period == m), m) for m in named]
    if len(monthly) > 1 and all(m.n >= FEW for m in monthly[-2:]):
        return tuple((m, only) for m in monthly)
    return ((measure(only, only.answers, _span(only)), only),)


def _span(score: Score) -> str:
    """The months in which people answered, as one period; empty when no answer has a date."""
    named = sorted({a.period for a in score.answers if a.period})
    return between(days(named[0])[0], days(named[-1])[1]) if named else ""
