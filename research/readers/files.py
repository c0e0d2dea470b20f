"""Files as they lie on disk: which ones to read, how large they may be, what they look like."""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from research.errors import BadUpload, BrokenFile, EmptyFile, NotFound, TooLarge
from research.model import Upload

MEGABYTE = 1024 * 1024
MAX_BYTES = 100 * MEGABYTE
MAX_UNPACKED = 400 * MEGABYTE
MAX_ENTRIES = 10_000

DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
    EOFError,
    OSError,
)
"""What the libraries for Word and Excel raise on a damaged file (bad XML is a SyntaxError)."""

_LITTER = frozenset({"__macosx", "thumbs.db", "desktop.ini", "node_modules", "__pycache__"})

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc or .xls)"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"ID3", "an MP3 sound file"),
    (b"OggS", "a sound file"),
    (b"RIFF", "a sound, video or image file"),
    (b"\x1aE\xdf\xa3", "a video file"),
    (b"SQLite format 3", "a database"),
    (b"PK\x03\x04", "a zip file"),
)


def source_id(content: bytes) -> str:
    """The id of a source: the first 16 hex digits of the SHA-256 of its bytes."""
    return hashlib.sha256(content).hexdigest()[:16]


def extension(name: str) -> str:
    """The ending of a file name in lower case, with its dot; empty when there is none."""
    return PurePosixPath(name.replace("\\", "/").strip()).suffix.lower()


def stem(name: str) -> str:
    """The file name without folders and ending, in lower case."""
    return PurePosixPath(name.replace("\\", "/").strip()).stem.lower()


def signature(content: bytes) -> str:
    """What the first bytes betray ("a PNG image"), or nothing when they say nothing."""
    if content[4:8] == b"ftyp":
        return "a video or sound file"
    for start, kind in _SIGNATURES:
        if content.startswith(start):
            return kind
    return ""


def is_zip(content: bytes) -> bool:
    """Whether the bytes begin like a zip file, as Word and Excel files do."""
    return content.startswith(b"PK\x03\x04")


def check_size(upload: Upload, limit: int = MAX_BYTES) -> None:
    """Refuses a file without bytes or with more than the limit."""
    if not upload.content.strip(b"\x00 \t\r\n"):
        raise EmptyFile(upload.name, "the file is empty; export it again and check its size")
    if len(upload.content) > limit:
        raise too_large(upload.name, limit)


def too_large(name: str, limit: int) -> TooLarge:
    """The refusal of a file that is larger than the limit."""
    return TooLarge(
        name,
        f"the file is larger than the limit of {limit // MEGABYTE} MB; "
        "split it, or leave out what is not text (sound, images)",
    )


def open_zip(upload: Upload, kind: str) -> zipfile.ZipFile:
    """The zip behind a Word or Excel file, after checking that it is whole and harmless."""
    if not is_zip(upload.content):
        found = signature(upload.content) or "something else"
        raise BrokenFile(
            upload.name, f"this is not {kind}: it begins like {found}; save it as {kind} again"
        )
    try:
        archive = zipfile.ZipFile(BytesIO(upload.content))
        _check_entries(upload, archive)
        _check_xml(upload, archive)
    except DAMAGE as error:
        raise broken(upload, kind) from error
    return archive


def broken(upload: Upload, kind: str) -> BrokenFile:
    """The refusal of a Word or Excel file that is damaged."""
    return BrokenFile(
        upload.name, f"{kind} that is damaged or cut off; open it, save it again and retry"
    )


def _check_entries(upload: Upload, archive: zipfile.ZipFile) -> None:
    """Refuses an archive that would grow beyond the limit when unpacked."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or len(entries) > MAX_ENTRIES:
        raise TooLarge(
            upload.name,
            f"unpacked, the file is larger than the limit of {MAX_UNPACKED // MEGABYTE} MB; "
            "save only the text in a new file",
        )


def _check_xml(upload: Upload, archive: zipfile.ZipFile) -> None:
    """Refuses XML parts that declare a document type: Office files never do, attacks do."""
    for entry in archive.infolist():
        name = entry.filename.lower()
        if not name.endswith((".xml", ".rels")) or name.startswith("meta-inf/"):
            continue  # an older OpenOffice names a document type in its list of parts
        with archive.open(entry) as part:
            start = part.read(4096).replace(b"\x00", b"").upper()
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise BrokenFile(
                upload.name,
                "the file holds XML entities, which no Office program writes; "
                "open it in Word or Excel and save it again",
            )


@dataclass(frozen=True, slots=True)
class Opened:
    """The files that could be opened, and the names of the others with the reason."""

    uploads: tuple[Upload, ...]
    refused: tuple[tuple[str, str], ...]


def open_paths(paths: Iterable[str | Path]) -> Opened:
    """Every file named or in a folder named, sorted; one that is refused stops no other."""
    uploads: list[Upload] = []
    refused: list[tuple[str, str]] = []
    for path in _files(paths):
        try:
            uploads.append(_open(path))
        except BadUpload as error:
            refused.append((error.name, error.reason))
    return Opened(tuple(uploads), tuple(refused))


def _files(paths: Iterable[str | Path]) -> Iterable[Path]:
    """Each file once; a folder that cannot be listed stands for itself."""
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if not os.path.lexists(path):
            raise NotFound(f"{path}: no such file or folder; check the spelling")
        for file in _walk(path) if os.path.isdir(path) else (path,):
            found.setdefault(file)
    return found


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder in a fixed order, without hidden ones and litter."""
    locked: list[Path] = []
    for here, folders, files in os.walk(folder, onerror=lambda e: locked.append(Path(e.filename))):
        folders[:] = sorted(f for f in folders if not is_litter(f))
        for file in sorted(f for f in files if not is_litter(f)):
            path = Path(here) / file
            if os.path.isfile(path) or not os.path.exists(path):
                yield path
    yield from locked


def is_litter(name: str) -> bool:
    """Whether a file or folder is hidden, a lock file, or left by a system."""
    return name.startswith((".", "~$")) or name.lower() in _LITTER


def _open(path: Path) -> Upload:
    """One file; one beyond the limit is refused before it is read."""
    try:
        if path.stat().st_size > MAX_BYTES and path.is_file():
            raise too_large(path.name, MAX_BYTES)
        with path.open("rb") as file:
            return Upload(path.name, file.read(MAX_BYTES + 1))
    except OSError as error:
        reason = f"cannot be opened ({error.strerror}); check that you can open it yourself"
        raise BrokenFile(path.name, reason) from error
