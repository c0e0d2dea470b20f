"""Word transcripts (`.docx`), the layout of Teams included."""

from io import BytesIO

from research.errors import UnknownFormat
from research.model import Reading, Upload
from research.readers.files import DAMAGE, broken, extension, is_zip, open_zip
from research.readers.text import clean
from research.readers.transcript import NO_SPEAKERS, has_turns, read_transcript

_KIND = "a Word file (.docx)"
_EXAMPLE = (
    "Interviewer: Hoe ging het bestellen?",
    "Deelnemer 7: De bezorgdatum veranderde drie keer.",
)


class Word:
    """Reads `.docx` files."""

    name = "docx"

    @property
    def example(self) -> Upload:
        """A tiny Word file with two turns."""
        from docx import Document as new_document

        document = new_document()
        for line in _EXAMPLE:
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
        """Every turn; tables are left out with a note."""
        text, tables = _contents(upload)
        if not has_turns(text):
            raise UnknownFormat(upload.name, NO_SPEAKERS)
        return read_transcript(upload, self.name, text, _table_notes(tables))


def _contents(upload: Upload) -> tuple[str, int]:
    """The lines of every paragraph, and how many tables there are; or the refusal."""
    from docx import Document as open_document

    with open_zip(upload, _KIND) as archive:
        if "word/document.xml" not in archive.namelist():
            raise broken(upload, _KIND)
    try:
        document = open_document(BytesIO(upload.content))
        lines = [paragraph.text.replace("\v", "\n") for paragraph in document.paragraphs]
        return clean("\n".join(lines)), len(document.tables)
    except DAMAGE as error:
        raise broken(upload, _KIND) from error


def _table_notes(count: int) -> list[str]:
    """The remark on tables, which are not read."""
    if not count:
        return []
    return [f"{count} {'table' if count == 1 else 'tables'} in the document not read"]
