"""What people decided about personas, line by line: a pure function of the log."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from research.frozen import VERBATIM
from research.model import (
    CLAIM_STATUSES,
    PERSONA_STATUSES,
    Analysis,
    Claim,
    ClaimStatus,
    Decision,
    Persona,
)
from research.persona_shape import Cast, study_of
from research.second_coder import Line, Retelling
from research.shape import LEAST_OVERLAP, meant, overlap
from research.steps.journey import map_of
from research.steps.personas import retold

ABOUT_CLAIM = ("claim-status", "edit-claim")
CHANGING = ("rename-persona", "add-assumption", "set-summary", *ABOUT_CLAIM)
TOLD_FROM = ("goal", "motivation", "pain", "behaviour", "criterion", "trigger", "channel")
MOST_LINES = 12
ABOUT_PERSONA = ("persona-status", "lock-persona", "renew-persona", *CHANGING)


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody remarked on a persona, or on one of its claims (`claim`: its key)."""

    id: int
    claim: str
    text: str
    by: str
    at: datetime
    settled: bool


def reviewed(analysis: Analysis, made: Cast, decisions: Sequence[Decision]) -> Analysis:
    """The analysis with personas as people reviewed them, maps and unplaced people with them."""
    personas = tuple(_reviewed(p, made, decisions, analysis) for p in made.personas)
    if personas == analysis.personas:
        return analysis
    before = {p.id: p.participants for p in analysis.personas}
    drawn = {m.persona: m for m in analysis.maps}
    study = study_of(analysis)
    maps = [drawn[None]] if None in drawn else []
    for persona in personas:
        same = before.get(persona.id) == persona.participants and persona.id in drawn
        maps.append(drawn[persona.id] if same else map_of(study, persona))
    placed = {i for p in personas for i in p.participants}
    return replace(
        analysis,
        personas=personas,
        maps=tuple(maps),
        unplaced=tuple(p.id for p in analysis.participants if p.id not in placed),
        outside=tuple(p for p in analysis.outside if p not in placed),
    )


def _reviewed(
    persona: Persona, made: Cast, decisions: Sequence[Decision], analysis: Analysis
) -> Persona:
    """One persona with every decision about it, in order."""
    seen = persona if not persona.held else replace(persona, version=0, changed=False)
    told = seen.claims, seen.name
    for decision in decisions:
        if (decision.id, persona.id) in made.touched:
            seen = _touched(seen)
        elif decision.action in ABOUT_PERSONA and about(made.personas, decision) == persona.id:
            seen = _applied(seen, decision)
    if told != (seen.claims, seen.name):
        seen = retold(analysis.language, seen)
    mine = [d for d in decisions if d.action == "set-summary"]
    last = next((d for d in reversed(mine) if about(made.personas, d) == persona.id), None)
    return _worded(analysis.language, seen, last) if last else seen


def _worded(language: str, persona: Persona, last: Decision) -> Persona:
    """The persona with the summary that people chose last.

    A second coder's stands as long as the lines are those that it was given.
    """
    _, _, given = last.target.partition("/")
    mark, _, maker = given.partition("/")
    if not last.value or (mark and mark != retelling_of(language, persona).mark):
        return persona
    return replace(persona, summary=last.value, summary_by=maker or "person")


def retelling_of(language: str, persona: Persona) -> Retelling:
    """The persona's own summary and the lines that another wording of it may rest on."""
    lines = (c for c in persona.claims if c.kind in TOLD_FROM and c.made_by != VERBATIM)
    told = [Line(c.key, c.kind, c.text, c.people, c.of) for c in lines if c.evidence]
    return Retelling(retold(language, persona).summary, tuple(told[:MOST_LINES]), language)


def about(personas: Sequence[Persona], decision: Decision) -> str:
    """The id of the persona that a decision is about; empty when it is gone."""
    if decision.action in ABOUT_CLAIM:
        return _about_claim(personas, decision)
    moves = decision.action == "move-person"
    target = decision.value if moves else decision.target.partition("/")[0]
    found = meant(personas, target, decision.anchors, lambda p: p.participants)
    return found.id if found else ""


def _about_claim(personas: Sequence[Persona], decision: Decision) -> str:
    """The persona of that id, else the one whose claim rests on most of the same statements."""
    target, anchors = decision.target.partition("/")[0], set(decision.anchors)
    if any(p.id == target for p in personas):
        return target
    claims = ((p.id, _claim(p, decision)) for p in personas)
    shared = [(len(anchors & {*c.statements}), i) for i, c in claims if c is not None]
    most, found = max(shared, default=(0, ""))
    return found if most else ""


def _touched(persona: Persona) -> Persona:
    """A persona that was accepted goes back into review once people change it."""
    if persona.status != "accepted":
        return persona
    return replace(persona, status="in review", changed=True)


def _applied(persona: Persona, decision: Decision) -> Persona:
    """The persona after one decision about it."""
    if decision.action == "persona-status":
        status = next((s for s in PERSONA_STATUSES if s == decision.value), persona.status)
        accepted = status == "accepted"
        again = replace(persona, status=status, version=persona.version + accepted)
        return replace(again, changed=again.changed and not accepted)
    if decision.action == "lock-persona":
        return replace(persona, locked=decision.value == "locked")
    if decision.action == "renew-persona":
        return _touched(persona)
    changed = _changed(persona, decision)
    return changed if changed == persona else _touched(changed)


def _changed(persona: Persona, decision: Decision) -> Persona:
    if decision.action == "rename-persona":
        return replace(persona, name=decision.value)
    if decision.action == "add-assumption":
        kind = decision.target.partition("/")[2]
        line = assumption(kind, decision.value, len(persona.participants))
        if any(c.key == line.key for c in (*persona.claims, *persona.left_out)):
            return persona
        return replace(persona, claims=_in_order((*persona.claims, line)))
    if decision.action == "set-summary":
        return persona if persona.status != "accepted" else replace(persona, changed=True)
    found = _claim(persona, decision)
    if found is None:
        return persona
    if decision.action == "edit-claim":
        claim = replace(found, text=decision.value, original=found.original or found.text)
        return _with(persona, found, claim)
    status: ClaimStatus = next((s for s in CLAIM_STATUSES if s == decision.value), found.status)
    return _with(persona, found, replace(found, status=status))


def assumption(kind: str, text: str, of: int) -> Claim:
    """A line that a person typed, with nobody behind it yet."""
    return Claim(kind, text, (), 0, of, 0.0, 1.0, "assumption", "person")


def _with(persona: Persona, old: Claim, new: Claim) -> Persona:
    """The persona with a claim changed: on the card, or off it."""
    out = new.status == "left out"
    if out == (old in persona.left_out):  # it stays where it is
        return replace(
            persona,
            claims=tuple(new if c == old else c for c in persona.claims),
            left_out=tuple(new if c == old else c for c in persona.left_out),
        )
    kept = tuple(c for c in persona.claims if c != old)
    gone = tuple(c for c in persona.left_out if c != old)
    if out:
        return replace(persona, claims=kept, left_out=(*gone, new))
    return replace(persona, claims=_in_order((*kept, new)), left_out=gone)


def _in_order(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims of a kind together, kinds in the order in which they first appear."""
    kinds = list(dict.fromkeys(c.kind for c in claims))
    return tuple(sorted(claims, key=lambda c: kinds.index(c.kind)))


def _claim(persona: Persona, decision: Decision) -> Claim | None:
    """The claim that a decision is about: of the same key, else on most of its statements."""
    key = decision.target.partition("/")[2]
    claims = (*persona.claims, *persona.left_out)
    same = next((c for c in claims if c.key == key), None)
    if same is not None:
        return same
    kind = key.rpartition("-")[0]
    alike = [(overlap(decision.anchors, c.statements), c.key, c) for c in claims if c.kind == kind]
    best = max(alike, key=lambda a: a[:2], default=None)
    return best[2] if best is not None and best[0] >= LEAST_OVERLAP else None


def comments_on(
    personas: Sequence[Persona], persona: Persona, decisions: Sequence[Decision]
) -> tuple[Comment, ...]:
    """The comments on a persona and its claims, oldest first."""
    settled = {d.target for d in decisions if d.action == "settle-comment"}
    return tuple(
        Comment(d.id, d.target.partition("/")[2], d.value, d.by, d.at, str(d.id) in settled)
        for d in decisions
        if d.action == "comment" and about(personas, d) == persona.id
    )


def homeless(personas: Sequence[Persona], decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Decisions about personas that no longer find one: they wait for the group to return."""
    waiting = (*CHANGING, "persona-status", "comment")
    return tuple(
        d
        for d in decisions
        if (d.action in waiting or (d.action == "move-person" and d.value))
        and not about(personas, d)
    )
