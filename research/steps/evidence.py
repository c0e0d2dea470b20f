"""Claims from statements: who said it, of how many, how sure, how strong."""

from collections.abc import Sequence

from research.model import Claim, Evidence, Statement
from research.strength import strength
from research.wilson import interval


def claim(
    kind: str,
    text: str,
    statements: Sequence[Statement],
    of: int,
    *,
    made_by: str,
    weights: Sequence[float] = (),
    stage: str = "",
    theme: str = "",
    counter: Sequence[str] = (),
) -> Claim:
    """A claim with its evidence; `of` is how many people could have said it."""
    people = len({s.participant for s in statements})
    low, high = interval(people, of)
    scores = list(weights) or [1.0] * len(statements)
    return Claim(
        kind=kind,
        text=text,
        evidence=tuple(Evidence(s.id, w) for s, w in zip(statements, scores, strict=True)),
        people=people,
        of=of,
        low=round(low, 4),
        high=round(high, 4),
        strength=strength(people, len({s.source for s in statements}), len(counter)),
        made_by=made_by,
        stage=stage,
        theme=theme,
        counter=tuple(counter),
    )


def one_each(statements: Sequence[Statement], most: int) -> tuple[Statement, ...]:
    """The first statements that come from different people."""
    chosen: dict[str, Statement] = {}
    for statement in statements:
        if statement.participant not in chosen and len(chosen) < most:
            chosen[statement.participant] = statement
    return tuple(chosen.values())
