"""What each ingredient of the grouping gives: itself left out, on held-out domains."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from statistics import mean
from unittest.mock import patch

import numpy as np

from benchmarks.themes import sets
from benchmarks.themes.contestants import Given, Labels, ours, statements_of
from research.contracts import Vectors
from research.steps import cluster, similarity
from research.steps.similarity import unit_rows
from research.steps.tagger import SAID, softmax
from research.steps.touchpoints import bundled_vocabulary, touchpoints

Give = Callable[[Given], Given]
WEIGHT = 0.3


def _same(given: Given) -> Given:
    return given


def _without_book(given: Given) -> Given:
    return replace(given, book=given.book[:, :0])


def _encoder_alone(given: Given) -> Given:
    """The space of themes taken away: only the encoder's own vectors are left."""
    nothing = np.zeros_like(given.read.themes)
    return replace(given, read=replace(given.read, themes=nothing))


def _beside(extra: Callable[[Given], Vectors]) -> Give:
    """Something more beside the vectors, at a weight."""

    def give(given: Given) -> Given:
        more = WEIGHT * unit_rows(extra(given))
        return replace(given, read=replace(given.read, themes=np.hstack([given.read.themes, more])))

    return give


def _stages(given: Given) -> Vectors:
    return np.asarray(np.sqrt(softmax(given.read.said[:, SAID["stage"]])), dtype=np.float32)


def _touchpoints(given: Given) -> Vectors:
    vocabulary = bundled_vocabulary()
    rows = np.zeros((len(given.told.texts), len(vocabulary.names)), dtype=np.float32)
    for row, statement in enumerate(statements_of(given.told)):
        for name in touchpoints(statement, vocabulary):
            rows[row, vocabulary.names.index(name)] = 1.0
    return rows


def _set(name: str, value: float) -> Callable[[], AbstractContextManager[object]]:
    return lambda: patch.object(similarity, name, value)


PARTS: dict[str, tuple[Give, Callable[[], AbstractContextManager[object]]]] = {
    "all": (_same, nullcontext),
    "without known themes": (_without_book, nullcontext),
    "without shared words": (_same, _set("WORDS_WEIGHT", 0.0)),
    "without the space of themes": (_encoder_alone, nullcontext),
    "a speaker's manner left on": (_same, _set("SPEAKER_SHARE", 0.0)),
    "with the stage as well": (_beside(_stages), nullcontext),
    "with touchpoints as well": (_beside(_touchpoints), nullcontext),
    "a coarser cut (1.0)": (_same, lambda: patch.object(cluster, "RESOLUTION", 1.0)),
    "a finer cut (2.5)": (_same, lambda: patch.object(cluster, "RESOLUTION", 2.5)),
}


def _ami(given: Given, found: Labels) -> float:
    from sklearn.metrics import adjusted_mutual_info_score

    return float(adjusted_mutual_info_score(given.told.groups, found))


def table(ready: Sequence[tuple[str, Given]]) -> Iterator[str]:
    """AMI by held-out file, a row for each ingredient."""
    files = list(dict.fromkeys(file for file, _ in ready))
    yield f"| AMI | {' | '.join(files)} |"
    yield f"|---|{'---|' * len(files)}"
    for name, (give, change) in PARTS.items():
        with change():
            scores = [(file, _ami(one, ours(give(one)))) for file, one in ready]
        cells = [f"{mean(s for f, s in scores if f == file):.3f}" for file in files]
        yield f"| {name} | {' | '.join(cells)} |"


def held_out(read: Callable[[sets.Grouped], Given]) -> list[tuple[str, Given]]:
    """The held-out domains, read once."""
    return [(file, read(told)) for file, told in sets.domains()]
