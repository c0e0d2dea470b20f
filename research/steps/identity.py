"""Keeps the ids of themes and personas that return in a new run."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from research.model import Analysis, Persona, Theme

SAME = 0.3
OWN = "-own-"  # in the id of a theme that a person made: each run makes it again


def keep_theme_ids(themes: Sequence[Theme], previous: Analysis | None) -> tuple[Theme, ...]:
    """Themes with the id of the earlier theme they share most statements with."""
    if previous is None:
        return tuple(themes)
    earlier = [t for t in previous.proposed or previous.themes if OWN not in t.id]
    old = {t.id: frozenset(t.statements) for t in earlier}
    new = {t.id: frozenset(t.statements) for t in themes}
    kinds = {t.id: t.kind for t in (*earlier, *themes)}
    names = _matched(new, old, kinds)
    return tuple(
        replace(t, id=names[t.id], nearest=names.get(t.nearest, t.nearest)) for t in themes
    )


def keep_persona_ids(personas: Sequence[Persona], previous: Analysis | None) -> tuple[Persona, ...]:
    """Personas with the id of the earlier persona they share most people with."""
    if previous is None:
        return tuple(personas)
    old = {p.id: frozenset(p.participants) for p in previous.personas}
    new = {p.id: frozenset(p.participants) for p in personas}
    names = _matched(new, old, {})
    return tuple(
        replace(p, id=names[p.id], nearest=names.get(p.nearest, p.nearest)) for p in personas
    )


def _matched(
    new: Mapping[str, frozenset[str]],
    old: Mapping[str, frozenset[str]],
    kinds: Mapping[str, str],
) -> dict[str, str]:
    """New id → the id to carry: greedy by Jaccard overlap, each old id used once."""
    overlaps = [
        (-len(a & b) / len(a | b), fresh, past)
        for fresh, a in new.items()
        for past, b in old.items()
        if a & b and kinds.get(fresh) == kinds.get(past)
    ]
    names: dict[str, str] = {}
    for overlap, fresh, past in sorted(overlaps):
        if -overlap >= SAME and fresh not in names and past not in names.values():
            names[fresh] = past
    return {fresh: names.get(fresh, fresh) for fresh in new}
