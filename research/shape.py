"""What people decided about themes, done again on the themes of any run: a pure function.

Decisions are replayed in the order in which they were taken. What people put together,
took apart or moved is known by its statements, which survive re-runs, so that a later run
cannot undo it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from research.model import Decision, Evidence, Persona, Statement, Theme, by_id
from research.regroup import Known, including, made_of, united, without

LEAST_OVERLAP = 0.3
DRAWN_IN = 0.5
T = TypeVar("T", Theme, Persona)
Themes = tuple[Theme, ...]


def shape(
    themes: Sequence[Theme], statements: Sequence[Statement], decisions: Iterable[Decision]
) -> Themes:
    """The themes as people decided them; `decisions` are those that stand, oldest first.

    A statement of another kind than its theme (a person may have said so) is in none.
    """
    known = by_id(statements)
    found = tuple(themes)
    for decision in decisions:
        if decision.action in SHAPING:
            found = SHAPING[decision.action](found, decision, known)
    return _tidy(found, known)


def meant(
    candidates: Sequence[T],
    target: str,
    anchors: Sequence[str],
    holds: Callable[[T], Iterable[str]],
) -> T | None:
    """The theme or persona a decision is about: most overlap, else the one of that id."""
    same_id = next((c for c in candidates if c.id == target), None)
    scored = [(overlap(anchors, holds(c)), c is same_id, c) for c in candidates]
    best = max(scored, key=lambda s: s[:2], default=None)
    return best[2] if best is not None and best[0] >= LEAST_OVERLAP else same_id


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Share of ids that two groups have in common (Jaccard)."""
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left or right else 0.0


def own_id(decision: Decision, kind: str) -> str:
    """The id of a theme that a person made; no run gives it to another."""
    return f"{kind}-own-{decision.id}"


def _meant(themes: Themes, decision: Decision, target: str) -> Theme | None:
    return meant(themes, target, decision.anchors, lambda t: t.statements)


def _rename(themes: Themes, decision: Decision, known: Known) -> Themes:
    return _changed(themes, decision, lambda t: replace(t, label=decision.value, made_by="person"))


def _hide(themes: Themes, decision: Decision, known: Known) -> Themes:
    return _changed(themes, decision, lambda t: replace(t, hidden=True))


def _changed(themes: Themes, decision: Decision, change: Callable[[Theme], Theme]) -> Themes:
    theme = _meant(themes, decision, decision.target)
    return tuple(change(t) if t is theme else t for t in themes)


def _move(themes: Themes, decision: Decision, known: Known) -> Themes:
    """A statement in one theme alone, or in none."""
    target = _meant(themes, decision, decision.value) if decision.value else None
    gone = decision.target not in known or (decision.value and target is None)
    if gone:
        return themes
    return _gathered(themes, target, [decision.target], known)


def _gathered(
    themes: Themes, into: Theme | None, statements: Sequence[str], known: Known
) -> Themes:
    """Those statements in one theme, and in no other."""
    taken = set(statements)
    kept = (
        including(t, statements, known) if t is into else without(t, taken, known) for t in themes
    )
    return tuple(t for t in kept if t is not None)


def _merge(themes: Themes, decision: Decision, known: Known) -> Themes:
    """One theme of all that was put together then, and of what these have grown to since."""
    ids, anchors = (decision.target, decision.value), set(decision.anchors)
    here = [t for t in themes if t.id in ids or _mostly(t, anchors)]
    if not here:
        return _together(themes, decision, known)
    first = max(here, key=lambda t: (t.id == decision.target, len(t.evidence), t.id))
    rest = [t for t in here if t is not first and t.kind == first.kind]
    whole = replace(united(first, rest, known), id=decision.target)
    found = tuple(whole if t is first else t for t in themes if t not in rest)
    stray = [s for s in decision.anchors if s in known and known[s].kind == whole.kind]
    return _gathered(found, whole, stray, known)


def _together(themes: Themes, decision: Decision, known: Known) -> Themes:
    """What was put together, where most of it is now, when nothing else is left of it."""
    anchors = {s for s in decision.anchors if s in known}
    most = max(themes, key=lambda t: (len(anchors & {*t.statements}), t.id), default=None)
    if most is None or not anchors & {*most.statements}:
        return themes
    stray = [s for s in decision.anchors if s in known and known[s].kind == most.kind]
    return _gathered(themes, most, stray, known)


def _mostly(theme: Theme, anchors: set[str]) -> bool:
    return len(anchors & {*theme.statements}) > DRAWN_IN * len(theme.evidence)


def _split(themes: Themes, decision: Decision, known: Known) -> Themes:
    """Statements in a theme of their own."""
    taken = [s for s in decision.anchors if s in known]
    model = _model(themes, decision)
    if not taken or model is None:
        return themes
    own = _made_by_hand(model, own_id(decision, model.kind), decision.value, taken, known)
    left = _gathered(themes, None, taken, known)
    return (*left, own) if own else left


def _model(themes: Themes, decision: Decision) -> Theme | None:
    """A theme to take the form of a new one from: where it was, else any of its kind."""
    kind = decision.target.partition("-")[0]
    same = [t for t in themes if t.id == decision.target]
    return next(iter([*same, *(t for t in themes if t.kind == kind), *themes]), None)


def _made_by_hand(
    model: Theme, identity: str, name: str, statements: Sequence[str], known: Known
) -> Theme | None:
    wishes = sum(known[s].kind == "motivation" for s in statements)
    form = replace(
        model,
        id=identity,
        kind="motivation" if wishes * 2 > len(statements) else "pain",
        label=name,
        definition="",
        quotes=(),
        loose=(),
        counter=(),
        stability=1.0,
        nearest=model.id if model.id != identity else "",
        made_by="person",
        hidden=False,
        pinned=False,
    )
    weights = {e.statement: e.weight for e in model.evidence}
    return made_of(form, (Evidence(s, weights.get(s, 1.0)) for s in statements), known)


def _pin(themes: Themes, decision: Decision, known: Known) -> Themes:
    """The theme marked as one that stays; made again when a run did not find it."""
    if _meant(themes, decision, decision.target) is not None:
        return _changed(themes, decision, lambda t: replace(t, pinned=True))
    taken = [s for s in decision.anchors if s in known]
    model = _model(themes, decision)
    if not taken or model is None:
        return themes
    own = _made_by_hand(model, decision.target, decision.value, taken, known)
    left = _gathered(themes, None, taken, known)
    return (*left, replace(own, pinned=True)) if own else left


def _kind(themes: Themes, decision: Decision, known: Known) -> Themes:
    kind: Literal["pain", "motivation"] = "motivation" if decision.value == "motivation" else "pain"
    return _changed(themes, decision, lambda t: replace(t, kind=kind))


def _tidy(themes: Themes, known: Known) -> Themes:
    """Without statements of another kind, and without pointers to themes that are gone."""
    fitting = []
    for theme in themes:
        other = {s for s in theme.statements if s in known and known[s].kind != theme.kind}
        kept = without(theme, other, known)
        if kept is not None:
            fitting.append(kept)
    ids = {t.id for t in fitting}
    return tuple(
        t if not t.nearest or t.nearest in ids else replace(t, nearest="") for t in fitting
    )


SHAPING: Mapping[str, Callable[[Themes, Decision, Known], Themes]] = {
    "rename-theme": _rename,
    "merge-themes": _merge,
    "split-theme": _split,
    "hide-theme": _hide,
    "pin-theme": _pin,
    "set-theme": _move,
    "set-theme-kind": _kind,
}
