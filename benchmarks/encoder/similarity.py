"""Likeness as people judge it, and finding the translation."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.encoder.contestants import Embed
from research.contracts import Vectors


def similarity(embed: Embed, folder: Path) -> Iterator[tuple[str, float]]:
    """Task and score; `folder` is embedder/eval of the shared data."""
    for lang in ("nl", "en"):
        yield f"STS-b {lang}", _spearman(embed, *_sts(folder, lang))
    for lang in ("nl", "en"):
        yield f"SICK {lang}", _spearman(embed, *_sick(folder, lang))
    ntrex = [_lines(folder / "ntrex" / f"ntrex.{side}") for side in ("nld", "eng")]
    yield "NTREX nl→en", _retrieval(embed, *ntrex)
    tatoeba = [_lines(folder / "laser-tatoeba" / f"nld-eng.{s}") for s in ("nld", "eng")]
    yield "Tatoeba nl→en", _retrieval(embed, *tatoeba)


def _sts(folder: Path, lang: str) -> tuple[list[str], list[str], list[float]]:
    path = folder / "stsb-mt" / f"stsb-{lang}-test.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return [r[0] for r in rows], [r[1] for r in rows], [float(r[2]) for r in rows]


def _sick(folder: Path, lang: str) -> tuple[list[str], list[str], list[float]]:
    tail = "" if lang == "nl" else "_original"
    with (folder / "sick-nl" / "SICK_NL.txt").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t") if r["SemEval_set"] == "TEST"]
    one, other = ([r[f"sentence_{side}{tail}"] for r in rows] for side in "AB")
    return one, other, [float(r["relatedness_score"]) for r in rows]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _spearman(embed: Embed, one: list[str], other: list[str], gold: Sequence[float]) -> float:
    """Spearman's rank correlation of cosine and human judgement."""
    from scipy.stats import spearmanr

    texts = sorted({*one, *other})
    at = dict(zip(texts, embed(texts), strict=True))
    cosine = [float(at[a] @ at[b]) for a, b in zip(one, other, strict=True)]
    return float(spearmanr(cosine, gold).statistic)


def _retrieval(embed: Embed, source: list[str], target: list[str]) -> float:
    """Share of sentences whose nearest neighbour is their translation."""
    vectors: Vectors = embed([*source, *target])
    likeness = vectors[: len(source)] @ vectors[len(source) :].T
    return float((likeness.argmax(axis=1) == np.arange(len(source))).mean())
