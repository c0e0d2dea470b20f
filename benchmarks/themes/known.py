"""A codebook matched first: what share of held-out statements it takes, and how many rightly.

For each held-out domain a team's codebook is made of its themes: their names alone, or with
two of their statements as examples, which are then left out of the measuring.
"""

from collections.abc import Callable, Iterator, Sequence
from statistics import mean

import numpy as np

from benchmarks.themes import sets
from benchmarks.themes.contestants import statements_of
from benchmarks.themes.sets import Grouped
from research.contracts import Vectors
from research.model import Code
from research.steps.coding import coded, placed

EXAMPLES = 2
Place = Callable[[Sequence[str]], Vectors]


def _code(name: str, examples: Sequence[str]) -> Code:
    return Code(name, "", "", name, name, "", "", (), tuple(examples))


def matched(told: Grouped, place: Place, examples: int) -> tuple[float, float]:
    """The share of statements that a code takes, and of these the share that is its theme's."""
    names = sorted(set(told.groups))
    taken = {n: [i for i, g in enumerate(told.groups) if g == n][:examples] for n in names}
    codes = [_code(n, [told.texts[i] for i in taken[n]]) for n in names]
    out = {i for rows in taken.values() for i in rows}
    left = [i for i in range(len(told.texts)) if i not in out]
    some = told.some(told.name, left)
    found = coded(statements_of(some), place(some.texts), codes, placed(codes, place))
    hits = [names[code] == some.groups[i] for i, code in enumerate(found) if code >= 0]
    return float((found >= 0).mean()), float(np.mean(hits)) if hits else float("nan")


def table(place: Place) -> Iterator[str]:
    """Means over the domains of each held-out file."""
    yield "| codebook first | names alone: taken | right | with two examples: taken | right |"
    yield "|---|---|---|---|---|"
    found: dict[str, list[list[float]]] = {}
    for file, told in sets.domains():
        row = [*matched(told, place, 0), *matched(told, place, EXAMPLES)]
        found.setdefault(file, []).append(row)
    for file, rows in found.items():
        cells = [mean(v for v in column if v == v) for column in zip(*rows, strict=True)]
        yield f"| {file} | {' | '.join(f'{c:.2f}' for c in cells)} |"
