"""What people said of a persona, and what a run proposes beside it, ready to be shown."""

from dataclasses import dataclass
from datetime import datetime

from api.evidence import Index, Shown
from research.model import CLAIM_STATUSES, Participant
from research.persona_changes import Changes
from research.persona_review import Comment
from research.reviewing import ASSUMED, Review, Version


@dataclass(frozen=True, slots=True)
class Recounted:
    """A line that stays, with the people behind it before and after."""

    claim: Shown
    people: int
    of: int


@dataclass(frozen=True, slots=True)
class ChangesShown:
    """People and lines that come, go, are worded or counted otherwise."""

    joined: tuple[Participant, ...]
    left: tuple[Participant, ...]
    new: tuple[Shown, ...]
    gone: tuple[Shown, ...]
    reworded: tuple[tuple[Shown, Shown], ...]
    recounted: tuple[Recounted, ...]
    names: tuple[str, str]
    any: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Another persona that can be chosen."""

    id: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """The how many-th version, by whom and when."""

    number: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """Everything the review of a persona needs; `who` is the name one decides under."""

    comments: tuple[Comment, ...]
    versions: tuple[Accepted, ...]
    proposal: ChangesShown | None
    others: tuple[Choice, ...]
    unplaced: tuple[Participant, ...]
    claim_statuses: tuple[str, ...]
    assumed: tuple[str, ...]
    who: str

    def on(self, claim: str) -> tuple[Comment, ...]:
        """The comments on a line; on the whole persona when `claim` is empty."""
        return tuple(c for c in self.comments if c.claim == claim)

    @property
    def open(self) -> int:
        """How many comments wait."""
        return sum(not c.settled for c in self.comments)


def review_shown(found: Index, review: Review, who: str) -> ReviewShown:
    """The review of a persona, ready to be shown."""
    others = (p for p in found.analysis.personas if p.id != review.persona.id)
    return ReviewShown(
        comments=review.comments,
        versions=tuple(map(accepted, review.versions)),
        proposal=changes_shown(found, review.proposal) if review.proposal else None,
        others=tuple(Choice(p.id, p.name, len(p.participants)) for p in others),
        unplaced=found.people(found.analysis.unplaced),
        claim_statuses=CLAIM_STATUSES,
        assumed=ASSUMED,
        who=who,
    )


def accepted(version: Version) -> Accepted:
    """A version without what is in it."""
    return Accepted(version.number, version.by, version.at)


def changes_shown(found: Index, changes: Changes) -> ChangesShown:
    """Changes with their people by name and their lines with quotes."""
    return ChangesShown(
        joined=found.people(changes.joined),
        left=found.people(changes.left),
        new=tuple(map(found.claim, changes.new)),
        gone=tuple(map(found.claim, changes.gone)),
        reworded=tuple((found.claim(a), found.claim(b)) for a, b in changes.reworded),
        recounted=tuple(Recounted(found.claim(r.claim), r.people, r.of) for r in changes.recounted),
        names=changes.names,
        any=changes.any,
    )
