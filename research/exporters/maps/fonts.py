"""How wide text is, read from the font that pictures are drawn in."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import unpack_from

FOLDER = Path(__file__).resolve().parent.parent / "fonts"
REGULAR, BOLD = FOLDER / "DejaVuSans.ttf", FOLDER / "DejaVuSans-Bold.ttf"
FAMILY = "'DejaVu Sans', Verdana, sans-serif"
UNKNOWN = 1.1


@dataclass(frozen=True, slots=True)
class Font:
    """The width of each character that a font has, in parts of the size of the letters."""

    widths: Mapping[str, float]

    def width(self, text: str, size: float) -> float:
        """How wide a text is, without kerning; what the font does not have is taken as wide."""
        return size * sum(self._one(c) for c in text)

    def _one(self, character: str) -> float:
        if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
            return 0.0
        return self.widths.get(character, UNKNOWN)


@cache
def font(*, bold: bool = False) -> Font:
    """The font that comes along."""
    data = (BOLD if bold else REGULAR).read_bytes()
    tables = {
        data[at : at + 4]: unpack_from(">I", data, at + 8)[0]
        for at in range(12, 12 + 16 * unpack_from(">H", data, 4)[0], 16)
    }
    size = unpack_from(">H", data, tables[b"head"] + 18)[0]
    told = unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    advance = unpack_from(">" + "Hh" * told, data, tables[b"hmtx"])[::2]
    glyphs = _glyphs(data, tables[b"cmap"])
    return Font({chr(c): advance[min(g, told - 1)] / size for c, g in glyphs.items() if g})


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Which glyph shows a character, from the table in format 12."""
    for at in range(cmap + 4, cmap + 4 + 8 * unpack_from(">H", data, cmap + 2)[0], 8):
        start = cmap + unpack_from(">I", data, at + 4)[0]
        if unpack_from(">H", data, start)[0] == 12:
            groups = unpack_from(">I", data, start + 12)[0]
            spans = (unpack_from(">III", data, start + 16 + 12 * n) for n in range(groups))
            return {
                first + n: glyph + n
                for first, last, glyph in spans
                for n in range(last - first + 1)
            }
    raise ValueError("the font has no table of characters in format 12")


def wrap(
    text: str, size: float, width: float, *, bold: bool = False, most: int = 99
) -> tuple[str, ...]:
    """The text in lines that fit a width; at most so many, the last one then ends in `…`."""
    face = font(bold=bold)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        now = ""
        for word in paragraph.split():
            for part in _parts(word, face, size, width):
                longer = f"{now} {part}" if now and part is word else now + part
                if now and (face.width(longer, size) > width or part is not word):
                    lines.append(now)
                    longer = part
                now = longer
        lines.append(now)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and face.width(last + "…", size) > width:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip() + "…")


def _parts(word: str, face: Font, size: float, width: float) -> list[str]:
    """A word as it is, or cut where it does not fit; never between a letter and its accent."""
    if face.width(word, size) <= width:
        return [word]
    parts, now = [], ""
    for character in word:
        joined = unicodedata.combining(character) or unicodedata.category(character) == "Cf"
        if now and not joined and face.width(now + character, size) > width:
            parts.append(now)
            now = ""
        now += character
    return [*parts, now]
