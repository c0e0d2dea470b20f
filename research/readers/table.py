"""Tables with columns: which rows are headers, and what each column is called."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from research.errors import EmptyFile
from research.model import Upload
from research.readers.grid import Grid, Row, grid_of

_IMPORT_ID = re.compile(r'^\{"ImportId"')
_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?$")
_LEGACY = re.compile(r"^V\d+$")
_NAME = 1_000  # characters in which a column's name is told
_NO_OPTION = frozenset({"", "response", "open-ended response", "antwoord", "open antwoord"})
_LONG_HEADER = 12


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its short name, the question it answers, and which option it is of."""

    position: int
    name: str
    question: str
    option: str = ""

    @property
    def title(self) -> str:
        """The question, with the option when there is one."""
        return f"{self.question} — {self.option}" if self.option else self.question


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and data rows; `notes` are remarks on how the header was understood."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def values(self, column: Column) -> tuple[str, ...]:
        """Every cell of a column, in file order."""
        return tuple(row[column.position] for row in self.rows)


def key(name: str) -> str:
    """A column name for comparison: lower case, letters and digits only."""
    return "".join(c for c in name[:_NAME].lower() if c.isalnum())


def language_code(value: str) -> str:
    """A language as two letters; empty when it is written otherwise."""
    code = value.strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isalpha() else ""


def table_of(upload: Upload) -> Table:
    """The table in a file, its header understood."""
    table = understand(grid_of(upload))
    if not table.rows:
        raise EmptyFile(upload.name, "the table has a header but no rows; export the answers again")
    return table


def understand(grid: Grid) -> Table:
    """Columns and rows, by the header habits of the survey tools."""
    rows, notes = _without_title(grid.rows)
    notes = (*grid.notes, *notes)
    if not rows:
        return Table((), (), notes)
    if _has_no_header(rows[0]):
        names = tuple(f"column {i + 1}" for i in range(len(rows[0])))
        return Table(_columns(names, names), rows, (*notes, "no header row; columns are numbered"))
    columns, used = _header(rows)
    return Table(columns, rows[used:], notes)


def _without_title(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows without a title that stands alone above the header."""
    if len(rows) < 3 or len(rows[0]) < 3:
        return rows, ()
    alone = sum(1 for cell in rows[0] if cell) == 1 and rows[0][0] != ""
    wide = sum(1 for cell in rows[1] if cell) >= 3
    return (rows[1:], ("a title above the table is skipped",)) if alone and wide else (rows, ())


def _has_no_header(first: Row) -> bool:
    """Whether the first row is data: a bare number, or a lone cell as long as an answer."""
    if any(_NUMBER.match(cell) for cell in first):
        return True
    lone = len(first) == 1 and not first[0].rstrip().endswith(("?", ":"))
    return lone and len(first[0].split()) > _LONG_HEADER


def _header(rows: tuple[Row, ...]) -> tuple[tuple[Column, ...], int]:
    """The columns, and how many rows the header takes."""
    first = rows[0]
    second = rows[1] if len(rows) > 1 else ()
    third = rows[2] if len(rows) > 2 else ()
    if _share(third, _IMPORT_ID) > 0.5:
        return _columns(first, second), 3
    if _share(second, _IMPORT_ID) > 0.5:
        return _columns(first, first), 2
    if _share(first, _LEGACY) > 0.2 and key(second[0] if second else "") == "responseid":
        return _columns(first, second), 2
    if _is_two_rows(first, second):
        return _with_options(first, second), 2
    if second and all(not c or c.startswith("#") for c in second) and any(second):
        return _columns(first, first), 2
    return _columns(first, first), 1


def _share(cells: Sequence[str], pattern: re.Pattern[str]) -> float:
    """How many of the filled cells match."""
    filled = [cell for cell in cells if cell]
    return sum(1 for cell in filled if pattern.match(cell)) / max(len(filled), 1)


def _is_two_rows(first: Row, second: Row) -> bool:
    """Whether the second row holds SurveyMonkey's answer options."""
    if key(first[0]) not in {"respondentid", "respondent"} or not second or second[0]:
        return False
    return any(cell.lower() in _NO_OPTION and cell for cell in second) or "" in first[1:]


def _columns(names: Sequence[str], questions: Sequence[str]) -> tuple[Column, ...]:
    """Columns with names made unique and questions on one line; `group/option` is split."""
    seen: Counter[str] = Counter()
    columns: list[Column] = []
    known = set(names)
    for i, (name, question) in enumerate(zip(names, questions, strict=False)):
        bare = name or f"column {i + 1}"
        seen[bare] += 1
        unique = bare if seen[bare] == 1 else f"{bare} ({seen[bare]})"
        parent, _, option = bare.rpartition("/")
        text = " ".join((question or bare).split())
        if parent in known and parent:
            columns.append(Column(i, unique, parent, option))
        else:
            columns.append(Column(i, unique, text if seen[bare] == 1 else unique))
    return tuple(columns)


def _with_options(first: Row, second: Row) -> tuple[Column, ...]:
    """Columns whose question is carried on over empty header cells."""
    columns: list[Column] = []
    question = ""
    for i, (name, option) in enumerate(zip(first, second, strict=True)):
        question = " ".join((name or question).split())
        shown = "" if option.lower() in _NO_OPTION else " ".join(option.split())
        title = f"{question} {shown}".strip()
        columns.append(Column(i, title, question, shown))
    return tuple(columns)
