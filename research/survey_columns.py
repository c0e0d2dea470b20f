"""The columns of a survey in a study: what each seems to hold, its first cells, and choosing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from research.columns_chosen import as_value, mappings_of, read_all_again
from research.errors import Conflict, KlantbeeldError, NotFound
from research.kpis import forget_scores
from research.metrics.scores import judged_score, may_be_nps
from research.model import (
    ColumnRole,
    ColumnsMapping,
    Decision,
    Passage,
    Reading,
    Upload,
    header_fingerprint,
)
from research.originals import apart_of
from research.readers import read_upload, reader_for
from research.readers.chosen import mapping_for, names_of
from research.readers.columns import Judgement, judge
from research.readers.grid import grid_or_error
from research.readers.survey import Sheet, date_column, sheet_of
from research.readers.table import Column, Table, table_of
from research.steps.redact import is_generic_label, redact
from research.store import Store, decisions, runs, sources, studies, uploads
from research.view import standing

MOST_ROWS, LONGEST_CELL = 5, 80
HIDDEN = "[…]"


@dataclass(frozen=True, slots=True)
class SurveyColumn:
    """A column: its role now, the one the software guesses and why, and its first cells.

    `personal` tells that its name or values are personal data: its cells are hidden then.
    Other cells are redacted.
    """

    name: str
    role: ColumnRole
    guess: ColumnRole
    reason: str
    personal: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SurveyColumns:
    """The columns of a survey in the order of its header; `chosen`: a person said so."""

    source: str
    name: str
    chosen: bool
    rows: int
    columns: tuple[SurveyColumn, ...]

    @property
    def mapping(self) -> ColumnsMapping:
        """The roles as they are now."""
        return ColumnsMapping(tuple((c.name, c.role) for c in self.columns))


def columns_of(store: Store, study_id: str, source_id: str) -> SurveyColumns:
    """The columns of a survey. Raises `NotFound`, and `Conflict` when its file is not kept."""
    upload, table = _survey(store, study_id, source_id)
    mapping = mapping_for(table, mappings_of(store, study_id))
    guesses = guessed(table)
    roles = dict(mapping.roles) if mapping else {}
    hidden = [judgement.kind == "personal" for judgement in judge(table)]
    shown = _cells(store, study_id, source_id, table, hidden)
    return SurveyColumns(
        source=source_id,
        name=upload.name,
        chosen=mapping is not None,
        rows=len(table.rows),
        columns=tuple(
            SurveyColumn(name, roles.get(name, guess), guess, reason, personal, cells)
            for name, (guess, reason), personal, cells in zip(
                names_of(table), guesses, hidden, shown, strict=True
            )
        ),
    )


def set_columns(
    store: Store,
    study_id: str,
    source_id: str,
    roles: Iterable[tuple[str, ColumnRole]],
    by: str = "",
) -> Decision:
    """Decide what the columns of a survey hold, and read it and others of its form anew.

    The same choice again is the decision that stands. Raises `BadUpload` when nothing can be
    read so, `Conflict` while a run reads the files.
    """
    upload, table = _survey(store, study_id, source_id)
    mapping = _in_order(table, ColumnsMapping(tuple(roles)))
    if any(run.status in runs.UNFINISHED for run in runs.of_study(store, study_id)):
        raise Conflict("This study is being analysed; wait for it or cancel it, then choose.")
    read_upload(upload, max_bytes=len(upload.content), columns=(mapping,))
    form, value = mapping.fingerprint, as_value(mapping)
    log = standing(decisions.of_study(store, study_id))
    last = next((d for d in reversed(log) if (d.action, d.target) == ("set-columns", form)), None)
    if last is None or last.value != value:
        last = decisions.add(store, study_id, "set-columns", form, value, (), by)
    read_all_again(store, study_id)
    forget_scores()
    return last


def guessed(table: Table) -> tuple[tuple[ColumnRole, str], ...]:
    """The role of each column that its name and its answers suggest, and why (one phrase)."""
    sheet = sheet_of(table)
    return tuple(
        _guess(sheet, column, judgement)
        for column, judgement in zip(table.columns, judge(table), strict=True)
    )


def _guess(sheet: Sheet, column: Column, judgement: Judgement) -> tuple[ColumnRole, str]:
    kind, reason = judgement.kind, judgement.reason
    if kind == "open":
        return "open", reason
    if kind in ("closed", "nps"):
        filled = [value for value in sheet.table.values(column) if value]
        score = judged_score(column.title, filled)
        if score:
            return score[0], score[1][1]
        return "nps" if kind == "nps" and may_be_nps(column.title) else "attribute", reason
    single: dict[str, tuple[ColumnRole, Column | None]] = {
        "id": ("respondent", sheet.who),
        "date": ("date", date_column(sheet)),
        "language": ("language", sheet.language),
    }
    if kind not in single:
        return "ignore", reason
    role, used = single[kind]
    return (role, reason) if column == used else ("ignore", "another column tells it")


def _in_order(table: Table, mapping: ColumnsMapping) -> ColumnsMapping:
    """The mapping in the order of the header. Raises unless it is of exactly its columns."""
    names, given = names_of(table), dict(mapping.roles)
    if len(given) < len(mapping.roles) or mapping.fingerprint != header_fingerprint(names):
        raise KlantbeeldError("Give every column of the survey a role, once.")
    return ColumnsMapping(tuple((name, given[name]) for name in names))


def _survey(store: Store, study_id: str, source_id: str) -> tuple[Upload, Table]:
    """A survey of a study, as it came."""
    studies.get(store, study_id)
    kept = next((s for s in sources.kept(store, study_id) if s.id == source_id), None)
    if kept is None:
        raise NotFound("This file is not in the study; it may have been removed.")
    if not uploads.there(store, study_id, source_id):
        raise Conflict("The original of this file is not kept, so its columns stay as they are.")
    upload = Upload(kept.name, uploads.read(store, study_id, source_id))
    try:
        if reader_for(upload).name == "survey":
            return upload, table_of(upload)
    finally:
        grid_or_error.cache_clear()
    raise NotFound("This file is not a survey; only surveys have columns to choose.")


# --- first cells -------------------------------------------------------------------


def _cells(
    store: Store, study_id: str, source_id: str, table: Table, hidden: Sequence[bool]
) -> list[tuple[str, ...]]:
    """The first cells of each column, redacted as the study is; of personal ones nothing."""
    rows = table.rows[:MOST_ROWS]
    apart = apart_of(store, study_id)
    language = next((p.language for r in apart.readings for p in r.passages if p.language), "nl")
    empty = Passage(index=0, text="", voice="", channel="survey", place="")
    passages = tuple(
        replace(empty, index=i, text=row[c.position], question=c.title, place=f"row {i + 1}")
        for c in table.columns
        for i, row in enumerate(rows)
    )
    reading = Reading(source=source_id, name="", reader="survey", passages=passages)
    clean, _ = redact(reading, apart.speakers, language, apart.ruling)
    texts = [p.text for p in clean.passages]
    who = sheet_of(table).who
    found = []
    for at, (column, personal) in enumerate(zip(table.columns, hidden, strict=True)):
        mine = texts[at * len(rows) : (at + 1) * len(rows)]
        found.append(tuple(_shown(text, personal, column == who) for text in mine))
    return found


def _shown(text: str, personal: bool, who: bool) -> str:
    """A cell as it may be seen: who answered by a code alone, cut off where it is long."""
    if text and (personal or (who and not is_generic_label(text))):
        return HIDDEN
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
