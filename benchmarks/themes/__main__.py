"""`make bench-themes`: prints the table of docs/quality.md as Markdown."""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np

from benchmarks.themes import known, parts, sets
from benchmarks.themes.contestants import CONTESTANTS, Given, Labels, statements_of
from benchmarks.themes.sets import Grouped
from research.contracts import Vectors
from research.embedding import embed, looking
from research.encoders import HybridEncoder, StatementReader
from research.steps.codebook import bundled, likeness
from research.steps.similarity import joined
from research.steps.tagger import as_read

ALL = ["parts", "known", "domains", "small", "large"]


@dataclass(frozen=True, slots=True)
class Score:
    """How a contestant did on one set; None where it was not asked."""

    ami: float
    ari: float
    unassigned: float
    groups: int
    cpu: float
    same: bool | None


def given(told: Grouped, reader: StatementReader) -> Given:
    """The texts read once, for all contestants alike."""
    values = embed(list(told.texts), reader)
    read = as_read(values)
    book = likeness(
        bundled(), statements_of(told), read.themes, looking(reader, told.texts, values)
    )
    return Given(told, read.vectors, read, book)


def placing(reader: StatementReader) -> known.Place:
    """Where texts lie in the space in which codes are matched."""

    def place(texts: Sequence[str]) -> Vectors:
        read = as_read(embed(list(texts), reader))
        return joined(read.themes, read.vectors)

    return place


def score(contestant: Callable[[Given], Labels], one: Given, *, shuffle: bool) -> Score:
    """AMI and ARI with what is in no group as one group, and whether a shuffle changes it."""
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    start = time.process_time()
    labels = contestant(one)
    cpu = time.process_time() - start
    gold = one.told.groups
    return Score(
        float(adjusted_mutual_info_score(gold, labels)),
        float(adjusted_rand_score(gold, labels)),
        float((labels < 0).mean()),
        len(set(labels.tolist()) - {-1}),
        cpu,
        _unmoved(contestant, one, labels) if shuffle else None,
    )


def _unmoved(contestant: Callable[[Given], Labels], one: Given, labels: Labels) -> bool:
    """Whether the same rows in another order come out in the same groups."""
    from sklearn.metrics import adjusted_rand_score

    order = list(range(len(labels)))
    random.Random(1).shuffle(order)
    moved = Given(
        one.told.some("", order), one.vectors[order], one.read.rows(order), one.book[order]
    )
    return float(adjusted_rand_score(labels[order], contestant(moved))) == 1.0


def table(names: Sequence[str], folder: Path, reader: StatementReader) -> Iterator[str]:
    """The large sets, one after another."""
    yield "| set (texts; groups) | | AMI | ARI | in no group | groups | CPU s | same shuffled |"
    yield "|---|---|---|---|---|---|---|---|"
    for told in sets.large(folder):
        one = given(told, reader)
        about = f"{told.name} ({len(told.texts)}; {len(set(told.groups))})"
        for name in names:
            s = score(CONTESTANTS[name], one, shuffle=len(told.texts) < 5000)
            same = "" if s.same is None else "yes" if s.same else "no"
            yield (
                f"| {about} | {name} | {s.ami:.3f} | {s.ari:.3f} "
                f"| {s.unassigned:.2f} | {s.groups} | {s.cpu:.1f} | {same} |"
            )


def samples(names: Sequence[str], folder: Path, reader: StatementReader) -> Iterator[str]:
    """Means over thirty small samples of each size."""
    yield "| statements | | AMI | ARI | in no group | groups |"
    yield "|---|---|---|---|---|---|"
    found: dict[tuple[int, str], list[Score]] = {}
    for size, told in sets.small(list(sets.large(folder))):
        one = given(told, reader)
        for name in names:
            found.setdefault((size, name), []).append(score(CONTESTANTS[name], one, shuffle=False))
    for (size, name), scores in found.items():
        yield f"| {size} | {name} | {_means(scores)} |"


def domains(names: Sequence[str], reader: StatementReader) -> Iterator[str]:
    """Means over the domains of each held-out file."""
    yield "| held-out domains | | AMI | ARI | in no group | groups |"
    yield "|---|---|---|---|---|---|"
    found: dict[tuple[str, str], list[Score]] = {}
    for file, told in sets.domains():
        one = given(told, reader)
        for name in names:
            found.setdefault((file, name), []).append(score(CONTESTANTS[name], one, shuffle=False))
    for (file, name), scores in found.items():
        yield f"| {file} | {name} | {_means(scores)} |"


def _means(scores: Sequence[Score]) -> str:
    parts = [mean(getattr(s, part) for s in scores) for part in ("ami", "ari", "unassigned")]
    groups = mean(s.groups for s in scores)
    return " | ".join([*(f"{p:.3f}" for p in parts), f"{groups:.1f}"])


def main() -> None:
    """Print the tables that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the public sets")
    parser.add_argument("--only", nargs="*", default=list(CONTESTANTS), help="contestants")
    parser.add_argument(
        "--parts", nargs="*", default=["parts", "known", "domains", "small", "large"]
    )
    arguments = parser.parse_args()
    np.random.seed(0)
    reader = StatementReader(HybridEncoder())
    folder = arguments.data / "data"
    made = {
        "parts": lambda: parts.table(parts.held_out(lambda told: given(told, reader))),
        "known": lambda: known.table(placing(reader)),
        "domains": lambda: domains(arguments.only, reader),
        "small": lambda: samples(arguments.only, folder, reader),
        "large": lambda: table(arguments.only, folder, reader),
    }
    for part in arguments.parts:
        print(*made[part](), sep="\n", end="\n\n", flush=True)


if __name__ == "__main__":
    main()
