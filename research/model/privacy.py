"""What is told about privacy: proof of an erasure, and all that is kept of one person."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from research.model.coder import Labels
from research.model.findings import Participant, Statement
from research.model.inputs import Redaction
from research.model.words import Attributes, Channel, Role
from research.model.work import Decision

Originals = Literal["encrypted", "none"]
ORIGINALS: tuple[Originals, ...] = ("encrypted", "none")
# GDPR, article 6 (1) a to f; empty: nobody said.
LegalBasis = Literal[
    "",
    "consent",
    "contract",
    "legal obligation",
    "vital interests",
    "public task",
    "legitimate interests",
]
BASES: tuple[LegalBasis, ...] = (
    "",
    "consent",
    "contract",
    "legal obligation",
    "vital interests",
    "public task",
    "legitimate interests",
)
Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """Why personal data may be used: the legal basis (GDPR, article 6), and how people
    consented or were told, in the team's own words."""

    basis: LegalBasis = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class StudyPrivacy:
    """What a study keeps of its originals, the last day that it is kept (2027-01-31, empty
    for no date), and its ground, which counts for sources without one of their own."""

    originals: Originals = "encrypted"
    keep_until: str = ""
    ground: Ground = field(default_factory=Ground)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to which object of which study, by ids; never anybody's words."""

    id: int
    at: datetime
    who: str
    action: str
    study: str
    what: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """The report of erasing a participant. It tells how much, never who or what.

    `counts` is what went, by place. Afterwards `looked_for` pieces of the person's words and
    values were looked for in `files` files of `size` bytes and in every value of the
    database; `found` is where any still stood, with how many. `shared` pieces were not looked
    for, as others said them too; `elsewhere` are other studies that hold some of them.
    """

    at: datetime
    by: str
    counts: Counts
    looked_for: int
    shared: int
    files: int
    size: int
    found: Counts = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.found


@dataclass(frozen=True, slots=True)
class PersonPassage:
    """A passage as it is kept, and as everybody sees it: with placeholders."""

    place: str
    voice: str
    role: Role
    channel: Channel
    question: str
    text: str
    shown: str
    rating: float | None
    date: str
    language: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A file that the person is in, what it holds of them, and why it may be used."""

    id: str
    name: str
    alone: bool
    ground: Ground
    passages: tuple[PersonPassage, ...]


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """What a second coder answered about a statement."""

    statement: str
    maker: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class PersonResult:
    """A theme or persona that rests on the person among others."""

    kind: str
    name: str
    people: int
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """All that is kept of one person, when it was looked up, and until when it is kept.

    `placeholders` tell what was taken out of their words; `decisions` are those of people
    about their statements or about them.
    """

    study: str
    made: datetime
    keep_until: str
    language: str
    participant: Participant
    row: Attributes
    files: tuple[PersonFile, ...]
    statements: tuple[Statement, ...]
    results: tuple[PersonResult, ...]
    placeholders: tuple[Redaction, ...]
    decisions: tuple[Decision, ...]
    answers: tuple[PersonAnswer, ...]
