"""Places statements in the stages of the study's own journey."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from research.contracts import Vectors
from research.model import Stage, StageTag, StageTaxonomy, Statement

BUILT_IN = ("awareness", "consideration", "purchase", "service", "loyalty")
LEAST = 0.3
SECOND = 0.6


def describe(stage: Stage) -> str:
    """A stage in words, for comparing it by meaning."""
    words = [stage.name_nl, stage.name_en, stage.definition_nl, stage.definition_en]
    return ". ".join(w for w in dict.fromkeys([*words, ", ".join(stage.touchpoints)]) if w)


def shares_of(taxonomy: StageTaxonomy, stages: Vectors, built_in: Vectors) -> Vectors:
    """How much of each built-in stage goes to each stage: shape (5, stages).

    A stage without `like` takes the built-in stage nearest by meaning; stages that
    share a built-in one share its signals. `stages` and `built_in` are the vectors of
    their descriptions.
    """
    shares = np.zeros((len(BUILT_IN), len(taxonomy.stages)), dtype=np.float32)
    for column, stage in enumerate(taxonomy.stages):
        nearest = BUILT_IN[int((built_in @ stages[column]).argmax())]
        for name in stage.like or (nearest,):
            shares[BUILT_IN.index(name), column] = 1.0
    totals = shares.sum(axis=1, keepdims=True)
    return np.asarray(shares / np.maximum(totals, 1.0), dtype=np.float32)


def tag_stages(
    statements: Sequence[Statement],
    probabilities: Vectors,
    classes: Sequence[str],
    taxonomy: StageTaxonomy,
    shares: Vectors,
) -> tuple[Statement, ...]:
    """Statements with their stages, most likely first; none when it cannot be told."""
    columns = [list(classes).index(name) for name in BUILT_IN]
    scores = probabilities[:, columns] @ shares
    unknown = probabilities[:, list(classes).index("unknown")]
    return tuple(
        replace(s, stages=_tags(scores[i], float(unknown[i]), taxonomy.ids, s.kind == "none"))
        for i, s in enumerate(statements)
    )


def _tags(
    scores: Vectors, unknown: float, names: Sequence[str], says_nothing: bool
) -> tuple[StageTag, ...]:
    best = float(scores.max(initial=0.0))
    if says_nothing or best < LEAST or unknown > best:
        return ()
    kept = [i for i, score in enumerate(scores) if score >= max(LEAST, SECOND * best)]
    order = sorted(kept, key=lambda i: (-float(scores[i]), i))
    return tuple(StageTag(names[i], round(float(scores[i]), 4)) for i in order)
