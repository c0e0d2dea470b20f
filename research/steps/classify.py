"""Tells what each statement says: its kind, valence, touchpoints and built-in stage.

The tagger proposes; what was asked in a survey and the stars of a review shift its
scores a little, because they are as much the customer's word as the text is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from research.contracts import Vectors
from research.model import Kind, Statement
from research.steps.cues import mentions
from research.steps.features import Asked
from research.steps.tagger import Read, Tagger, load_tagger, softmax

_KINDS: dict[str, Kind] = {
    "pain": "pain",
    "motivation": "motivation",
    "praise": "praise",
    "context": "context",
    "none": "none",
}
QUESTION_SHIFT, SAYS_SOMETHING = 1.5, 1.0
AGREEMENT = 0.5
RATING_SHIFT = 0.6


@dataclass(frozen=True, slots=True)
class Understood:
    """Statements with kind, valence and touchpoints, and their stage probabilities.

    `stages` has shape (statements, stage classes), with the classes named beside it.
    """

    statements: tuple[Statement, ...]
    stages: Vectors
    stage_classes: tuple[str, ...]
    tagger: str


def classify(statements: Sequence[Statement], read: Read) -> Understood:
    """Label the statements from their text, question, form and rating."""
    tagger = load_tagger()
    asked = [Asked(s.text, s.question, s.channel) for s in statements]
    logits = tagger.scores(asked, read)
    _shift_by_question(statements, logits["kind"], tagger)
    _shift_by_rating(statements, logits, tagger)
    valence = softmax(logits["valence"])
    _agree(logits["kind"], valence, tagger)
    kinds = softmax(logits["kind"])
    labelled = tuple(
        _label(statement, kinds[i], valence[i], tagger) for i, statement in enumerate(statements)
    )
    return Understood(labelled, softmax(logits["stage"]), tagger.classes["stage"], tagger.name)


def _label(statement: Statement, kinds: Vectors, valence: Vectors, tagger: Tagger) -> Statement:
    best = int(kinds.argmax())
    return replace(
        statement,
        kind=_KINDS[tagger.classes["kind"][best]],
        kind_score=round(float(kinds[best]), 4),
        valence=int(tagger.classes["valence"][int(valence.argmax())]),
        touchpoints=mentions("touchpoint", statement.text),
    )


def _shift_by_question(statements: Sequence[Statement], logits: Vectors, tagger: Tagger) -> None:
    """A survey that asks for frustrations gets pains, unless the answer says otherwise."""
    column = {kind: i for i, kind in enumerate(tagger.classes["kind"])}
    for row, statement in enumerate(statements):
        if statement.channel != "survey" or not statement.question:
            continue
        asks = mentions("question", statement.question)
        asked_for = [k for k in ("pain", "motivation", "praise") if f"asks-{k}" in asks]
        for kind in asked_for:
            logits[row, column[kind]] += QUESTION_SHIFT
        if asked_for:
            logits[row, column["none"]] -= SAYS_SOMETHING


def _agree(logits: Vectors, valence: Vectors, tagger: Tagger) -> None:
    """Praise that sounds bad, and pain that sounds good, become less likely."""
    kind = {name: i for i, name in enumerate(tagger.classes["kind"])}
    feeling = {name: i for i, name in enumerate(tagger.classes["valence"])}
    logits[:, kind["praise"]] += AGREEMENT * np.log1p(-0.99 * valence[:, feeling["-1"]])
    logits[:, kind["pain"]] += AGREEMENT * np.log1p(-0.99 * valence[:, feeling["1"]])


def _shift_by_rating(
    statements: Sequence[Statement], logits: dict[str, Vectors], tagger: Tagger
) -> None:
    """Few stars make a pain likelier, many stars praise."""
    kind = {name: i for i, name in enumerate(tagger.classes["kind"])}
    feeling = {name: i for i, name in enumerate(tagger.classes["valence"])}
    for row, statement in enumerate(statements):
        if statement.rating is None:
            continue
        pull = float(np.clip((statement.rating - 3.0) / 2.0, -1.0, 1.0)) * RATING_SHIFT
        logits["kind"][row, kind["praise"]] += pull
        logits["kind"][row, kind["pain"]] -= pull
        logits["valence"][row, feeling["1"]] += pull
        logits["valence"][row, feeling["-1"]] -= pull
