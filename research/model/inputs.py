"""What comes in: uploads, passages, and what a reading of a file holds."""

from dataclasses import dataclass, field

from research.model.words import Attributes, Channel, Role


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as the user gave it: its name and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Passage:
    """A turn, answer or review as a reader yields it.

    `text` is as read until redaction replaces personal data; after that it never
    changes, and every statement's offsets (in characters) point into it.
    `voice` tells whose passage it is inside its source: a speaker label, a
    respondent's row, a reviewer. `question` is what was asked: context, not evidence.
    `place` is a time (00:01:02) or `row 14`, `line 9` or `page 2` in the source.
    """

    index: int
    text: str
    voice: str
    channel: Channel
    place: str = ""
    role: Role = "unknown"
    question: str = ""
    rating: float | None = None
    date: str = ""
    language: str = ""
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that was read and not used, with the reason (a short English phrase)."""

    place: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """One row of a participants table: the keys it may match and what it tells."""

    keys: tuple[str, ...]
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found in one file, before anything else happens to it.

    `notes` are remarks for the user ("3 columns ignored: …"), in English. `redacted` tells
    that what stood for personal data is gone for good: texts and voices hold placeholders.
    """

    source: str
    name: str
    reader: str
    passages: tuple[Passage, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    participants: tuple[ParticipantRow, ...] = ()
    notes: tuple[str, ...] = ()
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Redaction:
    """One placeholder and what it stands for. Kept in the store, never exported.

    `key` is the value made comparable: what makes two spellings the same.
    """

    source: str
    placeholder: str
    original: str
    category: str
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice in a source, with the role that was guessed or that a person decided."""

    source: str
    voice: str
    role: Role
    reason: str
    turns: int
    decided: bool = False
