"""The losses of the statement network: what it says, and where a statement lies."""

import torch
from torch import Tensor, nn

from research.training.batches import Batch, Batches
from research.training.lessons import IGNORED, Lessons
from research.training.network import GIST_WIDTH, ContextNetwork, StatementNetwork, mask_of

TEMPERATURE, SMOOTHING = 0.08, 0.1
ALONE_SHARE, THEME_SHARE, TOUCH_SHARE = 0.5, 1.5, 0.5
# Rows drawn for their theme are pains and motivations only: their labels count less.
THEMED_SHARE = 0.35


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


def _balanced(gold: Tensor, count: int) -> nn.CrossEntropyLoss:
    sizes = torch.bincount(gold[gold >= 0], minlength=count).float().clamp(min=1)
    weight = (sizes.mean() / sizes).sqrt()
    return nn.CrossEntropyLoss(
        weight=weight, label_smoothing=SMOOTHING, ignore_index=IGNORED, reduction="none"
    )


def through(network: StatementNetwork, parts: list[Tensor]) -> Tensor:
    """Pooled vectors (texts, width) from the lower layers' output of each text."""
    made: Tensor = network(torch.cat(parts), mask_of(parts))
    return made
