"""Word transcripts (`.docx`), the layout of Teams included."""

from io import BytesIO
from typing import TYPE_CHECKING

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
from research.readers.files import DAMAGE, broken, extension, is_zip, open_zip

if TYPE_CHECKING:
    from docx.document import Document

_KIND = "a Word file (.docx)"


class Word:
    """Reads `.docx` files."""

    name = "docx"
    format = Format(
        files=(".docx",),
        tools=("Microsoft Teams", "Word transcribe", "Google Docs", "Otter"),
        read="turns with `Name: text`, a name above its words, or a table of speakers and words",
        ignored=("headings", "headers and footers", "comments and deleted words"),
    )

    @property
    def example(self) -> Upload:
        """A tiny Word file with two turns."""
        from docx import Document as new_document

        document = new_document()
        for line in EXAMPLE:
            document.add_paragraph(line)
        content = BytesIO()
        document.save(content)
        return Upload("voorbeeld.docx", content.getvalue())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is named `.docx`, or is a zip with a Word document inside."""
        if extension(upload.name) in {".docx", ".docm"}:
            return True
        return is_zip(upload.content) and b"word/document.xml" in upload.content

    def read(self, upload: Upload) -> Reading:
        """Every turn, those in tables of speakers too; other tables are left out with a note."""
        paragraphs, tables = _contents(upload)
        return read_document(upload, self.name, text_of(paragraphs), table_notes(tables))


def _contents(upload: Upload) -> tuple[list[Paragraph], int]:
    """The paragraphs, and how many tables hold no turns; or the refusal."""
    from docx import Document as open_document

    with open_zip(upload, _KIND) as archive:
        if "word/document.xml" not in archive.namelist():
            raise broken(upload, _KIND)
    try:
        return _read(open_document(BytesIO(upload.content)))
    except DAMAGE as error:
        raise broken(upload, _KIND) from error


def _read(document: "Document") -> tuple[list[Paragraph], int]:
    """The paragraphs in order, and how many tables hold no turns."""
    from docx.table import Table

    paragraphs: list[Paragraph] = []
    tables = 0
    headings = {style.style_id for style in document.styles if _is_heading(style.name)}
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            lines = spoken_table([[cell.text for cell in row.cells] for row in part.rows])
            paragraphs += [Paragraph(line) for line in lines]
            tables += not lines
        else:
            # `part.style` looks the default style up anew for every paragraph: slow
            heading = part._p.style in headings
            paragraphs.append(Paragraph(part.text.replace("\v", "\n"), heading))
    return paragraphs, tables


def _is_heading(style: str | None) -> bool:
    """Whether a style by its name is that of a heading or title."""
    return (style or "").startswith(("Heading", "Title"))
