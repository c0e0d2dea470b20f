"""Survey tables: open answers become passages, closed answers attributes of who gave them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from research.contracts import Format
from research.errors import EmptyFile, UnknownFormat
from research.model import Attributes, ColumnsMapping, Passage, Reading, SetAside, Upload
from research.readers.chosen import AS_CHOSEN, KIND_OF_ROLE, mapping_for, roles_in
from research.readers.columns import ColumnKind, judge
from research.readers.dates import iso_dates
from research.readers.files import source_id
from research.readers.grid import is_table
from research.readers.nonanswers import NON_ANSWER, is_non_answer
from research.readers.table import Column, Table, key, language_code, table_of

_NOT_REAL = frozenset({"survey preview", "survey test", "spam"})
_EXAMPLE = """Tijdstempel;Leeftijdsgroep;Waarom koos u voor ons?
2026-01-15 09:00;25-34;De prijs was lager dan bij de andere winkel
2026-01-15 09:05;35-44;n.v.t.
2026-01-15 09:07;25-34;Mijn zus was heel tevreden over de levering
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A survey table with its columns sorted by what they hold."""

    table: Table
    open: tuple[Column, ...]
    closed: tuple[Column, ...]
    nps: frozenset[Column]
    personal: tuple[Column, ...]
    technical: tuple[Column, ...]
    dates: tuple[Column, ...]
    who: Column | None
    language: Column | None
    chosen: bool = False


def sheet_of(table: Table, mappings: Iterable[ColumnsMapping] = ()) -> Sheet:
    """A table with its columns sorted by what they hold, or by what people said they do."""
    mapping = mapping_for(table, mappings)
    pairs = tuple(zip(table.columns, _kinds(table, mapping), strict=True))

    def of(*kinds: ColumnKind) -> tuple[Column, ...]:
        return tuple(column for column, kind in pairs if kind in kinds)

    return Sheet(
        table=table,
        open=of("open"),
        closed=of("closed", "nps"),
        nps=frozenset(of("nps")),
        personal=of("personal"),
        technical=of("technical"),
        dates=of("date"),
        who=next(iter(of("id")), None),
        language=next(iter(of("language")), None),
        chosen=mapping is not None,
    )


def _kinds(table: Table, mapping: ColumnsMapping | None) -> tuple[ColumnKind, ...]:
    """What each column holds; what is ignored stays told apart as personal or technical."""
    judged = tuple(judgement.kind for judgement in judge(table))
    if mapping is None:
        return judged
    return tuple(
        kind if role == "ignore" and kind in ("personal", "technical") else KIND_OF_ROLE[role]
        for kind, role in zip(judged, roles_in(table, mapping), strict=True)
    )


class Survey:
    """Reads survey exports in CSV, TSV and Excel; `mappings` are columns as people chose."""

    name = "survey"
    format = Format(
        files=(".csv", ".tsv", ".xlsx", ".ods"),
        tools=(
            "Qualtrics",
            "SurveyMonkey",
            "Typeform",
            "Microsoft Forms",
            "Google Forms",
            "LimeSurvey",
            "KoboToolbox",
            "Formbricks",
        ),
        read="open answers with their question; closed answers are attributes",
        ignored=(
            "personal data such as e-mail and IP addresses",
            "answers that say nothing, such as n/a",
            "facts about the form, such as duration",
        ),
    )
    example = Upload("enquete.csv", _EXAMPLE.encode())

    def __init__(self, mappings: Iterable[ColumnsMapping] = ()) -> None:
        self._mappings = tuple(mappings)

    def recognises(self, upload: Upload) -> bool:
        """Whether it is a table; the readers of other tables are asked first."""
        return is_table(upload)

    def read(self, upload: Upload) -> Reading:
        """One passage for each open answer."""
        table = table_of(upload)
        _refuse_issues(upload, table)
        sheet = sheet_of(table, self._mappings)
        if not sheet.open:
            raise EmptyFile(upload.name, _no_answers(sheet))
        answers = list(_answers(sheet))
        kept = [a for a in answers if isinstance(a, Passage)]
        return Reading(
            source=source_id(upload.content),
            name=upload.name,
            reader=self.name,
            passages=tuple(
                replace(passage, index=i) for i, passage in zip(_indices(sheet), kept, strict=True)
            ),
            set_aside=tuple(a for a in answers if isinstance(a, SetAside)),
            notes=(*table.notes, *_notes(sheet)),
        )


def _refuse_issues(upload: Upload, table: Table) -> None:
    """Refuses the export of an issue tracker, which holds a team's words, not a customer's."""
    names = {key(column.name) for column in table.columns}
    if names & {"issuetype", "cyclenumber"} or names == {"title", "description"}:
        raise UnknownFormat(upload.name, "this is a list of issues of a team, not of answers")


def _no_answers(sheet: Sheet) -> str:
    """Why a table is refused in which nobody said anything; its questions say it best."""
    names = ", ".join(column.name for column in (sheet.closed or sheet.table.columns)[:6])
    return (
        f"no column holds answers in people's own words (columns: {names}); add the open answers, "
        "or for a table about participants a column `participant` with unique names or codes"
    )


def real_rows(sheet: Sheet) -> Iterator[tuple[int, Sequence[str], str]]:
    """Every row with its number from nought, and why it is set aside: empty when it counts."""
    seen: set[tuple[str, ...]] = set()
    status = [c for c in sheet.table.columns if key(c.name) == "status"]
    for number, row in enumerate(sheet.table.rows):
        yield number, row, _row_reason(status, row, seen)
        seen.add(row)


def _answers(sheet: Sheet) -> Iterator[Passage | SetAside]:
    """Every open answer of every row, or why it is set aside."""
    dates = row_dates(sheet)
    for number, row, reason in real_rows(sheet):
        place = f"row {number + 1}"
        common = Passage(
            index=0,
            text="",
            voice=row_voice(sheet, row) or place,
            channel="survey",
            place=place,
            date=dates[number],
            language=language_code(row[sheet.language.position]) if sheet.language else "",
            attributes=_attributes(sheet, row),
        )
        for column in sheet.open:
            answer = row[column.position]
            if reason or is_non_answer(answer):
                if answer:
                    yield SetAside(place, answer, reason or NON_ANSWER)
            else:
                yield replace(common, text=answer, question=column.title)


def _spots(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The row and the column of every passage, in the order of `_answers`."""
    for number, row, reason in real_rows(sheet):
        for column in sheet.open:
            if not reason and not is_non_answer(row[column.position]):
                yield number, column.position


def _indices(sheet: Sheet) -> list[int]:
    """The number of every passage, which what people decided of its statements hangs on.

    An answer keeps the number that it has without anything chosen; others come after those,
    by row and column, so that a number never stands for another answer of the file.
    """
    spots = list(_spots(sheet))
    if not sheet.chosen:
        return list(range(len(spots)))
    known = {spot: i for i, spot in enumerate(_spots(sheet_of(sheet.table)))}
    width = len(sheet.table.columns)
    return [known.get(spot, len(known) + spot[0] * width + spot[1]) for spot in spots]


def _row_reason(status: Sequence[Column], row: Sequence[str], seen: set[tuple[str, ...]]) -> str:
    """Why a whole row is set aside; empty when it counts."""
    if tuple(row) in seen and len(row) > 1:
        return "a duplicate of an earlier row"
    for column in status:
        value = row[column.position].lower()
        if value in _NOT_REAL:
            return f"not a real answer ({value})"
    return ""


def row_voice(sheet: Sheet, row: Sequence[str]) -> str:
    """The respondent's id, when the table has one."""
    return row[sheet.who.position] if sheet.who else ""


def date_column(sheet: Sheet) -> Column | None:
    """The column that tells when people answered: of submitting rather than of starting."""
    late = [c for c in sheet.dates if not key(c.name).startswith(("start", "begin"))]
    return next(iter(late or sheet.dates), None)


def row_dates(sheet: Sheet) -> Sequence[str]:
    """The date of every row."""
    column = date_column(sheet)
    return iso_dates(sheet.table.values(column)) if column else [""] * len(sheet.table.rows)


def _attributes(sheet: Sheet, row: Sequence[str]) -> Attributes:
    """The closed answers of a row; ticked options of one question are put together."""
    found: dict[str, list[str]] = {}
    for column in sheet.closed:
        value = row[column.position].strip(" ;")
        if value and not is_non_answer(value):
            name, shown = _attribute(sheet, column, value)
            found.setdefault(name, []).append(shown)
    return tuple((name, "; ".join(dict.fromkeys(values))) for name, values in found.items())


def _attribute(sheet: Sheet, column: Column, value: str) -> tuple[str, str]:
    """The name and value of one closed answer."""
    if column in sheet.nps:
        return "nps", value
    ticked = column.option and value.lower() in {column.option.lower(), "1", "yes", "ja", "true"}
    if ticked:
        return column.question, column.option
    if column.option and not value.isdigit():
        return column.question, value
    return column.title, value


def _notes(sheet: Sheet) -> list[str]:
    """What was dropped, by column name only."""
    notes = [AS_CHOSEN] if sheet.chosen else []
    personal = [column.title for column in sheet.personal]
    if personal:
        notes.append(f"personal columns dropped: {', '.join(personal)}")
    technical = [column.title for column in sheet.technical]
    if technical:
        notes.append(f"columns of the survey tool ignored: {', '.join(technical)}")
    return notes
