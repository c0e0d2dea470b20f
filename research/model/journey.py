"""The journey: stages and taxonomies of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the customer's journey, as the study's taxonomy defines it.

    `like` names the built-in stage (awareness … loyalty) whose signals it takes.
    """

    id: str
    name_nl: str
    name_en: str
    definition_nl: str
    definition_en: str
    like: tuple[str, ...]
    touchpoints: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """The stage's name in a language (`nl` or anything else for English)."""
        return self.name_nl if language == "nl" else self.name_en


@dataclass(frozen=True, slots=True)
class StageTaxonomy:
    """The stages of a study, in order, and touchpoints of its own: a name and its words."""

    id: str
    stages: tuple[Stage, ...]
    touchpoints: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The stage ids, in journey order."""
        return tuple(s.id for s in self.stages)
