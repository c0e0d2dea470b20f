"""How turns are cut into statements: boundaries, and statements that hold one point.

Gold are turns of written interviews whose statements are marked. A boundary counts as
found when the cut lies at the same character, white space aside; WindowDiff (Pevzner and
Hearst 2002) counts near misses as well.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from research.model import Passage
from research.steps.segment import units


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody said in one go, and where its statements begin after the first."""

    text: str
    lang: str
    cuts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Cutting:
    """Precision and recall of boundaries, and shares of statements."""

    turns: int
    precision: float
    recall: float
    exact: float
    one_point: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def turns(path: Path) -> Iterator[Turn]:
    """The turns of a file's interviews."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    grouped: dict[tuple[str, int], list[dict[str, str]]] = {}
    for row in rows:
        if row["form"] == "interview":
            grouped.setdefault((row["participant"], row["turn"]), []).append(row)
    for said in grouped.values():
        text, cuts = "", []
        for row in said:
            if text:
                text += " "
                cuts.append(len(text))
            text += row["text"]
        yield Turn(text, said[0]["lang"], frozenset(cuts))


def cutting(all_turns: list[Turn]) -> Cutting:
    """How well the turns are cut.

    `exact`: gold statements that come out just so. `one_point`: statements of ours that
    hold no gold boundary inside, so that they make one point or a part of one.
    """
    hits = ours = gold = exact = whole = single = pieces = 0
    for turn in all_turns:
        passage = Passage(0, turn.text, "voice", "interview", language=turn.lang)
        spans = units(passage, turn.lang)
        starts = {start for start, _ in spans[1:]}
        hits += len(starts & turn.cuts)
        ours += len(starts)
        gold += len(turn.cuts)
        edges = [0, *sorted(turn.cuts), len(turn.text) + 1]
        whole += len(edges) - 1
        exact += sum(_same(a, b, spans) for a, b in pairwise(edges))
        pieces += len(spans)
        single += sum(not any(a < c < b for c in turn.cuts) for a, b in spans)
    return Cutting(
        len(all_turns), hits / max(ours, 1), hits / max(gold, 1), exact / whole, single / pieces
    )


def _same(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(a == start and abs(b - (end - 1)) <= 1 for a, b in spans)
