"""Tunes the static table: sums of token vectors towards the teacher, and by theme."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from research.training.encoder.groups import Groups, contrast

STEPS, PAIRS = 1500, 512
RATE, TEMPERATURE = 1e-3, 0.07
NEIGHBOURS, LIKENESS, THEMES = 0.05, 20.0, 0.3
Table = dict[str, NDArray[np.generic]]


class StaticTable(nn.Module):
    """A vector a word piece, 256 dimensions."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        rows = table["q"].astype(np.float32) * table["scale"].astype(np.float32)[:, None]
        self.bag = nn.EmbeddingBag.from_pretrained(
            torch.from_numpy(rows), freeze=False, mode="sum", sparse=True
        )

    def forward(self, pieces: Sequence[list[int]]) -> Tensor:
        """Unit vectors of texts in word pieces: (texts, 256)."""
        starts = np.cumsum([0, *(len(p) for p in pieces)])[:-1]
        ids = torch.tensor([i for p in pieces for i in p], dtype=torch.long)
        made: Tensor = nn.functional.normalize(self.bag(ids, torch.from_numpy(starts)))
        return made


@dataclass(frozen=True, slots=True)
class Sides:
    """Pairs in word pieces, and the teacher's vector of each (384 dimensions)."""

    english: Sequence[list[int]]
    dutch: Sequence[list[int]]
    teacher: Tensor


def tune_table(
    table: Table,
    pairs: Sides,
    groups: Groups,
    grouped: Sequence[list[int]],
    *,
    seed: int,
    steps: int = STEPS,
) -> Table:
    """The table after tuning; `grouped` are the statements of `groups` in word pieces."""
    network = StaticTable(table)
    target = nn.functional.normalize(
        pairs.teacher @ torch.from_numpy(table["lift"].astype(np.float32))
    )
    optimiser: torch.optim.Optimizer = torch.optim.SparseAdam(list(network.parameters()), lr=RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / steps)
    draw = np.random.default_rng(seed)
    for step in range(steps):
        rows = draw.choice(len(target), PAIRS, replace=False)
        loss = torch.zeros(())
        for side in (pairs.english, pairs.dutch):
            loss = loss + _towards(network([side[i] for i in rows]), target[rows])
        drawn = groups.next()
        made = network([grouped[i] for i in drawn.rows])
        loss = loss + THEMES * contrast(made, drawn, TEMPERATURE)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        schedule.step()
        if step % 500 == 0:
            print(f"static step {step} loss {loss.item():.3f}", flush=True)
    return table | _stored(network)


def _towards(made: Tensor, target: Tensor) -> Tensor:
    """Cosine, in-batch contrast, and likeness among the texts, as the teacher has them."""
    cosine = 5 * (1 - (made * target).sum(1)).mean()
    nearest = nn.functional.cross_entropy(made @ target.T / NEIGHBOURS, torch.arange(len(made)))
    likeness = ((made @ made.T - target @ target.T) ** 2).mean()
    return cosine + nearest + LIKENESS * likeness


def _stored(network: StaticTable) -> Table:
    rows = network.bag.weight.detach().numpy()
    scale = np.maximum(np.abs(rows).max(axis=1), 1e-8) / 127.0
    scale = scale.astype(np.float16).astype(np.float32)
    codes = np.clip(np.round(rows / np.maximum(scale, 1e-8)[:, None]), -127, 127)
    return {"q": codes.astype(np.int8), "scale": scale.astype(np.float16)}
