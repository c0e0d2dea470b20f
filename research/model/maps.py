"""Journey maps: stages by rows, each cell with its claims."""

from dataclasses import dataclass
from typing import Literal

from research.model.findings import Claim


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a journey map. No claims and no value: it says "no evidence"."""

    stage: str
    row: str
    claims: tuple[Claim, ...] = ()
    mean: float | None = None
    spread: float | None = None
    count: int = 0
    people: int = 0
    statements: tuple[str, ...] = ()
    evidence_level: Literal["none", "assumption", "internal", "validated"] = "none"


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """Stages × rows, for one persona or (persona is None) for everyone."""

    type: Literal["current state"]
    persona: str | None
    people: int
    cells: tuple[Cell, ...]
