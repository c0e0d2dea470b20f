"""The project's own reading of statements, and ways of reading that leave something out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.understanding.measures import Said
from benchmarks.understanding.sets import Told
from research.contracts import Vectors
from research.encoders import HybridEncoder, StatementReader
from research.model import Statement
from research.resources import WEIGHTS
from research.steps.classify import Corrections, Understood, classify
from research.steps.context import CONTEXT, load_context
from research.steps.tagger import WEIGHTS as TAGGER
from research.steps.tagger import Read, as_read, load_tagger


@dataclass(frozen=True)
class Models:
    """The files that statements are read with."""

    folder: Path = WEIGHTS
    tagger: Path = TAGGER

    @cached_property
    def reader(self) -> StatementReader:
        """The statement network on the encoder."""
        return StatementReader(HybridEncoder(), self.folder)

    @cached_property
    def _known(self) -> dict[str, Vectors]:
        return {}

    def understand(
        self, statements: Sequence[Statement], corrections: Corrections | None = None
    ) -> Understood:
        """Read statements as a run does; each text is embedded once for all calls."""
        known = self._known

        def look(texts: Sequence[str]) -> Read:
            new = sorted(set(texts) - set(known))
            if new:
                known.update(zip(new, self.reader.encode(new), strict=True))
            return as_read(np.array([known[t] for t in texts], dtype=np.float32))

        return classify(
            statements,
            look([s.text for s in statements]),
            look,
            corrections,
            tagger=load_tagger(self.tagger),
            context=load_context(self.folder / CONTEXT),
        )


def bare(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements without question, stars and neighbours."""
    return tuple(
        replace(s, question="", rating=None, source=f"{s.source}-{i}", participant=f"alone-{i}")
        for i, s in enumerate(statements)
    )


def said(understood: Understood, task: str) -> Said:
    """What was said in a task, with its scores."""
    if task == "kind":
        return Said(
            [s.kind for s in understood.statements], [s.kind_score for s in understood.statements]
        )
    if task == "valence":
        return Said(
            [str(s.valence) for s in understood.statements],
            [s.valence_score for s in understood.statements],
        )
    best = understood.stages.argmax(axis=1)
    return Said(
        [understood.stage_classes[int(b)] for b in best],
        [float(row[b]) for row, b in zip(understood.stages, best, strict=True)],
    )


def everything(models: Models, told: Told) -> dict[str, Said]:
    """All tasks of a set."""
    understood = models.understand(told.statements)
    return {task: said(understood, task) for task in ("kind", "stage", "valence")}
