"""Claims of personas and maps, said again after people changed the themes they rest on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from research.model import Analysis, Cell, Claim, Evidence, Statement, Theme, by_id
from research.regroup import Known
from research.strength import strength
from research.wilson import interval

Allowed = Callable[[Statement], bool]
VERBATIM = "quote"
ALONE, SHARED = "verbatim@1", "theme@1"


@dataclass(frozen=True, slots=True)
class _Change:
    """The themes before and after, and where each statement is now."""

    before: dict[str, Theme]
    after: dict[str, Theme]
    home: dict[str, str]
    known: Known


def restate(analysis: Analysis, themes: Sequence[Theme]) -> Analysis:
    """The analysis with other themes: each claim counts the people of its theme anew.

    A claim of a theme that was merged or is gone follows its statements; what is left
    without evidence, or rests on a hidden theme, disappears. A theme made of another gets
    claims where that one had them; more comes with the next run.
    """
    change = _Change(
        {t.id: t for t in analysis.themes},
        {t.id: t for t in themes},
        {s: t.id for t in themes for s in t.statements},
        by_id(analysis.statements),
    )
    if change.before == change.after:
        return replace(analysis, themes=tuple(themes))
    people = {p.id: frozenset(p.participants) for p in analysis.personas}
    everyone = frozenset(p.id for p in analysis.participants)
    return replace(
        analysis,
        themes=tuple(themes),
        personas=tuple(
            replace(p, claims=_claims(p.claims, change, _of(people[p.id])))
            for p in analysis.personas
        ),
        maps=tuple(
            replace(
                m,
                cells=tuple(
                    _cell(c, change, people.get(m.persona or "", everyone)) for c in m.cells
                ),
            )
            for m in analysis.maps
        ),
    )


def _of(people: frozenset[str]) -> Allowed:
    return lambda s: s.participant in people


def _cell(cell: Cell, change: _Change, people: frozenset[str]) -> Cell:
    def here(statement: Statement) -> bool:
        return statement.participant in people and any(
            tag.stage == cell.stage for tag in statement.stages
        )

    claims = _claims(cell.claims, change, here)
    if claims == cell.claims:
        return cell
    statements = tuple(dict.fromkeys(s for c in claims for s in c.statements))
    strong = any(c.strength == "strong" for c in claims)
    return replace(
        cell,
        claims=claims,
        statements=statements,
        count=len(statements),
        people=len({change.known[s].participant for s in statements if s in change.known}),
        evidence_level=("validated" if strong else "internal") if claims else "none",
    )


def _claims(claims: Sequence[Claim], change: _Change, allowed: Allowed) -> tuple[Claim, ...]:
    """Claims that follow their themes, one for each theme and kind."""
    found: dict[tuple[str, str, str], Claim] = {}
    for claim in claims:
        for again in _again(claim, change, allowed):
            words = again.text if not again.theme or again.kind == VERBATIM else ""
            found.setdefault((again.kind, again.theme, words), again)
    return tuple(found.values())


def _again(claim: Claim, change: _Change, allowed: Allowed) -> list[Claim]:
    """What becomes of a claim: itself, the claim of another theme, of two, or nothing."""
    if not claim.theme:
        return [claim]
    if claim.kind == VERBATIM:
        return _quote(claim, change)
    made = [_recounted(claim, change.after[t], change, allowed) for t in _homes(claim, change)]
    return [c for c in made if c is not None]


def _quote(claim: Claim, change: _Change) -> list[Claim]:
    homes = [change.home[s] for s in claim.statements if s in change.home]
    if not homes or change.after[homes[0]].hidden:
        return []
    return [claim if claim.theme == homes[0] else replace(claim, theme=homes[0])]


def _homes(claim: Claim, change: _Change) -> list[str]:
    """The theme of a claim as it is now, and themes that were made of its statements."""
    counts: dict[str, int] = {}
    for statement in claim.statements:
        if statement in change.home:
            counts[change.home[statement]] = counts.get(change.home[statement], 0) + 1
    main = (
        claim.theme
        if claim.theme in change.after
        else max(counts, key=counts.__getitem__, default="")
    )
    new = [t for t in counts if t != main and t not in change.before]
    return [t for t in (main, *new) if t]


def _recounted(claim: Claim, theme: Theme, change: _Change, allowed: Allowed) -> Claim | None:
    """The claim with its theme's people counted anew; None when nothing supports it."""
    old = change.before.get(claim.theme)
    if theme == old:
        return claim
    mine = [e for e in theme.clear if e.statement in change.known]
    mine = [e for e in mine if allowed(change.known[e.statement])]
    if theme.hidden or not mine:
        return None
    text = _said(claim, old, theme)
    if tuple(mine) == claim.evidence:
        return replace(claim, text=text, theme=theme.id)
    again = _counted(replace(claim, text=text, theme=theme.id), mine, change.known)
    return _in_whose_words(again, theme, change.known)


def _in_whose_words(claim: Claim, theme: Theme, known: Known) -> Claim:
    """What one person alone says is in their words, what several say in the theme's."""
    if claim.made_by not in (ALONE, SHARED):
        return claim
    if claim.people == 1:
        return replace(claim, text=known[claim.statements[0]].text, made_by=ALONE)
    return replace(claim, text=theme.label, made_by=SHARED)


def _counted(claim: Claim, evidence: Sequence[Evidence], known: Known) -> Claim:
    said = [known[e.statement] for e in evidence]
    people = len({s.participant for s in said})
    low, high = interval(people, claim.of)
    return replace(
        claim,
        evidence=tuple(evidence),
        people=people,
        low=round(low, 4),
        high=round(high, 4),
        strength=strength(people, len({s.source for s in said}), len(claim.counter)),
    )


def _said(claim: Claim, old: Theme | None, theme: Theme) -> str:
    """A claim's words with its theme's name as it is now."""
    if old is None or claim.text == old.label:
        return theme.label
    return claim.text.replace(_lowered(old.label), _lowered(theme.label))


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]
