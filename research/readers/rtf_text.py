"""Rich text (RTF) to the text that a word processor would show, with marks between its parts."""

import codecs
import re
from dataclasses import dataclass, field, replace

from research.readers.words import words

ROW_STARTS, CELL_ENDS, ROW_ENDS, HEADING = "\x1c", "\x1d", "\x1e", "\x1f"
"""Marks in the text: where a table's row starts, its cells and itself end; of a heading."""

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    rb"|([\r\n\x00-\x08\x0b-\x1f]+)|([^\\{}\x00-\x08\x0a-\x1f]+)",
    re.DOTALL,
)
_HIDDEN = frozenset(
    words(
        """
        annotation atnauthor atndate atnicn atnid atnparent atnref atntime atrfend atrfstart
        background bkmkend bkmkstart colortbl comment datafield datastore fldinst filetbl
        footer footerf footerl footerr footnote ftncn ftnsep ftnsepc generator header headerf
        headerl headerr info keywords latentstyles listoverridetable listtable listtext
        nonesttables objdata object operator pgptbl pict pntext private revtbl rsidtbl rxe
        shp shpinst stylesheet subject tc themedata txe xe xmlnstbl
        """
    )
)
_SHOWN = {
    **dict.fromkeys(words("par line sect page softline column nestcell nestrow"), "\n"),
    "tab": "\t",
    "emdash": "\u2014",
    "endash": "\u2013",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "cell": CELL_ENDS,
    "row": ROW_ENDS,
    "trowd": ROW_STARTS,
}
_SYMBOLS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
_FAMILIES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_DEEPEST = 1000


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a group."""

    shown: bool = True
    deleted: bool = False
    fonts: bool = False
    codec: str = ""
    skip: int = 1


def shown_text(content: bytes) -> str | None:
    """The text with its marks; None when a group is never closed, as in a file cut off."""
    text = _Text()
    position = 0
    while match := _TOKEN.match(content, position):
        position = match.end()
        word, number, code, symbol, brace, _, run = match.groups()
        if brace:
            if not text.brace(brace):
                return None
            if not text.groups:
                return text.all()
        elif word:
            value = None if number is None else int(number)
            if word == b"bin":
                position += max(value or 0, 0)
            text.word(word.decode(), value)
        elif symbol:
            text.symbol(symbol)
        elif code or run:
            text.take(bytes.fromhex(code.decode()) if code else run)
    return None


@dataclass(slots=True)
class _Text:
    """The text so far, and what holds in the group that is open."""

    now: _Group = field(default_factory=_Group)
    groups: list[_Group] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)
    codec: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    skipping: int = 0
    heading: bool = False

    def all(self) -> str:
        """All text, with characters that were written as two halves made whole."""
        self._flush()
        halves = "".join(self.parts).encode("utf-16-le", "surrogatepass")
        return halves.decode("utf-16-le", "replace")

    def brace(self, brace: bytes) -> bool:
        """Open or close a group; False when they are nested beyond reason."""
        self._flush()
        self.skipping = 0
        if brace == b"{":
            self.groups.append(self.now)
        elif self.groups:
            self.now = self.groups.pop()
        return len(self.groups) <= _DEEPEST

    def take(self, run: bytes) -> None:
        """Take up letters, apart from those that stand in for a character given before."""
        skipped = min(self.skipping, len(run))
        self.skipping -= skipped
        if self._is_shown():
            self.waiting += run[skipped:]

    def symbol(self, symbol: bytes) -> None:
        """A backslash with a sign behind it."""
        self._flush()
        if symbol == b"*":
            self.now = replace(self.now, shown=False)
        elif self.skipping:
            self.skipping -= 1
        else:
            self._show(_SYMBOLS.get(symbol, ""))

    def word(self, word: str, value: int | None) -> None:
        """A control word with its number."""
        self._flush()
        if word in _SHOWN:
            self._paragraph(word)
        elif word == "u":
            self.skipping = self.now.skip
            self._show(chr((value or 0) % 0x10000))
        elif word in _HIDDEN:
            self.now = replace(self.now, shown=False)
        elif word in ("v", "deleted"):
            self.now = replace(self.now, deleted=value != 0)
        elif word in ("pard", "outlinelevel"):
            self.heading = word == "outlinelevel" and (value or 0) < 9
        else:
            self._letters(word, value)

    def _paragraph(self, word: str) -> None:
        """A sign of its own, such as the end of a paragraph."""
        if word == "par" and self.heading:
            self._show(HEADING)
        self._show(_SHOWN[word])

    def _letters(self, word: str, value: int | None) -> None:
        """How bytes become letters from here on."""
        if word == "plain":
            self.now = replace(self.now, deleted=False, codec="")
        elif word == "fonttbl":
            self.now = replace(self.now, shown=False, fonts=True)
        elif word == "f" and value is not None:
            self.font = value
            self.now = replace(self.now, codec=self.fonts.get(value, ""))
        elif word == "fcharset" and self.now.fonts and value in _CHARSETS:
            self.fonts[self.font] = _CHARSETS[value]
        elif word == "uc":
            self.now = replace(self.now, skip=min(max(value or 0, 0), 10))
        elif word == "ansicpg":
            self.codec = _known("utf-8" if value == 65001 else f"cp{value}") or self.codec
        elif word in _FAMILIES:
            self.codec = _FAMILIES[word]

    def _is_shown(self) -> bool:
        return self.now.shown and not self.now.deleted

    def _show(self, text: str) -> None:
        if text and self._is_shown():
            self.parts.append(text)

    def _flush(self) -> None:
        """Turn the bytes that wait into letters."""
        if self.waiting:
            self.parts.append(self.waiting.decode(self.now.codec or self.codec, "replace"))
            self.waiting.clear()


def _known(codec: str) -> str:
    """The name of a codec if there is one."""
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return ""
