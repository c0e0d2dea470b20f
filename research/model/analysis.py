"""The whole: an immutable snapshot of what the software proposed."""

from dataclasses import dataclass

from research.model.about import NOTHING_KNOWN, About
from research.model.findings import (
    Candidates,
    Participant,
    Persona,
    Source,
    Statement,
    Theme,
    ThemeTree,
)
from research.model.inputs import Speaker
from research.model.journey import StageTaxonomy
from research.model.maps import JourneyMap
from research.model.words import Attributes


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what people said is accounted for."""

    statements: int
    pains_and_motivations: int
    in_theme: int
    loose: int
    unplaced: tuple[str, ...]
    staged: int

    @property
    def share(self) -> float:
        """Share of pain and motivation statements that sit in a theme."""
        return self.in_theme / self.pains_and_motivations if self.pains_and_motivations else 0.0


@dataclass(frozen=True, slots=True)
class SaturationPoint:
    """After so many participants, so many themes were heard (mean over orders)."""

    participants: int
    themes: float
    new: float


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What made the analysis: versions, models, settings."""

    software: str
    encoder: str
    encoder_revision: str
    tagger: str
    settings: Attributes


@dataclass(frozen=True, slots=True)
class Analysis:
    """An immutable snapshot of what the software proposed for a study.

    `decided` are the decisions about themes that `themes` take account of, by number;
    `proposed` are the themes without them (empty: the same).

    `about` is what is known around it; it is filled in to be taken away, and kept nowhere.

    `outside` are people who said enough to be compared and are like no group.
    `to_check` are the statements whose label is most worth a look, best first;
    `learned_from` those that people had labelled when it was made.
    """

    study: str
    language: str
    taxonomy: StageTaxonomy
    sources: tuple[Source, ...]
    refused: tuple[tuple[str, str], ...]
    speakers: tuple[Speaker, ...]
    participants: tuple[Participant, ...]
    statements: tuple[Statement, ...]
    themes: tuple[Theme, ...]
    personas: tuple[Persona, ...]
    unplaced: tuple[str, ...]
    maps: tuple[JourneyMap, ...]
    coverage: Coverage
    saturation: tuple[SaturationPoint, ...]
    made_by: MadeBy
    notes: tuple[str, ...] = ()
    to_check: tuple[str, ...] = ()
    learned_from: tuple[str, ...] = ()
    decided: tuple[int, ...] = ()
    proposed: tuple[Theme, ...] = ()
    trees: tuple[ThemeTree, ...] = ()
    candidates: tuple[Candidates, ...] = ()
    outside: tuple[str, ...] = ()
    about: About = NOTHING_KNOWN

    @property
    def shown(self) -> tuple[Theme, ...]:
        """The themes that nobody hid."""
        return tuple(t for t in self.themes if not t.hidden)
