"""Whether text fits a box: an estimate from the widths of letters, on the safe side.

Slides have no layout until they are opened, so that their text must fit beforehand. Widths
are those of a wide common sans serif (in parts of the size of the letters).
"""

from collections.abc import Sequence
from dataclasses import dataclass

NARROW, THIN, WIDE, WIDEST = 0.28, 0.39, 0.84, 1.05
MIDDLE, CAPITAL = 0.54, 0.66
LEADING = 1.22
_WIDTHS = {
    **dict.fromkeys("iljI.,:;'’‘|! ", NARROW),
    **dict.fromkeys('ftr()[]-“”"/°·', THIN),
    **dict.fromkeys("mwMW@%…—", WIDE),
}


@dataclass(frozen=True, slots=True)
class Fitted:
    """The size that letters get, how many of the texts fit, and how many do not."""

    size: float
    kept: int
    left: int


def width_of(text: str, size: float) -> float:
    """How wide a text is on one line, in points."""
    return size * sum(_letter(c) for c in text)


def lines_of(text: str, width: float, size: float) -> int:
    """On how many lines a text stands that breaks between words."""
    lines, used = 1, 0.0
    for word in text.split():
        wide = width_of(word, size)
        gap = size * NARROW if used else 0.0
        if used + gap + wide <= width:
            used += gap + wide
            continue
        lines += (1 if used else 0) + int(wide // width)
        used = wide % width
    return lines


def height_of(texts: Sequence[str], width: float, size: float, gap: float) -> float:
    """How high texts stand below each other, in points; `gap` lies after each."""
    return sum(lines_of(t, width, size) * size * LEADING + gap for t in texts)


def fit(
    texts: Sequence[str], width: float, height: float, sizes: Sequence[float], gap: float = 4.0
) -> Fitted:
    """The largest of the sizes (largest first) at which all texts fit; else as many as do."""
    for size in sizes:
        if height_of(texts, width, size, gap) <= height:
            return Fitted(size, len(texts), 0)
    smallest = sizes[-1]
    kept = len(texts)
    while kept and height_of(texts[:kept], width, smallest, gap) > height - smallest * LEADING:
        kept -= 1
    return Fitted(smallest, kept, len(texts) - kept)


def shortened(text: str, width: float, lines: int, size: float) -> str:
    """The text on at most so many lines; what is cut ends in `…`."""
    if lines_of(text, width, size) <= lines:
        return text
    words = text.split()
    while words and lines_of(" ".join(words) + " …", width, size) > lines:
        words.pop()
    if words:
        return " ".join(words) + " …"
    letters = int(width * lines / (size * WIDE))
    return text[: max(1, letters - 1)] + "…"


def _letter(letter: str) -> float:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    if letter > "\u2e7f":
        return WIDEST
    return CAPITAL if letter.isupper() else MIDDLE
