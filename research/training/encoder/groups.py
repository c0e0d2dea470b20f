"""Statements of one theme in other words, beside others of the same domain.

A batch holds some domains and some themes of each. Only statements of the same domain
are held against each other: they share scene and vocabulary, in interviews now and then
the speaker, and differ in what they mean; two domains may well share a theme.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from research.training.examples import training_files

DOMAINS, THEMES, STATEMENTS = 2, 7, 4
FEWEST_THEMES = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows of the statements, and each one's theme and domain as a number."""

    rows: list[int]
    theme: Tensor
    domain: Tensor


def encoder_files() -> list[Path]:
    """The training files without those written later for the tagger alone."""
    return [path for path in training_files() if path.parent.name != "tagger"]


class Groups:
    """The training statements with a theme, and each theme's name as one more."""

    def __init__(self, seed: int, files: Sequence[Path] = ()) -> None:
        """`files` of labelled statements; else those that the shipped encoder saw."""
        self._draw = np.random.default_rng(seed)
        self.texts: list[str] = []
        self._domains: list[list[list[int]]] = []
        for themes in _read(files or encoder_files()).values():
            told = [self._keep(texts) for texts in themes.values() if len(texts) > 2]
            if len(told) >= FEWEST_THEMES:
                self._domains.append(told)

    def next(self) -> Drawn:
        """Some statements of some themes of some domains."""
        rows: list[int] = []
        theme: list[int] = []
        domain: list[int] = []
        for number in self._draw.choice(len(self._domains), DOMAINS, replace=False):
            themes = self._domains[number]
            some = self._draw.choice(len(themes), min(THEMES, len(themes)), replace=False)
            for at in some:
                count = min(STATEMENTS, len(themes[at]))
                picked = self._draw.choice(themes[at], count, replace=False)
                rows += picked.tolist()
                theme += [int(number) * 1000 + int(at)] * count
                domain += [int(number)] * count
        return Drawn(rows, torch.tensor(theme), torch.tensor(domain))

    def thinned(self, ids: Tensor, share: float) -> Tensor:
        """Token ids with a share of them dropped at random, first and last kept."""
        kept = torch.from_numpy(self._draw.random(len(ids)) >= share)
        kept[0] = kept[-1] = True
        return ids[kept]

    def _keep(self, texts: list[str]) -> list[int]:
        start = len(self.texts)
        self.texts += texts
        return list(range(start, len(self.texts)))


def _read(files: Sequence[Path]) -> dict[str, dict[str, list[str]]]:
    """Domain, theme, and its statements with its name."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["theme"]:
                domain = found.setdefault(f"{path.stem}:{row['domain']}", {})
                domain.setdefault(row["theme"], [row["theme"]]).append(row["text"])
    return found


def contrast(vectors: Tensor, drawn: Drawn, temperature: float) -> Tensor:
    """Supervised contrastive loss within domains, over rows of unit length."""
    likeness = vectors @ vectors.T / temperature
    own = torch.eye(len(vectors), dtype=torch.bool)
    apart = drawn.domain[:, None] != drawn.domain[None, :]
    likeness = likeness.masked_fill(own | apart, -1e9)
    same = (drawn.theme[:, None] == drawn.theme[None, :]) & ~own
    log_share = likeness - likeness.logsumexp(dim=1, keepdim=True)
    counted = same.sum(1).clamp(min=1)
    loss: Tensor = -((log_share * same).sum(1) / counted)[same.any(1)].mean()
    return loss
