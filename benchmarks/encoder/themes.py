"""Statements of one theme in other words: do they lie together, within a domain?

Domains are held out: corpora/labels/development, which no training of this project reads.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from benchmarks.encoder.contestants import Embed
from research.contracts import Vectors
from research.resources import CORPORA

HELD_OUT = CORPORA / "labels" / "development"
SETS = ("authored", "themes", "interviews")
FEWEST = 20
OWN = -9.0
Labels = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with a theme."""

    text: str
    domain: str
    theme: str
    lang: str
    form: str


def held_out(name: str) -> list[Told]:
    """The statements of a held-out file that have a theme."""
    lines = (HELD_OUT / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    keys = ("text", "domain", "theme", "lang", "form")
    return [Told(*(r[k] for k in keys)) for r in rows if r["theme"]]


def themes(embed: Embed) -> Iterator[tuple[str, float]]:
    """Measure and score, averaged over domains."""
    for name in SETS:
        told = held_out(name)
        vectors = embed([t.text for t in told])
        for measure, score in scores(told, vectors):
            yield f"{name}: {measure}", score


def scores(told: Sequence[Told], vectors: Vectors) -> Iterator[tuple[str, float]]:
    """AMI, nearest neighbour and precision at 5: of all, of spoken ones, and by language."""
    choices: dict[str, Callable[[Told], bool]] = {
        "": lambda t: True,
        " nl": lambda t: t.lang == "nl",
        " en": lambda t: t.lang == "en",
    }
    if {t.form for t in told} != {"interview"}:
        choices[" spoken"] = lambda t: t.form == "interview"
    for name, chosen in choices.items():
        for measure, score in (("AMI", _ami), ("neighbour", nearest), ("precision at 5", at_five)):
            yield f"{measure}{name}", _by_domain(told, vectors, chosen, score)
    across = [_across(told, vectors, d) for d in sorted({t.domain for t in told})]
    yield "neighbour across", mean(one for one, _ in across)
    yield "precision at 5 across", mean(five for _, five in across)


def _by_domain(
    told: Sequence[Told],
    vectors: Vectors,
    chosen: Callable[[Told], bool],
    score: Callable[[Vectors, Labels], float],
) -> float:
    found = []
    for domain in sorted({t.domain for t in told}):
        rows = [i for i, t in enumerate(told) if t.domain == domain and chosen(t)]
        if len(rows) >= FEWEST:
            found.append(score(vectors[rows], np.array([told[i].theme for i in rows])))
    return mean(found)


def _ami(vectors: Vectors, labels: Labels) -> float:
    """Ward's clusters in the true number against the themes."""
    from scipy.cluster.hierarchy import fcluster, ward
    from sklearn.metrics import adjusted_mutual_info_score

    groups = fcluster(ward(vectors), len(set(labels)), "maxclust")
    return float(adjusted_mutual_info_score(labels, groups))


def nearest(vectors: Vectors, labels: Labels) -> float:
    """Share of statements whose nearest neighbour has the same theme."""
    return _precision(_likeness(vectors), labels, labels, 1)


def at_five(vectors: Vectors, labels: Labels) -> float:
    """Precision of the five nearest, or of as many as the theme has others."""
    return _precision(_likeness(vectors), labels, labels, 5)


def _precision(likeness: Vectors, asked: Labels, answers: Labels, most: int) -> float:
    """Mean share of the theme among the nearest; a theme that is nowhere else is left out."""
    order = np.argsort(-likeness, axis=1, kind="stable")
    found = []
    for row, label in enumerate(asked):
        others = min(most, int((answers == label)[likeness[row] > OWN].sum()))
        if others:
            found.append(float((answers[order[row, :others]] == label).mean()))
    return mean(found)


def _across(told: Sequence[Told], vectors: Vectors, domain: str) -> tuple[float, float]:
    """Nearest neighbour and precision at 5 in the other language, both ways.

    One statement of the theme is left out of the other language for each that is asked
    about, as within a language the statement itself is: so chance is the same.
    """
    found = []
    for one, other in (("nl", "en"), ("en", "nl")):
        rows = [i for i, t in enumerate(told) if (t.domain, t.lang) == (domain, one)]
        against = [i for i, t in enumerate(told) if (t.domain, t.lang) == (domain, other)]
        asked, answers = (np.array([told[i].theme for i in some]) for some in (rows, against))
        likeness = vectors[rows] @ vectors[against].T
        for row, label in enumerate(asked):
            same = np.flatnonzero(answers == label)
            if len(same):
                likeness[row, same[row % len(same)]] = OWN
        found.append([_precision(likeness, asked, answers, most) for most in (1, 5)])
    return mean(f[0] for f in found), mean(f[1] for f in found)


def _likeness(vectors: Vectors) -> Vectors:
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, OWN)
    return likeness
