"""Tunes the whole body: Dutch towards the teacher, English kept there, themes together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from research.encoders.static import ENGLISH_ROWS
from research.training.encoder.groups import Groups, contrast
from research.training.encoder.student import Texts, vectors
from research.training.network import Body


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, how fast, and what counts how much.

    `pairs` are taken a step; of every (pairs // english)-th the English side is seen too.
    """

    steps: int = 1500
    warm: int = 50
    pairs: int = 64
    english: int = 24
    rate: float = 1e-4
    row_rate: float = 1e-3
    cosine: float = 8.0
    neighbours: float = 0.5
    likeness: float = 10.0
    themes: float = 1.0
    temperature: float = 0.07
    dropped_words: float = 0.15
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Parallel:
    """Both sides of the pairs, and the teacher's vectors of the English side."""

    english: Texts
    dutch: Texts
    teacher: Tensor


def tune(body: Body, pairs: Parallel, groups: Groups, grouped: Texts, plan: Plan) -> None:
    """Train in place; MiniLM's own token rows stay as they are."""
    optimisers = _optimisers(body, plan)
    schedules = [torch.optim.lr_scheduler.LambdaLR(o, lambda s: _rate(s, plan)) for o in optimisers]
    batches = alike_in_length(pairs, plan)
    for step in range(plan.steps):
        distilled = _distillation(body, pairs, next(batches), plan)
        themed = _themes(body, groups, grouped, plan)
        loss = distilled + plan.themes * themed
        for optimiser in optimisers:
            optimiser.zero_grad()
        torch.autograd.backward(loss)
        keep_english_rows(body)
        nn.utils.clip_grad_norm_(list(optimisers[0].param_groups[0]["params"]), 1.0)
        for optimiser, schedule in zip(optimisers, schedules, strict=True):
            optimiser.step()
            schedule.step()
        if step % 100 == 0:
            print(
                f"step {step} pairs {distilled.item():.3f} themes {themed.item():.3f}", flush=True
            )


def alike_in_length(pairs: Parallel, plan: Plan) -> Iterator[list[int]]:
    """Batches of pairs of like length in a drawn order, without end."""
    draw = np.random.default_rng(plan.seed)
    sides = zip(pairs.english.ids, pairs.dutch.ids, strict=True)
    lengths = np.array([len(a) + len(b) for a, b in sides])
    block = plan.pairs * 50
    while True:
        order = draw.permutation(len(lengths))
        for start in range(0, max(len(order) - block, 1), block):
            some = order[start : start + block]
            yield from _shuffled(some[np.argsort(lengths[some], kind="stable")], plan, draw)


def _shuffled(rows: NDArray[np.intp], plan: Plan, draw: np.random.Generator) -> Iterator[list[int]]:
    starts = np.arange(0, len(rows) - plan.pairs + 1, plan.pairs)
    for start in draw.permutation(starts):
        yield [int(i) for i in rows[start : start + plan.pairs]]


def _distillation(body: Body, pairs: Parallel, rows: list[int], plan: Plan) -> Tensor:
    """Both sides on the teacher's vector of the English side."""
    anchored = rows[:: max(len(rows) // plan.english, 1)]
    ids = [pairs.dutch.ids[i] for i in rows] + [pairs.english.ids[i] for i in anchored]
    static = torch.cat([pairs.dutch.static[rows], pairs.english.static[anchored]])
    made = vectors(body, ids, static)
    target = pairs.teacher[rows]
    dutch = made[: len(rows)]
    cosine = 1 - (made * torch.cat([target, pairs.teacher[anchored]])).sum(1).mean()
    right = torch.arange(len(rows))
    nearest = nn.functional.cross_entropy(dutch @ target.T / 0.05, right)
    likeness = ((dutch @ dutch.T - target @ target.T) ** 2).mean()
    return plan.cosine * cosine + plan.neighbours * nearest + plan.likeness * likeness


def _themes(body: Body, groups: Groups, grouped: Texts, plan: Plan) -> Tensor:
    drawn = groups.next()
    ids = [groups.thinned(grouped.ids[i], plan.dropped_words) for i in drawn.rows]
    return contrast(vectors(body, ids, grouped.static[drawn.rows]), drawn, plan.temperature)


def keep_english_rows(body: Body) -> None:
    """Take MiniLM's own rows out of the token table's gradient."""
    gradient = body.table.weight.grad
    if gradient is None:
        return
    gradient = gradient.coalesce()
    new = gradient.indices()[0] >= ENGLISH_ROWS
    body.table.weight.grad = torch.sparse_coo_tensor(
        gradient.indices()[:, new],
        gradient.values()[new],
        list(gradient.shape),
        check_invariants=False,
        is_coalesced=True,
    )


def _optimisers(body: Body, plan: Plan) -> Sequence[torch.optim.Optimizer]:
    table = body.table.weight
    rest = [p for p in body.parameters() if p.requires_grad and p is not table]
    return (
        torch.optim.AdamW(rest, lr=plan.rate, weight_decay=0.01),
        torch.optim.SparseAdam([table], lr=plan.row_rate),
    )


def _rate(step: int, plan: Plan) -> float:
    return min(
        (step + 1) / plan.warm, max(0.0, (plan.steps - step) / max(plan.steps - plan.warm, 1))
    )
