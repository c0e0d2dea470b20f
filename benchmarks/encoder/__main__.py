"""`make bench-encoder DATA=FOLDER`: one table, the encoder and its peers in one run.

FOLDER holds `embedder/` (eval, baseline) and `data/` (Banking77, CLINC150, SemEval-16,
M-ABSA); tasks whose data is missing are left out, and said.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.encoder.contestants import Contestant, Embed, contestants
from benchmarks.encoder.cost import cost
from benchmarks.encoder.grouping import grouping
from benchmarks.encoder.similarity import similarity
from benchmarks.encoder.themes import themes

EVALUATION = "embedder/eval"
PEERS = ("all-MiniLM-L6-v2", "wordllama")
Found = dict[str, dict[str, float]]


def measured(chosen: Contestant, data: Path, with_cost: bool) -> Iterator[tuple[str, float]]:
    """Every task and cost of one encoder."""
    embed = chosen.load()
    parts: list[Callable[[Embed], Iterator[tuple[str, float]]]] = [themes]
    if (data / EVALUATION).exists():
        parts.append(lambda e: similarity(e, data / EVALUATION))
    if (data / "data").exists():
        parts.append(lambda e: grouping(e, data / "data"))
    yield from chain.from_iterable(part(embed) for part in parts)
    yield "size, MB", chosen.megabytes
    if with_cost:
        yield from cost(chosen.name, data)


def left_out(data: Path, names: Sequence[str]) -> Iterator[str]:
    """What cannot be measured here, and why."""
    for part in (EVALUATION, "data", "embedder/baseline"):
        if not (data / part).exists():
            yield f"left out: there is no {data / part}"
    for name in PEERS:
        if name not in names:
            yield f"left out: {name} is not installed"


def table(found: Found) -> str:
    """Markdown: a row a task, a column an encoder."""
    names = list(found)
    rows = list(dict.fromkeys(task for scores in found.values() for task in scores))
    lines = [f"| | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for row in rows:
        cells = [shown(found[name].get(row)) for name in names]
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return "\n".join(lines)


def shown(score: float | None) -> str:
    """Two decimals for a score, fewer for a count."""
    if score is None:
        return "–"
    return f"{score:.3f}".lstrip("0") if 0 < score < 1 else f"{score:,.3g}" if score < 100 else (
        f"{score:,.0f}"
    )  # fmt: skip


def main() -> None:
    """Measure all, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="*", help="names of encoders; default all")
    parser.add_argument("--no-cost", action="store_true", help="leave speed and memory out")
    arguments = parser.parse_args()
    with_cost = not arguments.no_cost and (arguments.data / EVALUATION).exists()
    found: Found = {}
    everyone = contestants(arguments.data)
    for line in left_out(arguments.data, [c.name for c in everyone]):
        print(line)
    for chosen in everyone:
        if not arguments.only or chosen.name in arguments.only:
            found[chosen.name] = dict(measured(chosen, arguments.data, with_cost))
            print(table({chosen.name: found[chosen.name]}), flush=True)
    print(table(found))


if __name__ == "__main__":
    main()
