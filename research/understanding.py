"""Material to understood statements: what each says, and where in the journey."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from research.contracts import Encoder, Progress, VectorCache, Vectors, silent
from research.embedding import embed, encoders, looking, texts_of
from research.model import Decision, StageTaxonomy, Statement
from research.preparation import Material
from research.stages import BUILT_IN, DEFAULT_TAXONOMY
from research.steps.classify import Second, Understood, classify
from research.steps.journey_stages import place
from research.steps.learn import worth_asking
from research.steps.tagger import Look, Read
from research.steps.touchpoints import vocabulary_of

MOST_TO_CHECK = 120


@dataclass(frozen=True, slots=True)
class Told:
    """What others said: people's labels by statement and task, what they decided about
    themes (the decisions that stand, oldest first), a second coder's labels, and the dial."""

    corrections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    second: Second | None = None
    dial: int = 0

    @property
    def decided(self) -> tuple[int, ...]:
        """The numbers of the decisions about themes."""
        return tuple(d.id for d in self.decisions)


NOTHING = Told()


@dataclass(frozen=True, slots=True)
class Heard:
    """Statements with all labels, and what was read of them, row by row.

    `vectors` are those of the study's encoder, `built_in` (statements, 5) probabilities of
    the trained stages; `look` reads other texts; `to_check` are ids, best first.
    """

    statements: tuple[Statement, ...]
    read: Read
    vectors: Vectors
    built_in: Vectors
    look: Look
    tagger: str
    to_check: tuple[str, ...]


def understand(
    material: Material,
    *,
    taxonomy: StageTaxonomy,
    encoder: Encoder,
    told: Told = NOTHING,
    cache: VectorCache | None = None,
    progress: Progress = silent,
) -> Heard:
    """Read the statements, label them, and place them in the study's stages."""
    texts = texts_of(material.statements)
    reader, *others = encoders(encoder)
    look = looking(reader, texts, embed(texts, reader, cache, progress))
    said = [s.text for s in material.statements]
    read = look(said)
    vectors = embed(said, encoder, cache, progress) if others else read.vectors
    progress("classify", 1, 5)
    understood = classify(
        material.statements,
        read,
        look,
        told.corrections,
        second=told.second,
        vocabulary=vocabulary_of(dict(taxonomy.touchpoints)),
    )
    staged = place(
        understood,
        taxonomy,
        DEFAULT_TAXONOMY.stages,
        lambda some: look(some).vectors,
        read.vectors,
        told.corrections,
        told.second,
    )
    return Heard(
        statements=staged.statements,
        read=read,
        vectors=vectors,
        built_in=_built_in(understood),
        look=look,
        tagger=understood.tagger,
        to_check=_to_check(understood, told),
    )


def _built_in(understood: Understood) -> Vectors:
    columns = [understood.stage_classes.index(name) for name in BUILT_IN]
    return np.asarray(understood.stages[:, columns], dtype=np.float32)


def _to_check(understood: Understood, told: Told) -> tuple[str, ...]:
    """The statements whose label is most worth a look, best first."""
    ids = [s.id for s in understood.statements]
    judged = [row for row, identity in enumerate(ids) if identity in told.corrections]
    rows = worth_asking(understood.kinds, understood.features, judged, MOST_TO_CHECK)
    return tuple(ids[row] for row in rows)
