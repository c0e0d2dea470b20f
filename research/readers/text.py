"""Bytes to text: byte order marks, UTF-8, and an honest guess for what is older."""

import codecs
import re
from dataclasses import dataclass

from research.errors import UnknownFormat
from research.model import Upload
from research.readers.files import signature

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD = ("cp1252", "mac_roman")
_LIKELY = re.compile(
    "[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u2018\u2019\u201c\u201d\u20ac\u2013\u2026]"
)
_ACCENTED_CAPITAL_IN_WORD = re.compile("[a-z][\u00c0-\u00de]|[\u00c0-\u00de][a-z][\u00c0-\u00de]")
_ODD = re.compile("[^\\x00-\\x7f\u00a0\u00c0-\u024f\u2010-\u203a\u20ac\u2122]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text with LF line ends, and a remark when the encoding was guessed."""

    text: str
    note: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The remark, if any, as a tuple."""
        return (self.note,) if self.note else ()


def decode(upload: Upload) -> Text:
    """The text of a file: by its mark, else UTF-8, else a guess that is noted."""
    raw, note = _decode(upload)
    if _is_binary(raw):
        kind = signature(upload.content) or "not a text file"
        raise UnknownFormat(upload.name, f"the file is {kind}; export the words as text or a table")
    return Text(_tidy(raw), note)


def clean(text: str) -> str:
    """Text without control characters and without halves of characters, which no file can hold."""
    return _HALF.sub("\ufffd", _CONTROL.sub("", text))


def has_mark(content: bytes) -> bool:
    """Whether a byte order mark tells the encoding."""
    return any(content.startswith(mark) for mark, _ in _MARKS)


def looks_like_text(content: bytes) -> bool:
    """Whether the first bytes are text, in whatever encoding."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        return True
    head = content[:4096]
    if signature(content) and not content.startswith((b"MZ", b"ID3", b"RIFF")):
        return False
    plain = b"\x00" not in head and not _is_binary(head.decode("latin-1"))
    return plain or bool(_wide(head))


def _decode(upload: Upload) -> tuple[str, str]:
    """The raw text and the note that tells what was guessed."""
    content = upload.content
    for mark, name in _MARKS:
        if content.startswith(mark):
            skip = len(mark) if name == "utf-8" else 0
            return content[skip:].decode(name, "replace"), ""
    wide = _wide(content[:4096])
    if wide:
        return content.decode(wide, "replace"), f"encoding guessed: {wide.upper()}"
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _guess(content)


def _wide(head: bytes) -> str:
    """UTF-16 without a mark, told by where its zero bytes stand."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half < 2 or max(even, odd) < 0.7 * half or min(even, odd) > 0.05 * half:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess(content: bytes) -> tuple[str, str]:
    """The more plausible of the two common old encodings, else a statistical guess."""
    candidates: list[tuple[int, int, str, str]] = []
    for rank, name in enumerate(_OLD):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        candidates.append((_plausible(text), -rank, name, text))
    score, _, name, text = max(candidates)
    if score < 0:
        name, text = _by_statistics(content, name, text)
    return text, f"encoding guessed: {_label(name)}; check that accents look right"


def _label(name: str) -> str:
    """An encoding's name as people know it."""
    return {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}.get(name, name)


def _plausible(text: str) -> int:
    """How well a text looks like a western European language."""
    odd = len(_ODD.findall(text)) + len(_ACCENTED_CAPITAL_IN_WORD.findall(text))
    return len(_LIKELY.findall(text)) - 3 * odd


def _by_statistics(content: bytes, name: str, text: str) -> tuple[str, str]:
    """The statistical guess, or what was given when it has none."""
    from charset_normalizer import from_bytes

    best = from_bytes(content[:200_000]).best()
    if best is None:
        return name, text
    return best.encoding, content.decode(best.encoding, "replace")


def _is_binary(text: str) -> bool:
    """Whether control characters give away that this is no text."""
    head = text[:4096]
    return len(_CONTROL.findall(head)) > 0.02 * max(len(head), 1)


def _tidy(text: str) -> str:
    """Line ends as LF, control characters gone; nothing else is touched."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))
