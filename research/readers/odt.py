"""OpenDocument transcripts (`.odt`), as LibreOffice Writer saves them."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from research.contracts import Format
from research.model import Reading, Upload
from research.readers.documents import (
    EXAMPLE,
    Paragraph,
    read_document,
    spoken_table,
    table_notes,
    text_of,
)
from research.readers.files import broken, extension
from research.readers.open_document import (
    TABLE,
    TEXT,
    body_of,
    cell_words,
    is_open_document,
    words_of,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_KIND = "an OpenDocument text (.odt)"
_INSIDE = frozenset({f"{TEXT}{name}" for name in ("list", "list-item", "list-header", "section")})
_GROUPS = frozenset(
    {f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")}
)
_URN = "urn:oasis:names:tc:opendocument:xmlns"


class OpenText:
    """Reads `.odt` files."""

    name = "odt"
    format = Format(
        files=(".odt",),
        tools=("LibreOffice", "OpenOffice"),
        read="turns with `Name: text`, a name above its words, or a table of speakers and words",
        ignored=("headings", "comments and deleted words", "footnotes"),
    )

    @property
    def example(self) -> Upload:
        """A tiny OpenDocument text with two turns."""
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in EXAMPLE)
        xml = (
            f'<office:document-content xmlns:office="{_URN}:office:1.0" '
            f'xmlns:text="{_URN}:text:1.0"><office:body><office:text>{lines}'
            "</office:text></office:body></office:document-content>"
        )
        content = BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("content.xml", xml)
        return Upload("voorbeeld.odt", content.getvalue())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is named `.odt`, or says that it is an OpenDocument text."""
        return extension(upload.name) in {".odt", ".ott"} or is_open_document(
            upload.content, "text"
        )

    def read(self, upload: Upload) -> Reading:
        """Every turn; comments, footnotes and deleted words are left out."""
        found = _Found()
        try:
            found.read(body_of(upload, _KIND, "text"))
        except RecursionError as error:
            raise broken(upload, _KIND) from error
        return read_document(
            upload, self.name, text_of(found.paragraphs), table_notes(found.tables)
        )


@dataclass(slots=True)
class _Found:
    """What has been read so far: paragraphs, and tables in which nobody speaks."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: int = 0

    def read(self, element: "Element") -> None:
        """Take up the paragraphs and tables in an element, in order."""
        for child in element:
            if child.tag == f"{TEXT}p":
                self.paragraphs.append(Paragraph(words_of(child)))
            elif child.tag == f"{TEXT}h":
                self.paragraphs.append(Paragraph(words_of(child), heading=True))
            elif child.tag == f"{TABLE}table":
                self._table(child)
            elif child.tag in _INSIDE:
                self.read(child)

    def _table(self, table: "Element") -> None:
        """Take up a table as turns, if it is one of turns."""
        lines = spoken_table([_cells(row) for row in _rows(table)])
        self.paragraphs += [Paragraph(line) for line in lines]
        self.tables += not lines


def _rows(table: "Element") -> Iterator["Element"]:
    """The rows of a table, those in groups too."""
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from _rows(child)


def _cells(row: "Element") -> list[str]:
    """The words of every cell of a row."""
    return [cell_words(cell) for cell in row if cell.tag == f"{TABLE}table-cell"]
