"""Writes the labelled examples that explanations point at: `python -m research.training.bank`.

Short statements of corpora/labels/train, as many of each kind, with their gists; and the
words that set each kind apart there.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log, sqrt
from pathlib import Path

import numpy as np

from research.encoders import HybridEncoder, StatementReader
from research.steps.explain import EXAMPLES
from research.steps.features import words_of
from research.steps.tagger import KINDS, as_read
from research.training.examples import Example, authored

LONGEST, SHORTEST, EACH = 16, 4, 400
SEED = 20
OFTEN, CLEARLY = 8, 3.0


def chosen(examples: list[Example]) -> Iterator[Example]:
    """Up to EACH short examples of each kind, drawn once and for all."""
    draw = np.random.default_rng(SEED)
    for kind in KINDS:
        mine = [e for e in examples if e.labels["kind"] == kind and _short(e)]
        rows = draw.choice(len(mine), min(EACH, len(mine)), replace=False)
        yield from (mine[i] for i in sorted(rows))


def _short(example: Example) -> bool:
    return SHORTEST <= len(example.asked.text.split()) <= LONGEST


def telling(examples: Sequence[Example]) -> Iterator[tuple[str, str, float]]:
    """Words and pairs of words that set a kind apart: (word, kind, how clearly).

    The z-score of the log odds against the other kinds, smoothed (Monroe et al. 2008).
    """
    counts = {kind: Counter[str]() for kind in KINDS}
    for example in examples:
        words = words_of(example.asked.text)
        grams = {*words, *(f"{a} {b}" for a, b in pairwise(words))}
        counts[example.labels["kind"]].update(g for g in grams if len(g) > 3)
    whole = Counter[str]()
    for counted in counts.values():
        whole.update(counted)
    totals = {kind: sum(counted.values()) for kind, counted in counts.items()}
    for kind in KINDS:
        others = sum(totals.values()) - totals[kind]
        for gram in sorted(g for g, n in whole.items() if n >= OFTEN):
            here, there = counts[kind][gram] + 0.5, whole[gram] - counts[kind][gram] + 0.5
            odds = log(here / totals[kind]) - log(there / others)
            clearly = odds / sqrt(1 / here + 1 / there)
            if clearly >= CLEARLY:
                yield gram, kind, clearly


def main() -> None:
    """Write the examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=EXAMPLES)
    out = parser.parse_args().out
    examples = authored()
    some = list(chosen(examples))
    words, kinds, clearly = zip(*telling(examples), strict=True)
    texts = [e.asked.text for e in some]
    gists = as_read(StatementReader(HybridEncoder()).encode(texts)).gists
    gists = gists / np.maximum(np.linalg.norm(gists, axis=1, keepdims=True), 1e-9)
    np.savez_compressed(
        out,
        allow_pickle=False,
        texts=np.array(texts),
        kinds=np.array([e.labels["kind"] for e in some]),
        languages=np.array([e.lang for e in some]),
        gists=gists.astype(np.float16),
        words=np.array(words),
        words_of=np.array(kinds),
        clearly=np.array(clearly, dtype=np.float16),
    )


if __name__ == "__main__":
    main()
