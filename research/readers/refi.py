"""REFI-QDA projects (.qdpx): the sources inside as files of their own, and what is coded in them.

Version 1.0 of the exchange standard (2019), as NVivo, ATLAS.ti, MAXQDA, QualCoder and others
write it: a zip with one `.qde` in XML and a folder `sources`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile, ZipInfo

from research.errors import BadUpload, BrokenFile, EmptyFile, TooLarge, UnknownFormat
from research.model import Upload
from research.readers.files import (
    DAMAGE,
    MAX_BYTES,
    broken,
    check_size,
    extension,
    is_zip,
    open_zip,
    too_large,
)

KIND = "a REFI-QDA project (.qdpx)"
MAX_RATIO = 200
_SMALL = 1024 * 1024
_LONGEST = 95
_TEXT = frozenset({".txt", ".text", ""})
_ENDINGS = frozenset({".txt", ".docx", ".doc", ".odt", ".rtf", ".pdf", ".vtt", ".srt", ".md"})
_SOUND = frozenset({"AudioSource", "VideoSource"})
OUTSIDE = "its text lies outside the project; export it again with the sources inside"
MISSING = "its text is not in the project; export it again with the sources inside"
SOUND = "a sound or video source without a transcript; export it again with its transcript"
PICTURE = "a picture in a project; only text is read"


@dataclass(frozen=True, slots=True)
class Selection:
    """A coded part of a source's text: its offsets as written, its codes and its name."""

    start: int
    end: int
    codes: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class ProjectSource:
    """A source in a project: the file it is, or why it is none, and what is coded in it."""

    file: Upload | BadUpload
    selections: tuple[Selection, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A project that was opened: its XML and its sources, in order."""

    root: Element
    sources: tuple[ProjectSource, ...]


def is_project(upload: Upload) -> bool:
    """Whether it is named `.qdpx`, or is a zip with a project in it."""
    if extension(upload.name) == ".qdpx":
        return True
    if extension(upload.name) not in ("", ".zip") or not is_zip(upload.content):
        return False
    try:
        with ZipFile(BytesIO(upload.content)) as archive:
            return any(_is_project_xml(name) for name in archive.namelist())
    except DAMAGE:
        return False


def sources_of(upload: Upload, max_bytes: int = MAX_BYTES) -> Iterator[Upload | BadUpload]:
    """The files in a project, each called after both; or why one, or all, are refused."""
    try:
        project = open_project(upload, max_bytes)
    except BadUpload as error:
        yield error
        return
    if not project.sources:
        yield EmptyFile(upload.name, "the project holds no sources; export it again with them")
    for source in project.sources:
        yield source.file


def open_project(upload: Upload, max_bytes: int = MAX_BYTES) -> Project:
    """The XML and the sources of a project. Raises `BadUpload`."""
    check_size(upload, max_bytes)
    with open_zip(upload, KIND) as archive:
        try:
            root = _root(upload, archive, max_bytes)
            finder = _Finder(upload.name, archive, max_bytes)
            return Project(root, tuple(finder.sources(root)))
        except DAMAGE as error:
            raise broken(upload, KIND) from error


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, *names: str) -> list[Element]:
    """The elements of some names right below an element."""
    return [child for child in element if local(child) in names]


def _is_project_xml(name: str) -> bool:
    return "/" not in name and name.lower().endswith(".qde")


def _root(upload: Upload, archive: ZipFile, max_bytes: int) -> Element:
    """The XML of the project, read without entities and document types."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    entries = [e for e in archive.infolist() if _is_project_xml(e.filename)]
    entries.sort(key=lambda e: e.filename.lower() != "project.qde")
    if not entries:
        raise BrokenFile(upload.name, "there is no project.qde in it; export the project again")
    content = _content(upload.name, archive, entries[0], max_bytes)
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BrokenFile(
            upload.name,
            "the project holds XML entities, which no program of the standard writes; "
            "export it again",
        ) from error
    except (ParseError, ValueError) as error:
        raise broken(upload, KIND) from error
    if local(root) != "Project":
        raise BrokenFile(upload.name, "there is no project.qde in it; export the project again")
    return root


def _content(name: str, archive: ZipFile, entry: ZipInfo, max_bytes: int) -> bytes:
    """The bytes of one file in the zip, unless it is too large or packed like a bomb."""
    if entry.file_size > max_bytes:
        raise too_large(name, max_bytes)
    if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * entry.compress_size:
        raise TooLarge(
            name,
            f"it is packed more than {MAX_RATIO} times smaller than it is; "
            "unpack it and add the files inside",
        )
    try:
        with archive.open(entry) as file:
            return file.read(max_bytes + 1)
    except DAMAGE as error:
        raise BrokenFile(
            name,
            "it cannot be unpacked; pack the files again, or unpack it and add the files inside",
        ) from error


class _Finder:
    """Finds the files of a project's sources in its zip, and nowhere else."""

    def __init__(self, project: str, archive: ZipFile, max_bytes: int) -> None:
        self._project = project[-_LONGEST:]
        self._archive = archive
        self._max_bytes = max_bytes
        self._taken: set[str] = set()
        self._entries = {e.filename.lower(): e for e in reversed(archive.infolist())}

    def sources(self, root: Element) -> Iterator[ProjectSource]:
        """Every source in order, texts of sound and PDF sources among them."""
        for group in children(root, "Sources"):
            for element in group:
                if local(element).endswith("Source"):
                    yield self._source(element)

    def _source(self, element: Element) -> ProjectSource:
        texts = self._texts(element)
        name = element.get("name") or texts.get("name") or ""
        try:
            ending, content = self._read(element, texts)
        except BadUpload as error:
            named = self._named(name or "source", "")
            return ProjectSource(type(error)(named, error.reason))
        given = name or (texts.get("plainTextPath") or "source").rpartition("/")[2]
        return ProjectSource(Upload(self._named(given, ending), content), tuple(_selections(texts)))

    def _texts(self, element: Element) -> Element:
        """Where the text of a source is told: itself, its transcript, or its text form."""
        inner = children(element, "Transcript", "Representation")
        return inner[0] if inner else element

    def _read(self, element: Element, texts: Element) -> tuple[str, bytes]:
        """The ending and the bytes of a source: its plain text, else another form of it."""
        inline = next(("".join(e.itertext()) for e in children(texts, "PlainTextContent")), "")
        if inline.strip():
            return ".txt", inline.encode("utf-8", "replace")
        plain = texts.get("plainTextPath") or ""
        content = self._at(plain) if plain else b""
        if plain and extension(plain) in _TEXT and content.strip():
            return ".txt", content
        if rich := (texts.get("richTextPath") or ""):
            return extension(rich), self._at(rich)
        if plain:
            return extension(plain) or ".txt", content
        if local(element) in _SOUND:
            raise UnknownFormat("", SOUND)
        if local(element) == "PictureSource":
            raise UnknownFormat("", PICTURE)
        path = element.get("path") or element.get("currentPath") or ""
        return extension(path), self._at(path)

    def _at(self, path: str) -> bytes:
        """The bytes at a path of the standard, which must lie in the zip itself."""
        scheme, _, rest = path.replace("\\", "/").rpartition(":")
        if scheme.lower() not in ("", "internal"):
            raise UnknownFormat("", OUTSIDE)
        bare = rest.lstrip("/").lower()
        entry = self._entries.get(f"sources/{bare}") or self._entries.get(bare)
        if entry is None or entry.is_dir() or _is_project_xml(entry.filename):
            raise UnknownFormat("", MISSING)
        return _content("", self._archive, entry, self._max_bytes)

    def _named(self, name: str, ending: str) -> str:
        """What a source is called: after the project and itself, no two alike."""
        flat = "".join(c if c.isprintable() and c not in "/\\" else " " for c in name)
        base = " ".join(flat.split())[:_LONGEST].strip(" .") or "source"
        if extension(base) in _ENDINGS and ending:
            base = base[: -len(extension(base))]
        shown, number = f"{base}{ending}", 1
        while shown.casefold() in self._taken:
            number += 1
            shown = f"{base} ({number}){ending}"
        self._taken.add(shown.casefold())
        return f"{self._project}/{shown}"


def _selections(texts: Element) -> Iterator[Selection]:
    """The coded selections of a text, in the order of the text."""
    found = [s for e in children(texts, "PlainTextSelection") if (s := _selection(e))]
    yield from sorted(found, key=lambda s: (s.start, s.end))


def _selection(element: Element) -> Selection | None:
    """A selection with codes and whole offsets; None for an annotation or nonsense."""
    codes = tuple(dict.fromkeys(_codes(children(element, "Coding"))))
    try:
        start, end = (int(element.get(at, "")) for at in ("startPosition", "endPosition"))
    except ValueError:
        return None
    if not codes or not 0 <= start <= end:
        return None
    return Selection(start, end, codes, element.get("name") or "")


def _codes(codings: Iterable[Element]) -> Iterator[str]:
    """The ids of the codes of codings."""
    for coding in codings:
        for ref in children(coding, "CodeRef"):
            if target := guid(ref.get("targetGUID")):
                yield target


def guid(written: str | None) -> str:
    """An id as all elements of a project are compared: bare and in lower case."""
    return (written or "").strip().strip("{}").lower()
