"""Zip archives: the files inside, each accepted or refused by its own name."""

import stat
from collections.abc import Iterable, Iterator
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from research.errors import BadUpload, BrokenFile, EmptyFile, TooLarge, UnknownFormat
from research.model import Upload
from research.readers.files import (
    DAMAGE,
    MAX_BYTES,
    MAX_UNPACKED,
    MEGABYTE,
    check_size,
    extension,
    is_litter,
    is_zip,
    too_large,
)
from research.readers.refi import is_project, sources_of

MAX_FILES = 1_000
MAX_RATIO = 200
_SMALL = MEGABYTE
_LONGEST = 200
_UTF_8 = 0x800
_ENCRYPTED = 0x1
_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype"})
_AGAIN = "unpack it and add the files inside"


def unpacked(
    uploads: Iterable[Upload], *, max_bytes: int = MAX_BYTES
) -> Iterator[Upload | BadUpload]:
    """Every file, and for a zip each file inside it, one at a time; or why it is refused.

    A file in a zip is called after both: `interviews.zip/week 1/anna.docx`. Hidden files and
    what systems leave behind are passed over, as in a folder. A REFI-QDA project is a zip of
    its sources.
    """
    for upload in uploads:
        if is_project(upload):
            yield from sources_of(upload, max_bytes)
        elif is_archive(upload):
            for inner in _inside(upload, max_bytes):
                if isinstance(inner, Upload) and is_project(inner):
                    yield from sources_of(inner, max_bytes)
                else:
                    yield inner
        else:
            yield upload


def is_archive(upload: Upload) -> bool:
    """Whether it is a zip of files, not a document or sheet that is a zip inside."""
    ending = extension(upload.name)
    if not is_zip(upload.content):
        return ending == ".zip"
    if ending not in ("", ".zip"):
        return False
    try:
        with ZipFile(BytesIO(upload.content)) as archive:
            return not _DOCUMENTS & set(archive.namelist())
    except DAMAGE:
        return ending == ".zip"


def _inside(upload: Upload, max_bytes: int) -> Iterator[Upload | BadUpload]:
    """The files in one zip."""
    try:
        check_size(upload, max_bytes)
        archive = ZipFile(BytesIO(upload.content))
        entries = _entries(upload, archive)
    except BadUpload as error:
        yield error
        return
    except DAMAGE:
        yield BrokenFile(
            upload.name, "a zip file that is damaged or cut off; pack the files again and retry"
        )
        return
    with archive:
        for name, entry in entries:
            yield _taken(archive, name, entry, max_bytes)


def _entries(upload: Upload, archive: ZipFile) -> list[tuple[str, ZipInfo]]:
    """The files by the names they are given; raises when they are too many or too large."""
    entries = [
        (_name(upload.name, parts), entry)
        for entry in archive.infolist()
        if not entry.is_dir() and (parts := _parts(entry)) and not any(map(is_litter, parts))
    ]
    if not entries:
        raise EmptyFile(upload.name, "the zip holds no files; pack them again")
    if len(entries) > MAX_FILES:
        raise TooLarge(
            upload.name, f"the zip holds more than {MAX_FILES:,} files; split it over several"
        )
    if sum(entry.file_size for _, entry in entries) > MAX_UNPACKED:
        raise TooLarge(
            upload.name,
            f"unpacked, the zip is larger than the limit of {MAX_UNPACKED // MEGABYTE} MB; "
            "leave out what is not text (sound, images)",
        )
    return sorted(entries, key=lambda named: named[0])


def _parts(entry: ZipInfo) -> list[str]:
    """The folders and the name of a file, none of which leads out of the zip."""
    name = entry.filename
    if not entry.flag_bits & _UTF_8:
        name = _as_utf_8(name)
    pieces = name.replace("\\", "/").split("/")
    return [piece.strip() for piece in pieces if piece.strip(" .") and not piece.endswith(":")]


def _as_utf_8(name: str) -> str:
    """A name of a zip that does not say that its names are UTF-8, as those of macOS are."""
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _name(archive: str, parts: list[str]) -> str:
    """What a file is called: after the zip, its folders and itself; a long name in the middle."""
    whole = "/".join((archive, *parts))
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in whole)
    if len(shown) <= _LONGEST:
        return shown
    half = _LONGEST // 2
    return f"{shown[: half - 1]}\N{HORIZONTAL ELLIPSIS}{shown[-half:]}"


def _taken(archive: ZipFile, name: str, entry: ZipInfo, max_bytes: int) -> Upload | BadUpload:
    """One file of a zip; or why it is refused, mostly before it is unpacked."""
    refused = _refusal(name, entry, max_bytes)
    if refused is not None:
        return refused
    try:
        with archive.open(entry) as file:
            content = file.read(max_bytes + 1)
    except DAMAGE:
        return BrokenFile(name, f"it cannot be unpacked; pack the files again, or {_AGAIN}")
    inner = Upload(name, content)
    if is_archive(inner):
        return UnknownFormat(name, f"it is a zip inside a zip; {_AGAIN}")
    return inner


def _refusal(name: str, entry: ZipInfo, max_bytes: int) -> BadUpload | None:
    """Why a file of a zip is not even unpacked, if it is not."""
    if entry.flag_bits & _ENCRYPTED:
        return BrokenFile(name, f"the zip is locked with a password; {_AGAIN}")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return UnknownFormat(name, "it is a link to another file; add that file itself")
    if entry.file_size > max_bytes:
        return too_large(name, max_bytes)
    if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * entry.compress_size:
        return TooLarge(
            name, f"it is packed more than {MAX_RATIO} times smaller than it is; {_AGAIN}"
        )
    return None
