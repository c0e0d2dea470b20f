"""Writes the labelled examples that explanations point at: `python -m research.training.bank`.

Short statements of corpora/labels/train, as many of each kind, with their gists.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from research.encoders import HybridEncoder, StatementReader
from research.steps.explain import EXAMPLES
from research.steps.tagger import KINDS, as_read
from research.training.examples import Example, authored

LONGEST, SHORTEST, EACH = 16, 4, 300
SEED = 20


def chosen(examples: list[Example]) -> Iterator[Example]:
    """Up to EACH short examples of each kind, drawn once and for all."""
    draw = np.random.default_rng(SEED)
    for kind in KINDS:
        mine = [e for e in examples if e.labels["kind"] == kind and _short(e)]
        rows = draw.choice(len(mine), min(EACH, len(mine)), replace=False)
        yield from (mine[i] for i in sorted(rows))


def _short(example: Example) -> bool:
    return SHORTEST <= len(example.asked.text.split()) <= LONGEST


def main() -> None:
    """Write the examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=EXAMPLES)
    out = parser.parse_args().out
    some = list(chosen(authored()))
    texts = [e.asked.text for e in some]
    gists = as_read(StatementReader(HybridEncoder()).encode(texts)).gists
    gists = gists / np.maximum(np.linalg.norm(gists, axis=1, keepdims=True), 1e-9)
    np.savez_compressed(
        out,
        allow_pickle=False,
        texts=np.array(texts),
        kinds=np.array([e.labels["kind"] for e in some]),
        gists=gists.astype(np.float16),
    )


if __name__ == "__main__":
    main()
