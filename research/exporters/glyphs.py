"""The letters that the fonts of our PDFs can draw, and how others are shown."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).resolve().parent / "fonts"
SUBSTITUTE = "\N{WHITE SQUARE}"
_UNSEEN = frozenset("\u200b\u200c\u200d\ufe0e\ufe0f\u00ad\n\t ")


def drawable(text: str) -> str:
    """The text with a square for each letter that no font of ours has.

    An emoji becomes its name in brackets, so that nothing people said goes unseen.
    """
    known = _known()
    return "".join(c if ord(c) in known or c in _UNSEEN else _shown(c) for c in text)


def _shown(letter: str) -> str:
    if unicodedata.category(letter) in ("So", "Sk"):
        return f"[{unicodedata.name(letter, 'symbol').lower()}]"
    return "" if unicodedata.category(letter) in ("Mn", "Cf") else SUBSTITUTE


@cache
def _known() -> frozenset[int]:
    """The code points that one of the fonts has."""
    return frozenset().union(*(_mapped(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


def _mapped(font: bytes) -> set[int]:
    """The code points of a font's table `cmap`: its formats 4 and 12 (OpenType 1.9)."""
    start = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for number in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * number + 4)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == 4:
            found |= _segments(font, start + offset)
        elif form == 12:
            found |= _groups(font, start + offset)
    return found


def _table(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count))
    return next(int(offset) for tag, _, offset, _ in records if tag == name)


def _segments(font: bytes, at: int) -> set[int]:
    """Format 4: ends, then starts, of runs of code points."""
    (double,) = struct.unpack_from(">H", font, at + 6)
    half = double // 2
    ends = struct.unpack_from(f">{half}H", font, at + 14)
    starts = struct.unpack_from(f">{half}H", font, at + 16 + double)
    runs = zip(starts, ends, strict=True)
    return {code for start, end in runs if start != 0xFFFF for code in range(start, end + 1)}


def _groups(font: bytes, at: int) -> set[int]:
    """Format 12: groups of first and last code point."""
    (count,) = struct.unpack_from(">I", font, at + 12)
    groups = (struct.unpack_from(">II", font, at + 16 + 12 * n) for n in range(count))
    return {code for first, last in groups for code in range(first, last + 1)}
