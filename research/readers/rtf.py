"""Transcripts in rich text (`.rtf`): what a word processor would show, and nothing it hides."""

from collections.abc import Iterator

from research.contracts import Format
from research.errors import BrokenFile
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
from research.readers.rtf_text import CELL_ENDS, HEADING, ROW_ENDS, ROW_STARTS, shown_text

_KIND = "a rich text file (.rtf)"
_START = b"{\\rtf"


class RichText:
    """Reads `.rtf` files."""

    name = "rtf"
    format = Format(
        files=(".rtf",),
        tools=("word processors", "NVivo", "ATLAS.ti"),
        read="turns with `Name: text`, a name above its words, or a table of speakers and words",
        ignored=("headers and footers", "comments and deleted words", "footnotes"),
    )
    example = Upload(
        "voorbeeld.rtf", ("{\\rtf1\\ansi\n" + "\\par\n".join(EXAMPLE) + "\\par\n}").encode()
    )

    def recognises(self, upload: Upload) -> bool:
        """Whether it is named `.rtf` or begins like rich text."""
        return extension(upload.name) == ".rtf" or upload.content.startswith(_START)

    def read(self, upload: Upload) -> Reading:
        """Every turn; headers, footers, notes, comments and hidden words are left out."""
        start = upload.content.find(_START, 0, 64)
        if start < 0:
            raise BrokenFile(
                upload.name, f"this is not {_KIND}; open it in a word processor and save it again"
            )
        text = shown_text(upload.content[start:])
        if text is None:
            raise broken(upload, _KIND)
        parts = list(_parts(text))
        paragraphs = [p for part in parts if part is not None for p in part]
        tables = sum(1 for part in parts if part is None)
        return read_document(upload, self.name, text_of(paragraphs), table_notes(tables))


def _parts(text: str) -> Iterator[list[Paragraph] | None]:
    """The paragraphs between tables and those of tables in turn; None for a table without turns."""
    *rows, last = text.split(ROW_ENDS)
    table: list[list[str]] = []
    for segment in rows:
        before, _, row = segment.partition(ROW_STARTS)
        if before.strip():
            yield from _table(table)
            table = []
            yield _paragraphs(before)
        table.append(row.replace(ROW_STARTS, "").split(CELL_ENDS)[:-1])
    yield from _table(table)
    yield _paragraphs(last.replace(ROW_STARTS, "").replace(CELL_ENDS, "\n"))


def _table(rows: list[list[str]]) -> Iterator[list[Paragraph] | None]:
    """A table as turns, or as one that is not read."""
    if any(cell.strip() for row in rows for cell in row):
        lines = spoken_table([[cell.replace(HEADING, "") for cell in row] for row in rows])
        yield [Paragraph(line) for line in lines] or None


def _paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text without tables."""
    return [
        Paragraph(line.rstrip(HEADING), heading=line.endswith(HEADING)) for line in text.split("\n")
    ]
