"""Tells what each statement says: its kind, valence, touchpoints and built-in stage.

The tagger proposes, from the statement's words and what stands around it; what a survey
asked and the stars of a review shift its scores a little, because they are as much the
customer's word as the text is. What people corrected in the study is learned from, and
stands as they said it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from research.contracts import Vectors
from research.model import Kind, Statement
from research.steps.context import Context, Mixed, load_context
from research.steps.cues import mentions
from research.steps.explain import Case, reasons
from research.steps.learn import learned
from research.steps.surroundings import around, in_context
from research.steps.tagger import Look, Read, Tagger, load_tagger, log_softmax
from research.steps.touchpoints import Vocabulary, bundled_vocabulary, touchpoints

_KINDS: dict[str, Kind] = {
    "pain": "pain",
    "motivation": "motivation",
    "praise": "praise",
    "context": "context",
    "none": "none",
}
QUESTION_SHIFT, SAYS_SOMETHING = 1.5, 1.0
RATING_SHIFT = 0.6
AGREEMENT = 0.5
PERSON = "person"
Corrections = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Second:
    """What a second coder says, by statement and task, to stand in the tagger's place."""

    labels: Corrections
    maker: str


@dataclass(frozen=True, slots=True)
class Understood:
    """Statements with kind, valence and touchpoints, and their stage probabilities.

    `stages` has shape (statements, stage classes), with the classes named beside it;
    `kinds` (statements, 5) are log probabilities; `features` (statements, dimensions) are
    what corrections are learned on.
    """

    statements: tuple[Statement, ...]
    stages: Vectors
    stage_classes: tuple[str, ...]
    tagger: str
    kinds: Vectors
    features: Vectors


def classify(
    statements: Sequence[Statement],
    read: Read,
    look: Look,
    corrections: Corrections | None = None,
    *,
    second: Second | None = None,
    vocabulary: Vocabulary | None = None,
    tagger: Tagger | None = None,
    context: Context | None = None,
) -> Understood:
    """Label the statements from their text and what stands around it.

    `read` is what was read of their texts, in order; `look` reads other texts;
    `corrections` are labels by task that people gave to statements, by id; they are
    learned from and stand. `second` stands where nobody corrected. Vocabulary, tagger and
    context are those that ship with the project, unless others are given.
    """
    tagger = tagger or load_tagger()
    mix = context or load_context()
    asked = in_context(statements)
    gists = around(asked, read, look)
    mixed = mix(gists, asked)
    scores = tagger.scores(asked, read, mixed)
    _shift_by_question(statements, scores["kind"], tagger)
    _shift_by_rating(statements, scores, tagger)
    _agree(scores, tagger)
    features = features_of(mixed, read)
    before = {task: score.copy() for task, score in scores.items()}
    for task in ("kind", "valence"):
        rows = corrected(statements, corrections or {}, task)
        scores[task] = learned(scores[task], features, tagger.classes[task], rows)
    why = reasons(
        Case(asked, [s.language for s in statements], before["kind"], scores["kind"], gists, read),
        tagger,
        mix,
    )
    words = vocabulary or bundled_vocabulary()
    labelled = tuple(
        replace(
            _label(s, {t: score[i] for t, score in scores.items()}, tagger),
            touchpoints=touchpoints(s, words),
            reasons=why[i],
        )
        for i, s in enumerate(statements)
    )
    if second is not None:
        labelled = tuple(decided(s, second.labels.get(s.id, {}), second.maker) for s in labelled)
    return Understood(
        tuple(decided(s, (corrections or {}).get(s.id, {}), PERSON) for s in labelled),
        np.exp(scores["stage"]),
        tagger.classes["stage"],
        tagger.name,
        scores["kind"],
        features,
    )


def corrected(
    statements: Sequence[Statement], corrections: Corrections, task: str
) -> dict[int, str]:
    """The rows of the statements whose label of a task people gave, with the label."""
    return {
        row: corrections[s.id][task]
        for row, s in enumerate(statements)
        if task in corrections.get(s.id, {})
    }


def decided(statement: Statement, labels: Mapping[str, str], maker: str) -> Statement:
    """The statement with the kind and valence that somebody gave it, if they did."""
    if "kind" in labels:
        kind = _KINDS[labels["kind"]]
        statement = replace(statement, kind=kind, kind_score=1.0, reasons=(), made_by=maker)
    if "valence" in labels:
        valence = int(labels["valence"])
        statement = replace(statement, valence=valence, valence_score=1.0, made_by=maker)
    return statement


def features_of(mixed: Mixed, read: Read) -> Vectors:
    """The mixture and the encoder's vector side by side, rows of length one."""
    norms = np.maximum(np.linalg.norm(mixed.mixture, axis=1, keepdims=True), 1e-9)
    both = np.hstack([mixed.mixture / norms, read.vectors]) / np.sqrt(2.0)
    return np.asarray(both, dtype=np.float32)


def _label(
    statement: Statement,
    scores: Mapping[str, Vectors],
    tagger: Tagger,
) -> Statement:
    kind, valence = int(scores["kind"].argmax()), int(scores["valence"].argmax())
    return replace(
        statement,
        kind=_KINDS[tagger.classes["kind"][kind]],
        kind_score=round(float(np.exp(scores["kind"][kind])), 4),
        valence=int(tagger.classes["valence"][valence]),
        valence_score=round(float(np.exp(scores["valence"][valence])), 4),
        made_by=tagger.name,
    )


def _shift_by_question(statements: Sequence[Statement], scores: Vectors, tagger: Tagger) -> None:
    """A survey that asks for frustrations gets pains, unless the answer says otherwise."""
    column = {kind: i for i, kind in enumerate(tagger.classes["kind"])}
    for row, statement in enumerate(statements):
        if statement.channel != "survey" or not statement.question:
            continue
        asks = mentions("question", statement.question)
        asked_for = [k for k in ("pain", "motivation", "praise") if f"asks-{k}" in asks]
        for kind in asked_for:
            scores[row, column[kind]] += QUESTION_SHIFT
        if asked_for:
            scores[row, column["none"]] -= SAYS_SOMETHING


def _shift_by_rating(
    statements: Sequence[Statement], scores: dict[str, Vectors], tagger: Tagger
) -> None:
    """Few stars make a pain likelier, many stars praise."""
    kind = {name: i for i, name in enumerate(tagger.classes["kind"])}
    feeling = {name: i for i, name in enumerate(tagger.classes["valence"])}
    for row, statement in enumerate(statements):
        if statement.rating is None:
            continue
        pull = float(np.clip((statement.rating - 3.0) / 2.0, -1.0, 1.0)) * RATING_SHIFT
        scores["kind"][row, kind["praise"]] += pull
        scores["kind"][row, kind["pain"]] -= pull
        scores["valence"][row, feeling["1"]] += pull
        scores["valence"][row, feeling["-1"]] -= pull
    scores["valence"] = log_softmax(scores["valence"])


def _agree(scores: dict[str, Vectors], tagger: Tagger) -> None:
    """Praise that sounds bad, and pain that sounds good, become less likely."""
    kind = {name: i for i, name in enumerate(tagger.classes["kind"])}
    feeling = {name: i for i, name in enumerate(tagger.classes["valence"])}
    valence = np.exp(scores["valence"])
    scores["kind"][:, kind["praise"]] += AGREEMENT * np.log1p(-0.99 * valence[:, feeling["-1"]])
    scores["kind"][:, kind["pain"]] += AGREEMENT * np.log1p(-0.99 * valence[:, feeling["1"]])
    scores["kind"] = log_softmax(scores["kind"])
