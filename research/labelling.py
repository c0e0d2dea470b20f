"""What people correct in how statements are read, what to look at next, and taking it along."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from research.errors import Conflict, KlantbeeldError
from research.lookup import find_statement, find_theme
from research.model import KINDS, Analysis, Decision, DecisionAction, Statement, by_id
from research.relabel import UNKNOWN, corrections
from research.store import Store, decisions
from research.studies import get_view, latest_analysis
from research.view import standing

ACTIONS: dict[str, DecisionAction] = {
    "kind": "set-kind",
    "stage": "set-stage",
    "valence": "set-valence",
}
VALENCES = ("-1", "0", "1")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far checking is: what people judged, of how many, and what to look at next.

    `new` are judged since the last run: the next run learns from them.
    """

    judged: tuple[str, ...]
    new: int
    of: int
    next: tuple[Statement, ...]


def set_label(
    store: Store, study_id: str, statement_id: str, task: str, value: str, by: str = ""
) -> Decision:
    """Say what a statement is: its kind, stage or valence; the same again confirms it.

    Raises `NotFound` for a statement the study does not have, and says which values a
    task takes.
    """
    analysis = latest_analysis(store, study_id)
    statement = find_statement(analysis, statement_id)
    known = values(analysis).get(task)
    if known is None:
        raise KlantbeeldError(f"Choose one of {', '.join(ACTIONS)}.")
    if value not in known:
        raise KlantbeeldError(f"Choose one of {', '.join(known)}.")
    return decisions.add(store, study_id, ACTIONS[task], statement.id, value, (statement.id,), by)


def set_theme(
    store: Store, study_id: str, statement_id: str, theme_id: str, by: str = ""
) -> Decision:
    """Say in which theme a statement belongs; empty for none. Raises `NotFound`.

    Raises `Conflict` for a theme of another kind than the statement's.
    """
    analysis = get_view(store, study_id)
    statement = find_statement(analysis, statement_id)
    anchors: tuple[str, ...] = ()
    if theme_id:
        theme = find_theme(analysis, theme_id)
        if theme.kind != statement.kind:
            raise Conflict("This theme is of another kind; correct the statement's kind first.")
        anchors = theme.statements
    return decisions.add(store, study_id, "set-theme", statement.id, theme_id, anchors, by)


def values(analysis: Analysis) -> dict[str, tuple[str, ...]]:
    """What each task may be called in a study."""
    stages = (*analysis.taxonomy.ids, UNKNOWN)
    return {"kind": tuple(KINDS), "stage": stages, "valence": VALENCES}


def checking(store: Store, study_id: str, most: int = 20) -> Progress:
    """What people judged so far, and the statements most worth a look next."""
    analysis = latest_analysis(store, study_id)
    log = standing(decisions.of_study(store, study_id))
    judged = dict.fromkeys([*corrections(log), *(d.target for d in log if d.action == "set-theme")])
    here = by_id(get_view(store, study_id).statements)
    rest = [here[i] for i in analysis.to_check if i in here and i not in judged]
    learned = set(analysis.learned_from)
    return Progress(
        judged=tuple(i for i in judged if i in here),
        new=sum(i in here and i not in learned for i in judged),
        of=len(here),
        next=tuple(rest[:most]),
    )


def labelled_data(store: Store, study_id: str) -> bytes:
    """What people labelled, a JSON object a line: redacted words, question, labels.

    The form is that of corpora/labels; a task that nobody judged is left out.
    """
    analysis = get_view(store, study_id)
    judged = corrections(standing(decisions.of_study(store, study_id)))
    rows = [_row(s, judged[s.id]) for s in analysis.statements if s.id in judged]
    return _lines(rows)


def _row(statement: Statement, labels: dict[str, str]) -> dict[str, object]:
    told: dict[str, object] = {
        "id": statement.id,
        "text": statement.text,
        "question": statement.question,
        "form": statement.channel,
        "rating": statement.rating,
        "lang": statement.language,
    }
    found = {task: int(v) if task == "valence" else v for task, v in sorted(labels.items())}
    return told | found


def _lines(rows: Sequence[dict[str, object]]) -> bytes:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return text.encode("utf-8")
