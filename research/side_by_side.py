"""Personas next to one another, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from research.model import Analysis, Claim, Persona, Theme, by_id
from research.steps.evidence import of_theme

KINDS = ("goal", "motivation", "pain", "criterion", "trigger", "behaviour", "channel")
Said = dict[str, Claim]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that one of the personas has, with the claim of each of them.

    None: nobody of that persona says it, or (`theme` is empty) it is not on its card.
    """

    kind: str
    text: str
    theme: str
    claims: tuple[Claim | None, ...]


def side_by_side(analysis: Analysis, personas: Sequence[Persona]) -> tuple[Line, ...]:
    """The lines of the personas, kind by kind, those of most personas and people first.

    A card holds the strongest themes only; here every persona is asked for each.
    """
    themes = {t.id: t for t in analysis.shown}
    made: list[Line] = []
    for kind in KINDS:
        found: dict[str, list[Claim]] = {}
        for one in (c for p in personas for c in p.claims if c.kind == kind):
            found.setdefault(one.key, []).append(one)
        lines = [_line(analysis, themes, key, same, personas) for key, same in found.items()]
        made += sorted(lines, key=_rank)
    return tuple(made)


def _rank(line: Line) -> tuple[int, int, str]:
    claims = [c for c in line.claims if c is not None]
    return -len(claims), -sum(c.people for c in claims), line.text


def _line(
    analysis: Analysis,
    themes: dict[str, Theme],
    key: str,
    same: Sequence[Claim],
    personas: Sequence[Persona],
) -> Line:
    theme = themes.get(same[0].theme)
    own: list[Claim | None] = []
    for persona in personas:
        mine = next((c for c in persona.claims if c.key == key), None)
        off = any(c.key == key for c in persona.left_out)
        asked = theme if mine is None and not off else None
        own.append(_raised(analysis, asked, persona) if asked else mine)
    return Line(same[0].kind, same[0].text, same[0].theme, tuple(own))


def _raised(analysis: Analysis, theme: Theme, persona: Persona) -> Claim | None:
    """What the persona's people say of a theme; None when nobody does."""
    known, people = by_id(analysis.statements), set(persona.participants)
    said = {i: s for i, s in known.items() if s.participant in people}
    return of_theme(theme, said, len(people), "")
