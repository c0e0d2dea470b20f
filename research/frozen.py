"""A persona kept as it was. Quotes are kept by their place, and looked up when it is shown."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from research.model import Analysis, Claim, Persona, Statement, Theme, by_id
from research.serial import from_bytes, to_bytes
from research.steps.evidence import claim as claim_of
from research.steps.persona_words import demographics_of
from research.steps.personas import retold

Gone = Callable[[str], bool]

VERBATIM = "verbatim@1"
QUOTED, FEWEST_WORDS = "“", 3


def frozen(persona: Persona) -> str:
    """The persona as a decision keeps it: what can be told anew is left out."""
    bare = replace(
        persona,
        summary="",
        summary_by="",
        demographics=(),
        claims=tuple(map(_wordless, persona.claims)),
        left_out=tuple(map(_wordless, persona.left_out)),
    )
    return _text(bare)


def _text(persona: Persona) -> str:
    return to_bytes(persona).decode("ascii")


def stored(content: str) -> Persona:
    """The persona as it was kept; quotes have no words."""
    return from_bytes(Persona, content.encode("ascii"))


def thawed(content: str, analysis: Analysis) -> Persona | None:
    """The persona that was kept, on the statements that are still there.

    A claim counts its people anew when statements are gone, and goes with the last of them.
    One of a theme that is gone follows its statements. None when nobody of it is left.
    """
    kept = stored(content)
    here = {p.id for p in analysis.participants}
    people = tuple(p for p in kept.participants if p in here)
    if not people:
        return None
    now = _Now(analysis, len(people))
    claims, left_out = now.living(kept.claims), now.living(kept.left_out)
    whole = replace(
        kept,
        name=kept.name or next((c.text for c in claims if c.theme), ""),
        participants=people,
        misfits=tuple(p for p in kept.misfits if p in here),
        claims=claims,
        left_out=left_out,
        demographics=demographics_of(analysis.participants, frozenset(people)),
    )
    if people != kept.participants:
        whole = _counted(whole, analysis.statements)
    return retold(analysis.language, whole)


def without(content: str, source: str, words: Sequence[str] | None, people: Collection[str]) -> str:
    """What was kept, without a source and those people; empty when nobody is left.

    `words` are what the source said: a name or line that repeats them loses its text. None:
    it is not known, and everything in quotation marks does.
    """
    return sparing(content, lambda statement: _of(source, statement), words, people)


def sparing(content: str, gone: Gone, words: Sequence[str] | None, people: Collection[str]) -> str:
    """The same without the statements that are `gone`, which may be some of a source."""
    kept = stored(content)
    left = tuple(p for p in kept.participants if p not in people)
    if not left:
        return ""
    name = "" if _repeats(kept.name, words) else kept.name
    return _text(
        replace(
            kept,
            name=name,
            participants=left,
            misfits=tuple(p for p in kept.misfits if p not in people),
            claims=_spared(kept.claims, gone, words),
            left_out=_spared(kept.left_out, gone, words),
        )
    )


def _spared(claims: Sequence[Claim], gone: Gone, words: Sequence[str] | None) -> tuple[Claim, ...]:
    left = []
    for claim in claims:
        evidence = tuple(e for e in claim.evidence if not gone(e.statement))
        if evidence or not claim.evidence:
            counter = tuple(c for c in claim.counter if not gone(c))
            text = "" if _repeats(claim.text, words) and claim.evidence else claim.text
            original = "" if _repeats(claim.original, words) else claim.original
            left.append(
                replace(claim, text=text, original=original, evidence=evidence, counter=counter)
            )
    return tuple(left)


def _of(source: str, statement: str) -> bool:
    """Whether a statement is of a source, which its id begins with."""
    return statement.startswith(f"{source}-")


def _repeats(text: str, words: Sequence[str] | None) -> bool:
    """Whether a text is somebody's own words."""
    if words is None:
        return text.startswith(QUOTED)
    bare = text.strip("“”.,!? ").lower()
    return len(bare.split()) >= FEWEST_WORDS and any(bare in said.lower() for said in words)


def _wordless(claim: Claim) -> Claim:
    """The claim without a participant's words; a person's wording stays."""
    if claim.made_by != VERBATIM:
        return claim
    return replace(claim, text=claim.text if claim.original else "", original="")


class _Now:
    """The statements and themes as they are when a persona is shown."""

    def __init__(self, analysis: Analysis, people: int) -> None:
        self.known = by_id(analysis.statements)
        self.themes = {t.id: t for t in analysis.themes}
        self.home = {s: t for t in analysis.shown for s in t.statements}
        self.people = people

    def living(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """The claims that something still supports; those of a hidden theme are left out."""
        found = (self._alive(c) for c in claims)
        return tuple(c for c in found if c is not None)

    def _alive(self, claim: Claim) -> Claim | None:
        """The claim on the evidence that is left; none only for what people assume."""
        if not claim.evidence:
            return replace(claim, of=self.people)
        mine = [e for e in claim.evidence if self._supports(claim, e.statement)]
        theme = self._theme(claim)
        if not mine or (theme and theme.hidden):
            return None
        said = [self.known[e.statement] for e in mine]
        again = claim
        if tuple(mine) != claim.evidence or self.people != claim.of:
            again = claim_of(
                claim.kind,
                claim.text,
                said,
                self.people,
                weights=[e.weight for e in mine],
                made_by=claim.made_by,
                stage=claim.stage,
                counter=[c for c in claim.counter if c in self.known],
            )
        text, original = _wording(claim, theme, said[0].text)
        home = theme.id if theme else ""
        return replace(again, text=text, original=original, theme=home, status=claim.status)

    def _theme(self, claim: Claim) -> Theme | None:
        """The theme of a claim, or the one that most of its statements are in by now."""
        if claim.theme in self.themes or not claim.theme:
            return self.themes.get(claim.theme)
        homes = [self.home[s] for s in claim.statements if s in self.home]
        ids = [t.id for t in homes]
        return max(homes, key=lambda t: (ids.count(t.id), t.id), default=None)

    def _supports(self, claim: Claim, statement: str) -> bool:
        """Whether a statement is still there, and nobody said that it is of another kind."""
        if statement not in self.known:
            return False
        said = self.known[statement]
        judged = said.made_by == "person" and claim.kind in ("pain", "motivation")
        return not judged or said.kind == claim.kind


def _wording(claim: Claim, theme: Theme | None, said: str) -> tuple[str, str]:
    """What a claim says, and said before a person reworded it.

    It says what it said, unless people gave its theme another name since.
    """
    if claim.made_by == VERBATIM:
        return claim.text or said, said if claim.text else ""
    named = theme is not None and theme.made_by == "person" and not claim.original
    label = theme.label if theme else said
    return label if named or not claim.text else claim.text, claim.original


def _counted(persona: Persona, statements: Sequence[Statement]) -> Persona:
    """The persona with the base of the people who are left."""
    people = set(persona.participants)
    mine = [s for s in statements if s.participant in people]
    base = replace(
        persona.base,
        people=len(people),
        statements=len(mine),
        sources=len({s.source for s in mine}),
        languages=tuple(sorted({s.language for s in mine})),
    )
    return replace(persona, base=base)
