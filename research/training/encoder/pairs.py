"""Parallel sentences: read, cleaned, and free of what is tested on."""

import csv
import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from research.resources import CORPORA

OWN = CORPORA / "labels" / "train" / "pairs"
EVERYDAY = "tatoeba"
MOST_PER_SOURCE, MOST_WORDS, OWN_TIMES = 12_000, 32, 4


class Pair(NamedTuple):
    """A sentence in English and in Dutch."""

    en: str
    nl: str


def normal(text: str) -> str:
    """Lower-case words alone, so that likeness of form does not hide that two are one."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def evaluation_sentences(folder: Path) -> set[str]:
    """Every sentence in a folder of evaluation sets, normalised."""
    found: set[str] = set()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            text = file.read()
        found |= {normal(cell) for line in text.splitlines() for cell in (line, *line.split("\t"))}
        if path.suffix == ".csv":
            found |= {normal(cell) for row in csv.reader(text.splitlines()) for cell in row}
    return found - {""}


def public(path: Path) -> Iterator[tuple[str, Pair]]:
    """Source and pair of each row of `pairs.tsv.gz`."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 3:
                yield cells[0], Pair(cells[1], cells[2])


def own() -> list[Pair]:
    """The pairs written for this project."""
    lines = [line for path in sorted(OWN.glob("*.tsv")) for line in _lines(path)]
    return [Pair(*line.split("\t")) for line in lines]


def clean(pair: Pair, banned: set[str]) -> bool:
    """Whether a pair is of use: two sides that differ, not long, not tested on."""
    en, nl = normal(pair.en), normal(pair.nl)
    words = max(len(en.split()), len(nl.split()))
    return bool(en and nl and en != nl) and 2 <= words <= MOST_WORDS and not {en, nl} & banned


def chosen(path: Path, banned: set[str], seed: int) -> list[Pair]:
    """All everyday pairs, some of each other source, and our own several times."""
    by_source: dict[str, list[Pair]] = {}
    for source, pair in public(path):
        if clean(pair, banned):
            by_source.setdefault(source, []).append(pair)
    draw = np.random.default_rng(seed)
    found: list[Pair] = []
    for source, pairs in sorted(by_source.items()):
        most = len(pairs) if source == EVERYDAY else min(len(pairs), MOST_PER_SOURCE)
        found += [pairs[i] for i in sorted(draw.choice(len(pairs), most, replace=False))]
    return found + [p for p in own() if clean(p, banned)] * OWN_TIMES


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
