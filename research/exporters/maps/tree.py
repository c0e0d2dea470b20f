"""Pain points and motivations as a tree: stages, then kinds, then themes with their quotes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from research.exporters.index import Index, index, strength_of
from research.exporters.maps.board import LONGEST_LABEL, Said, said
from research.exporters.maps.text import line, short_id, shortened
from research.exporters.provenance import name_of
from research.model import Analysis, Theme

KINDS = ("pain", "motivation")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A pain point or a motivation: `people` of `of`, and up to three people's words."""

    id: str
    theme: str
    kind: str
    text: str
    definition: str
    people: int
    of: int
    statements: int
    strength: str
    personas: tuple[str, ...]
    quotes: tuple[Said, ...]

    @property
    def told(self) -> str:
        """The label with how many people raise it: `Too slow (7/12)`."""
        return f"{self.text} ({self.people}/{self.of})"


@dataclass(frozen=True, slots=True)
class Group:
    """What is raised of a kind in a stage, most people first."""

    id: str
    kind: str
    name: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A stage with what is raised in it; the last one may be that of no stage (empty id)."""

    id: str
    stage: str
    name: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """All that people raise, by the stage where most of them do."""

    title: str
    branches: tuple[Branch, ...]

    def leaves(self) -> Iterator[tuple[Branch, Leaf]]:
        """Every theme with its stage."""
        for branch in self.branches:
            for group in branch.groups:
                for leaf in group.leaves:
                    yield branch, leaf


def tree(analysis: Analysis) -> Tree:
    """The themes that nobody hid, as a tree; a stage without any is in it too."""
    found = index(analysis)
    personas: dict[str, list[str]] = {}
    for persona in analysis.personas:
        for about in dict.fromkeys(c.theme for c in persona.claims if c.theme):
            personas.setdefault(about, []).append(line(persona.name))
    themes: dict[tuple[str, str], list[Theme]] = {}
    for kind in KINDS:
        for theme in found.ranked(kind):
            themes.setdefault((found.main_stage(theme), kind), []).append(theme)
    stages = [*found.stages.items()]
    if any(stage == "" for stage, _ in themes):
        stages.append(("", found.words("Stage not known")))
    return Tree(
        title=shortened(line(name_of(analysis)), LONGEST_LABEL),
        branches=tuple(_branch(found, stage, name, themes, personas) for stage, name in stages),
    )


def _branch(
    found: Index,
    stage: str,
    name: str,
    themes: dict[tuple[str, str], list[Theme]],
    personas: dict[str, list[str]],
) -> Branch:
    groups = [
        Group(
            id=short_id("group", stage, kind),
            kind=kind,
            name=found.words.code("claim", kind),
            leaves=tuple(_leaf(found, t, personas.get(t.id, ())) for t in themes[stage, kind]),
        )
        for kind in KINDS
        if (stage, kind) in themes
    ]
    return Branch(short_id("stage", stage), stage, shortened(line(name), 80), tuple(groups))


def _leaf(found: Index, theme: Theme, personas: Sequence[str]) -> Leaf:
    return Leaf(
        id=short_id("theme", theme.id),
        theme=theme.id,
        kind=theme.kind,
        text=shortened(line(theme.label), LONGEST_LABEL),
        definition=shortened(line(theme.definition), 600),
        people=theme.people,
        of=found.of,
        statements=len(theme.evidence),
        strength=strength_of(theme),
        personas=tuple(personas),
        quotes=tuple(map(said, found.voices(theme.quotes, 3))),
    )
