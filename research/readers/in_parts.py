"""Tables too large for memory, read part by part: a gigabyte of reviews in some megabytes.

Each part is the header with the next records, and is read like a file of its own: its rows count
from its own header, and in a survey each part judges by itself what its columns hold. Records are
told by their quotation marks, so that a review of several lines stays whole.
"""

import codecs
from collections.abc import Iterator
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from research.errors import BadUpload, BrokenFile, EmptyFile
from research.model import Reading, Upload
from research.readers import read_upload
from research.readers.files import MEGABYTE
from research.readers.grid import grid_of, grid_or_error
from research.readers.table import understand

PART = 8 * MEGABYTE
MOST_RECORDS = 50_000
LONGEST_RECORD = PART
_HEAD = 256 * 1024
_BLOCK = MEGABYTE
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_in_parts(path: Path) -> Iterator[Reading]:
    """What is read in each part of a CSV or TSV file, in the order of the file.

    A part in which nobody says anything is passed over. Raises `BadUpload`, also when the
    whole file holds no words.
    """
    found = False
    refused: BadUpload | None = None
    for number, upload in enumerate(parts_of(path), start=1):
        try:
            reading = read_upload(upload)
        except EmptyFile as error:
            refused = error
            continue
        found = True
        yield replace(reading, name=f"{path.name} (part {number})")
    if not found:
        raise refused or EmptyFile(path.name, "the file is empty; export it again")


def parts_of(path: Path) -> Iterator[Upload]:
    """The parts of a table, each an upload that can be read, in UTF-8. Raises `BadUpload`."""
    with path.open("rb") as raw, _text(raw) as lines:
        records = _records(path, lines)
        head, header = _header(path, records)
        part, size, count = list(head), sum(map(len, head)), len(head)
        for record in records:
            if size + len(record) > PART or count >= MOST_RECORDS:
                yield _upload(path, header, part)
                part, size, count = [], 0, 0
            part.append(record)
            size += len(record)
            count += 1
        if part:
            yield _upload(path, header, part)


def _upload(path: Path, header: list[str], part: list[str]) -> Upload:
    return Upload(path.name, "".join((*header, *part)).encode())


def _text(raw: BinaryIO) -> TextIO:
    """The file as text: by its mark, else UTF-8 where all of it is, else Windows-1252."""
    start = raw.read(4)
    raw.seek(0)
    encoding = "utf-16" if start.startswith(_WIDE) else "utf-8-sig" if _is_utf_8(raw) else "cp1252"
    return TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")


def _is_utf_8(raw: BinaryIO) -> bool:
    """Whether a file is UTF-8 to its end."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := raw.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        raw.seek(0)
    return True


def _records(path: Path, lines: TextIO) -> Iterator[str]:
    """The lines of the file, those of one quoted cell together."""
    held: list[str] = []
    size = 0
    quoted = False
    while line := lines.readline(LONGEST_RECORD + 1):
        held.append(line)
        size += len(line)
        if size > LONGEST_RECORD:
            raise BrokenFile(path.name, "the table breaks off; check its quotation marks")
        quoted ^= line.count('"') % 2 == 1
        if not quoted:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)


def _header(path: Path, records: Iterator[str]) -> tuple[list[str], list[str]]:
    """The records read to know the header, and those that are the header."""
    head: list[str] = []
    size = 0
    for record in records:
        head.append(record)
        size += len(record)
        if size > _HEAD:
            break
    upload = Upload(path.name, "".join(head).encode())
    try:
        grid = grid_of(upload)
    finally:
        grid_or_error.cache_clear()
    used = len(grid.rows) - len(understand(grid).rows)
    filled = [n for n, record in enumerate(head) if record.strip(' \t\r\n,;|"')]
    last = filled[used - 1] + 1 if 0 < used <= len(filled) else 0
    return head[last:], head[:last]
