"""What is told about privacy: proof of an erasure, and all that is kept of one person."""

from dataclasses import dataclass
from datetime import datetime

from research.model.coder import Labels
from research.model.findings import Participant, Statement
from research.model.inputs import Redaction
from research.model.words import Attributes, Channel, Role
from research.model.work import Decision

Counts = tuple[tuple[str, int], ...]


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
    """A file that the person is in, and what it holds of them."""

    id: str
    name: str
    alone: bool
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
    """All that is kept of one person, when it was looked up, and what it is used for.

    `placeholders` tell what was taken out of their words; `decisions` are those of people
    about their statements or about them.
    """

    study: str
    made: datetime
    language: str
    participant: Participant
    row: Attributes
    files: tuple[PersonFile, ...]
    statements: tuple[Statement, ...]
    results: tuple[PersonResult, ...]
    placeholders: tuple[Redaction, ...]
    decisions: tuple[Decision, ...]
    answers: tuple[PersonAnswer, ...]
