"""Tunes the statement network: `python -m research.training.statement_model`.

One body, several tasks: kind, stage and valence by cross-entropy, of a statement alone and
with what stands around it, touchpoints by binary cross-entropy, and themes by supervised
contrast (Khosla et al. 2020): a statement lies near other statements of its theme and
near the theme's name and definition in the codebook, in either language, and far from
the other themes of its own domain. A task that an example has no label for is masked.
Weights of the last steps are averaged (Polyak and Juditsky 1992), and so are those of
several tunings that begin alike and draw other batches (Wortsman et al. 2022). Steps,
seeds and learning rate are fixed: a rerun on the same kind of device gives the same weights.
"""

import argparse
import copy
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from research.encoders.hybrid import MODEL
from research.encoders.statements import STATEMENTS
from research.resources import WEIGHTS
from research.steps.context import CONTEXT, TOUCHPOINTS
from research.training.batches import SEED, Batch, Batches
from research.training.given import add_arguments, given
from research.training.graph import statement_graph
from research.training.lessons import IGNORED, Lessons, hidden_of, lessons
from research.training.network import (
    GIST_WIDTH,
    Body,
    ContextNetwork,
    StatementNetwork,
    mask_of,
    read_weights,
)

STEPS, WARM, AVERAGED = 1400, 60, 0.99
TUNINGS = 4
RATE, HEAD_RATE = 1e-4, 1e-3
TEMPERATURE, SMOOTHING = 0.08, 0.1
ALONE_SHARE, THEME_SHARE, TOUCH_SHARE = 0.5, 1.5, 0.5
# Rows drawn for their theme are pains and motivations only: their labels count less.
THEMED_SHARE = 0.35
THREADS = 2
Weighted = dict[str, Tensor]


def contrast(vectors: Tensor, themes: Tensor) -> Tensor:
    """Supervised contrastive loss over rows of unit length."""
    likeness = vectors @ vectors.T / TEMPERATURE
    own = torch.eye(len(vectors), dtype=torch.bool)
    likeness = likeness.masked_fill(own, -1e9)
    same = (themes[:, None] == themes[None, :]) & ~own
    log_share = likeness - likeness.logsumexp(dim=1, keepdim=True)
    counted = same.sum(1).clamp(min=1)
    return -((log_share * same).sum(1) / counted)[same.any(1)].mean()


class Tuner:
    """The two networks, what they learn from, and the losses."""

    def __init__(
        self,
        network: StatementNetwork,
        context: ContextNetwork,
        hidden: dict[str, Tensor],
        learned: Lessons,
        seed: int,
    ) -> None:
        self._network, self._context, self._learned = network, context, learned
        self._hidden = hidden
        self._losses = {
            t: _balanced(learned.gold[t], len(learned.classes[t])) for t in learned.classes
        }
        self._batches = Batches(learned.examples, learned.book, seed)

    def loss(self) -> Tensor:
        """The loss of the next batch."""
        batch = self._batches.next()
        learned = self._learned
        said = [learned.examples[row].asked.text for row in batch.rows]
        around = sorted({text for texts in batch.around for text in texts} - {""})
        parts = [self._batches.thinned(self._hidden[text]) for text in said]
        parts += [self._hidden[text] for _, text in batch.named]
        parts += [self._hidden[text] for text in around]
        with torch.autocast(parts[0].device.type, dtype=torch.bfloat16):
            pooled = through(self._network, parts)
        pooled = pooled.float()
        mine, named = pooled[: len(said)], pooled[len(said) : len(said) + len(batch.named)]
        near = dict(zip(around, pooled[len(said) + len(batch.named) :], strict=True))
        return self._labels(batch, mine, near) + THEME_SHARE * self._themes(batch, mine, named)

    def _labels(self, batch: Batch, mine: Tensor, near: dict[str, Tensor]) -> Tensor:
        learned = self._learned
        rows = torch.tensor(batch.rows)
        mixed = self._context(self._gists(batch, mine, near), learned.hints[rows])
        share = torch.ones(len(rows))
        share[: batch.themed] = THEMED_SHARE
        total = torch.zeros(())
        for task, loss in self._losses.items():
            alone = self._network.heads[task](mine)
            gold = learned.gold[task][rows]
            both = loss(alone + self._context.heads[task](mixed), gold)
            both = both + ALONE_SHARE * loss(alone, gold)
            told = (gold != IGNORED).float() * share
            total = total + (both * told).sum() / told.sum()
        looked = learned.looked[rows]
        found = self._context.touch(mixed)[looked]
        touch = nn.functional.binary_cross_entropy_with_logits(
            found, learned.touch[rows][looked], reduction="sum"
        )
        return total + TOUCH_SHARE * touch / max(int(looked.sum()), 1)

    def _gists(self, batch: Batch, mine: Tensor, near: dict[str, Tensor]) -> Tensor:
        none = torch.zeros(GIST_WIDTH)
        own = self._network.gist(mine).tanh()
        known = {text: self._network.gist(vector).tanh() for text, vector in near.items()}
        others = [torch.stack([known.get(t, none) for t in texts]) for texts in batch.around]
        return torch.cat([own[:, None], torch.stack(others)], dim=1)

    def _themes(self, batch: Batch, mine: Tensor, named: Tensor) -> Tensor:
        themed = torch.cat([mine[: batch.themed], named])
        book = self._learned.book
        keys = [book.theme_of[row] for row in batch.rows[: batch.themed]]
        keys += [theme for theme, _ in batch.named]
        vectors = nn.functional.normalize(self._network.theme(themed))
        return contrast(vectors, torch.tensor(keys))


def tune(
    network: StatementNetwork,
    context: ContextNetwork,
    body: Body,
    learned: Lessons,
    steps: int = STEPS,
    times: int = TUNINGS,
) -> None:
    """Train both in place, several times from where they are, and leave the average."""
    hidden = hidden_of(body, learned)
    begun = [copy.deepcopy(model.state_dict()) for model in (network, context)]
    found: list[list[Weighted]] = [[], []]
    for time in range(times):
        for model, state in zip((network, context), begun, strict=True):
            model.load_state_dict(state)
        torch.manual_seed(SEED + time)
        tune_once(network, context, Tuner(network, context, hidden, learned, SEED + time), steps)
        for model, ended in zip((network, context), found, strict=True):
            ended.append(copy.deepcopy(model.state_dict()))
    for model, ended in zip((network, context), found, strict=True):
        model.load_state_dict(average_of(ended))


def average_of(states: Sequence[Weighted]) -> Weighted:
    """The mean of the weights of networks that began alike (Wortsman et al. 2022)."""
    return {
        name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]
    }


def tune_once(network: StatementNetwork, context: ContextNetwork, tuner: Tuner, steps: int) -> None:
    """Train both in place, and leave the average of the last steps."""
    optimiser = torch.optim.AdamW(_groups(network, context), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: _rate(s, steps))
    averages = [_average(network), _average(context)]
    network.train()
    context.train()
    for step in range(steps):
        loss = tuner.loss()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types here
        nn.utils.clip_grad_norm_([*network.parameters(), *context.parameters()], 1.0)
        optimiser.step()
        schedule.step()
        for average, model in zip(averages, (network, context), strict=True):
            average.update_parameters(model)
        if step % 50 == 0:
            print(f"step {step} loss {loss.item():.3f}", flush=True)
    for average, model in zip(averages, (network, context), strict=True):
        model.load_state_dict(average.module.state_dict())
        model.eval()


def _average(model: nn.Module) -> AveragedModel:
    decay = get_ema_multi_avg_fn(AVERAGED)  # type: ignore[no-untyped-call]  # nor here
    return AveragedModel(model, multi_avg_fn=decay)


def _balanced(gold: Tensor, count: int) -> nn.CrossEntropyLoss:
    sizes = torch.bincount(gold[gold >= 0], minlength=count).float().clamp(min=1)
    weight = (sizes.mean() / sizes).sqrt()
    return nn.CrossEntropyLoss(
        weight=weight, label_smoothing=SMOOTHING, ignore_index=IGNORED, reduction="none"
    )


def _groups(network: StatementNetwork, context: ContextNetwork) -> list[dict[str, object]]:
    heads = [*network.heads.parameters(), *network.theme.parameters()]
    heads += [*network.gist.parameters(), *context.parameters()]
    return [{"params": [*network.ls.parameters()], "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]


def _rate(step: int, steps: int) -> float:
    return min((step + 1) / WARM, max(0.0, (steps - step) / max(steps - WARM, 1)))


def through(network: StatementNetwork, parts: list[Tensor]) -> Tensor:
    """Pooled vectors (texts, width) from the lower layers' output of each text."""
    made: Tensor = network(torch.cat(parts), mask_of(parts))
    return made


def save_context(context: ContextNetwork, learned: Lessons, path: Path) -> None:
    """Write the context network as numpy arrays, with the classes it tells apart."""
    arrays = {
        name: value.detach().numpy().astype(np.float16)
        for name, value in sorted(context.state_dict().items())
    }
    names = {f"classes.{task}": np.array(found) for task, found in learned.classes.items()}
    np.savez_compressed(path, allow_pickle=False, **arrays, **names)


def main() -> None:
    """Tune on the training statements and write the statement network and its context."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--times", type=int, default=TUNINGS, help="tunings that are averaged")
    parser.add_argument("--device", default="cpu", help="cpu, or cuda where there is one")
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    torch.set_default_device(arguments.device)
    learned = lessons(given(arguments))
    print(f"{len(learned.examples)} examples", flush=True)
    weights = read_weights(onnx.load(WEIGHTS / MODEL))
    classes = {task: len(found) for task, found in learned.classes.items()}
    network = StatementNetwork(weights, classes)
    context = ContextNetwork(learned.hints.shape[1], classes, len(TOUCHPOINTS))
    tune(network, context, Body(weights), learned, arguments.steps, arguments.times)
    network.cpu()
    context.cpu()
    onnx.save(statement_graph(network), arguments.out / STATEMENTS)
    save_context(context, learned, arguments.out / CONTEXT)


if __name__ == "__main__":
    main()
