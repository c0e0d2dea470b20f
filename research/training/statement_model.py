"""Tunes the statement network: `python -m research.training.statement_model [--labels FILE]`.

One body, four tasks: kind, stage and valence by cross-entropy, and themes by supervised
contrast (Khosla et al. 2020): a statement lies near other statements of its theme and
near the theme's name and definition in the codebook, in either language, and far from
the other themes of its own domain. Public statements without a theme train the heads
alone. Steps, seeds and learning rate are fixed, so a rerun gives the same weights.
"""

import argparse
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from research.encoders import HybridEncoder
from research.encoders.hybrid import MODEL, SEP
from research.encoders.statements import STATEMENTS
from research.resources import CORPORA, WEIGHTS
from research.steps.tagger import TASKS
from research.training.graph import statement_graph
from research.training.network import SHARED, Body, StatementNetwork, mask_of, read_weights
from research.training.tagger import PLAIN, Example, authored, public, training_files

STEPS, WARM = 600, 50
THEMES_PER_BATCH, PER_THEME, OTHERS, OF_PLAIN = 12, 3, 20, 9
RATE, HEAD_RATE = 1e-4, 1e-3
TEMPERATURE, SMOOTHING = 0.08, 0.1
SEED, THREADS = 20, 2
DROPPED = 0.1
HALVED_FROM, HALF_LEAST = 16, 5
_BREAK = re.compile(r"(?<=[.!?,;:…])\s+")


@dataclass(frozen=True, slots=True)
class Book:
    """The codebook's names and definitions per theme, and each example's theme."""

    texts: list[list[str]]
    theme_of: list[int]


def read_book(examples: list[Example], themes: list[str]) -> Book:
    """The codebook theme of each example (-1: none); `themes` are `domain|theme`."""
    entries = json.loads((CORPORA / "codebooks" / "general.json").read_text("utf-8"))["themes"]
    place = {key: i for i, entry in enumerate(entries) for key in entry["from"]}
    texts = [
        [e["label_nl"], e["label_en"], e["definition_nl"], e["definition_en"]] for e in entries
    ]
    extra = sorted({t for t in themes if t and t not in place})
    place |= {key: len(texts) + i for i, key in enumerate(extra)}
    texts += [[key.split("|", 1)[1]] for key in extra]
    return Book(texts, [place.get(t, -1) for t in themes])


class Batches:
    """Draws batches: themes of one domain or of all, and statements without a theme."""

    def __init__(self, examples: list[Example], book: Book) -> None:
        self._draw = np.random.default_rng(SEED)
        self._book = book
        self._rows: dict[int, list[int]] = {}
        self._domains: dict[str, set[int]] = {}
        for row, theme in enumerate(book.theme_of):
            if theme >= 0:
                self._rows.setdefault(theme, []).append(row)
                self._domains.setdefault(examples[row].group, set()).add(theme)
        bare = [row for row, theme in enumerate(book.theme_of) if theme < 0]
        self._plain = [row for row in bare if examples[row].group.startswith(PLAIN)]
        self._rest = [row for row in bare if not examples[row].group.startswith(PLAIN)]

    def next(self) -> tuple[list[int], list[int], list[tuple[int, str]]]:
        """Rows with a theme, rows without, and a text of the codebook per theme."""
        pool = sorted(self._rows)
        if self._draw.random() < 0.6:
            names = sorted(self._domains)
            pool = sorted(self._domains[names[self._draw.integers(len(names))]])
        size = min(THEMES_PER_BATCH, len(pool))
        themes = [pool[i] for i in self._draw.choice(len(pool), size, replace=False)]
        rows: list[int] = []
        for theme in themes:
            mine = self._rows[theme]
            some = self._draw.choice(len(mine), min(PER_THEME, len(mine)), replace=False)
            rows += [mine[i] for i in some]
        bare = self._some(self._plain, OF_PLAIN) + self._some(self._rest, OTHERS - OF_PLAIN)
        named = [(t, self._pick(self._book.texts[t])) for t in themes]
        return rows, bare, named

    def _some(self, rows: list[int], count: int) -> list[int]:
        picked = self._draw.choice(len(rows), min(count, len(rows)), replace=False)
        return [rows[i] for i in picked]

    def thinned(self, tokens: Tensor) -> Tensor:
        """A text's tokens with some dropped at random, the first kept."""
        kept = self._draw.random(len(tokens)) >= DROPPED
        kept[0] = True
        return tokens[torch.from_numpy(kept)]

    def _pick(self, texts: list[str]) -> str:
        return texts[int(self._draw.integers(len(texts)))]


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
                found[row] = part.clone()
    return found


def contrast(vectors: Tensor, themes: Tensor) -> Tensor:
    """Supervised contrastive loss over rows of unit length."""
    likeness = vectors @ vectors.T / TEMPERATURE
    own = torch.eye(len(vectors), dtype=torch.bool)
    likeness = likeness.masked_fill(own, -1e9)
    same = (themes[:, None] == themes[None, :]) & ~own
    log_share = likeness - likeness.logsumexp(dim=1, keepdim=True)
    counted = same.sum(1).clamp(min=1)
    return -((log_share * same).sum(1) / counted)[same.any(1)].mean()


def tune(
    network: StatementNetwork, body: Body, examples: list[Example], book: Book, steps: int = STEPS
) -> None:
    """Train in place; the token table stays as it is."""
    network.eval()
    hidden = shared_layers(body, [e.asked.text for e in examples])
    flat = sorted({text for texts in book.texts for text in texts})
    names = dict(zip(flat, shared_layers(body, flat), strict=True))
    classes = {t: sorted({e.labels[t] for e in examples}) for t in TASKS}
    gold = {t: torch.tensor([classes[t].index(e.labels[t]) for e in examples]) for t in TASKS}
    losses = {t: _balanced(gold[t], len(classes[t])) for t in TASKS}
    batches = Batches(examples, book)
    optimiser = torch.optim.AdamW(_groups(network), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: _rate(s, steps))
    network.train()
    for step in range(steps):
        rows, bare, named = batches.next()
        parts = [batches.thinned(hidden[r]) for r in rows + bare]
        parts += [names[text] for _, text in named]
        pooled = through(network, parts)
        said = len(rows) + len(bare)
        picked = torch.tensor(rows + bare)
        loss = sum(
            (losses[t](network.heads[t](pooled[:said]), gold[t][picked]) for t in TASKS),
            torch.zeros(()),
        )
        themed = torch.cat([pooled[: len(rows)], pooled[said:]])
        keys = torch.tensor([book.theme_of[r] for r in rows] + [t for t, _ in named])
        loss = loss + 1.5 * contrast(nn.functional.normalize(network.theme(themed)), keys)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 50 == 0:
            print(f"step {step} loss {loss.item():.3f}", flush=True)
    network.eval()


def _balanced(gold: Tensor, count: int) -> nn.CrossEntropyLoss:
    sizes = torch.bincount(gold, minlength=count).float().clamp(min=1)
    weight = (sizes.mean() / sizes).sqrt()
    return nn.CrossEntropyLoss(weight=weight, label_smoothing=SMOOTHING)


def _groups(network: StatementNetwork) -> list[dict[str, object]]:
    heads = [*network.heads.parameters(), network.theme.weight]
    layers = [*network.ls.parameters()]
    return [{"params": layers, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]


def _rate(step: int, steps: int) -> float:
    return min((step + 1) / WARM, max(0.0, (steps - step) / max(steps - WARM, 1)))


def through(network: StatementNetwork, parts: list[Tensor]) -> Tensor:
    """Pooled vectors (texts, width) from the lower layers' output of each text."""
    made: Tensor = network(torch.cat(parts), mask_of(parts))
    return made


def themes_of(examples: int) -> list[str]:
    """`domain|theme` of each authored example in order, empty for those without a theme."""
    rows = [
        json.loads(line)
        for path in training_files()
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    keys = [f"{row['domain']}|{row['theme']}" if row["theme"] else "" for row in rows]
    return keys + [""] * (examples - len(keys))


def halves(examples: list[Example]) -> list[Example]:
    """The two halves of each long statement, cut at a mark near the middle, as it is labelled.

    In transcripts statements are cut into short ones, which mean less on their own.
    """
    found = []
    for example in examples:
        text = example.asked.text
        cuts = [match.span() for match in _BREAK.finditer(text)]
        if len(text.split()) < HALVED_FROM or not cuts:
            continue
        end, start = min(cuts, key=lambda cut: (abs(cut[0] - len(text) / 2), cut))
        parts = [part for part in (text[:end], text[start:]) if len(part.split()) >= HALF_LEAST]
        found += [replace(example, asked=replace(example.asked, text=part)) for part in parts]
    return found


def main() -> None:
    """Tune on the training statements and write the statement network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, help="labelled public statements (TSV)")
    parser.add_argument("--out", type=Path, default=WEIGHTS / STATEMENTS)
    parser.add_argument("--steps", type=int, default=STEPS)
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    examples = authored() + (public(arguments.labels) if arguments.labels else [])
    examples += halves(examples)
    weights = read_weights(onnx.load(WEIGHTS / MODEL))
    classes = {t: len({e.labels[t] for e in examples}) for t in TASKS}
    network = StatementNetwork(weights, classes)
    book = read_book(examples, themes_of(len(examples)))
    tune(network, Body(weights), examples, book, arguments.steps)
    onnx.save(statement_graph(network), arguments.out)


if __name__ == "__main__":
    main()
