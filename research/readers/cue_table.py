"""Transcripts as a table: who says what, row by row, as Whisper and many tools write them."""

import re
from collections.abc import Iterator, Sequence

from research.contracts import Format
from research.errors import BadUpload, UnknownFormat
from research.model import Reading, SetAside, Upload
from research.readers.boilerplate import reason_to_drop
from research.readers.files import source_id
from research.readers.grid import is_table
from research.readers.table import Column, Table, key, table_of
from research.readers.times import as_clock, clock
from research.readers.turns import UNNAMED, Turn, to_passages
from research.readers.words import words

_TEXT = words("text tekst utterance transcript words content")
_WHO = words("speaker spreker voice speakername participant deelnemer")
_START = words("start starttime begin time tijd timestamp timemark")
_END = frozenset({"end", "endtime", "einde"})
_MILLISECONDS = re.compile(r"^[0-9]{1,11}$")
_EXAMPLE = """start,end,speaker,text
0:01,0:03,Interviewer,Hoe ging het bestellen?
0:03,0:06,Deelnemer 7,De bezorgdatum veranderde drie keer.
"""


class CueTable:
    """Reads tables with a speaker or a start and end beside the words."""

    name = "transcript-table"
    format = Format(
        files=(".csv", ".tsv", ".xlsx", ".ods"),
        tools=("Whisper (.tsv)", "spreadsheets"),
        read="a speaker or a start and end beside the words",
        ignored=("other columns",),
    )
    example = Upload("voorbeeld_transcript.csv", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is a table with the columns of a transcript."""
        try:
            return is_table(upload) and _is_transcript(table_of(upload))
        except BadUpload:
            return False

    def read(self, upload: Upload) -> Reading:
        """Every row, joined to turns."""
        table = table_of(upload)
        text = _find(table, _TEXT)
        if text is None:
            raise UnknownFormat(upload.name, "no column `text` holds what was said")
        turns = list(_turns(table, text))
        return Reading(
            source=source_id(upload.content),
            name=upload.name,
            reader=self.name,
            passages=to_passages(t for t in turns if not reason_to_drop(t.text)),
            set_aside=tuple(
                SetAside(t.place, t.text, reason_to_drop(t.text))
                for t in turns
                if reason_to_drop(t.text)
            ),
            notes=table.notes,
        )


def _is_transcript(table: Table) -> bool:
    """Whether words stand beside a speaker, or beside a start and an end."""
    names = {key(column.name) for column in table.columns}
    timed = bool(names & _END) and _find(table, _START) is not None
    spoken = bool(names & {"speaker", "spreker", "speakername"})
    return _find(table, _TEXT) is not None and (spoken or timed)


def _find(table: Table, names: Sequence[str]) -> Column | None:
    """The column with the first of some names."""
    columns = {key(column.name): column for column in reversed(table.columns)}
    return next((columns[name] for name in names if name in columns), None)


def _turns(table: Table, text: Column) -> Iterator[Turn]:
    """The words of every row with their speaker and place."""
    who, start = _find(table, _WHO), _find(table, _START)
    voice = UNNAMED
    for number, row in enumerate(table.rows):
        voice = (row[who.position] if who else "") or voice
        place = _place(row[start.position]) if start else ""
        yield Turn(" ".join(voice.split()), row[text.position], place or f"row {number + 1}")


def _place(written: str) -> str:
    """A start as a clock time; bare whole numbers are milliseconds, as Whisper writes them."""
    bare = _MILLISECONDS.match(written)
    return clock(int(written) // 1000) if bare else as_clock(written)
