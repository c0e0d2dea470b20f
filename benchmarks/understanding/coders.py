"""How far two readers agree who labelled the same statements without seeing each other's."""

import csv
from collections.abc import Iterator
from pathlib import Path

from benchmarks.understanding.measures import macro_f1
from benchmarks.understanding.sets import LABELS
from research.second_coder import kappa

TWICE = LABELS / "twice"
TASKS = ("kind", "stage", "valence")


def agreements() -> Iterator[str]:
    """Per file and task: the share alike, Cohen's kappa, and macro-F1 of one by the other."""
    yield "| coded twice | statements | task | alike | kappa | macro-F1 |"
    yield "|---|---|---|---|---|---|"
    for path in sorted(TWICE.glob("*.tsv")):
        rows = _rows(path)
        for task in TASKS:
            one, other = [r[task] for r in rows], [r[f"{task}_2"] for r in rows]
            alike = sum(a == b for a, b in zip(one, other, strict=True)) / len(rows)
            k = kappa(one, other)
            yield (
                f"| {path.stem} | {len(rows)} | {task} | {alike:.3f} "
                f"| {'' if k is None else f'{k:.3f}'} | {macro_f1(one, other):.3f} |"
            )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
