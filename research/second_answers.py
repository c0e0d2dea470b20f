"""Asking a study's second coder, and what it answered; used by runs."""

import os
from collections.abc import Sequence

from research.contracts import Progress, silent
from research.errors import NotFound
from research.model import Endpoint, Labels, Statement
from research.second_coder import Ask, Reply, Unit, chat, code, key_of, messages, schema
from research.store import Store, second_coders
from research.store.second_coders import StudyAnswers

KEY = "KLANTBEELD_CODER_KEY"


def endpoint(store: Store, study_id: str) -> Endpoint:
    """Where the study's second coder lives. Raises `NotFound` when there is none."""
    found = second_coders.get(store, study_id)
    if found is None:
        raise NotFound("This study has no second coder.")
    return found


def unit_of(statement: Statement) -> Unit:
    """What of a statement is sent: its words after redaction, and the question before it."""
    return Unit(statement.text, statement.question)


def ask_all(
    store: Store,
    study_id: str,
    statements: Sequence[Statement],
    progress: Progress = silent,
    ask: Ask | None = None,
) -> int:
    """Ask what is not answered yet, and keep it; how many statements have an answer.

    Raises `CoderFailed`; what was answered before that is kept, and not asked again.
    """
    where = endpoint(store, study_id)
    answers = StudyAnswers(store, study_id, where.maker)
    units = [unit_of(s) for s in statements]
    found = code(units, ask or asking(where), answers, progress)
    return sum(key_of(u) in found for u in units)


def asking(where: Endpoint) -> Ask:
    """How the endpoint is asked; the key comes from the environment and is kept nowhere."""
    key = os.environ.get(KEY, "")

    def ask(units: Sequence[Unit]) -> Reply:
        return chat(where, key, messages(units), schema())

    return ask


def labels_of(
    store: Store, study_id: str, statements: Sequence[Statement]
) -> tuple[str, dict[str, Labels]]:
    """Who the second coder is, and what it said of the statements, by their id."""
    where = second_coders.get(store, study_id)
    if where is None:
        return "", {}
    keys = {s.id: key_of(unit_of(s)) for s in statements}
    answers = StudyAnswers(store, study_id, where.maker).get(sorted(set(keys.values())))
    return where.maker, {i: answers[key] for i, key in keys.items() if key in answers}
