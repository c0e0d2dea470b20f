"""Hostile files for tests: every reader's material, and ways to spoil it."""

import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from docx import Document
from hypothesis import strategies as st
from openpyxl import Workbook

from research.errors import BadUpload
from research.model import Reading, Upload
from research.readers import READERS, read_upload
from research.readers.archive import unpacked
from research.readers.files import is_zip

FIXTURES = Path(__file__).parents[1] / "fixtures"
ENDINGS = (
    *("", ".vtt", ".srt", ".txt", ".md", ".docx", ".odt", ".rtf", ".pdf", ".html", ".json"),
    *(".jsonl", ".otr", ".eaf", ".cha", ".aud", ".csv", ".tsv", ".xlsx", ".ods", ".qdpx", ".zip"),
)
PIECES = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\t", b'"', b"'", b"{", b"[", b"<"),
    *(b"A: ", b"]]>", b"<!DOCTYPE x>", b"&a;", b"&#0;", b"&#xD800;", b"-->", b"00:00:01.000 --> "),
    *(b"\\u-99999999 ", b"\\bin999999999 ", b"{\\*\\x", b"9" * 5000, b"-1", b"1e999", b"NaN"),
    *(b"../../x", b"\xed\xa0\x80", "\u202e\u2028\u0085".encode(), "e\u0301\U0001f62c".encode()),
    *(b"=cmd|'/c'!A1", b"PK\x03\x04", b"null", b"[]", b"{}", b"\x15", b"<v ", b"true", b'""'),
)


def made_of(parts: dict[str, bytes | str]) -> bytes:
    """A zip of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes | str]:
    """The parts of a zip."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


@cache
def material() -> tuple[Upload, ...]:
    """Good files of every format: examples of the readers, fixtures and documents."""
    word, book, out = Document(), Workbook(), BytesIO()
    for line in ("Interviewer: Hoe?", "Deelnemer 7: Traag.", "Interview 2"):
        word.add_paragraph(line)
    word.save(out)
    found = [Upload("gesprek.docx", out.getvalue())]
    for row in (["Wat kan beter?", "Cijfer"], ["De levering duurde drie weken", 4]):
        book.active.append(row)
    book.save(out := BytesIO())
    found.append(Upload("enquete.xlsx", out.getvalue()))
    folders = ("in", "documents", ".")
    paths = [p for folder in folders for p in sorted((FIXTURES / folder).glob("*.*"))]
    found += [Upload(p.name, p.read_bytes()) for p in paths if p.is_file()]
    return (*(reader.example for reader in READERS), *found)


def outcome(upload: Upload) -> list[Reading | BadUpload]:
    """What becomes of a file and of those inside it; anything but a refusal is raised."""
    found: list[Reading | BadUpload] = []
    for part in unpacked([upload], max_bytes=50_000_000):
        try:
            found.append(part if isinstance(part, BadUpload) else read_upload(part))
        except BadUpload as refused:
            found.append(refused)
    return found


def spoiled(content: bytes) -> st.SearchStrategy[bytes]:
    """The bytes with some flipped, cut, doubled or replaced by what breaks parsers."""
    at = st.integers(0, max(len(content) - 1, 0))
    change = st.tuples(st.sampled_from(CHANGES), at, st.integers(0, 200), st.sampled_from(PIECES))
    return st.lists(change, min_size=1, max_size=5).map(lambda some: _changed(content, some))


def spoiled_file(upload: Upload) -> st.SearchStrategy[Upload]:
    """A file with spoiled bytes; of a zip, also one with a spoiled part in a whole zip."""
    whole = spoiled(upload.content).map(lambda content: Upload(upload.name, content))
    if not is_zip(upload.content):
        return whole
    parts = parts_of(upload.content)
    inside = st.sampled_from(sorted(parts)).flatmap(
        lambda name: spoiled(_bytes(parts[name])).map(
            lambda content: Upload(upload.name, made_of({**parts, name: content}))
        )
    )
    return st.one_of(whole, inside)


def _bytes(content: bytes | str) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


Change = Callable[[bytes, int, int, bytes], bytes]
CHANGES: tuple[Change, ...] = (
    lambda content, at, size, piece: content[:at] + piece + content[at:],
    lambda content, at, size, piece: content[:at] + piece + content[at + size :],
    lambda content, at, size, piece: content[:at] + content[at + size :],
    lambda content, at, size, piece: content[:at] + content[at : at + size] * 20 + content[at:],
    lambda content, at, size, piece: content[:at],
    lambda content, at, size, piece: content[:at] + bytes([size]) + content[at + 1 :],
    lambda content, at, size, piece: content.replace(content[at : at + 1 + size % 4], piece, 50),
)


def _changed(content: bytes, some: list[tuple[Change, int, int, bytes]]) -> bytes:
    for change, at, size, piece in some:
        content = change(content, at, size, piece)
    return content
