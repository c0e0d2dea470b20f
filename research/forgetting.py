"""An analysis without one participant, as if that person had never been heard.

Statements of others stay as they are, at the same offsets. Themes, personas and maps are
counted again on them; a name that was somebody's words gets the words of one who is left.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from research.frozen import frozen, thawed
from research.model import (
    Analysis,
    Candidates,
    Claim,
    Participant,
    Persona,
    Source,
    Statement,
    Theme,
    by_id,
)
from research.regroup import Known, coverage_of, made_of
from research.restate import restate
from research.steps.journey import draw_maps
from research.steps.personas import Study
from research.steps.saturation import saturation

OWN_WORDS = ("clause@", "quote@")
LABEL_WORDS = 8
NO_NAME = "…"
Holds = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Gone:
    """Who and what is to be forgotten: the person, sources that go whole, and which passages
    of the other sources are theirs (by source, their indexes)."""

    participant: str
    sources: frozenset[str]
    passages: Mapping[str, frozenset[int]]


def said_by(analysis: Analysis, gone: Gone) -> frozenset[str]:
    """The ids of the statements that go."""
    return frozenset(
        s.id
        for s in analysis.statements
        if s.participant == gone.participant or s.source in gone.sources
    )


def forget(analysis: Analysis, gone: Gone, holds: Holds) -> Analysis | None:
    """The analysis without the person; None when nobody is left. `holds` tells whether a
    text still holds words of theirs: such a text of the software is emptied."""
    said = said_by(analysis, gone)
    words = [s.text for s in analysis.statements if s.id in said]
    left = _without_statements(analysis, gone, said, holds)
    if not left.statements:
        return None
    known = by_id(left.statements)
    themes = _themes(analysis.themes, said, words, known)
    seen = restate(replace(left, themes=analysis.themes), themes)
    personas = tuple(p for p in (_persona(p, seen, said, holds) for p in seen.personas) if p)
    seen = replace(seen, personas=personas, candidates=_candidates(seen))
    shown = tuple(t for t in themes if not t.hidden)
    study = Study(seen.language, seen.participants, seen.statements, shown, seen.taxonomy.ids)
    in_one = {p for persona in personas for p in persona.participants}
    return replace(
        seen,
        proposed=_themes(analysis.proposed, said, words, known),
        maps=draw_maps(study, personas),
        unplaced=tuple(p.id for p in seen.participants if p.id not in in_one),
        coverage=coverage_of(seen.statements, themes),
        saturation=saturation(themes),
    )


def _without_statements(
    analysis: Analysis, gone: Gone, said: Collection[str], holds: Holds
) -> Analysis:
    """Everything but themes, personas and maps, which rest on it."""
    sources = tuple(_source(s, gone) for s in analysis.sources if s.id not in gone.sources)
    voices = {(s.id, p.voice) for s in sources for p in s.passages}
    return replace(
        analysis,
        sources=sources,
        refused=tuple(r for r in analysis.refused if not any(map(holds, r))),
        speakers=tuple(s for s in analysis.speakers if (s.source, s.voice) in voices),
        participants=tuple(_heard(analysis, gone)),
        statements=tuple(_reasoned(s, holds) for s in analysis.statements if s.id not in said),
        notes=tuple(n for n in analysis.notes if not holds(n)),
        to_check=tuple(i for i in analysis.to_check if i not in said),
        learned_from=tuple(i for i in analysis.learned_from if i not in said),
        outside=tuple(p for p in analysis.outside if p != gone.participant),
        candidates=tuple(c for c in analysis.candidates if c.statement not in said),
        trees=(),  # how themes would split is for the next run
    )


def _heard(analysis: Analysis, gone: Gone) -> Sequence[Participant]:
    """The other participants, with the sources that are left of them."""
    return [
        replace(p, sources=tuple(s for s in p.sources if s not in gone.sources))
        for p in analysis.participants
        if p.id != gone.participant
    ]


def _source(source: Source, gone: Gone) -> Source:
    """A source without the person's passages, nor what was set aside at their places."""
    cut = gone.passages.get(source.id, frozenset())
    if not cut:
        return source
    kept = tuple(p for p in source.passages if p.index not in cut)
    places = {p.place for p in kept} - {p.place for p in source.passages if p.index in cut}
    aside = tuple(a for a in source.set_aside if a.place and a.place in places)
    return replace(source, passages=kept, set_aside=aside)


def _reasoned(statement: Statement, holds: Holds) -> Statement:
    """A statement of somebody else, without a reason that quotes the person."""
    if not any(holds(r.value) for r in statement.reasons):
        return statement
    kept = tuple(r for r in statement.reasons if not holds(r.value))
    return replace(statement, reasons=kept)


def _candidates(analysis: Analysis) -> tuple[Candidates, ...]:
    """The statements in no theme yet, with the themes that are still there."""
    here = {t.id for t in analysis.themes}
    return tuple(
        replace(c, themes=tuple(t for t in c.themes if t in here)) for c in analysis.candidates
    )


def _themes(
    themes: Sequence[Theme],
    said: Collection[str],
    words: Sequence[str],
    known: dict[str, Statement],
) -> tuple[Theme, ...]:
    made = (_theme(theme, said, words, known) for theme in themes)
    kept = [theme for theme in made if theme is not None]
    here = {theme.id for theme in kept}
    return tuple(replace(t, nearest=t.nearest if t.nearest in here else "") for t in kept)


def _theme(theme: Theme, said: Collection[str], words: Sequence[str], known: Known) -> Theme | None:
    """The theme on what is left of it, named anew where its name was the person's words."""
    left = made_of(theme, (e for e in theme.evidence if e.statement not in said), known)
    if left is None:
        return None
    texts = [known[s].text for s in left.statements]
    definition = left.definition
    for text in sorted(words, key=len, reverse=True):
        definition = definition.replace(text, texts[0])
    spoken = " ".join(texts).casefold()
    own = tuple(w for w in left.words if w.casefold() in spoken)
    counter = tuple(c for c in left.counter if c not in said)
    left = replace(left, definition=definition, counter=counter, words=own)
    bare = " ".join(left.label.strip("“”").rstrip("…").split()).casefold()
    if not left.made_by.startswith(OWN_WORDS) or bare in " ".join(spoken.split()):
        return left
    return replace(left, label=f"“{_shortened(texts[0])}”", made_by="quote@1")


def _shortened(text: str) -> str:
    words = text.split()
    return " ".join(words[:LABEL_WORDS]) + ("…" if len(words) > LABEL_WORDS else "")


def _persona(
    persona: Persona, analysis: Analysis, said: Collection[str], holds: Holds
) -> Persona | None:
    """The persona on the people and statements that are left; None when nobody is."""
    left = thawed(frozen(persona), analysis)
    if left is None:
        return None
    return replace(
        left,
        name=NO_NAME if holds(left.name) else left.name,
        summary="" if holds(left.summary) else left.summary,
        base=replace(left.base, of=len(analysis.participants)),
        claims=_claims(left.claims, said, holds),
        left_out=_claims(left.left_out, said, holds),
    )


def _claims(claims: Sequence[Claim], said: Collection[str], holds: Holds) -> tuple[Claim, ...]:
    """The claims that hold no words of the person, nor their statements against it."""
    return tuple(
        replace(c, counter=tuple(i for i in c.counter if i not in said))
        for c in claims
        if not holds(c.text) and not holds(c.original)
    )
