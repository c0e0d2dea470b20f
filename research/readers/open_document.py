"""OpenDocument files (LibreOffice and others): their XML, opened safely, and its text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import ZipFile

from research.errors import BrokenFile, TooLarge
from research.model import Upload
from research.readers.files import DAMAGE, MEGABYTE, broken, is_zip, open_zip

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

MAX_XML = 100 * MEGABYTE
_CONTENT = "content.xml"
_MIMETYPE = b"application/vnd.oasis.opendocument."
_LOCKED = "it is locked with a password; open it, save it without one and retry"
_MOST_SPACES = 100
_NOT_WORDS = frozenset(
    {
        f"{OFFICE}annotation",
        f"{OFFICE}annotation-end",
        f"{TEXT}note",
        f"{TEXT}tracked-changes",
        f"{TEXT}hidden-text",
        f"{TEXT}ruby-text",
        "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}frame",
    }
)


def is_open_document(content: bytes, kind: str) -> bool:
    """Whether the bytes are an OpenDocument file of a kind, `text` or `spreadsheet`."""
    return is_zip(content) and _MIMETYPE + kind.encode() in content[:200]


def body_of(upload: Upload, kind: str, part: str) -> "Element":
    """The part (`text`, `spreadsheet`) of a document that holds its contents."""
    from defusedxml.ElementTree import fromstring

    with open_zip(upload, kind) as archive:
        if _CONTENT not in archive.namelist():
            raise broken(upload, kind)
        if _is_locked(archive):
            raise BrokenFile(upload.name, _LOCKED)
        if archive.getinfo(_CONTENT).file_size > MAX_XML:
            raise TooLarge(
                upload.name,
                f"unpacked, the file is larger than the limit of {MAX_XML // MEGABYTE} MB; "
                "save only the text in a new file",
            )
        try:
            root = fromstring(archive.read(_CONTENT), forbid_dtd=True)
        except DAMAGE as error:
            raise broken(upload, kind) from error
    found = root.find(f"{OFFICE}body/{OFFICE}{part}")
    if found is None:
        raise broken(upload, kind)
    body: Element = found
    return body


def _is_locked(archive: ZipFile) -> bool:
    """Whether the parts are encrypted, which the list of parts tells."""
    try:
        return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except KeyError:
        return False


def words_of(element: "Element") -> str:
    """The text of a paragraph or heading, without comments, footnotes and deleted words."""
    return "".join(_pieces(element))


def _pieces(element: "Element") -> Iterator[str]:
    """The pieces of text in an element, in order."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            yield " " * min(_whole(child.get(f"{TEXT}c"), 1), _MOST_SPACES)
        elif child.tag == f"{TEXT}tab":
            yield "\t"
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag not in _NOT_WORDS:
            yield from _pieces(child)
        yield child.tail or ""


def cell_words(cell: "Element") -> str:
    """The paragraphs of a table cell as lines, without the comments that hang on it."""
    lines: list[str] = []
    for child in cell:
        if child.tag in (f"{TEXT}p", f"{TEXT}h"):
            lines.append(words_of(child))
        elif child.tag in (f"{TEXT}list", f"{TEXT}list-item"):
            lines.append(cell_words(child))
    return "\n".join(lines)


def _whole(written: str | None, otherwise: int) -> int:
    """A number as an attribute gives it; another when it gives none."""
    return int(written) if written and written.isdecimal() and len(written) < 10 else otherwise


def repeated(element: "Element", attribute: str) -> int:
    """How often a row or cell stands for itself."""
    return max(1, _whole(element.get(f"{TABLE}{attribute}"), 1))
