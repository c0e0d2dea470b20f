"""Tables about participants: who they are, by keys that match speakers, labels or files."""

from collections.abc import Sequence

from research.contracts import Format
from research.errors import BadUpload
from research.model import ParticipantRow, Reading, Upload
from research.readers.columns import judge_column
from research.readers.files import source_id
from research.readers.grid import is_table
from research.readers.table import Column, Table, key, table_of
from research.readers.words import words

KEYS = frozenset(
    words(
        """
        participant participantid participantcode participantname deelnemer deelnemerid
        deelnemercode deelnemernummer respondent respondentid respondentcode
        respondentnummer speaker spreker label voice stem name naam fullname pseudonym
        pseudoniem file filename bestand bestandsnaam transcript transcriptfile interview
        interviewee interviewfile source bron code id user klant customer nummer nr
        respondentnaam deelnemernaam username
    """
    )
)
_SURVEY = frozenset(
    words(
        """
        timestamp tijdstempel starttime completiontime startdate enddate submitdate
        recordeddate submitdateutc ipaddress collectorid datesubmitted submissiontime
    """
    )
)
_MOST_WORDS = 6
_EXAMPLE = """deelnemer,bestand,leeftijdsgroep,regio
Deelnemer 7,interview_07.vtt,25-34,Noord
Deelnemer 8,interview_08.vtt,45-54,Zuid
"""


class Participants:
    """Reads tables about participants, with any delimiter or in Excel."""

    name = "participants"
    format = Format(
        files=(".csv", ".tsv", ".xlsx", ".ods"),
        tools=("spreadsheets",),
        read="a column that matches speakers, labels or file names; the rest are attributes",
        ignored=("personal data such as e-mail and IP addresses",),
    )
    example = Upload("deelnemers.csv", _EXAMPLE.encode())

    def recognises(self, upload: Upload) -> bool:
        """Whether it is a table of short facts with a column of keys and no free text."""
        try:
            return is_table(upload) and is_about_participants(table_of(upload))
        except BadUpload:
            return False

    def read(self, upload: Upload) -> Reading:
        """A row of keys and attributes for each participant, and no passages."""
        table = table_of(upload)
        keys = _key_columns(table)
        dropped = [c for c in table.columns if c not in keys and _kind(table, c) == "personal"]
        told = [c for c in table.columns if c not in keys and c not in dropped]
        note = f"personal columns dropped: {', '.join(c.title for c in dropped)}"
        return Reading(
            source=source_id(upload.content),
            name=upload.name,
            reader=self.name,
            participants=tuple(_row(row, keys, told) for row in table.rows),
            notes=(*table.notes, *((note,) if dropped else ())),
        )


def is_about_participants(table: Table) -> bool:
    """Whether every column is short facts, one holds keys, and no survey tool wrote it."""
    if len(table.columns) < 2 or any(key(c.name) in _SURVEY for c in table.columns):
        return False
    keys = _key_columns(table)
    rest = [column for column in table.columns if column not in keys]
    questions = any(column.question.rstrip().endswith("?") for column in rest)
    return bool(keys) and bool(rest) and not questions and all(_is_short(table, c) for c in rest)


def _key_columns(table: Table) -> list[Column]:
    """The columns whose values name a participant or a file, each value once or nearly."""
    return [c for c in table.columns if key(c.name) in KEYS and _is_unique(table.values(c))]


def _is_unique(values: Sequence[str]) -> bool:
    """Whether values hardly repeat and are short."""
    filled = [value for value in values if value]
    short = all(len(value.split()) <= _MOST_WORDS for value in filled)
    return bool(filled) and short and len(set(filled)) >= 0.9 * len(filled)


def _is_short(table: Table, column: Column) -> bool:
    """Whether a column holds facts of a few words, not free text."""
    values = [value for value in table.values(column) if value]
    return all(len(value.split()) <= _MOST_WORDS for value in values)


def _kind(table: Table, column: Column) -> str:
    """What a column holds."""
    return judge_column(column, table.values(column)).kind


def _row(row: Sequence[str], keys: Sequence[Column], told: Sequence[Column]) -> ParticipantRow:
    """The keys and attributes of one participant."""
    return ParticipantRow(
        keys=tuple(row[c.position] for c in keys if row[c.position]),
        attributes=tuple((c.title, row[c.position]) for c in told if row[c.position]),
    )
