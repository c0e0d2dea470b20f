"""Summaries in the file of a transcript, which are never what people said."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from research.readers.layout import Line

SOFTWARE_SUMMARY = "a summary made by software, not what people said"
SUMMARY = "a summary, not what people said"

_OPENS = re.compile(r"^\W*(?:notes|notities|notizen|samenvatting|summary)\W*$", re.IGNORECASE)
_TRANSCRIPT = re.compile(
    r"^(?:.{0,120}\s\W{0,3}[-–—]\W{0,3})?\W*(?:transcript|transcriptie|transkript)\W*$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"^\W*\d{1,2}:\d{2}:\d{2}\W*$")
_SIGNED = re.compile(
    r"review gemini['’]s notes|notes by gemini|gemini takes notes|using gemini to take notes"
    r"|notities (?:van|door) gemini",
    re.IGNORECASE,
)
_PEN, _BOOK = "📝", "📖"
_FIRST = 200  # lines in which an unsigned summary may begin
_CLOSES = re.compile(
    r"""^\W*(?:summary|samenvatting|notes|notities|(?:suggested\ |recommended\ )?next\ steps
    |volgende\ stappen|vervolgstappen|action\ (?:items|points)|actiepunten|(?:key\ )?takeaways
    |conclusions?|conclusies?|bevindingen|findings)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)


def software_summaries(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where notes of Gemini and the like begin and end: before a transcript or behind it."""
    position = 0
    while (start := _opening(lines, position)) is not None:
        position = end = _end(lines, start)
        if end > start:
            yield start, end
        else:
            position = start + 1


def _opening(lines: Sequence[str], position: int) -> int | None:
    """The next line that opens notes, alone on its line."""
    for number in range(position, len(lines)):
        line = lines[number]
        if _OPENS.match(line[:40]) and (number < _FIRST or _PEN in line):
            return number
    return None


def _end(lines: Sequence[str], start: int) -> int:
    """The line after the notes; their own first line when they are nobody's notes."""
    following = range(start + 1, len(lines))
    clock = next((n for n in following if _CLOCK.match(lines[n][:40])), None)
    other = next((n for n in following if _PEN in lines[n] and _OPENS.match(lines[n])), None)
    limit = min(n for n in (clock, other, len(lines)) if n is not None)
    marks = [n for n in range(start + 1, limit) if _TRANSCRIPT.match(lines[n][:200])]
    signed = [n for n in range(start, limit) if _SIGNED.search(lines[n])]
    if marks:
        best = [n for n in marks if _BOOK in lines[n]] or marks
        return (best[-1] if signed or _PEN in lines[start] else marks[0]) + 1
    if signed and clock is None:
        return signed[-1] + 1
    return limit if signed or _PEN in lines[start] else start


def only_a_summary(lines: Sequence[str]) -> bool:
    """Whether nothing stands behind notes that software made."""
    ends = [end for _, end in software_summaries(lines)]
    return bool(ends) and not any(line.strip() for line in lines[ends[-1] :])


def closing_summaries(lines: Sequence[Line], talks: Iterable[int]) -> frozenset[int]:
    """The lines of summaries below the last turn, of each conversation that begins on a line."""
    found: set[int] = set()
    for start, end in pairwise([0, *sorted(talks), len(lines)]):
        found.update(range(start + _closing(lines[start:end]), end))
    return frozenset(found)


def _closing(lines: Sequence[Line]) -> int:
    """Where a summary below the last turn begins; the number of lines when there is none."""
    last = max((n for n, line in enumerate(lines) if line.label), default=len(lines))
    for number in range(last + 1, len(lines)):
        text = lines[number].text
        apart = text.startswith("#") or not lines[number - 1].text.strip()
        if apart and _CLOSES.match(text[:60]):
            return number
    return len(lines)
