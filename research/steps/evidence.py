"""Claims from statements: who said it, of how many, how sure, how strong."""

from collections.abc import Mapping, Sequence

from research.model import Claim, Evidence, Statement, Theme
from research.strength import strength
from research.wilson import interval

ALONE = "verbatim@1"  # a line that is one person's own words


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


def of_theme(theme: Theme, said: Mapping[str, Statement], of: int, stage: str) -> Claim | None:
    """What these people clearly say of a theme; None when nobody does.

    What one person alone says is told in their own words: the theme's name would claim that
    it is shared.
    """
    mine = [(said[e.statement], e.weight) for e in theme.clear if e.statement in said]
    if not mine:
        return None
    alone = len({s.participant for s, _ in mine}) == 1
    return claim(
        theme.kind,
        mine[0][0].text if alone else theme.label,
        [s for s, _ in mine],
        of,
        weights=[w for _, w in mine],
        made_by=ALONE if alone else "theme@1",
        stage=stage,
        theme=theme.id,
        counter=[c for c in theme.counter if c in said],
    )


def shared_first(claims: Sequence[Claim], most: int, least: int) -> list[Claim]:
    """What several people say; what one says after it, where there are few of those."""
    several = [c for c in claims if c.people > 1]
    alone = [c for c in claims if c.people == 1]
    return [*several, *alone[: max(least - len(several), 0)]][:most]


def one_each(statements: Sequence[Statement], most: int) -> tuple[Statement, ...]:
    """The first statements that come from different people."""
    chosen: dict[str, Statement] = {}
    for statement in statements:
        if statement.participant not in chosen and len(chosen) < most:
            chosen[statement.participant] = statement
    return tuple(chosen.values())
