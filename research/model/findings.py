"""What is made of it: participants, statements, claims, themes, personas, maps."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from research.errors import NoEvidence
from research.model.inputs import Passage, SetAside
from research.model.words import Attributes, Channel, ClaimStatus, Kind, PersonaStatus, Strength


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a study; its id is the SHA-256 of its bytes (first 16 hex digits)."""

    id: str
    name: str
    reader: str
    passages: tuple[Passage, ...]
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone who said something, by a pseudonymous label."""

    id: str
    label: str
    attributes: Attributes
    sources: tuple[str, ...]
    channel: Channel


@dataclass(frozen=True, slots=True)
class StageTag:
    """A stage a statement is about, with the probability of it."""

    stage: str
    score: float


ReasonKind = Literal["words", "question", "stars", "corrections", "example"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a statement got its kind: the words that weigh most, what was asked, its stars,
    how many corrections it was learned from, or the labelled example it is nearest to."""

    kind: ReasonKind
    value: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A meaning unit of one participant: `text == passage.text[start:end]`.

    Scores are probabilities. `made_by` tells who gave the labels: a tagger, or `person`.
    """

    id: str
    source: str
    participant: str
    passage: int
    start: int
    end: int
    text: str
    place: str
    channel: Channel
    language: str
    question: str = ""
    rating: float | None = None
    date: str = ""
    kind: Kind = "none"
    kind_score: float = 0.0
    valence: int = 0
    valence_score: float = 0.0
    stages: tuple[StageTag, ...] = ()
    touchpoints: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement that supports something, and how central it is to it (0 to 1)."""

    statement: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said about people, which cannot exist without evidence.

    `people` of `of` said it; `low` and `high` bound the share (Wilson 95 %). `status` is
    what people decided about the line; `original` what it said before a person reworded it.
    """

    kind: str
    text: str
    evidence: tuple[Evidence, ...]
    people: int
    of: int
    low: float
    high: float
    strength: Strength
    made_by: str
    stage: str = ""
    theme: str = ""
    counter: tuple[str, ...] = ()
    status: ClaimStatus = "draft"
    original: str = ""

    def __post_init__(self) -> None:
        if not self.evidence and self.strength != "assumption":
            raise NoEvidence(f"claim without evidence: {self.text}")

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of the statements behind the claim, most central first."""
        return tuple(e.statement for e in self.evidence)

    @property
    def key(self) -> str:
        """What makes it the same claim in another run: kind and theme, stage or words."""
        about = self.theme or (self.stage if self.kind == "emotion" else self.original or self.text)
        if self.kind == "quote":
            about = next(iter(self.statements), "")
        digest = hashlib.sha256(f"{self.kind}|{about}".encode()).hexdigest()
        return f"{self.kind}-{digest[:8]}"


@dataclass(frozen=True, slots=True)
class StageShare:
    """How much of a theme lies in a stage: people and statements."""

    stage: str
    people: int
    statements: int


@dataclass(frozen=True, slots=True)
class Theme:
    """A pain point or a motivation that several statements share.

    `made_by` tells who named it: `clause@1`, `quote@1`, `codebook:id`, a language model, or
    `person`. `hidden` and `pinned` are what people decided; `words` set it apart from others.
    """

    id: str
    kind: Literal["pain", "motivation"]
    label: str
    definition: str
    evidence: tuple[Evidence, ...]
    participants: tuple[str, ...]
    sources: tuple[str, ...]
    quotes: tuple[str, ...]
    stage_profile: tuple[StageShare, ...]
    valence: float
    stability: float
    family: str
    nearest: str
    loose: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    made_by: str = ""
    hidden: bool = False
    pinned: bool = False
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise NoEvidence(f"theme without evidence: {self.label}")

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of the statements in the theme, most central first."""
        return tuple(e.statement for e in self.evidence)

    @property
    def people(self) -> int:
        """How many participants raise it."""
        return len(self.participants)

    @property
    def single_voice(self) -> bool:
        """Whether only one person raises it."""
        return len(self.participants) == 1


@dataclass(frozen=True, slots=True)
class Candidates:
    """A statement that is in no theme yet, and the themes it is nearest to, nearest first."""

    statement: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TreeGroup:
    """A group of statements, by number, with the name it would get."""

    number: int
    label: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeTree:
    """How themes of a kind would be merged or split when fewer or more are wanted.

    `groups` are those of the dial at nought. `joins` say which group goes into which other
    next (group, into which, likeness), `parts` which statements would leave which group
    next. `dial` is where it stood in the run, `method` how the groups were found.
    """

    kind: Literal["pain", "motivation"]
    method: str
    dial: int
    groups: tuple[TreeGroup, ...]
    joins: tuple[tuple[int, int, float], ...]
    parts: tuple[TreeGroup, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """Who stands behind a persona: n of N people, and what they left us.

    `missing` are values of attributes that nobody here has and so many people elsewhere do.
    """

    people: int
    of: int
    statements: int
    sources: int
    languages: tuple[str, ...]
    missing: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Distribution:
    """How a collected attribute is spread over a persona's people."""

    attribute: str
    values: tuple[tuple[str, int], ...]
    known: int


@dataclass(frozen=True, slots=True)
class Persona:
    """A group of participants who behave and need alike, made of claims.

    `misfits` lie between it and another persona; `method` tells how people were grouped.
    `version` counts how often it was accepted, `changed` that people changed it since;
    `held` that it stays as people accepted or locked it whatever a run proposes; `left_out`
    are claims that people took off the card. `summary_by` tells who worded the summary:
    `person` or a second coder; empty: the templates.
    """

    id: str
    name: str
    kind: Literal["qualitative draft", "statistical draft"]
    status: PersonaStatus
    size: Literal["signal", "provisional", "persona"]
    summary: str
    participants: tuple[str, ...]
    misfits: tuple[str, ...]
    base: Base
    claims: tuple[Claim, ...]
    demographics: tuple[Distribution, ...]
    distinctness: float
    nearest: str
    stability: float
    method: str = ""
    version: int = 0
    changed: bool = False
    held: bool = False
    locked: bool = False
    left_out: tuple[Claim, ...] = ()
    summary_by: str = ""


def by_id(values: Sequence[Statement]) -> dict[str, Statement]:
    """Statements by their id."""
    return {v.id: v for v in values}
