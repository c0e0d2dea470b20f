"""A team's codebook: the themes it expects, in words."""

from dataclasses import dataclass
from typing import Literal

CodeKind = Literal["pain", "motivation", ""]


@dataclass(frozen=True, slots=True)
class Code:
    """A theme that is known beforehand, in Dutch and English.

    `kind` is empty where the codebook does not tell a pain point from a motivation;
    `examples` are statements that belong to it, `cues` typical words.
    """

    id: str
    kind: CodeKind
    stage: str
    label_nl: str
    label_en: str
    definition_nl: str
    definition_en: str
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """Its name in a language."""
        return self.label_nl if language == "nl" else self.label_en

    def definition(self, language: str) -> str:
        """Its definition in a language."""
        return self.definition_nl if language == "nl" else self.definition_en


@dataclass(frozen=True, slots=True)
class Codebook:
    """Codes under a name; `id` tells where they come from."""

    id: str
    name: str
    codes: tuple[Code, ...]
