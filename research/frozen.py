"""A persona kept as it was, without anybody's words: they are looked up when it is shown."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from research.model import Analysis, Claim, Persona, Statement, by_id
from research.serial import from_bytes, to_bytes
from research.strength import strength
from research.wilson import interval

VERBATIM = "verbatim@1"


def frozen(persona: Persona) -> str:
    """The persona as a decision keeps it; quotes by their ids alone."""
    bare = replace(
        persona,
        claims=tuple(map(_wordless, persona.claims)),
        left_out=tuple(map(_wordless, persona.left_out)),
    )
    return to_bytes(bare).decode("ascii")


def stored(content: str) -> Persona:
    """The persona as it was kept; quotes have no words."""
    return from_bytes(Persona, content.encode("ascii"))


def thawed(content: str, analysis: Analysis) -> Persona | None:
    """The persona that was kept, on the statements that are still there.

    A claim counts its people anew when statements are gone, and goes with the last of them.
    None when none of its people is left.
    """
    kept = stored(content)
    known = by_id(analysis.statements)
    hidden = {t.id for t in analysis.themes if t.hidden}
    names = {t.id: t.label for t in analysis.themes if t.made_by == "person"}
    here = {p.id for p in analysis.participants}
    people = tuple(p for p in kept.participants if p in here)
    if not people:
        return None
    return replace(
        kept,
        participants=people,
        misfits=tuple(p for p in kept.misfits if p in here),
        base=replace(kept.base, people=len(people)),
        claims=_renamed(_living(kept.claims, known, hidden, len(people)), names),
        left_out=_renamed(_living(kept.left_out, known, hidden, len(people)), names),
    )


def _renamed(claims: tuple[Claim, ...], names: Mapping[str, str]) -> tuple[Claim, ...]:
    """Claims of themes that people named since say that name, unless reworded themselves."""
    return tuple(
        replace(c, text=names[c.theme])
        if c.theme in names and not c.original and c.made_by != VERBATIM
        else c
        for c in claims
    )


def without(content: str, statements: Collection[str], participants: Collection[str]) -> str:
    """What was kept, without those statements and people; empty when nobody is left."""
    kept = stored(content)
    people = tuple(p for p in kept.participants if p not in participants)
    if not people:
        return ""
    return frozen(
        replace(
            kept,
            participants=people,
            misfits=tuple(p for p in kept.misfits if p not in participants),
            claims=_spared(kept.claims, statements),
            left_out=_spared(kept.left_out, statements),
        )
    )


def _spared(claims: tuple[Claim, ...], gone: Collection[str]) -> tuple[Claim, ...]:
    left = []
    for claim in claims:
        evidence = tuple(e for e in claim.evidence if e.statement not in gone)
        if evidence or not claim.evidence:
            counter = tuple(c for c in claim.counter if c not in gone)
            left.append(replace(claim, evidence=evidence, counter=counter))
    return tuple(left)


def _wordless(claim: Claim) -> Claim:
    return replace(claim, text="") if claim.made_by == VERBATIM and not claim.original else claim


def _living(
    claims: tuple[Claim, ...], known: dict[str, Statement], hidden: set[str], of: int
) -> tuple[Claim, ...]:
    found = (_alive(c, known, of) for c in claims if c.theme not in hidden)
    return tuple(c for c in found if c is not None)


def _alive(claim: Claim, known: dict[str, Statement], of: int) -> Claim | None:
    """The claim on the evidence that is left; no evidence only for what people assume."""
    if not claim.evidence:
        return replace(claim, of=of)
    evidence = tuple(e for e in claim.evidence if _supports(claim, known.get(e.statement)))
    if not evidence:
        return None
    said = [known[e.statement] for e in evidence]
    text = claim.text or said[0].text
    if evidence == claim.evidence and of == claim.of:
        return replace(claim, text=text)
    people = len({s.participant for s in said})
    low, high = interval(people, of)
    counter = tuple(c for c in claim.counter if c in known)
    return replace(
        claim,
        text=text,
        evidence=evidence,
        people=people,
        of=of,
        low=round(low, 4),
        high=round(high, 4),
        strength=strength(people, len({s.source for s in said}), len(counter)),
        counter=counter,
    )


def _supports(claim: Claim, statement: Statement | None) -> bool:
    """Whether a statement is still there, and nobody said that it is of another kind."""
    if statement is None:
        return False
    judged = statement.made_by == "person" and claim.kind in ("pain", "motivation")
    return not judged or statement.kind == claim.kind
