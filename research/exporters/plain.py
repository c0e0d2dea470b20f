"""Text of others in files of others: without what breaks XML or hides what it says."""

import re
import unicodedata

# Control characters, halves of surrogate pairs and what XML knows not; and the marks that
# turn the direction of text around, by which a text can look like another. Letters that are
# written from right to left stay, and so do combining marks and the joiners of emoji.
_BROKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_LINES = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
LONGEST_CELL = 32_767


def safe(text: str) -> str:
    """The text as any document takes it; lines end in a line feed."""
    return _BROKEN.sub("\N{REPLACEMENT CHARACTER}", _TURNING.sub("", _LINES.sub("\n", text)))


def one_line(text: str) -> str:
    """The same on one line."""
    return _BLANKS.sub(" ", safe(text)).strip()


def cell(text: str) -> str:
    """The same, no longer than a cell of a spreadsheet may be; what is cut ends in `…`."""
    return cut(safe(text), LONGEST_CELL)


def cut(text: str, longest: int) -> str:
    """The text in at most so many UTF-16 units, not cut between a letter and its marks."""
    if _units(text) <= longest:
        return text
    kept = text[:longest]
    while kept and (_units(kept) > longest - 1 or unicodedata.combining(text[len(kept)])):
        kept = kept[: -max(1, (_units(kept) - longest + 1) // 2)]
    return kept + "…"


def _units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)
