"""What is to be learned, as numbers: labels, hints, and each text through the lower layers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from research.encoders import HybridEncoder
from research.encoders.hybrid import SEP
from research.steps.context import TOUCHPOINTS
from research.steps.features import hints
from research.steps.tagger import TASKS
from research.training.batches import Book, read_book
from research.training.examples import UNKNOWN, Example
from research.training.network import SHARED, Body

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Lessons:
    """The examples as numbers: classes per task, gold labels (IGNORED: none), hints."""

    examples: Sequence[Example]
    book: Book
    classes: dict[str, list[str]]
    gold: dict[str, Tensor]
    hints: Tensor
    touch: Tensor
    looked: Tensor


def lessons(examples: Sequence[Example]) -> Lessons:
    """What is to be learned from the examples."""
    classes = {t: sorted({e.labels[t] for e in examples} - {UNKNOWN}) for t in TASKS}
    gold = {
        t: torch.tensor(
            [classes[t].index(e.labels[t]) if e.labels[t] != UNKNOWN else IGNORED for e in examples]
        )
        for t in TASKS
    }
    touch = [[float(name in (e.touchpoints or ())) for name in TOUCHPOINTS] for e in examples]
    looked = torch.tensor([e.touchpoints is not None for e in examples])
    found = torch.tensor(hints([e.asked for e in examples]))
    return Lessons(examples, read_book(examples), classes, gold, found, torch.tensor(touch), looked)


def shared_layers(body: Body, texts: list[str], most: int = 96) -> list[Tensor]:
    """The body's lower layers' output per text: (tokens, width) each. Computed once."""
    cut = HybridEncoder().windows(texts)
    starts = np.searchsorted(cut.owner, np.arange(len(texts)))
    windows = [[*cut.ids[i][:-1][: most - 1], SEP] for i in starts]
    order = sorted(range(len(texts)), key=lambda i: (len(windows[i]), i))
    found: list[Tensor] = [torch.empty(0)] * len(texts)
    with torch.no_grad():
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            packed, _ = body.lower([torch.tensor(windows[i]) for i in rows], SHARED)
            parts = torch.split(packed, [len(windows[i]) for i in rows])
            for row, part in zip(rows, parts, strict=True):
                found[row] = part.bfloat16()
    return found


def hidden_of(body: Body, learned: Lessons) -> dict[str, Tensor]:
    """The lower layers' output of every text that a batch may need."""
    texts = {text for texts in learned.book.texts for text in texts}
    for example in learned.examples:
        told = example.asked
        texts |= {told.text, told.question, told.before, told.after}
    ordered = sorted(texts - {""})
    return dict(zip(ordered, shared_layers(body, ordered), strict=True))
