"""Studies with full journey maps, for tests of exports into maps."""

from dataclasses import replace

from builders import a_claim, an_analysis

from research.exporters.maps.board import ROWS
from research.model import Analysis, Cell, Claim, JourneyMap, Theme

EVIL = (
    '=1+1 <script>alert("1")</script> {{=2}} {{7*7}} : ; # ( [ { " \' `%%` \\ 😀 é é'
    " עברית \u202eabc %name% end title section *_~ | $x @startuml -->"
)


def with_maps(full: Analysis | None = None, label: str = "") -> Analysis:
    """The small study with something in every row of its map but the measures."""
    found = full or an_analysis()
    themes = tuple(replace(t, label=label or t.label) for t in found.themes)
    maps = tuple(JourneyMap(m.type, m.persona, 3, _cells(found, themes)) for m in found.maps)
    return replace(found, themes=themes, maps=maps)


def _cells(found: Analysis, themes: tuple[Theme, ...]) -> tuple[Cell, ...]:
    kinds = {"pain points": "pain", "motivations": "motivation", "goals": "motivation"}
    cells = []
    for row in ROWS:
        about = [t for t in themes if t.kind == kinds.get(row, t.kind)]
        claims: tuple[Claim, ...] = tuple(replace(a_claim(t, "service"), kind=row) for t in about)
        if row == "emotion":
            cells.append(Cell("service", row, (), -0.6, 0.4, 5, 3, evidence_level="validated"))
        elif row != "kpis":
            cells.append(Cell("service", row, claims, count=2, people=2, evidence_level="internal"))
    return (*cells, *(Cell("purchase", row) for row in ROWS))


def told_by(text: str) -> Analysis:
    """The small study in which every name, label, place and quote is the text."""
    found = with_maps(an_analysis(text), label=text)

    sources = tuple(
        replace(s, name=text, passages=tuple(replace(p, text=text, place=text) for p in s.passages))
        for s in found.sources
    )
    stages = tuple(replace(s, name_nl=text, name_en=text) for s in found.taxonomy.stages)
    return replace(
        found,
        taxonomy=replace(found.taxonomy, stages=stages),
        sources=sources,
        participants=tuple(
            replace(p, label=text, attributes=((text, text),)) for p in found.participants
        ),
        statements=tuple(
            replace(s, text=text, start=0, end=len(text), place=text) for s in found.statements
        ),
        themes=tuple(replace(t, definition=text) for t in found.themes),
        personas=tuple(
            replace(
                p,
                name=text,
                summary=text,
                claims=tuple(replace(c, text=text) for c in p.claims),
            )
            for p in found.personas
        ),
    )
