"""Which statements a step learns from: some of one theme, some in a row, some plain ones."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from research.resources import CORPORA
from research.training.examples import Example

SEED = 20
THEMES_PER_BATCH, PER_THEME = 12, 3
TALKS, IN_A_ROW = 4, 8
WRITTEN, PUBLIC = 20, 10
ONE_DOMAIN = 0.6
DROPPED = 0.1
UNASKED, ALONE = 0.25, 0.35


@dataclass(frozen=True, slots=True)
class Book:
    """The codebook's names and definitions per theme, and each example's theme."""

    texts: list[list[str]]
    theme_of: list[int]


def read_book(examples: Sequence[Example]) -> Book:
    """The codebook theme of each example (-1: none)."""
    entries = json.loads((CORPORA / "codebooks" / "general.json").read_text("utf-8"))["themes"]
    place = {key: i for i, entry in enumerate(entries) for key in entry["from"]}
    texts = [
        [e["label_nl"], e["label_en"], e["definition_nl"], e["definition_en"]] for e in entries
    ]
    extra = sorted({e.theme for e in examples if e.theme and e.theme not in place})
    place |= {key: len(texts) + i for i, key in enumerate(extra)}
    texts += [[key.split("|", 1)[1]] for key in extra]
    return Book(texts, [place.get(e.theme, -1) for e in examples])


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of the examples: first those with a theme; and a text of the codebook a theme.

    `around` are the texts around each row: what was asked, said before, said after, with
    some left out at random.
    """

    rows: list[int]
    themed: int
    named: list[tuple[int, str]]
    around: list[tuple[str, str, str]]


class Batches:
    """Draws batches from the examples, the same ones for a seed on every run."""

    def __init__(self, examples: Sequence[Example], book: Book, seed: int = SEED) -> None:
        self._draw = np.random.default_rng(seed)
        self._examples = examples
        self._book = book
        self._rows: dict[int, list[int]] = {}
        self._domains: dict[str, set[int]] = {}
        for row, theme in enumerate(book.theme_of):
            if theme >= 0:
                self._rows.setdefault(theme, []).append(row)
                self._domains.setdefault(examples[row].group, set()).add(theme)
        self._public = [r for r, e in enumerate(examples) if e.group.startswith("public")]
        known = set(self._public)
        self._plain = [r for r, e in enumerate(examples) if e.plain and r not in known]
        self._talks: dict[str, list[int]] = {}
        for row, example in enumerate(examples):
            if example.talk:
                self._talks.setdefault(example.talk, []).append(row)

    def next(self) -> Batch:
        """One batch."""
        themes = self._themes()
        rows = [row for theme in themes for row in self._some(self._rows[theme], PER_THEME)]
        themed = len(rows)
        rows += self._in_a_row()
        rows += self._some(self._plain, WRITTEN) + self._some(self._public, PUBLIC)
        named = [(theme, self._pick(self._book.texts[theme])) for theme in themes]
        around = [self._around(row, 0.5 if at < themed else 0.0) for at, row in enumerate(rows)]
        return Batch(rows, themed, named, around)

    def thinned(self, tokens: Tensor) -> Tensor:
        """A text's tokens with some dropped at random, the first kept."""
        kept = self._draw.random(len(tokens)) >= DROPPED
        kept[0] = True
        return tokens[torch.from_numpy(kept)]

    def _themes(self) -> list[int]:
        pool = sorted(self._rows)
        if self._draw.random() < ONE_DOMAIN:
            names = sorted(self._domains)
            pool = sorted(self._domains[names[self._draw.integers(len(names))]])
        size = min(THEMES_PER_BATCH, len(pool))
        return [pool[i] for i in self._draw.choice(len(pool), size, replace=False)]

    def _in_a_row(self) -> list[int]:
        names = sorted(self._talks)
        rows: list[int] = []
        for name in self._draw.choice(names, min(TALKS, len(names)), replace=False):
            talk = self._talks[str(name)]
            first = int(self._draw.integers(max(len(talk) - IN_A_ROW + 1, 1)))
            rows += talk[first : first + IN_A_ROW]
        return rows

    def _around(self, row: int, bare: float) -> tuple[str, str, str]:
        """What stands around a statement; nothing at all with the chance `bare`."""
        told = self._examples[row].asked
        chance = self._draw.random(3)
        if chance[0] < bare:
            return "", "", ""
        question = "" if chance[1] < UNASKED else told.question
        near = ("", "") if chance[2] < ALONE else (told.before, told.after)
        return question, *near

    def _some(self, rows: list[int], count: int) -> list[int]:
        picked = self._draw.choice(len(rows), min(count, len(rows)), replace=False)
        return [rows[i] for i in picked]

    def _pick(self, texts: list[str]) -> str:
        return texts[int(self._draw.integers(len(texts)))]
