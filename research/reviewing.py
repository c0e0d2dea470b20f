"""What people decide about personas: status, lines, comments, who is in which, versions."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from research.errors import Conflict, KlantbeeldError, NotFound
from research.frozen import frozen, thawed
from research.lookup import find_participant, find_persona
from research.model import (
    CLAIM_STATUSES,
    PERSONA_STATUSES,
    Analysis,
    Claim,
    Decision,
    Persona,
)
from research.persona_changes import Changes, changes
from research.persona_review import Comment, about, comments_on, homeless, reviewed
from research.persona_shape import cast, unheld
from research.shape import meant
from research.store import Store, decisions
from research.studies import get_view, latest_analysis, line
from research.view import standing, unreviewed

LONGEST_TEXT = 1000
ASSUMED = ("goal", "motivation", "pain", "behaviour", "context", "trigger", "criterion", "channel")


@dataclass(frozen=True, slots=True)
class Version:
    """A persona as it was accepted: the how many-th time, by whom, when."""

    number: int
    by: str
    at: datetime
    persona: Persona


@dataclass(frozen=True, slots=True)
class Review:
    """All that people said of a persona, and what a run proposes beside it."""

    persona: Persona
    comments: tuple[Comment, ...]
    versions: tuple[Version, ...]
    proposal: Changes | None


def get_review(store: Store, study_id: str, persona_id: str) -> Review:
    """Comments, versions and proposed changes of a persona. Raises `NotFound`."""
    analysis = get_view(store, study_id)
    log = standing(decisions.of_study(store, study_id))
    persona = find_persona(analysis, persona_id)
    return Review(
        persona,
        comments_on(analysis.personas, persona, log),
        _versions(analysis, persona, log),
        _proposal(latest_analysis(store, study_id), analysis, persona, log),
    )


def waiting(store: Store, study_id: str) -> tuple[Decision, ...]:
    """Decisions about personas that are gone in the latest results; they are not lost."""
    log = standing(decisions.of_study(store, study_id))
    return homeless(get_view(store, study_id).personas, log)


def _versions(
    analysis: Analysis, persona: Persona, log: tuple[Decision, ...]
) -> tuple[Version, ...]:
    accepted = [d for d in log if d.action == "persona-status" and d.value == "accepted"]
    mine = [d for d in accepted if about(analysis.personas, d) == persona.id]
    kept = [thawed(d.content, analysis) if d.content else None for d in mine]
    return tuple(
        Version(number, d.by, d.at, was)
        for number, (d, was) in enumerate(zip(mine, kept, strict=True), start=1)
        if was is not None
    )


def _proposal(
    latest: Analysis, seen: Analysis, persona: Persona, log: tuple[Decision, ...]
) -> Changes | None:
    """What the latest run makes of a persona that is held; None when it says nothing new."""
    if not persona.held:
        return None
    bare = unheld(log)
    base = unreviewed(latest, log)
    fresh = reviewed(base, cast(base, bare), bare).personas
    again = meant(fresh, persona.id, persona.participants, lambda p: p.participants)
    if again is None:
        return None
    elsewhere = {i for p in seen.personas if p.id != persona.id and p.held for i in p.participants}
    people = tuple(i for i in again.participants if i not in elsewhere)
    found = changes(persona, replace(again, participants=people))
    turned_down = {d.value for d in log if d.action == "keep-persona" and d.target == persona.id}
    return found if found.any and found.mark not in turned_down else None


def rename_persona(
    store: Store, study_id: str, persona_id: str, name: str, by: str = ""
) -> Decision:
    """Call a persona what people call it, also after later runs."""
    persona = _open(store, study_id, persona_id)
    label = line(name, "Give the persona a name.")
    anchors = persona.participants
    return decisions.add(store, study_id, "rename-persona", persona.id, label, anchors, by)


def set_persona_status(
    store: Store, study_id: str, persona_id: str, status: str, by: str = ""
) -> Decision:
    """Accept a persona, ask for changes, or take it back to draft; accepting keeps it."""
    if status not in PERSONA_STATUSES:
        raise KlantbeeldError(f"Choose one of {', '.join(PERSONA_STATUSES)}.")
    persona = find_persona(get_view(store, study_id), persona_id)
    kept = frozen(persona) if status == "accepted" else ""
    anchors = persona.participants
    return decisions.add(
        store, study_id, "persona-status", persona.id, status, anchors, by, content=kept
    )


def lock_persona(
    store: Store, study_id: str, persona_id: str, locked: bool, by: str = ""
) -> Decision:
    """Let nothing and nobody change a persona, until it is opened again."""
    persona = find_persona(get_view(store, study_id), persona_id)
    if persona.locked == locked:
        raise Conflict("This persona is locked already." if locked else "It is not locked.")
    value, kept = ("locked", frozen(persona)) if locked else ("open", "")
    anchors = persona.participants
    return decisions.add(
        store, study_id, "lock-persona", persona.id, value, anchors, by, content=kept
    )


def renew_persona(store: Store, study_id: str, persona_id: str, by: str = "") -> Decision:
    """Take over what the latest run proposes; what people said of its lines stays."""
    persona = _open(store, study_id, persona_id)
    if not persona.held:
        raise Conflict("This persona follows the latest results already.")
    anchors = persona.participants
    return decisions.add(store, study_id, "renew-persona", persona.id, "", anchors, by)


def keep_persona(store: Store, study_id: str, persona_id: str, by: str = "") -> Decision:
    """Turn down what the latest run proposes for a persona."""
    proposal = get_review(store, study_id, persona_id).proposal
    if proposal is None:
        raise Conflict("Nothing is proposed for this persona.")
    return decisions.add(store, study_id, "keep-persona", persona_id, proposal.mark, (), by)


def merge_personas(
    store: Store, study_id: str, persona_id: str, other_id: str, by: str = ""
) -> Decision:
    """Make one persona of two, under the name of the first. Raises `NotFound`, `Conflict`."""
    persona, other = _open(store, study_id, persona_id), _open(store, study_id, other_id)
    if persona.id == other.id:
        raise Conflict("Choose two personas.")
    anchors = (*persona.participants, *other.participants)
    return decisions.add(store, study_id, "merge-personas", persona.id, other.id, anchors, by)


def split_persona(
    store: Store, study_id: str, persona_id: str, people: Collection[str], name: str, by: str = ""
) -> Decision:
    """Make a persona of its own of some of its people: two at least, and two stay."""
    persona = _open(store, study_id, persona_id)
    taken = tuple(p for p in persona.participants if p in people)
    if len(taken) < 2 or len(taken) < len(set(people)):
        raise Conflict("Choose at least two people of this persona.")
    if len(persona.participants) - len(taken) < 2:
        raise Conflict("Leave at least two people in the persona.")
    label = line(name, "Give the new persona a name.")
    return decisions.add(store, study_id, "split-persona", persona.id, label, taken, by)


def move_person(
    store: Store, study_id: str, participant_id: str, persona_id: str, by: str = ""
) -> Decision:
    """Put a person in a persona (empty: in none). Raises `NotFound`, `Conflict`."""
    analysis = get_view(store, study_id)
    person = find_participant(analysis, participant_id)
    now = next((p for p in analysis.personas if person.id in p.participants), None)
    if (now.id if now else "") == persona_id:
        raise Conflict("This person is there already.")
    if now is not None and now.locked:
        raise Conflict("This person's persona is locked; open it first.")
    anchors = _open(store, study_id, persona_id).participants if persona_id else ()
    return decisions.add(store, study_id, "move-person", person.id, persona_id, anchors, by)


def set_claim_status(
    store: Store, study_id: str, persona_id: str, key: str, status: str, by: str = ""
) -> Decision:
    """Accept a line, ask for changes, or leave it out. Raises `NotFound`, `Conflict`."""
    if status not in CLAIM_STATUSES:
        raise KlantbeeldError(f"Choose one of {', '.join(CLAIM_STATUSES)}.")
    persona, claim = _claim(store, study_id, persona_id, key)
    target = f"{persona.id}/{claim.key}"
    return decisions.add(store, study_id, "claim-status", target, status, claim.statements, by)


def edit_claim(
    store: Store, study_id: str, persona_id: str, key: str, text: str, by: str = ""
) -> Decision:
    """Word a line otherwise; its evidence stays, and what it said first as well."""
    persona, claim = _claim(store, study_id, persona_id, key)
    if claim.kind == "quote":
        raise Conflict("A quote is somebody's own words; leave it out instead.")
    words = _words(text, "Say what the line should be.")
    target = f"{persona.id}/{claim.key}"
    return decisions.add(store, study_id, "edit-claim", target, words, claim.statements, by)


def add_assumption(
    store: Store, study_id: str, persona_id: str, kind: str, text: str, by: str = ""
) -> Decision:
    """Add a line that nothing supports yet; it is marked as an assumption everywhere."""
    if kind not in ASSUMED:
        raise KlantbeeldError(f"Choose one of {', '.join(ASSUMED)}.")
    persona = _open(store, study_id, persona_id)
    words = _words(text, "Say what you assume.")
    target, anchors = f"{persona.id}/{kind}", persona.participants
    return decisions.add(store, study_id, "add-assumption", target, words, anchors, by)


def add_comment(
    store: Store, study_id: str, persona_id: str, text: str, key: str = "", by: str = ""
) -> Decision:
    """Remark on a persona, or on the claim of that key."""
    persona = find_persona(get_view(store, study_id), persona_id)
    if key and all(c.key != key for c in (*persona.claims, *persona.left_out)):
        raise NotFound("This persona has no such line.")
    target = f"{persona.id}/{key}" if key else persona.id
    words = _words(text, "Write your comment.")
    return decisions.add(store, study_id, "comment", target, words, persona.participants, by)


def settle_comment(store: Store, study_id: str, comment: int, by: str = "") -> Decision:
    """Say that a comment is dealt with."""
    log = standing(decisions.of_study(store, study_id))
    if all(d.id != comment or d.action != "comment" for d in log):
        raise NotFound("This study has no such comment.")
    return decisions.add(store, study_id, "settle-comment", str(comment), "", (), by)


def _open(store: Store, study_id: str, persona_id: str) -> Persona:
    """The persona, which must not be locked."""
    persona = find_persona(get_view(store, study_id), persona_id)
    if persona.locked:
        raise Conflict("This persona is locked; open it first.")
    return persona


def _claim(store: Store, study_id: str, persona_id: str, key: str) -> tuple[Persona, Claim]:
    persona = _open(store, study_id, persona_id)
    for claim in (*persona.claims, *persona.left_out):
        if claim.key == key:
            return persona, claim
    raise NotFound("This persona has no such line.")


def _words(text: str, problem: str) -> str:
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not words:
        raise KlantbeeldError(problem)
    if len(words) > LONGEST_TEXT:
        raise KlantbeeldError(f"Use at most {LONGEST_TEXT} characters.")
    return words
