"""Places statements in the stages of the study's own journey, or says that it cannot tell.

Five stages are trained. Any other set is placed without training: each of its stages gets
the signals of the built-in stages it is like (named, or nearest by meaning). Stages that
are like the same one divide its signals by their own words: by the descriptions and example
statements that lie nearest (nearest-prototype classification, Snell et al. 2017) and their
touchpoints. Mixing those words in everywhere made stages worse (.85 to .79 at a quarter, on
interviews with five described stages), so they only divide.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from research.contracts import Vectors
from research.model import Stage, StageTag, StageTaxonomy, Statement
from research.steps.classify import PERSON, Corrections, Second, Understood, corrected
from research.steps.learn import learned

BUILT_IN = ("awareness", "consideration", "purchase", "service", "loyalty")
UNKNOWN = "unknown"
LEAST, SECOND = 0.3, 0.6
SHARPNESS = 18.0
TOUCHED = 1.3
Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Placed:
    """Statements with their stages; `scores` (statements, stages and unknown) are log shares."""

    statements: tuple[Statement, ...]
    scores: Vectors
    classes: tuple[str, ...]


def place(
    understood: Understood,
    taxonomy: StageTaxonomy,
    built_in: Sequence[Stage],
    embed: Embed,
    vectors: Vectors,
    corrections: Corrections,
    second: Second | None = None,
) -> Placed:
    """Statements with their stages, most likely first; none when it cannot be told.

    `built_in` are the five trained stages; `vectors` are those of the statements, `embed`
    gives those of other texts; `corrections` are learned from and stand as people gave
    them; `second` stands where nobody corrected.
    """
    statements = understood.statements
    columns = [understood.stage_classes.index(name) for name in BUILT_IN]
    unknown = understood.stages[:, [understood.stage_classes.index(UNKNOWN)]]
    takes = taken(taxonomy, built_in, embed)
    own = (
        by_meaning(taxonomy, embed, vectors, statements) if (takes.sum(axis=1) > 1).any() else None
    )
    known = _divided(understood.stages[:, columns], takes, own)
    scores = np.hstack([known, unknown])
    scores = np.asarray(np.log(scores / scores.sum(axis=1, keepdims=True) + 1e-9), np.float32)
    classes = (*taxonomy.ids, UNKNOWN)
    rows = corrected(statements, corrections, "stage")
    scores = learned(scores, understood.features, classes, rows)
    tagged = [
        replace(s, stages=_tags(np.exp(scores[i]), taxonomy.ids, s.kind == "none"))
        for i, s in enumerate(statements)
    ]
    if second is not None:
        for i, stage in corrected(statements, second.labels, "stage").items():
            tagged[i] = _decided(tagged[i], stage, classes, second.maker)
    for i, stage in rows.items():
        tagged[i] = _decided(tagged[i], stage, classes, PERSON)
    return Placed(tuple(tagged), scores, classes)


def describe(stage: Stage) -> str:
    """A stage in words, for comparing it by meaning."""
    words = [stage.name_nl, stage.name_en, stage.definition_nl, stage.definition_en]
    return ". ".join(w for w in dict.fromkeys([*words, ", ".join(stage.touchpoints)]) if w)


def taken(taxonomy: StageTaxonomy, built_in: Sequence[Stage], embed: Embed) -> Vectors:
    """Which stages take the signals of each built-in stage, 1 or 0: shape (5, stages).

    A stage without `like` takes the built-in stage nearest by meaning. `built_in` are the
    five trained ones.
    """
    unlike = [s for s in taxonomy.stages if not s.like]
    texts = [describe(s) for s in (*unlike, *built_in)] if unlike else []
    found = embed(texts) if texts else np.zeros((0, 1), dtype=np.float32)
    nearest = {
        stage.id: BUILT_IN[int((found[len(unlike) :] @ found[i]).argmax())]
        for i, stage in enumerate(unlike)
    }
    takes = np.zeros((len(BUILT_IN), len(taxonomy.stages)), dtype=np.float32)
    for column, stage in enumerate(taxonomy.stages):
        for name in stage.like or (nearest[stage.id],):
            takes[BUILT_IN.index(name), column] = 1.0
    return takes


def _divided(probabilities: Vectors, takes: Vectors, own: Vectors | None) -> Vectors:
    """The stages' probabilities: (statements, stages). Of a built-in stage that several
    take, each gets its part by its own words."""
    known = np.zeros((len(probabilities), takes.shape[1]), dtype=np.float32)
    for row, takers in enumerate(takes):
        parts = takers[None] if own is None else takers[None] * own
        whole = np.maximum(parts.sum(axis=1, keepdims=True), 1e-9)
        known += probabilities[:, [row]] * parts / whole
    return known


def by_meaning(
    taxonomy: StageTaxonomy, embed: Embed, vectors: Vectors, statements: Sequence[Statement]
) -> Vectors:
    """Shares of the stages by their own words: (statements, stages).

    A statement is as near to a stage as to its nearest description or example.
    """
    likeness = np.stack(
        [(vectors @ embed(_words(stage)).T).max(axis=1) for stage in taxonomy.stages], axis=1
    )
    sharp = np.exp((likeness - likeness.max(axis=1, keepdims=True)) * SHARPNESS)
    for column, stage in enumerate(taxonomy.stages):
        touched = [bool({*s.touchpoints} & {*stage.touchpoints}) for s in statements]
        sharp[touched, column] *= TOUCHED
    return np.asarray(sharp / sharp.sum(axis=1, keepdims=True), dtype=np.float32)


def _words(stage: Stage) -> list[str]:
    texts = [stage.definition_nl, stage.definition_en, *stage.examples]
    return [t for t in dict.fromkeys(texts) if t] or [describe(stage)]


def _tags(scores: Vectors, names: Sequence[str], says_nothing: bool) -> tuple[StageTag, ...]:
    """The stages above the threshold; none where "cannot be told" is the likeliest answer."""
    best = float(scores[:-1].max(initial=0.0))
    if says_nothing or best < LEAST or scores[-1] > best:
        return ()
    kept = [i for i, score in enumerate(scores[:-1]) if score >= max(LEAST, SECOND * best)]
    order = sorted(kept, key=lambda i: (-float(scores[i]), i))
    return tuple(StageTag(names[i], round(float(scores[i]), 4)) for i in order)


def _decided(statement: Statement, stage: str, known: Sequence[str], maker: str) -> Statement:
    """The statement in the stage that somebody put it in, or in none.

    A stage that the study does not have (any more) changes nothing.
    """
    if stage not in known:
        return statement
    stages = () if stage == UNKNOWN else (StageTag(stage, 1.0),)
    signed = PERSON if statement.made_by == PERSON else maker
    return replace(statement, stages=stages, made_by=signed)
