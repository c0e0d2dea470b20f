"""Transcripts as PDF: the words of its text layer, page by page."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from research.errors import BadUpload, BrokenFile, EmptyFile, TooLarge
from research.model import Reading, Upload
from research.readers.documents import EXAMPLE, read_document, row_of
from research.readers.files import DAMAGE, MEGABYTE, broken, extension
from research.readers.pages import Placed, lines_of
from research.readers.times import CLOCK
from research.readers.transcript import has_turns

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

Matrix = Sequence[float]
Lines = Callable[["PageObject"], list[Placed]]

MAX_PAGES = 2_000
MAX_TEXT = 20 * MEGABYTE
_KIND = "a PDF"
_START = b"%PDF"
_INDENT = " " * 10
_ROW = re.compile(rf"^ {{0,9}}(?:({CLOCK}) {{2,}})?(\S(?:[^ :]| (?! )){{0,40}}) {{2,}}(\S.*)$")
_LOCKED = "it is locked; print it to a new PDF, or save the words as .docx or .txt"
_SCANNED = (
    "its pages are pictures without text; have the text recognised (OCR) first, "
    "or save the words as .docx or .txt"
)


class Pdf:
    """Reads `.pdf` files that hold text."""

    name = "pdf"

    @property
    def example(self) -> Upload:
        """A tiny PDF with two turns."""
        lines = " T* ".join(f"({line}) Tj" for line in EXAMPLE)
        return Upload("voorbeeld.pdf", tiny([f"BT /F1 12 Tf 14 TL 50 750 Td {lines} ET"]))

    def recognises(self, upload: Upload) -> bool:
        """Whether it is named `.pdf` or begins like a PDF."""
        return extension(upload.name) == ".pdf" or upload.content.startswith(_START)

    def read(self, upload: Upload) -> Reading:
        """Every turn; headers, footers and page numbers that pages repeat are set aside."""
        if _START not in upload.content[:1024]:
            raise BrokenFile(upload.name, f"this is not {_KIND}; save it as .docx or .txt")
        pages = _pages_of(upload, _lines)
        empty = sum(1 for page in pages if not page)
        if empty == len(pages):
            raise EmptyFile(upload.name, _SCANNED)
        found = lines_of(pages)
        if not has_turns("\n".join(found.lines)):
            found = lines_of(_pages_of(upload, _rows))
        notes = [f"{empty} of {len(pages)} pages hold no text"] if empty else []
        return read_document(
            upload, self.name, "\n".join(found.lines), notes, pages=found.pages, aside=found.aside
        )


def _pages_of(upload: Upload, lines: Lines) -> list[list[Placed]]:
    """The lines of every page, found in one of two ways."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(upload.content))
        _check(upload, reader)
        return list(_pages(upload, reader, lines))
    except BadUpload:
        raise
    except (PyPdfError, MemoryError) as error:
        raise broken(upload, _KIND) from error
    except DAMAGE as error:
        raise broken(upload, _KIND) from error


def _check(upload: Upload, reader: "PdfReader") -> None:
    """Refuses a PDF that is locked or endless."""
    from pypdf.errors import DependencyError

    try:
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:
        locked = True
    if locked:
        raise BrokenFile(upload.name, _LOCKED)
    if len(reader.pages) > MAX_PAGES:
        raise TooLarge(upload.name, f"it has more than {MAX_PAGES:,} pages; split it")


def _pages(upload: Upload, reader: "PdfReader", read: Lines) -> Iterator[list[Placed]]:
    """The lines of each page in turn."""
    length = 0
    for page in reader.pages:
        lines = read(page)
        length += sum(len(line.text) for line in lines)
        if length > MAX_TEXT:
            raise TooLarge(upload.name, "it holds more text than a conversation; split it")
        yield lines


def _lines(page: "PageObject") -> list[Placed]:
    """The lines of a page in reading order, each with how high it stands; none beyond its edge."""
    low, high = float(page.cropbox.bottom), float(page.cropbox.top)
    lines: list[Placed] = []
    parts: list[str] = []
    heights: list[float] = []

    def end() -> None:
        text = " ".join("".join(parts).split())
        if text and low <= heights[0] <= high:
            lines.append(Placed(text, heights[0]))
        parts.clear()
        heights.clear()

    def piece(text: str, cm: Matrix, tm: Matrix, font: object, size: float) -> None:
        for number, part in enumerate(text.split("\n")):
            if number:
                end()
            parts.append(part)
            if part.strip():
                heights.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    page.extract_text(visitor_text=piece)
    end()
    return lines


def _rows(page: "PageObject") -> list[Placed]:
    """The lines of a page as they lie on it; a row of a table of speakers is one line."""
    rows: list[Placed] = []
    name = ""
    for number, line in enumerate(page.extract_text(extraction_mode="layout").split("\n")):
        words = " ".join(line.split())
        if name and words and line.startswith(_INDENT):
            rows[-1] = replace(rows[-1], text=f"{rows[-1].text} {words}")
            continue
        row = _ROW.match(line)
        name, text = row_of([cell or "" for cell in row.groups()]) if row else ("", "")
        if words:
            rows.append(Placed(text if name else words, -float(number)))
    return rows


def tiny(streams: list[str]) -> bytes:
    """A PDF with a page for each content stream, in Helvetica."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in names.items()})
    font[NameObject("/Encoding")] = NameObject("/WinAnsiEncoding")
    fonts = DictionaryObject({NameObject("/F1"): font})
    writer = PdfWriter()
    for stream in streams:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        contents = DecodedStreamObject()
        contents.set_data(stream.encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(contents)
    content = BytesIO()
    writer.write(content)
    return content.getvalue()
